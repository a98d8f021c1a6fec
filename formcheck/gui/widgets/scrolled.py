"""What may be larger than its place: as large as the place allows, and moved about where that is too small."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scrolled(QScrollArea):
    """Qt's own way of resizing asks for as much height as would be comfortable, and moves pages about that would have fitted."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self._view = view
        self.setFrameShape(QFrame.Shape.NoFrame)
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
        least = self._view.minimumSizeHint().expandedTo(self._view.minimumSize())
        place = self.maximumViewportSize()
        bar = self.style().pixelMetric(self.style().PixelMetric.PM_ScrollBarExtent)
        if least.height() > place.height():
            place.setWidth(place.width() - bar)
        if least.width() > place.width():
            place.setHeight(place.height() - bar)
        self._view.resize(least.expandedTo(place))


def show_ground(area: QScrollArea, view: QWidget) -> None:
    """The ground of what the area lies on shows through."""
    area.viewport().setAutoFillBackground(False)
    view.setAutoFillBackground(False)
