"""The answers after a set, on their way into its folder: one writing at a time, the newest last."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from formcheck.gui.library.library_jobs import LibraryJobs
from formcheck.gui.shell.protocols import Notices
from formcheck.session.layout import NOTES
from formcheck.session.notes import Notes, dump
from formcheck.system.language import tr

SAVE_AFTER_MS = 400
"""Answers are saved this long after the last move of a slider."""


class Answers(QObject):
    def __init__(self, jobs: LibraryJobs, notices: Notices) -> None:
        super().__init__()
        self._jobs, self._notices = jobs, notices
        self._unsaved: tuple[Path, Notes] | None = None
        self._writing = False
        self._waiting: list[Callable[[], object]] = []
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)

    def put(self, folder: Path, notes: Notes) -> None:
        """To be saved soon."""
        self._unsaved = folder, notes
        self._timer.start()

    def save(self) -> None:
        """Save what is not saved yet."""
        self._timer.stop()
        if self._writing or self._unsaved is None:
            return
        (folder, notes), self._unsaved = self._unsaved, None
        self._writing = True
        self._jobs.write_into(folder, NOTES, dump(notes), self._refused, lambda _: self._written())

    def then(self, act: Callable[[], object]) -> None:
        """Do something once everything is saved: whatever opens the session reads the answers, and writes them again."""
        self._waiting.append(act)
        self.save()
        if not self._writing:
            self._go_on()

    def _written(self) -> None:
        self._writing = False
        self.save()
        if not self._writing:
            self._go_on()

    def _refused(self, words: str) -> None:
        self._notices.notice(tr("The answers could not be saved: {why}", why=words))
        self._written()

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()
