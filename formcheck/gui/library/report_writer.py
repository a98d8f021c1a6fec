"""Reports of single sessions: asks where to, and writes them in the background."""

from pathlib import Path

from formcheck.gui.library.library_jobs import Opened
from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.shell.protocols import Notices, Questions
from formcheck.gui.widgets.background import Job
from formcheck.report.folder import write_report
from formcheck.session.ownership import read_ownership
from formcheck.system.language import tr

KINDS = "PDF (*.pdf);;HTML (*.html)"


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
        """HTML or PDF by the target's name; a client appears by code only."""
        html = target if target.suffix.lower() in (".html", ".htm") else None
        pdf = None if html else target.with_suffix(".pdf")

        def write(opened: Opened) -> None:
            def work(_: Job) -> None:
                try:
                    ownership = read_ownership(opened.path)
                    code = self._library.known_as(ownership.client) if ownership else ""
                    write_report(opened.path, html=html, pdf=pdf, client=code)
                finally:
                    opened.close()

            job = Job(work)
            job.done.connect(lambda _: self._notices.notice(tr("Saved {file}", file=html or pdf)))
            job.refused.connect(self._notices.trouble)
            job.start()

        self._library.jobs.open_folder(folder, write, self._notices.trouble)
