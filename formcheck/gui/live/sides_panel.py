"""Live, of a run: what both sides do in the mean of their last stances, the cadence, and the last stances one by one."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from formcheck.exercises.contract import Exercise
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.rep_strip import RepStrip
from formcheck.gui.widgets.theme import current
from formcheck.gui.widgets.words import figure, side_words
from formcheck.measurement.running.sides import cadence
from formcheck.results import Limits, Rep, Side
from formcheck.system.language import tr

STANCES = 20
"""The last stances that the bars and the cadence stand for: ten of each side."""
STRIP = 16
BEYOND = 1.6
"""A bar ends at this multiple of the fault limit."""
SHOWN = 2
"""Quantities: those of the most important faults."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One quantity's two bars."""

    title: str
    limits: Limits
    values: tuple[float, float]
    """Left, right; NaN: not measured."""


class SideBars(QWidget):
    """Two bars for each quantity, left above right, with the limits marked; figures stand beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Both sides"))
        self._shown: tuple[Shown, ...] = ()

    def show_bars(self, shown: Sequence[Shown]) -> None:
        if tuple(shown) != self._shown:
            self._shown = tuple(shown)
            self.setAccessibleDescription("; ".join(self.words))
            self.updateGeometry()
            self.update()

    @property
    def words(self) -> list[str]:
        """A sentence for each quantity."""
        return [
            tr("{title}: left {left}, right {right}", title=s.title, left=_figure(s, 0), right=_figure(s, 1)) for s in self._shown
        ]

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(300, round(max(1, len(self._shown)) * 3.4 * self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(180, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for i, shown in enumerate(self._shown):
            self._paint(painter, shown, i * 3.4 * self.fontMetrics().height())

    def _paint(self, painter: QPainter, shown: Shown, top: float) -> None:
        c, line = current(), self.fontMetrics().height()
        painter.setPen(QColor(c.text))
        painter.drawText(QRectF(0, top, self.width(), line), Qt.AlignmentFlag.AlignLeft, shown.title)
        named = self.fontMetrics().horizontalAdvance(max(side_words(Side.LEFT), side_words(Side.RIGHT), key=len)) + 10
        figures = self.fontMetrics().horizontalAdvance("-000.0° ") + 6
        track = QRectF(named, 0, max(20.0, self.width() - named - figures), line * 0.75)
        most = BEYOND * shown.limits.fault
        for row, side in enumerate(Side):
            y = top + (row + 1) * line * 1.08
            value = shown.values[row]
            painter.setPen(QColor(c.text))
            painter.drawText(QRectF(0, y, named, line), Qt.AlignmentFlag.AlignLeft, side_words(side))
            painter.drawText(QRectF(track.right() + 6, y, figures, line), Qt.AlignmentFlag.AlignLeft, _figure(shown, row))
            painter.fillRect(track.translated(0, y + line * 0.12), QColor(c.raised))
            if math.isfinite(value):
                share = min(max(value / most, 0.0), 1.0)
                kind = "fault" if value > shown.limits.fault else "caution" if value > shown.limits.caution else "good"
                bar = QRectF(track.left(), y + line * 0.12, max(2.0, share * track.width()), track.height())
                painter.fillRect(bar, QColor(getattr(c, kind)))
            painter.setPen(QPen(QColor(c.text), 2))
            for limit in (shown.limits.caution, shown.limits.fault):
                x = track.left() + limit / most * track.width()
                painter.drawLine(QPointF(x, y), QPointF(x, y + line))


class SidesPanel(QWidget):
    """begin() for a set, show_reps() whenever there may be another stance."""

    metronome_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.bars, self.strip = SideBars(), RepStrip()
        self.cadence: float | None = None
        """Steps a minute of the last stances; None while it is not known."""
        self.metronome, self.beat = QCheckBox(tr("Metronome, 5 % quicker")), label("", "secondary")
        self.metronome.setAccessibleDescription(tr("Ticks 5 % quicker than your own cadence of the first stances"))
        self.metronome.toggled.connect(self.metronome_changed)
        self.strip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._exercise: Exercise | None = None
        self._limits: dict[str, Limits] = {}
        self._reps = -1
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.bars, self.strip, self.metronome, self.beat):
            layout.addWidget(widget)

    def begin(self, exercise: Exercise, limits: dict[str, Limits]) -> None:
        """limits: fault -> those in force."""
        self._exercise, self._limits, self._reps = exercise, limits, -1
        self.show_reps(())
        self.show_beat(None, on=self.metronome.isChecked())

    def show_beat(self, per_minute: int | None, *, on: bool) -> None:
        """What the metronome does. per_minute: None while the runner's own cadence is not known."""
        if self.metronome.isChecked() != on:
            self.metronome.blockSignals(True)
            self.metronome.setChecked(on)
            self.metronome.blockSignals(False)
        words = tr("It begins when your own cadence is known, after 46 stances.")
        if per_minute is not None:
            words = tr("{n} ticks a minute, one for each step.", n=per_minute)
        self.beat.setText(words if on else "")
        self.beat.setVisible(on)

    def show_reps(self, reps: Sequence[Rep]) -> None:
        if self._exercise is None or len(reps) == self._reps:
            return
        self._reps = len(reps)
        last = reps[-STANCES:]
        faults = sorted(self._exercise.faults, key=lambda f: f.priority)[:SHOWN]
        self.bars.show_bars(
            [
                Shown(
                    tr(self._exercise.quantity(f.quantity).title),
                    self._limits.get(f.name, f.limits),
                    (_mean(last, f.quantity, Side.LEFT), _mean(last, f.quantity, Side.RIGHT)),
                )
                for f in faults
            ]
        )
        self.cadence = cadence(last).value
        self.strip.show_reps(tuple(reps[-STRIP:]), self._exercise)


def _mean(reps: Sequence[Rep], quantity: str, side: Side) -> float:
    values = [m.value for rep in reps if rep.side is side and (m := rep.measurements.get(quantity)) and m.value is not None]
    return statistics.fmean(values) if values else math.nan


def _figure(shown: Shown, row: int) -> str:
    value = shown.values[row]
    return figure(value, shown.limits.unit) if math.isfinite(value) else "–"
