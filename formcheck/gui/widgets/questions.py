"""Questions that do not stop the window, and where files are suggested to go."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


def confirm(parent: QWidget, words: str, yes: str, then: Callable[[], object], detail: str = "") -> QMessageBox:
    """Ask before something that cannot be undone; the safe answer is the default."""
    box = QMessageBox(QMessageBox.Icon.Question, "formcheck", words, QMessageBox.StandardButton.Cancel, parent)
    box.setInformativeText(detail)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    go = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    go.clicked.connect(then)
    box.open()
    return box


def documents(name: str) -> str:
    """A name among the user's documents, to suggest in a file dialog: what is written is the user's to keep."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str((Path(place) if place else Path.home()) / name)


def ask_target(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Where to write a file; None when cancelled."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, documents(name), kinds)
    return Path(chosen) if chosen else None


def ask_source(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Which file to read; None when cancelled."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, documents(""), kinds)
    return Path(chosen) if chosen else None
