"""Notices and questions in a real window."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLabel, QMainWindow, QMessageBox, QWidget

NOTICE_MS = 15_000
EDGE_PX = 16
"""On either side of the status bar's words, at most."""


class WindowNotices:
    """In the status bar, and in boxes over the window."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._words = QLabel(wordWrap=True)  # the bar's own message is one line, and cut off where it is longer
        self._over = QTimer(window, singleShot=True, interval=NOTICE_MS)
        self._over.timeout.connect(lambda: self._show(""))

    def notice(self, words: str) -> None:
        bar = self._window.statusBar()
        if self._words.parent() is None:
            bar.addWidget(self._words, 1)
        self._show(words)
        self._over.start()

    def _show(self, words: str) -> None:
        self._words.setText(words)
        self._words.setMinimumHeight(self._words.heightForWidth(self._window.width() - 2 * EDGE_PX))

    def trouble(self, words: str) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, "formcheck", words, QMessageBox.StandardButton.Ok, front(self._window))
        _open(box)


class WindowQuestions:
    """The safe answer is always the default one."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window

    def confirm(self, words: str, yes: str, then: Callable[[], object], detail: str = "") -> None:
        box = QMessageBox(QMessageBox.Icon.Question, "formcheck", words, QMessageBox.StandardButton.Cancel, front(self._window))
        box.setInformativeText(detail)
        box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole).clicked.connect(then)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        _open(box)

    def choose(self, words: str, answers: Mapping[str, Callable[[], object]], later: str) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, "formcheck", words, parent=front(self._window))
        roles = (QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.DestructiveRole)
        for i, (answer, then) in enumerate(answers.items()):
            button = box.addButton(answer, roles[min(i, 1)])
            button.clicked.connect(then)
            if i == 0:
                box.setDefaultButton(button)
        box.addButton(later, QMessageBox.ButtonRole.RejectRole)
        _open(box)

    def file_to_write(self, title: str, name: str, kinds: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(front(self._window), title, _documents(name), kinds)
        return Path(chosen) if chosen else None

    def file_to_read(self, title: str, kinds: str) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(front(self._window), title, _documents(""), kinds)
        return Path(chosen) if chosen else None

    def folder(self, title: str, start: Path | None = None) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(front(self._window), title, str(start or ""))
        return Path(chosen) if chosen else None

    def text(self, title: str, words: str) -> str | None:
        text, agreed = QInputDialog.getText(front(self._window), title, words)
        return text if agreed else None


def front(window: QWidget) -> QWidget:
    """What a dialog opens over: the dialog that is open, else the window."""
    return QApplication.activeModalWidget() or window


def _open(box: QMessageBox) -> None:
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _documents(name: str) -> str:
    """A name among the user's documents: what is written is the user's to keep."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str((Path(place) if place else Path.home()) / name)
