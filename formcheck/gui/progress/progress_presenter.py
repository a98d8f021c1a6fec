"""Progress over time: reads it when its page is in view, reports on a period, and measures older sessions again."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.library.report_writer import KINDS as REPORTS
from formcheck.gui.progress.progress_page import ProgressPage
from formcheck.gui.settings.current_settings import CurrentSettings
from formcheck.gui.shell.background import Job
from formcheck.gui.shell.page import Presenter
from formcheck.gui.shell.protocols import Navigation, Notices, Questions
from formcheck.gui.widgets.numbers import csv_style
from formcheck.library.services import LibraryContent, period_report, progress, samples, within
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.report.export import repetitions_csv, session_sheets
from formcheck.report.folder import write_document
from formcheck.report.spreadsheet import write_workbook
from formcheck.system.files import write_export
from formcheck.system.language import tr, trn

KINDS = f"{REPORTS};;CSV (*.csv)"


class ProgressPresenter(Presenter):
    def __init__(
        self,
        settings: CurrentSettings,
        library: LibraryState,
        notices: Notices,
        questions: Questions,
        navigation: Navigation,
    ) -> None:
        self.page = page = ProgressPage()
        super().__init__(page)
        self._settings, self._library, self._notices, self._questions = settings, library, notices, questions
        self._shown = False
        self._job: Job | None = None
        library.changed.connect(self._show_content)
        page.report.connect(self._ask_and_report)
        page.again.connect(self.measure_again)
        page.stop.connect(self._stop_measuring)
        page.closed.connect(navigation.home)
        page.show_content(library.content)

    def shown(self) -> None:
        self._shown = True
        self._library.refresh()

    def left(self) -> None:
        self._shown = False

    def write_report(self, target: Path, first: date, last: date) -> None:
        """The report of a period, or its figures for a spreadsheet, by the target's name."""
        client = self._library.content.client
        kind, style = target.suffix.lower(), csv_style(self._settings.value.spreadsheet)

        def work(library: Library) -> None:
            if kind in (".csv", ".xlsx"):
                sets = samples(library, within(library.sessions_of(client.uid if client else None), first, last))
                code = client.code if client else ""
                if kind == ".csv":
                    write_export(target, repetitions_csv(sets, code, style))
                else:
                    write_workbook(target, session_sheets(sets, code))
            else:
                html = kind in (".html", ".htm")
                document = period_report(library, client, first, last)
                write_document(document, html=target if html else None, pdf=None if html else target)
            if client is not None:
                library.exported(client, target)

        saved = tr("Saved {file}", file=target)
        self._library.jobs.run(work, lambda _: self._notices.notice(saved), self._notices.trouble)

    def measure_again(self, entries: Sequence[Entry]) -> None:
        """One after the other, in the background; the rest of the library stays usable meanwhile."""
        from formcheck.library.remeasure import measure_again  # the network's libraries take a second to load
        from formcheck.run.offline.analyze import Cancelled

        model = self._settings.value.model_path

        def work(library: Library, job: Job) -> int:
            done = 0
            for entry in entries:
                try:
                    renewed = measure_again(
                        library,
                        entry,
                        model=model,
                        progress=lambda at, total: job.progress.emit(at, total or 0),
                        cancelled=lambda: job.cancelled,
                    )
                except Cancelled:
                    break
                done += renewed is not None
            return done

        self.page.show_measuring(0, 0)
        self._job = self._library.jobs.run_long(work, self._measured, self._not_measured)
        self._job.progress.connect(self.page.show_measuring)

    def _measured(self, done: int) -> None:
        self._job = None
        self.page.show_measuring(0, 0, running=False)
        self._notices.notice(trn("{n} session measured again.", "{n} sessions measured again.", done))
        self._library.refresh()

    def _not_measured(self, words: str) -> None:
        self._job = None
        self.page.show_measuring(0, 0, running=False)
        self._notices.trouble(words)

    def _stop_measuring(self) -> None:
        if self._job is not None:
            self._job.cancelled = True

    def _show_content(self, content: LibraryContent) -> None:
        self.page.show_content(content)
        if self._shown:
            self._library.jobs.run(
                lambda library: progress(library, content.client), self.page.show_progress, self._notices.trouble, may_ask=False
            )

    def _ask_and_report(self, first: date, last: date) -> None:
        name = "-".join(p for p in (self._library.code_of(self._library.owner.client), "progress.pdf") if p)
        target = self._questions.file_to_write(tr("Save the report"), name, KINDS)
        if target is not None:
            self.write_report(target if target.suffix else target.with_suffix(".pdf"), first, last)
