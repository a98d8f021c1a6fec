"""`formcheck report` and `compare`: documents of session folders, in the library or not."""

import argparse

from formcheck.cli.words import DISCLAIMER
from formcheck.library.services import opened_session
from formcheck.report.comparison_report import compare_folders
from formcheck.report.comparison_words import text_table
from formcheck.report.folder import write_document, write_report
from formcheck.system.errors import UserError
from formcheck.system.prompts import ask_passphrase


def report(options: argparse.Namespace) -> None:
    if not (options.pdf or options.html):
        raise UserError("name the report's file: --pdf FILE or --html FILE")
    with opened_session(options.session, ask_passphrase) as folder:
        write_report(folder, html=options.html, pdf=options.pdf)


def compare(options: argparse.Namespace) -> None:
    with opened_session(options.left, ask_passphrase) as left, opened_session(options.right, ask_passphrase) as right:
        comparison, document = compare_folders(left, right)
    write_document(document, html=options.html, pdf=options.pdf)
    print(text_table(comparison))
    print(DISCLAIMER)
