"""Joins the window to what is beyond it: settings on disk, the analysis and review of sessions, reports."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from formcheck.errors import UserError
from formcheck.exercises.base import Exercise
from formcheck.gui.about import AboutDialog
from formcheck.gui.analyze_dialog import AnalyzeDialog
from formcheck.gui.background import Job
from formcheck.gui.compare_page import ComparePage
from formcheck.gui.language import tr
from formcheck.gui.main_window import MainWindow
from formcheck.gui.review_page import ReviewPage
from formcheck.gui.review_state import Review, open_review
from formcheck.gui.settings_dialog import SettingsDialog
from formcheck.report.folder import write_report
from formcheck.settings import Settings, save_settings

DEMO_EXERCISE = "clam"

log = logging.getLogger(__name__)


class Controller(QObject):
    """Lives as long as the window."""

    def __init__(self, exercises: Mapping[str, Exercise], settings: Settings, notices: Sequence[str] = ()) -> None:
        super().__init__()
        self._exercises = exercises
        self.window = window = MainWindow(exercises, settings)
        self.review = ReviewPage()
        self.compare = ComparePage(self._ask_for_review)
        for page in (self.review, self.compare):
            window.pages.addWidget(page)
        window.settings_changed.connect(self._save)
        window.video_wanted.connect(self.analyze)
        window.session_wanted.connect(self.open_session)
        window.rep_wanted.connect(self.open_session)
        window.report_wanted.connect(self.save_report)
        window.closing.connect(self._let_go)
        window.menus.settings.triggered.connect(self.edit_settings)
        window.menus.about.triggered.connect(self.show_about)
        window.menus.report.triggered.connect(lambda: self.save_report(self._folder))
        self.review.closed.connect(self._close_review)
        self.review.said.connect(window.notice)
        self.review.report.connect(self.save_report)
        self.review.compare.connect(self._compare)
        self.compare.closed.connect(self._close_compare)
        self._folder: Path | None = None
        if notices:
            window.notice(" ".join(notices))

    def start_demo(self) -> None:
        """Play the shipped clip as a live session."""
        window = self.window
        box = window.bar.exercise_box
        box.setCurrentIndex(max(0, box.findData(DEMO_EXERCISE)))
        window.bar.choose_source(tr("Demo clip"))
        window.start_set(checks=False)

    def analyze(self, video: Path) -> AnalyzeDialog:
        """Ask what is in the video, analyse it, review it."""
        dialog = AnalyzeDialog(video, self._exercises, self.window.settings, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.analyzed.connect(self.open_session)
        dialog.open()
        return dialog

    def open_session(self, folder: Path | None, rep: int | None = None) -> None:
        """Review a session; rep: go to this repetition."""
        if folder is None or self.window.running:
            return
        try:
            review = open_review(folder)
        except UserError as error:
            self.window.trouble(str(error))
            return
        self._folder = review.folder
        self.window.remember(review.folder)
        self.window.show_page(self.review)
        self.review.show_review(review, rep)

    def save_report(self, folder: Path | None) -> None:
        """Ask where, and write a report as PDF or HTML."""
        if folder is None:
            self.window.notice(tr("Open a session first."))
            return
        kinds = "PDF (*.pdf);;HTML (*.html)"
        name, _ = QFileDialog.getSaveFileName(self.window, tr("Save the report"), str(folder / "report.pdf"), kinds)
        if name:
            self.write_report(folder, Path(name))

    def write_report(self, folder: Path, target: Path) -> Job:
        """Write the report in the background."""
        html = target if target.suffix.lower() in (".html", ".htm") else None
        pdf = None if html else target.with_suffix(".pdf")
        job = Job(lambda _: write_report(folder, html=html, pdf=pdf))
        job.done.connect(lambda _: self.window.notice(tr("Saved {file}", file=html or pdf)))
        job.refused.connect(self.window.trouble)
        job.start()
        return job

    def edit_settings(self) -> SettingsDialog:
        window = self.window
        dialog = SettingsDialog(self._exercises, window.settings, speaks=window.voice.can_speak, parent=window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def take() -> None:
            window.apply(dialog.chosen())
            self._save(window.settings)
            self.review.restyle()

        dialog.accepted.connect(take)
        dialog.open()
        return dialog

    def show_about(self) -> AboutDialog:
        dialog = AboutDialog(self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _ask_for_review(self) -> Review | None:
        start = str(self.window.settings.sessions())
        folder = QFileDialog.getExistingDirectory(self.window, tr("Open a session folder"), start)
        if not folder:
            return None
        try:
            return open_review(Path(folder))
        except UserError as error:
            self.window.trouble(str(error))
            return None

    def _compare(self, review: Review) -> None:
        if not review.session.reps:
            self.window.notice(tr("There is no repetition to compare."))
            return
        self.review.player.stop()
        self.window.show_page(self.compare)
        self.compare.show_review(review)

    def _close_compare(self) -> None:
        self.compare.close_review()
        self.window.show_page(self.review)

    def _close_review(self) -> None:
        self.review.close_review()
        self.window.show_guide()

    def _let_go(self) -> None:
        self.compare.close_review()
        self.review.close_review()

    def _save(self, settings: Settings) -> None:
        try:
            save_settings(settings)
        except OSError as error:
            log.warning("settings not saved: %s", error.strerror)
            self.window.notice(tr("The settings could not be saved: {why}", why=error.strerror))
