"""What may be larger than its place: as large as the place allows, and moved about where that is too small."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
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

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as the view needs beside a bar: Qt's own hint ends at 36 letters' heights, and long words would be cut."""
        return super().sizeHint().expandedTo(QSize(self._view.minimumSizeHint().width() + self._bar(), 0))

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
        bar = self._bar()
        least.setHeight(self._height_for(max(least.width(), place.width()), least.height()))
        if least.height() > place.height():
            place.setWidth(place.width() - bar)
            least.setHeight(self._height_for(max(least.width(), place.width()), least.height()))
        if least.width() > place.width():
            place.setHeight(place.height() - bar)
        self._view.resize(least.expandedTo(place))

    def _height_for(self, width: int, least: int) -> int:
        """Words that are broken need more lines where there is less room."""
        layout = self._view.layout()
        return max(least, layout.minimumHeightForWidth(width)) if layout is not None and layout.hasHeightForWidth() else least

    def _bar(self) -> int:
        return self.style().pixelMetric(self.style().PixelMetric.PM_ScrollBarExtent)


def show_ground(area: QScrollArea, view: QWidget) -> None:
    """The ground of what the area lies on shows through."""
    area.viewport().setAutoFillBackground(False)
    view.setAutoFillBackground(False)
