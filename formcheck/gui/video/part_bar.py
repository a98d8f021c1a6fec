"""A bar for the length of a film with two handles: what lies between them is the part."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from formcheck.gui.widgets.theme import current

HANDLE = 9.0
"""Radius, px."""


class PartBar(QWidget):
    """`moved` says where the handles are and which place of the film is being looked at, in seconds."""

    moved = Signal(float, float, float)

    def __init__(self, length_s: float) -> None:
        super().__init__()
        self._length_s = length_s
        self._part = (0.0, length_s)
        self._held = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_part(self, from_s: float, to_s: float) -> None:
        self._part = (from_s, to_s)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(320, round(3 * HANDLE))

    def place(self, time_s: float) -> QPointF:
        """Where a time stands on the bar, px."""
        share = time_s / self._length_s if self._length_s else 0.0
        return QPointF(HANDLE + share * (self.width() - 2 * HANDLE), self.height() / 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        at = self._time(event.position().x())
        near = [abs(at - end) for end in self._part]
        self._held = int(near[1] < near[0] or (near[0] == near[1] and at > self._part[1]))
        self._move(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._move(self._time(event.position().x()))

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        c = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        start, end = (self.place(time_s) for time_s in self._part)
        whole = QRectF(HANDLE, self.height() / 2 - 3, self.width() - 2 * HANDLE, 6)
        painter.setBrush(QColor(c.raised))
        painter.drawRoundedRect(whole, 3, 3)
        painter.setBrush(QColor(c.accent))
        painter.drawRect(QRectF(start.x(), whole.y(), end.x() - start.x(), whole.height()))
        painter.setPen(QPen(QColor(c.on_accent), 2))
        for handle in (start, end):
            painter.drawEllipse(handle, HANDLE - 1, HANDLE - 1)

    def _time(self, x: float) -> float:
        share = (x - HANDLE) / max(1.0, self.width() - 2 * HANDLE)
        return min(max(share, 0.0), 1.0) * self._length_s

    def _move(self, time_s: float) -> None:
        from_s, to_s = self._part
        self._part = (min(time_s, to_s), to_s) if self._held == 0 else (from_s, max(time_s, from_s))
        self.update()
        self.moved.emit(*self._part, self._part[self._held])
