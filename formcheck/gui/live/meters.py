"""The gauge of the guarded quantity and the tempo bar."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from formcheck.exercises.contract import Fault
from formcheck.gui.widgets.theme import Colours, current
from formcheck.gui.widgets.words import figure
from formcheck.results import Limits
from formcheck.system.language import tr

BEYOND = 1.6
"""The gauge ends at this multiple of the fault limit."""


class Meter(QWidget):
    """A bar below a line of words: its title at the left, its value at the right."""

    def __init__(self, lines: int, px: int) -> None:
        """lines, px: its height, in lines of text and px beside."""
        super().__init__()
        self._lines, self._px = lines, px
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(300, self._lines * self.fontMetrics().height() + self._px)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(180, self.sizeHint().height())

    def _paint_words(self, title: str, value: str) -> QPainter:
        """The painter for the rest."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(current().text))
        line = QRectF(0, 0, self.width(), self.fontMetrics().height())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, title)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, value)
        return painter


class Gauge(Meter):
    """Where the quantity that should stay still is now, with the caution and the fault limit marked."""

    def __init__(self) -> None:
        super().__init__(lines=3, px=14)
        self._title = ""
        self._limits = Limits(10, 15)
        self._direction = 1
        self._value = math.nan

    def set_quantity(self, title: str, fault: Fault | None, limits: Limits | None) -> None:
        """The fault that guards the quantity gives direction and limits; None if nothing limits it."""
        self._title = title
        self._limits = limits or Limits(math.inf, math.inf)
        self._direction = fault.direction if fault else 0
        self.setAccessibleName(title)
        self.setAccessibleDescription(self.value_words())
        self.update()

    def set_value(self, value: float) -> None:
        """NaN: not measured."""
        before, self._value = self._looks, value
        if self._looks != before:  # painting takes longer than all else that is done for a picture
            self.setAccessibleDescription(self.value_words())
            self.update()

    @property
    def _looks(self) -> tuple[str, int]:
        """What is seen of the value: words, and the needle's px."""
        seen = math.isfinite(self._value) and math.isfinite(self._limits.fault)
        return self.value_words(), round(self.share(self._value) * self.width()) if seen else -1

    def value_words(self) -> str:
        return tr("not measured") if math.isnan(self._value) else figure(self._value, self._limits.unit)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        c, line = current(), self.fontMetrics().height()
        painter = self._paint_words(self._title, self.value_words())
        track = QRectF(8, line + 6, self.width() - 16, line * 0.9)
        if math.isfinite(self._limits.fault):
            self._zones(painter, track, c)
            self._marks(painter, track, c, line)
        if math.isfinite(self._value):
            self._needle(painter, track, c)

    def _span(self) -> tuple[float, float]:
        end = BEYOND * self._limits.fault
        return (-end, end) if self._direction == 0 else (-0.4 * end, end)

    def share(self, value: float) -> float:
        """How far along the gauge a value stands, 0-1."""
        low, high = self._span()
        return (min(max(value, low), high) - low) / (high - low)

    def _x(self, value: float, track: QRectF) -> float:
        return track.left() + self.share(value) * track.width()

    def _zones(self, painter: QPainter, track: QRectF, c: Colours) -> None:
        caution, fault = self._limits.caution, self._limits.fault
        low, high = self._span()
        edges = [
            (-caution if self._direction == 0 else low, caution, c.good),
            (caution, fault, c.caution),
            (fault, high, c.fault),
        ]
        if self._direction == 0:
            edges += [(-fault, -caution, c.caution), (low, -fault, c.fault)]
        painter.setPen(Qt.PenStyle.NoPen)
        for start, end, colour in edges:
            left, right = self._x(start, track), self._x(end, track)
            zone = QRectF(left, track.top(), right - left, track.height())
            tint = QColor(colour)
            tint.setAlphaF(0.30 if colour == c.good else 0.75)
            painter.fillRect(zone, tint)
            if colour == c.fault:  # hatched: the zone is told without colour too
                painter.fillRect(zone, QBrush(QColor(c.on_fault), Qt.BrushStyle.BDiagPattern))

    def _marks(self, painter: QPainter, track: QRectF, c: Colours, line: int) -> None:
        painter.setPen(QPen(QColor(c.text), 2))
        ends = (self._limits.caution, self._limits.fault)
        for value in (0.0, *ends, *(-v for v in ends if self._direction == 0)):
            x = self._x(value, track)
            painter.drawLine(QPointF(x, track.top()), QPointF(x, track.bottom() + 4))
            label = QRectF(x - 40, track.bottom() + 4, 80, line)
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, figure(abs(value), self._limits.unit))

    def _needle(self, painter: QPainter, track: QRectF, c: Colours) -> None:
        x = self._x(self._value, track)
        painter.setPen(QPen(QColor(c.panel), 2))
        painter.setBrush(QColor(c.text))
        painter.drawRoundedRect(QRectF(x - 4, track.top() - 4, 8, track.height() + 8), 3, 3)
        top = track.top() - 3
        painter.drawPolygon(QPolygonF([QPointF(x - 9, top - 8), QPointF(x + 9, top - 8), QPointF(x, top + 4)]))


class TempoBar(Meter):
    """How far the movement is, and how quick the last repetition was."""

    def __init__(self) -> None:
        super().__init__(lines=2, px=8)
        self.setAccessibleName(tr("Tempo"))
        self._phase = 0.0
        self._pace = ""

    def set_tempo(self, phase: float, pace_s: float | None, limit_s: float | None) -> None:
        """phase: 0-1; pace_s: the quicker way of the last repetition; limit_s: what counts as too fast."""
        before = self._looks
        self._phase = phase
        if pace_s is None:
            self._pace = ""
        elif limit_s is not None and pace_s < limit_s:
            self._pace = tr("{pace:.1f} s - too fast", pace=pace_s)
        else:
            self._pace = tr("{pace:.1f} s each way", pace=pace_s)
        if self._looks != before:
            self.setAccessibleDescription(self._pace)
            self.update()

    @property
    def _looks(self) -> tuple[str, int]:
        """What is seen: words, and how many px are full."""
        return self._pace, round(self._phase * self.width())

    @property
    def words(self) -> str:
        return self._pace

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        c, line = current(), self.fontMetrics().height()
        painter = self._paint_words(tr("Tempo"), self._pace)
        track = QRectF(8, line + 4, self.width() - 16, line * 0.8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.raised))
        painter.drawRoundedRect(track, 6, 6)
        painter.setBrush(QColor(c.good))
        painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * self._phase, track.height()), 6, 6)
