"""The pages of sessions and of progress, and what their buttons do."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from formcheck.gui.library.library_presenter import LibraryPresenter
from formcheck.gui.library.sessions_page import SessionsPage
from formcheck.gui.widgets.background import Job
from formcheck.gui.widgets.questions import ask_source, ask_target, confirm
from formcheck.library.bundle import Imported, export_sessions, import_bundle
from formcheck.library.services import LibraryContent, period_report, progress
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.report.folder import write_document
from formcheck.system.language import tr, trn

if TYPE_CHECKING:
    from formcheck.gui.progress.progress_page import ProgressPage
    from formcheck.gui.shell.main_window import MainWindow

BUNDLES = "ZIP (*.zip)"
REPORTS = "PDF (*.pdf);;HTML (*.html)"


class LibraryPages(QObject):
    def __init__(
        self,
        window: "MainWindow",
        room: LibraryPresenter,
        open_session: Callable[[Path], object],
        compare: Callable[[Path, Path], object],
        report: Callable[[Path], object],
    ) -> None:
        """The functions open, compare and report on session folders."""
        super().__init__(window)
        self._window, self._room, self._jobs = window, room, room.jobs
        self._job: Job | None = None
        self.sessions = SessionsPage()
        self._add(self.sessions)
        room.changed.connect(self._show_content)
        window.menus.sessions.triggered.connect(self.show_sessions)
        window.menus.progress.triggered.connect(self.show_progress)
        page, folder = self.sessions, self._folder
        page.open.connect(lambda entry: open_session(folder(entry)))
        page.compare.connect(lambda left, right: compare(folder(left), folder(right)))
        page.report.connect(lambda entry: report(folder(entry)))
        page.send.connect(self._ask_and_send)
        page.receive.connect(self._ask_and_receive)
        page.add.connect(self._ask_and_add)
        page.delete.connect(self.delete)

    @cached_property
    def progress(self) -> "ProgressPage":
        """Built when it is first seen: its plots take long to load."""
        from formcheck.gui.progress.progress_page import ProgressPage

        page = ProgressPage()
        self._add(page)
        page.report.connect(self._ask_and_report)
        page.again.connect(self.measure_again)
        page.stop.connect(self._stop_measuring)
        return page

    def show_sessions(self) -> None:
        self._room.refresh()
        self._window.show_page(self.sessions)

    def show_progress(self) -> None:
        self._window.show_page(self.progress)
        self._room.refresh()

    def send(self, entries: Sequence[Entry], target: Path, *, videos: bool) -> Job:
        """Sessions as one .zip, unlocked; with a client it is remembered where to."""
        client = self._room.content.client

        def work(library: Library) -> None:
            export_sessions(library, entries, target, videos=videos)
            if client is not None:
                library.exported(client, target)

        def sent(_: object) -> None:
            self._window.notice(
                trn("{n} session, not locked, in {file}", "{n} sessions, not locked, in {file}", len(entries), file=target)
            )
            self._room.refresh()

        return self._jobs.run(work, sent, self._window.trouble)

    def receive(self, source: Path, *, videos: bool) -> Job:
        """Sessions that somebody sent; they belong to the chosen client, or to the owner."""
        client = self._room.owner.client

        def received(taken: Imported) -> None:
            self._window.notice(
                trn(
                    "{n} session taken in; known before: {known}.",
                    "{n} sessions taken in; known before: {known}.",
                    len(taken.entries),
                    known=taken.known,
                )
            )
            self._room.refresh()

        return self._jobs.run(
            lambda library: import_bundle(library, source, client=client, keep_video=videos), received, self._window.trouble
        )

    def delete(self, entries: Sequence[Entry]) -> None:
        """After asking."""

        def work(library: Library) -> None:
            for entry in entries:
                library.delete_session(entry)

        confirm(
            self._window,
            trn(
                "Delete {n} session with its videos for good?",
                "Delete {n} sessions with their videos for good?",
                len(entries),
            ),
            tr("&Delete"),
            lambda: self._jobs.run(work, lambda _: self._room.refresh(), self._window.trouble),
        )

    def write_report(self, target: Path, first: date, last: date) -> Job:
        """The report of a period, HTML or PDF by its name."""
        client = self._room.content.client
        html = target.suffix.lower() in (".html", ".htm")

        def work(library: Library) -> None:
            document = period_report(library, client, first, last)
            write_document(document, html=target if html else None, pdf=None if html else target)
            if client is not None:
                library.exported(client, target)

        return self._jobs.run(work, lambda _: self._window.notice(tr("Saved {file}", file=target)), self._window.trouble)

    def measure_again(self, entries: Sequence[Entry]) -> None:
        """One after the other, in the background; the rest of the library stays usable meanwhile."""
        from formcheck.library.remeasure import measure_again  # the network's libraries take a second to load
        from formcheck.run.offline.analyze import Cancelled

        model = self._window.settings.model_path

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

        def measured(done: int) -> None:
            self._job = None
            self.progress.show_measuring(0, 0, running=False)
            self._window.notice(trn("{n} session measured again.", "{n} sessions measured again.", done))
            self._room.refresh()

        def refused(words: str) -> None:
            self._job = None
            self.progress.show_measuring(0, 0, running=False)
            self._window.trouble(words)

        self.progress.show_measuring(0, 0)
        self._job = self._jobs.run_long(work, measured, refused)
        self._job.progress.connect(self.progress.show_measuring)

    def _stop_measuring(self) -> None:
        if self._job is not None:
            self._job.cancelled = True

    def _folder(self, entry: Entry) -> Path:
        return self._window.settings.sessions() / entry.folder

    def _show_content(self, content: LibraryContent) -> None:
        self.sessions.show_content(content)
        if "progress" not in vars(self):  # it was never seen: not to be built now
            return
        self.progress.show_content(content)
        if self._window.pages.currentWidget() is self.progress:
            client = content.client
            self._jobs.run(
                lambda library: progress(library, client), self.progress.show_progress, self._window.trouble, may_ask=False
            )

    def _add(self, page: "SessionsPage | ProgressPage") -> None:
        self._window.pages.addWidget(page)
        self._window.client_pages.append(page)
        page.closed.connect(self._window.show_guide)

    def _ask_and_send(self, entries: Sequence[Entry], videos: bool) -> None:
        target = ask_target(self._window, tr("Send sessions"), "sessions.zip", BUNDLES)
        if target is not None:
            self.send(entries, target.with_suffix(".zip"), videos=videos)

    def _ask_and_receive(self, videos: bool) -> None:
        if not self._room.may_record(lambda: self._ask_and_receive(videos)):
            return
        source = ask_source(self._window, tr("Receive sessions"), BUNDLES)
        if source is not None:
            self.receive(source, videos=videos)

    def _ask_and_add(self) -> None:
        if not self._room.may_record(self._ask_and_add):
            return
        folder = QFileDialog.getExistingDirectory(self._window, tr("Add a session folder"))
        if folder:
            self._room.add(Path(folder), self._room.owner, lambda _: self._room.refresh())

    def _ask_and_report(self, first: date, last: date) -> None:
        name = "-".join(p for p in (self._room.code_of(self._room.owner.client), "progress.pdf") if p)
        target = ask_target(self._window, tr("Save the report"), name, REPORTS)
        if target is not None:
            self.write_report(target if target.suffix else target.with_suffix(".pdf"), first, last)
