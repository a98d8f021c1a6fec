"""One quantity from session to session, as a plot: a line per side, its 90 % interval as a band, the limits as lines."""

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.plots import empty_legend, limit_lines, restyle_axes, still_plot
from formcheck.gui.widgets.theme import Colours, current
from formcheck.gui.widgets.words import side_words
from formcheck.report.progress import CleanSets, Trend
from formcheck.results import Limits, Side
from formcheck.system.language import short_day_words

DAY_S = 86_400.0
SYMBOLS = {Side.LEFT: "o", Side.RIGHT: "s", None: "d"}


@dataclass(frozen=True, slots=True)
class Spot:
    """One session in a plot."""

    when: datetime
    value: float
    half: float = 0.0
    """Of the 90 % interval."""
    method: object = None
    """How it was measured: only spots of one method are joined."""


@dataclass(frozen=True, slots=True)
class Line:
    side: Side | None
    spots: tuple[Spot, ...]


def trend_line(trend: Trend) -> Line:
    return Line(trend.side, tuple(Spot(v.when, v.value, v.uncertainty, v.method) for v in trend.values))


def clean_line(sets: CleanSets) -> Line:
    """In per cent of the repetitions."""
    return Line(sets.side, tuple(Spot(when, 100 * clean / reps, method=method) for when, clean, reps, method in sets.sets))


def _day_axis() -> pg.DateAxisItem:
    """Days as the language writes them; years and times of day where the plot spans so much or so little."""

    def written(values: Sequence[float], _: float, spacing: float) -> list[str]:
        known = itself()
        finest = min(spec.spacing for spec in known.zoomLevel.tickSpecs) if known is not None else spacing
        if spacing > finest >= DAY_S:
            return [""] * len(values)  # the first of a month would lie on a day's own words
        if spacing > 300 * DAY_S:
            return [f"{datetime.fromtimestamp(v).year}" for v in values]
        return [short_day_words(when) if spacing >= DAY_S else f"{when:%H:%M}" for when in map(datetime.fromtimestamp, values)]

    axis = pg.DateAxisItem()
    itself = weakref.ref(axis)  # an axis that held itself would outlive its plot
    axis.tickStrings = written
    return axis


class TrendPlot(QWidget):
    """show_lines() draws; what it shows stands in words beneath it."""

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "heading")
        self.words = label("", "secondary")
        self.plot = still_plot(pg, axisItems={"bottom": _day_axis()})
        self.plot.setMinimumHeight(130)
        self.plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # its own hint would fill a screen
        self._legend = self.plot.addLegend(offset=(-4, 1), colCount=4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.words)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The words need more lines where it is narrow; a grid does not ask for them."""
        layout = self.layout()
        assert layout is not None
        least = max(0, layout.minimumHeightForWidth(self.width()))
        if least != self.minimumHeight():
            self.setMinimumHeight(least)
            layout.invalidate()

    def show_lines(self, title: str, unit: str, lines: Sequence[Line], words: str, limits: Limits | None = None) -> None:
        """unit: as it stands after a number."""
        c = current()
        self.title.setText(title)
        self.words.setText(words)
        self._fit()
        self.plot.setAccessibleName(title)
        self.plot.setAccessibleDescription(words)
        self.plot.clear()
        empty_legend(self._legend, c.text, c.panel)
        restyle_axes(self.plot)
        self.plot.setLabel("left", unit)
        for line in lines:
            self._draw(line, c)
        if limits is not None:
            for limit in limit_lines(pg, limits):
                self.plot.addItem(limit)
        self._frame(lines, limits)

    def _draw(self, line: Line, c: Colours) -> None:
        colour = c.fault if line.side is Side.RIGHT else c.good if line.side is Side.LEFT else c.text
        curve = None
        for method, run in groupby(line.spots, key=lambda s: s.method):
            spots = list(run)
            x = [s.when.timestamp() for s in spots]
            y = [s.value for s in spots]
            halves = [s.half for s in spots]
            if any(halves):
                self._band(x, y, halves, colour)
            curve = self.plot.plot(
                x,
                y,
                pen=pg.mkPen(colour, width=2),
                symbol=SYMBOLS[line.side],
                symbolSize=10,
                symbolBrush=colour if method == line.spots[-1].method else c.panel,  # hollow: another method than the last
                symbolPen=pg.mkPen(colour, width=2),
            )
        if curve is not None and line.side is not None:
            self._legend.addItem(curve, side_words(line.side))  # the last run: its marks are never hollow

    def _band(self, x: list[float], y: list[float], halves: list[float], colour: str) -> None:
        tint = QColor(colour)
        tint.setAlphaF(0.18)
        low = pg.PlotDataItem(x, [v - h for v, h in zip(y, halves, strict=True)])
        high = pg.PlotDataItem(x, [v + h for v, h in zip(y, halves, strict=True)])
        if len(x) > 1:
            self.plot.addItem(pg.FillBetweenItem(low, high, brush=tint))
        bars = {"x": x, "y": y, "height": [2 * h for h in halves]}
        self.plot.addItem(pg.ErrorBarItem(**{k: np.array(v) for k, v in bars.items()}, beam=0.0, pen=pg.mkPen(colour, width=1)))

    def _frame(self, lines: Sequence[Line], limits: Limits | None) -> None:
        """All spots with their intervals, zero and the limits in view, however few there are."""
        spots = [s for line in lines for s in line.spots]
        if not spots:
            return
        x = [s.when.timestamp() for s in spots]
        margin = max(86_400.0, 0.06 * (max(x) - min(x)))
        self.plot.setXRange(min(x) - margin, max(x) + margin, padding=0)
        y = [0.0, *(s.value - s.half for s in spots), *(s.value + s.half for s in spots)]
        y += [limits.caution, limits.fault] if limits is not None else []
        self.plot.setYRange(min(y), max(y) + 0.2 * (max(y) - min(y)), padding=0.06)  # room for the legend
