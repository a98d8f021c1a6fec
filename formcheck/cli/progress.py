"""`formcheck progress`: a period's report, figures and trends."""

import argparse

from formcheck.cli.opened import client_of, uid_of, with_library
from formcheck.cli.words import SEPARATORS
from formcheck.library.services import period_report, samples, within
from formcheck.library.services import progress as progress_of
from formcheck.library.store.library import Library
from formcheck.report.export import repetitions_csv, session_sheets, sessions_json
from formcheck.report.folder import write_document
from formcheck.report.period_report import change_words, trend_title
from formcheck.report.spreadsheet import CsvStyle, write_workbook
from formcheck.system.files import write_export
from formcheck.system.language import tr


@with_library
def progress(library: Library, options: argparse.Namespace) -> None:
    client = client_of(library, options)
    if options.pdf or options.html:
        write_document(period_report(library, client, options.first, options.last), html=options.html, pdf=options.pdf)
    if options.csv or options.xlsx or options.json:
        style = CsvStyle(SEPARATORS[options.separator], options.decimal)
        sets = samples(library, within(library.sessions_of(uid_of(client)), options.first, options.last))
        code = client.code if client else ""
        if options.csv:
            write_export(options.csv, repetitions_csv(sets, code, style))
        if options.xlsx:
            write_workbook(options.xlsx, session_sheets(sets, code))
        if options.json:
            write_export(options.json, sessions_json(sets, code))
    found = progress_of(library, client)
    for trend in (*found.trends, *found.apart):
        side = "" if trend.side else tr(", left less right")
        print(f"{trend_title(trend)}{side}: {change_words(trend)}")
