"""Joins the window to what is beyond it: settings on disk, the analysis and review of sessions, reports, the library."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from formcheck.exercises.contract import Exercise
from formcheck.gui.library.library_dialogs import LibraryDialogs
from formcheck.gui.library.library_jobs import Opened
from formcheck.gui.library.library_pages import REPORTS, LibraryPages
from formcheck.gui.library.library_presenter import LibraryPresenter
from formcheck.gui.review.review_state import Review, open_review
from formcheck.gui.shell.main_window import MainWindow
from formcheck.gui.widgets.background import Job
from formcheck.gui.widgets.questions import ask_target
from formcheck.report.folder import write_report
from formcheck.session.layout import NOTES
from formcheck.session.notes import Notes, dump
from formcheck.session.ownership import read_ownership
from formcheck.system.errors import UserError
from formcheck.system.language import tr
from formcheck.system.settings import Settings, save_settings

if TYPE_CHECKING:
    from formcheck.gui.compare.compare_page import ComparePage
    from formcheck.gui.review.analyze_dialog import AnalyzeDialog
    from formcheck.gui.review.review_page import ReviewPage
    from formcheck.gui.settings.settings_dialog import SettingsDialog
    from formcheck.gui.shell.about import AboutDialog

DEMO_EXERCISE = "clam"

log = logging.getLogger(__name__)


class Controller(QObject):
    """Lives as long as the window. Pages and dialogs that are not seen at the start are loaded and built when they are."""

    def __init__(self, exercises: Mapping[str, Exercise], settings: Settings, notices: Sequence[str] = ()) -> None:
        super().__init__()
        self._exercises = exercises
        self.window = window = MainWindow(exercises, settings)
        self.room = room = LibraryPresenter(window)
        self.pages = LibraryPages(window, room, self.open_session, self.compare_sessions, self.save_report)
        self.dialogs = LibraryDialogs(window, room)
        window.may_record = room.may_record
        window.owner = lambda: (room.owner, room.video_allowed)
        window.settings_changed.connect(self._save)
        window.video_wanted.connect(self.analyze)
        window.session_wanted.connect(self.open_session)
        window.rep_wanted.connect(self.open_session)
        window.report_wanted.connect(self.save_report)
        window.closing.connect(self._let_go)
        window.menus.settings.triggered.connect(self.edit_settings)
        window.menus.about.triggered.connect(self.show_about)
        window.menus.report.triggered.connect(lambda: self.save_report(self._opened.folder if self._opened else None))
        self._opened: Opened | None = None
        """What is reviewed, or was last."""
        self._compared: list[Opened] = []
        self._back: QWidget = window.guide
        """The page from which a review or a comparison was opened."""
        if notices:
            window.notice(" ".join(notices))
        window.client_bar.setVisible(settings.clinic)
        room.start()

    @cached_property
    def review(self) -> "ReviewPage":
        from formcheck.gui.review.review_page import ReviewPage

        page = ReviewPage()
        self.window.pages.addWidget(page)
        page.closed.connect(self._close_review)
        page.said.connect(self.window.notice)
        page.noted.connect(self._keep_notes)
        page.report.connect(lambda _: self.save_report(self._opened.folder if self._opened else None))
        page.compare.connect(self._compare)
        return page

    @cached_property
    def compare(self) -> "ComparePage":
        from formcheck.gui.compare.compare_page import ComparePage

        page = ComparePage(self._ask_for_review)
        self.window.pages.addWidget(page)
        page.closed.connect(self._close_compare)
        return page

    def start_demo(self) -> None:
        """Play the shipped clip as a live session."""
        window = self.window
        box = window.bar.exercise_box
        box.setCurrentIndex(max(0, box.findData(DEMO_EXERCISE)))
        window.bar.choose_source(tr("Demo clip"))
        window.start_set(checks=False)

    def analyze(self, video: Path) -> "AnalyzeDialog | None":
        """Ask what is in the video, analyse it, keep and review it; None where something must be asked first."""
        from formcheck.gui.review.analyze_dialog import AnalyzeDialog

        room = self.room
        if not room.may_record(lambda: self.analyze(video)):
            return None
        owner = room.owner
        dialog = AnalyzeDialog(
            video, self._exercises, self.window.settings, self.window, owner=owner, may_keep_video=room.video_allowed
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.analyzed.connect(lambda folder: room.add(folder, owner, lambda _: self._analyzed(folder)))
        dialog.open()
        return dialog

    def open_session(self, folder: Path | None, rep: int | None = None) -> None:
        """Review a session, locked or not; rep: go to this repetition."""
        if folder is None or self.window.running:
            return
        folder = folder if folder.is_dir() or not folder.exists() else folder.parent
        self.room.jobs.open_folder(folder, lambda opened: self._show(opened, rep), self.window.trouble)

    def compare_sessions(self, left: Path, right: Path) -> None:
        """Two sessions side by side."""

        def show(review: Review) -> None:
            self._compare(review)
            self._read(right, lambda other: self.compare.right.show_review(other, 0))

        self._read(left, show)

    def save_report(self, folder: Path | None) -> None:
        """Ask where, and write a report as PDF or HTML."""
        if folder is None:
            self.window.notice(tr("Open a session first."))
            return
        target = ask_target(self.window, tr("Save the report"), f"{folder.name}.pdf", REPORTS)
        if target is not None:
            self.write_report(folder, target)

    def write_report(self, folder: Path, target: Path) -> None:
        """Write the report in the background; a client appears by code only."""
        html = target if target.suffix.lower() in (".html", ".htm") else None
        pdf = None if html else target.with_suffix(".pdf")

        def write(opened: Opened) -> None:
            def work(_: Job) -> None:
                try:
                    ownership = read_ownership(opened.path)
                    code = self.room.code_of(ownership.client) if ownership else ""
                    write_report(opened.path, html=html, pdf=pdf, client=code)
                finally:
                    opened.close()

            job = Job(work)
            job.done.connect(lambda _: self.window.notice(tr("Saved {file}", file=html or pdf)))
            job.refused.connect(self.window.trouble)
            job.start()

        self.room.jobs.open_folder(folder, write, self.window.trouble)

    def edit_settings(self) -> "SettingsDialog":
        from formcheck.gui.settings.settings_dialog import SettingsDialog

        window = self.window
        no_speech = {"speech": tr("Qt's speech module is not installed: tones are used instead.")}
        unavailable = {} if window.voice.can_speak else no_speech
        dialog = SettingsDialog(self._exercises, window.settings, unavailable=unavailable, parent=window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def take() -> None:
            window.apply(dialog.chosen())
            self._save(window.settings)
            if self._opened is not None:
                self.review.restyle()
            self.room.apply_mode()

        dialog.accepted.connect(take)
        dialog.open()
        return dialog

    def show_about(self) -> "AboutDialog":
        from formcheck.gui.shell.about import AboutDialog

        dialog = AboutDialog(self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _analyzed(self, folder: Path) -> None:
        self.room.refresh()
        self.open_session(folder)

    def _show(self, opened: Opened, rep: int | None) -> None:
        try:
            review = open_review(opened.path)
        except UserError as error:
            opened.close()
            self.window.trouble(str(error))
            return
        self._close_opened()
        self._opened = opened
        self._remember_page()
        self.window.show_page(self.review)
        self.review.show_review(review, rep)

    def _read(self, folder: Path, then: Callable[[Review], object]) -> None:
        """A session to be compared; what is unlocked for it goes with the comparison."""

        def take(opened: Opened) -> None:
            self._compared.append(opened)
            try:
                then(open_review(opened.path))
            except UserError as error:
                self.window.trouble(str(error))

        self.room.jobs.open_folder(folder, take, self.window.trouble)

    def _ask_for_review(self, then: Callable[[Review], object]) -> None:
        start = str(self.window.settings.sessions())
        folder = QFileDialog.getExistingDirectory(self.window, tr("Open a session folder"), start)
        if folder:
            self._read(Path(folder), then)

    def _compare(self, review: Review) -> None:
        if not review.session.reps:
            self.window.notice(tr("There is no repetition to compare."))
            return
        self.review.player.stop()
        self._remember_page()
        self.window.show_page(self.compare)
        self.compare.show_review(review)

    def _remember_page(self) -> None:
        """Closing leads back to the list, if it was opened from there."""
        now = self.window.pages.currentWidget()
        if now not in (self.review, self.compare):
            self._back = now if now is self.pages.sessions else self.window.guide

    def _close_compare(self) -> None:
        self.compare.close_review()
        while self._compared:
            self._compared.pop().close()
        self.window.show_page(self._back if self.review.review is None else self.review)

    def _close_review(self) -> None:
        self._close_opened()
        self.window.show_page(self._back)

    def _close_opened(self) -> None:
        """Save what was noted; an unlocked copy goes."""
        if self._opened is not None:
            self.review.close_review()
            self._opened.close()

    def _keep_notes(self, notes: Notes) -> None:
        """Into the locked folder, where the page shows an unlocked copy of it."""
        if self._opened is not None and self._opened.path != self._opened.folder:
            self.room.jobs.write_into(self._opened.folder, NOTES, dump(notes), self.window.notice)

    def _let_go(self) -> None:
        if "compare" in vars(self):  # else it was never built, and is not to be now
            self.compare.close_review()
        while self._compared:
            self._compared.pop().close()
        self._close_opened()
        self.room.jobs.close()

    def _save(self, settings: Settings) -> None:
        try:
            save_settings(settings)
        except OSError as error:
            log.warning("settings not saved: %s", error.strerror)
            self.window.notice(tr("The settings could not be saved: {why}", why=error.strerror))
