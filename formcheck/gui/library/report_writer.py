"""Reports of single sessions: asks where to, and writes them in the background."""

from pathlib import Path

from formcheck.gui.library.library_jobs import Opened
from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.shell.background import Job
from formcheck.gui.shell.protocols import Notices, Questions
from formcheck.report.folder import folder_sheets, write_report
from formcheck.report.spreadsheet import write_workbook
from formcheck.session.ownership import read_ownership
from formcheck.system.language import tr

KINDS = "PDF (*.pdf);;HTML (*.html);;Excel (*.xlsx)"


class ReportWriter:
    def __init__(self, library: LibraryState, notices: Notices, questions: Questions) -> None:
        self._library, self._notices, self._questions = library, notices, questions

    def save(self, folder: Path | None) -> None:
        """Ask where, and write the report of a session as PDF or HTML; None: no session is open."""
        if folder is None:
            self._notices.notice(tr("Open a session first."))
            return
        target = self._questions.file_to_write(tr("Save the report"), f"{folder.name}.pdf", KINDS)
        if target is not None:
            self.write(folder, target)

    def write(self, folder: Path, target: Path) -> None:
        """A workbook, HTML or PDF by the target's name; a client appears by code only."""
        kind = target.suffix.lower()
        workbook = target if kind == ".xlsx" else None
        html = target if kind in (".html", ".htm") else None
        pdf = None if html or workbook else target.with_suffix(".pdf")

        def write(opened: Opened) -> None:
            def work(_: Job) -> None:
                try:
                    ownership = read_ownership(opened.path)
                    code = self._library.known_as(ownership.client) if ownership else ""
                    if workbook is not None:
                        write_workbook(workbook, folder_sheets(opened.path, code))
                    else:
                        write_report(opened.path, html=html, pdf=pdf, client=code)
                finally:
                    opened.close()

            job = Job(work)
            job.done.connect(lambda _: self._notices.notice(tr("Saved {file}", file=workbook or html or pdf)))
            job.refused.connect(self._notices.trouble)
            job.start()

        self._library.jobs.open_folder(folder, write, self._notices.trouble)
