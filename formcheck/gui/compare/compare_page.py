"""Two repetitions side by side, of one session or of two, shown at the same phase of the movement; of runs, two strides."""

import pyqtgraph as pg
from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from formcheck.gui.compare.compare_half import CompareHalf
from formcheck.gui.compare.run_curves import RunCurves
from formcheck.gui.review.review_state import Review, curve_over_phase
from formcheck.gui.running.overlay_view import OverlayView
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.flow_layout import FlowLayout, together
from formcheck.gui.widgets.plots import empty_legend, restyle_axes, still_plot
from formcheck.gui.widgets.theme import current
from formcheck.report.runs_compared import OVERLAY
from formcheck.results import Side
from formcheck.system.language import tr

STEPS = 200
TICK_MS = 30
SETTLED_S = 2.0
"""A run's first stances are not those that are shown first."""


class ComparePage(QWidget):
    """show_reviews() fills both halves; another session may be opened in either."""

    closed = Signal()
    open_other = Signal(object)
    """CompareHalf: another session is wanted in it."""
    figures = Signal()
    """Left against right in figures is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.left, self.right = CompareHalf(tr("left half")), CompareHalf(tr("right half"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setAccessibleName(tr("Phase of the movement"))
        self.play_button = QPushButton(tr("&Play"))
        self.play_button.setCheckable(True)
        self.words = label("", "secondary")
        self.close_button = QPushButton(tr("&Close"))
        self.sides_button = QPushButton(tr("&Figures…"))
        self.sides_button.setAccessibleDescription(tr("Left against right: mean, spread and what counts as a difference"))
        self.overlay_button = QPushButton(tr("&Over each other"))
        self.overlay_button.setCheckable(True)
        self.overlay_button.setAccessibleDescription(tr("Both films in one picture: hips on hips, as large as each other"))
        self.overlay = OverlayView()
        self.overlay.hide()
        self.overlay_words = label(tr(OVERLAY), "secondary")
        self.overlay_words.hide()
        self.run_curves = RunCurves()
        self.quantity_box = QComboBox()
        self.quantity_box.setAccessibleName(tr("Quantity"))
        self.quantity_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._plot = still_plot(pg)
        self._legend = self._plot.addLegend(offset=(-4, 1), colCount=2)
        self._curves = [self._plot.plot(connect="finite"), self._plot.plot(connect="finite")]
        self._cursor = pg.InfiniteLine(0)
        self._plot.addItem(self._cursor)
        self._runs = False
        self._reviews: tuple[Review, Review] | None = None
        self._since = QElapsedTimer()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._lay_out()
        self.overlay_button.toggled.connect(self._lay_over)
        for i, half in enumerate((self.left, self.right)):
            half.shown.connect(lambda frame, i=i: self.overlay.show_half(i, frame))
        for half in (self.left, self.right):
            half.changed.connect(self.restyle)
            half.open_other.connect(lambda half=half: self.open_other.emit(half))
        self.slider.valueChanged.connect(self._show_phase)
        self.play_button.toggled.connect(self._play)
        self.quantity_box.currentIndexChanged.connect(self._draw)
        self.sides_button.clicked.connect(self.figures)
        self.close_button.clicked.connect(self.closed)

    def show_reviews(self, left: Review, right: Review | None) -> None:
        """right None: the first repetition beside the last one of the same session."""
        if left.is_run and (right is None or right.is_run):
            self.left.show_review(left, _stance(left, Side.LEFT))
            self.right.show_review(right or left, _stance(right or left, Side.LEFT if right else Side.RIGHT))
        else:
            self.left.show_review(left, 0)
            self.right.show_review(right or left, 0 if right else len(left.session.reps) - 1)
        self.slider.setValue(0)

    def close_review(self) -> None:
        self.play_button.setChecked(False)
        self.left.close_review()
        self.right.close_review()
        self._reviews = None

    def _take(self, left: Review, right: Review) -> None:
        """Another session is in a half: what can be drawn of both."""
        self._reviews = left, right
        self._runs = left.is_run and right.is_run
        self.run_curves.setVisible(self._runs)
        self._plot.setVisible(not self._runs)
        self.overlay_button.setVisible(self._runs and left.video is not None and right.video is not None)
        self.overlay_button.setChecked(False)
        self.quantity_box.blockSignals(True)
        if self._runs:
            self.run_curves.begin((self.left, self.right), self.quantity_box)
        else:
            self.quantity_box.clear()
            for quantity in left.exercise.quantities:
                self.quantity_box.addItem(tr(quantity.title), quantity.name)
        self.quantity_box.setCurrentIndex(max(0, self.quantity_box.findData(left.exercise.guarded)))
        self.quantity_box.blockSignals(False)

    def _lay_over(self, on: bool) -> None:
        """One picture of both instead of two."""
        for half in (self.left, self.right):
            half.view.setVisible(not on)
        self.overlay.setVisible(on)
        self.overlay_words.setVisible(on)
        self._layout.setStretch(0, 0 if on else 1)
        left, right = self.left.review, self.right.review
        if on and left is not None and right is not None:
            self.overlay.begin((left.folder, right.folder))
            self._show_phase()

    def restyle(self) -> None:
        """Draw anew, in the theme's colours."""
        left, right = self.left.review, self.right.review
        if left is not None and right is not None and self._reviews != (left, right):
            self._take(left, right)
        self._draw()
        self._show_phase()

    def _draw(self) -> None:
        if self._runs:
            self.run_curves.draw((self.left, self.right), self.quantity_box.currentData(), self.slider.value() / STEPS)
            return
        c = current()
        restyle_axes(self._plot)
        self._plot.setLabel("bottom", tr("phase: start 0, extreme 0.5, end 1"))
        self._cursor.setPen(pg.mkPen(c.text, width=2))
        empty_legend(self._legend, c.text, c.panel)
        pens = (pg.mkPen(c.good, width=3), pg.mkPen(c.fault, width=3, style=Qt.PenStyle.DashLine))
        for half, curve, pen, name in zip(
            (self.left, self.right), self._curves, pens, (tr("left half"), tr("right half")), strict=True
        ):
            if half.review is None or half.rep is None:
                curve.clear()
                continue
            curve.setPen(pen)
            curve.setData(*curve_over_phase(half.review, half.rep, self.quantity_box.currentData()))
            self._legend.addItem(curve, name)

    def _show_phase(self) -> None:
        phase = self.slider.value() / STEPS
        self._cursor.setValue(phase)
        self.run_curves.move_to(100 * phase)
        self.words.setText(tr("Phase {phase:.0%}", phase=phase))
        self.left.show_phase(phase)
        self.right.show_phase(phase)

    def _play(self, on: bool) -> None:
        if on:
            self._since.start()
            self._timer.start()
        else:
            self._timer.stop()

    def _tick(self) -> None:
        """Go on at the pace of the longer repetition."""
        passed = self._since.elapsed() / 1000 / max(0.5, self.left.lasts_s, self.right.lasts_s)
        if passed * STEPS < 1:
            return
        self._since.restart()
        value = self.slider.value() + round(passed * STEPS)
        self.slider.setValue(0 if self.slider.value() >= STEPS else min(value, STEPS))

    def _lay_out(self) -> None:
        halves = QHBoxLayout()
        halves.addWidget(self.left)
        halves.addWidget(self.right)
        row = QWidget()
        flow = FlowLayout(row)
        flow.addWidget(together(self.play_button, self.slider, self.words, grows=self.slider))
        flow.addWidget(together(QLabel(tr("Curve")), self.quantity_box))
        flow.addWidget(together(self.overlay_button, self.sides_button, self.close_button))
        self.words.setMinimumWidth(self.words.fontMetrics().horizontalAdvance("Phase 100 % "))
        self._plot.setFixedHeight(190)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(halves, 1)
        layout.addWidget(self.overlay, 4)
        layout.addWidget(self.overlay_words)
        layout.addWidget(row)
        layout.addWidget(self._plot)
        self.run_curves.setFixedHeight(210)
        layout.addWidget(self.run_curves)
        layout.addWidget(
            label(tr("Estimated from the picture. Movement feedback and education, not medical advice."), "secondary")
        )


def _stance(review: Review, side: Side) -> int:
    """The place of a side's first stance of a settled run."""
    places = [i for i, rep in enumerate(review.session.reps) if rep.side is side]
    return next((i for i in places if review.session.reps[i].start_s > SETTLED_S), places[0] if places else 0)
