"""The review's graph: guarded quantity and main movement over the whole set, with a cursor that follows and leads the video."""

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from formcheck.gui.review.review_state import Review
from formcheck.gui.widgets.plots import empty_legend, limit_lines, restyle_axes, set_plot
from formcheck.gui.widgets.rep_strip import outcome
from formcheck.gui.widgets.theme import current
from formcheck.system.language import tr

HEIGHT_PX = 160
MOST_MARKED = 150
"""Stretches of a long run would be thinner than a pixel, and take seconds to draw."""


class ReviewGraph(QWidget):
    """Emits the time that the cursor is dragged to, or that was clicked."""

    moved = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Graph of the set; the cursor follows the video"))
        self._plot, self._legend, self._movement, self._guarded = set_plot(pg)
        self._cursor = pg.InfiniteLine(movable=True)
        self._cursor.setZValue(20)
        self._plot.addItem(self._cursor)
        self._extra: list[pg.GraphicsObject] = []
        self._cursor.sigDragged.connect(lambda line: self.moved.emit(float(line.value())))
        self._plot.scene().sigMouseClicked.connect(self._clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self.setFixedHeight(HEIGHT_PX)

    def show_review(self, review: Review) -> None:
        c = current()
        exercise = review.exercise
        restyle_axes(self._plot)
        self._plot.setLabel("bottom", tr("seconds"))
        self._movement.setPen(pg.mkPen(c.secondary, width=2, style=Qt.PenStyle.DashLine))
        self._guarded.setPen(pg.mkPen(c.good, width=3))
        self._cursor.setPen(pg.mkPen(c.text, width=2))
        self._cursor.setHoverPen(pg.mkPen(c.accent, width=4))
        veil = QColor(c.panel)
        veil.setAlphaF(0.6)  # a run's last stances lie behind it
        empty_legend(self._legend, c.text, veil)
        for curve, name in ((self._guarded, exercise.guarded), (self._movement, exercise.movement)):
            values = review.curve(name)
            curve.setData(review.times_s, values) if values is not None else curve.clear()
            self._legend.addItem(curve, tr(exercise.quantity(name).title))
        self._mark(review)
        self._plot.setXRange(0, max(1.0, review.duration_s), padding=0.01)
        self._cursor.setBounds((0, review.duration_s))

    def set_time(self, time_s: float) -> None:
        self._cursor.blockSignals(True)
        self._cursor.setValue(time_s)
        self._cursor.blockSignals(False)

    @property
    def time_s(self) -> float:
        return float(self._cursor.value())

    def _mark(self, review: Review) -> None:
        """Repetitions as coloured stretches, limits as lines."""
        c = current()
        for item in self._extra:
            self._plot.removeItem(item)
        self._extra = []
        marked = review.session.reps if len(review.session.reps) <= MOST_MARKED else ()
        for rep in marked:
            colour = QColor(c.unknown if rep.number in review.notes.excluded else getattr(c, outcome(rep)))
            colour.setAlphaF(0.22)
            stretch = pg.LinearRegionItem((rep.start_s, rep.end_s), movable=False, brush=colour, pen=pg.mkPen(None))
            stretch.setZValue(-10)
            self._extra.append(stretch)
        guard = next((f for f in review.exercise.faults if f.quantity == review.exercise.guarded), None)
        limits = review.session.thresholds.get(guard.name) if guard is not None else None
        if limits is not None:
            self._extra += limit_lines(pg, limits)
        for item in self._extra:
            self._plot.addItem(item)

    def _clicked(self, event: object) -> None:
        at = self._plot.getPlotItem().vb.mapSceneToView(event.scenePos())  # type: ignore[attr-defined]
        self.moved.emit(float(at.x()))
