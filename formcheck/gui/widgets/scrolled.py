"""What may be larger than its place: as large as the place allows, and moved about where that is too small."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scrolled(QScrollArea):
    """Qt's own does not know that words need more lines where they are narrow, and lays what stands below over them."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self._view = view
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(view)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        done = super().eventFilter(watched, event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        layout, width = self._view.layout(), self.viewport().width()
        if layout is not None and layout.hasHeightForWidth():
            least = layout.minimumHeightForWidth(width)
            if least != self._view.minimumHeight():
                self._view.setMinimumHeight(least)


def show_ground(area: QScrollArea, view: QWidget) -> None:
    """The ground of what the area lies on shows through."""
    area.viewport().setAutoFillBackground(False)
    view.setAutoFillBackground(False)
