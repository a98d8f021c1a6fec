"""Curves of a run in one plot: left and right, or two runs, as lines that differ in colour and in kind, with their spread."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from formcheck.frames import Floats
from formcheck.gui.widgets.plots import empty_legend, restyle_axes, still_plot
from formcheck.gui.widgets.theme import current
from formcheck.report.run_overlay import moments
from formcheck.results import Limits, Rep
from formcheck.system.language import tr

LEAST_HEIGHT = 160
"""px"""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One line."""

    name: str
    x: Floats
    y: Floats
    spread: Floats | None = None
    """To each side of y."""
    second: bool = False
    """Drawn dashed, in the second colour."""
    dots: bool = False


class SidePlot(QWidget):
    """show_lines() draws anew, in the theme's colours."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.plot = still_plot(pg)
        self.plot.setAccessibleName(name)
        self.plot.setMinimumHeight(LEAST_HEIGHT)
        self._legend = self.plot.addLegend(offset=(-4, 1), colCount=2)
        self._cursor: pg.InfiniteLine | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)

    def show_lines(
        self,
        lines: Sequence[Drawn],
        *,
        x_words: str,
        y_words: str,
        limits: Limits | None = None,
        marks: Sequence[tuple[float, str]] = (),
        cursor: float | None = None,
    ) -> None:
        """marks: where a line stands upright, and what it is called; cursor: where the one stands that move_to() moves."""
        c = current()
        self.plot.clear()
        empty_legend(self._legend, c.text, c.panel)
        restyle_axes(self.plot)
        self.plot.setLabel("left", y_words)
        self.plot.setLabel("bottom", x_words)
        for i, (at, words) in enumerate(marks):  # one name above the other: large words would meet
            options = {"color": c.secondary, "position": 0.04 + 0.13 * i, "anchors": [(0, 1), (0, 1)], "rotateAxis": None}
            self.plot.addItem(pg.InfiniteLine(at, pen=pg.mkPen(c.line, width=1), label=words, labelOpts=options))
        if limits is not None:
            for value, colour in ((limits.caution, c.caution), (limits.fault, c.fault)):
                pen = pg.mkPen(colour, width=2, style=Qt.PenStyle.DotLine)
                self.plot.addItem(pg.InfiniteLine(value, angle=0, pen=pen))
        for line in lines:
            self._draw(line)
        self._cursor = None
        if cursor is not None:
            self._cursor = pg.InfiniteLine(cursor, pen=pg.mkPen(c.text, width=2))
            self.plot.addItem(self._cursor)
        self._frame(lines, limits)

    def move_to(self, x: float) -> None:
        """The cursor, where there is one."""
        if self._cursor is not None:
            self._cursor.setValue(x)

    def _draw(self, line: Drawn) -> None:
        c = current()
        colour = c.fault if line.second else c.good
        if line.spread is not None:
            tint = QColor(colour)
            tint.setAlphaF(0.2)
            edges = [pg.PlotDataItem(line.x, line.y + sign * line.spread) for sign in (-1, 1)]
            self.plot.addItem(pg.FillBetweenItem(*edges, brush=tint))
        pen = pg.mkPen(colour, width=3, style=Qt.PenStyle.DashLine if line.second else Qt.PenStyle.SolidLine)
        symbol = {"symbol": "s" if line.second else "o", "symbolSize": 7, "symbolBrush": colour} if line.dots else {}
        drawn = self.plot.plot(line.x, line.y, pen=pen, connect="finite", **symbol)
        self._legend.addItem(drawn, line.name)

    def _frame(self, lines: Sequence[Drawn], limits: Limits | None) -> None:
        """All lines, zero and the limits in view, with room for the legend."""
        held = [0.0, *((limits.caution, limits.fault) if limits is not None else ())]
        for line in lines:
            spread = np.zeros_like(line.y) if line.spread is None else line.spread
            held += [float(np.nanmin(line.y - spread)), float(np.nanmax(line.y + spread))] if len(line.y) else []
        low, high = min(held), max(held)
        room = 0.6 if any(line.dots for line in lines) else 0.3  # a low plot needs more of it
        self.plot.setYRange(low, high + room * (high - low or 1.0), padding=0.04)
        ends = [float(x) for line in lines for x in line.x[[0, -1]] if len(line.x)]
        if ends:
            self.plot.setXRange(min(ends), max(ends), padding=0.01)


def gait_marks(reps: Sequence[Rep]) -> tuple[tuple[float, str], ...]:
    """Midstance and toe-off on an axis of 0-100 % of the gait cycle."""
    middle, end = moments(reps)
    return (100 * middle, tr("midstance")), (100 * end, tr("toe-off"))
