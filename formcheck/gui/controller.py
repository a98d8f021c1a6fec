"""Joins the window to what is beyond it: settings on disk, the analysis of videos, reports."""

import logging
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from formcheck.exercises.base import Exercise
from formcheck.gui.language import tr
from formcheck.gui.main_window import MainWindow
from formcheck.settings import Settings, save_settings

DEMO_EXERCISE = "clam"

log = logging.getLogger(__name__)


class Controller(QObject):
    """Lives as long as the window."""

    def __init__(self, exercises: Mapping[str, Exercise], settings: Settings, notices: Sequence[str] = ()) -> None:
        super().__init__()
        self.window = MainWindow(exercises, settings)
        self.window.settings_changed.connect(self._save)
        if notices:
            self.window.notice(" ".join(notices))

    def start_demo(self) -> None:
        """Play the shipped clip as a live session."""
        window = self.window
        box = window.bar.exercise_box
        box.setCurrentIndex(max(0, box.findData(DEMO_EXERCISE)))
        window.bar.choose_source(tr("Demo clip"))
        window.start_set(checks=False)

    def _save(self, settings: Settings) -> None:
        try:
            save_settings(settings)
        except OSError as error:
            log.warning("settings not saved: %s", error.strerror)
            self.window.notice(tr("The settings could not be saved: {why}", why=error.strerror))
