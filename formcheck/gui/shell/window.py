"""The window: bars above, the page in view, the status bar. It knows no page and no set; it says what happens to it."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from formcheck.gui.shell.page import Page

SIZE = (1280, 800)


class Window(QMainWindow):
    dropped = Signal(object)
    """Path of a file or folder that was dropped on it."""
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("formcheck")
        self.setAcceptDrops(True)
        self._bars: list[tuple[QWidget, Callable[[Page[Any]], bool]]] = []
        self._middle = QWidget()
        self._layout = QVBoxLayout(self._middle)
        self._layout.setContentsMargins(12, 10, 12, 6)
        self.setCentralWidget(self._middle)
        self.resize(*SIZE)

    def add_bar(self, bar: QWidget, shown: Callable[[Page[Any]], bool]) -> None:
        """A row above the pages; shown: over which of them."""
        self._layout.addWidget(bar)
        self._bars.append((bar, shown))

    def add_pages(self, stack: QStackedWidget) -> None:
        self._layout.addWidget(stack, 1)

    def show_bars(self, page: Page[Any]) -> None:
        """Those that belong over this page."""
        for bar, shown in self._bars:
            bar.setVisible(shown(page))

    def place(self) -> str:
        """Where it stands and how large it is, as text."""
        return base64.b64encode(self.saveGeometry().data()).decode()

    def restore_place(self, text: str) -> None:
        """What place() gave; anything else changes nothing."""
        self.restoreGeometry(QByteArray(base64.b64decode(text.encode(), validate=False)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        path = next((Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()), None)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self.closing.emit()
        super().closeEvent(event)
