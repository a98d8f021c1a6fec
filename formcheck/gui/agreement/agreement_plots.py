"""One measure against its reference: the Bland-Altman plot, and both curves over time."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from formcheck.agreement.figures import runs
from formcheck.agreement.pairs import FramePair
from formcheck.agreement.statistics.differences import Differences
from formcheck.frames import Floats
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.plots import empty_legend, restyle_axes, still_plot
from formcheck.gui.widgets.theme import current
from formcheck.system.language import tr

LEAST_HEIGHT = 190


class AgreementPlot(QWidget):
    """A titled plot; what it shows stands in words beneath it."""

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "heading")
        self.words = label("", "secondary")
        self.plot = still_plot(pg)
        self.plot.setMinimumHeight(LEAST_HEIGHT)
        self.plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # its own hint would fill a screen
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.words)

    def _begin(self, title: str, words: str, left: str, bottom: str) -> None:
        self.title.setText(title)
        self.words.setText(words)
        self.setMinimumHeight(LEAST_HEIGHT + 5 * self.words.fontMetrics().lineSpacing())  # words that wrap ask for too little
        self.plot.setAccessibleName(title)
        self.plot.setAccessibleDescription(words)
        self.plot.clear()
        restyle_axes(self.plot)
        self.plot.setLabel("left", left)
        self.plot.setLabel("bottom", bottom)


class DifferencesPlot(AgreementPlot):
    def show_differences(self, values: Floats, made: Differences, unit: str) -> None:
        """values (n, 2): program and reference of each repetition."""
        c = current()
        words = tr(
            "Each point is a repetition. 95 % of differences are expected from {low} to {high}{unit}; on average {bias}{unit}.",
            low=f"{made.loa[0]:.1f}",
            high=f"{made.loa[1]:.1f}",
            bias=f"{made.bias:.1f}",
            unit=unit,
        )
        self._begin(tr("Program less reference"), words, unit, tr("mean of the two, {unit}", unit=unit))
        means, apart = values.mean(axis=1), values[:, 0] - values[:, 1]
        self.plot.plot(means, apart, pen=None, symbol="o", symbolSize=9, symbolBrush=c.good, symbolPen=pg.mkPen(c.panel))
        lines = ((made.bias, c.good, tr("bias")), *((edge, c.fault, tr("limit")) for edge in made.loa))
        for value, colour, name in lines:
            pen = pg.mkPen(colour, width=2, style=Qt.PenStyle.DashLine)
            options = {"color": c.text, "position": 0.97, "anchors": [(1, 1), (1, 1)]}
            self.plot.addItem(pg.InfiniteLine(value, angle=0, pen=pen, label=f"{name} {value:.1f}", labelOpts=options))
        edges = [0.0, *made.loa, float(apart.min()), float(apart.max())]
        self.plot.setYRange(min(edges), max(edges) + 0.2 * (max(edges) - min(edges)), padding=0.1)  # room for the topmost words


class CurvesPlot(AgreementPlot):
    def __init__(self) -> None:
        super().__init__()
        self._legend = self.plot.addLegend(offset=(-4, 1), colCount=2)

    def show_curves(self, frames: Sequence[FramePair], unit: str) -> None:
        """frames: of one measure, in order."""
        c = current()
        self._begin(tr("Over time"), tr("Within each repetition, less the value at its start."), unit, tr("seconds of the film"))
        empty_legend(self._legend, c.text, c.panel)
        pens = (pg.mkPen(c.good, width=4), pg.mkPen(c.fault, width=2))
        curves = []
        for run in runs(frames):
            at = [f.t_s for f in run]
            sides = ([f.program for f in run], [f.reference for f in run])
            curves = [self.plot.plot(at, values, pen=pen) for values, pen in zip(sides, pens, strict=True)]
        for curve, name in zip(curves, (tr("program"), tr("reference")), strict=False):
            self._legend.addItem(curve, name)
        highest = max((v for f in frames for v in (f.program, f.reference)), default=1.0)
        lowest = min((v for f in frames for v in (f.program, f.reference)), default=0.0)
        self.plot.setYRange(lowest, highest + 0.45 * (highest - lowest), padding=0.05)  # room for the legend
