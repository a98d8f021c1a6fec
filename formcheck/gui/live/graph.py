"""The live graph: the guarded quantity and the main movement over the last half minute."""

import math
from collections import deque
from importlib import import_module
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.contract import Exercise
from formcheck.gui.shell.background import Job
from formcheck.gui.widgets.plots import empty_legend, limit_lines, restyle_axes, set_plot
from formcheck.gui.widgets.theme import current
from formcheck.results import Limits
from formcheck.system.language import tr

SPAN_S = 30.0
EVERY_S = 0.1
"""Ten points a second are enough to see, and cheap."""


class LiveGraph(QWidget):
    """Feed add() every snapshot. It draws from prepare() on: its library takes long to load, and the first picture has to wait
    for nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Graph of the last half minute"))
        self._plot: Any = None
        self._pyqtgraph: Any = None
        self._loading: Job | None = None
        self._lines: list[Any] = []
        self._exercise: Exercise | None = None
        self._limits: Limits | None = None
        self._held: deque[tuple[float, float, float]] = deque()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def prepare(self) -> None:
        """Make the plot, once; its library is loaded in the background."""
        if self._loading is None:
            self._loading = Job(lambda _: import_module("pyqtgraph"))
            self._loading.done.connect(self._build)
            self._loading.start()

    def begin(self, exercise: Exercise, limits: Limits | None) -> None:
        """Empty it for a new set. limits: of the guarded quantity."""
        self._exercise = exercise
        self._held.clear()
        self._limits = limits
        if self._plot is not None:
            self._empty()
            self._plot.setXRange(0.0, SPAN_S, padding=0)
            self.restyle()

    def restyle(self) -> None:
        """Take over the theme's colours."""
        if self._plot is None:
            return
        c = current()
        restyle_axes(self._plot)
        self._plot.setLabel("bottom", tr("seconds"))
        self._movement.setPen(_pen(c.secondary, 2, Qt.PenStyle.DashLine))
        self._guarded.setPen(_pen(c.good, 3))
        for line in self._lines:
            self._plot.removeItem(line)
        self._lines = []
        if self._exercise is None:
            return
        empty_legend(self._legend, c.text, c.panel)
        self._legend.addItem(self._guarded, tr(self._exercise.quantity(self._exercise.guarded).title))
        self._legend.addItem(self._movement, tr(self._exercise.quantity(self._exercise.movement).title))
        if self._limits is not None:
            self._lines = limit_lines(self._pyqtgraph, self._limits)
            for line in self._lines:
                self._plot.addItem(line)

    def add(self, snapshot: Snapshot) -> None:
        if self._exercise is None or (self._held and snapshot.timestamp_s - self._held[-1][0] < EVERY_S):
            return
        values = snapshot.curve
        self._held.append(
            (
                snapshot.timestamp_s,
                values.get(self._exercise.guarded, math.nan),
                values.get(self._exercise.movement, math.nan),
            )
        )
        while self._held[-1][0] - self._held[0][0] > SPAN_S:
            self._held.popleft()
        if self._plot is None or not self.isVisible():
            return
        columns = np.array(self._held)
        if self._exercise.compares_sides:
            times_s, values_there = _of_stances(snapshot, self._exercise.guarded)
            self._guarded.setData(times_s, values_there, symbol="o", symbolSize=6, symbolPen=None, symbolBrush=current().good)
        else:
            self._guarded.setData(columns[:, 0], columns[:, 1], symbol=None)
        self._movement.setData(columns[:, 0], columns[:, 2])
        self._plot.setXRange(max(0.0, columns[-1, 0] - SPAN_S), max(SPAN_S, columns[-1, 0]), padding=0)

    def _build(self, pyqtgraph: Any) -> None:
        self._pyqtgraph = pyqtgraph
        self._plot, self._legend, self._movement, self._guarded = set_plot(pyqtgraph)
        self._empty()
        self._plot.setXRange(0.0, SPAN_S, padding=0)
        self._layout.addWidget(self._plot)
        self.restyle()

    def _empty(self) -> None:
        """Nothing to see, but the axis begins with zero and not with the limits."""
        self._guarded.setData([0.0], [0.0])
        self._movement.clear()


def _of_stances(snapshot: Snapshot, quantity: str) -> tuple[list[float], list[float]]:
    """When, and how much, of the stances in view. What a run's quantities are between two stances says nothing of either."""
    found = [
        (rep.peak_s, measured.value)
        for rep in snapshot.reps
        if rep.end_s > snapshot.timestamp_s - SPAN_S
        and (measured := rep.measurements.get(quantity)) is not None
        and measured.value is not None
    ]
    return [at_s for at_s, _ in found], [value for _, value in found]


def _pen(colour: str, width: int, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(QColor(colour), width, style)
    pen.setCosmetic(True)  # px of the screen, whatever the scale of the axes
    return pen
