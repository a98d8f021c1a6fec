"""`formcheck report` and `compare`: documents of session folders, in the library or not."""

import argparse

from formcheck.cli.words import DISCLAIMER
from formcheck.library.services import opened_session
from formcheck.report.comparison_report import compare_folders
from formcheck.report.comparison_words import text_table
from formcheck.report.folder import folder_sheets, write_document, write_report
from formcheck.report.spreadsheet import write_workbook
from formcheck.system.errors import UserError
from formcheck.system.language import tr
from formcheck.system.prompts import ask_passphrase


def report(options: argparse.Namespace) -> None:
    if not (options.pdf or options.html or options.xlsx):
        raise UserError(tr("name the report's file: --pdf FILE, --html FILE or --xlsx FILE"))
    with opened_session(options.session, ask_passphrase) as folder:
        if options.pdf or options.html:
            write_report(folder, html=options.html, pdf=options.pdf)
        if options.xlsx:
            write_workbook(options.xlsx, folder_sheets(folder))


def compare(options: argparse.Namespace) -> None:
    with opened_session(options.left, ask_passphrase) as left, opened_session(options.right, ask_passphrase) as right:
        comparison, document = compare_folders(left, right)
    write_document(document, html=options.html, pdf=options.pdf)
    print(text_table(comparison))
    print(tr(DISCLAIMER))
