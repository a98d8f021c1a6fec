"""Two repetitions side by side, of one session or of two, shown at the same phase of the movement."""

import pyqtgraph as pg
from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from formcheck.gui.compare.compare_half import CompareHalf
from formcheck.gui.review.review_state import Review, curve_over_phase
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.plots import still_plot
from formcheck.gui.widgets.theme import current
from formcheck.system.language import tr

STEPS = 200
TICK_MS = 30


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
        self.quantity_box = QComboBox()
        self.quantity_box.setAccessibleName(tr("Quantity"))
        self._plot = still_plot(pg)
        self._legend = self._plot.addLegend(offset=(-4, 1), colCount=2)
        self._curves = [self._plot.plot(connect="finite"), self._plot.plot(connect="finite")]
        self._cursor = pg.InfiniteLine(0)
        self._plot.addItem(self._cursor)
        self._since = QElapsedTimer()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._lay_out()
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
        self.quantity_box.blockSignals(True)
        self.quantity_box.clear()
        for quantity in left.exercise.quantities:
            self.quantity_box.addItem(tr(quantity.title), quantity.name)
        self.quantity_box.setCurrentIndex(self.quantity_box.findData(left.exercise.guarded))
        self.quantity_box.blockSignals(False)
        self.left.show_review(left, 0)
        self.right.show_review(right or left, 0 if right else len(left.session.reps) - 1)
        self.slider.setValue(0)

    def close_review(self) -> None:
        self.play_button.setChecked(False)
        self.left.close_review()
        self.right.close_review()

    def restyle(self) -> None:
        """Draw anew, in the theme's colours."""
        self._draw()
        self._show_phase()

    def _draw(self) -> None:
        c = current()
        self._plot.setBackground(c.panel)
        for name in ("left", "bottom"):
            axis = self._plot.getAxis(name)
            axis.setPen(c.line)
            axis.setTextPen(c.text)
        self._plot.setLabel("bottom", tr("phase: start 0, extreme 0.5, end 1"))
        self._cursor.setPen(pg.mkPen(c.text, width=2))
        self._legend.clear()
        self._legend.setLabelTextColor(c.text)
        self._legend.setBrush(c.panel)  # curves do not cross its words
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
        lengths = [half.rep.end_s - half.rep.start_s for half in (self.left, self.right) if half.rep is not None]
        passed = self._since.elapsed() / 1000 / max([0.5, *lengths])
        if passed * STEPS < 1:
            return
        self._since.restart()
        value = self.slider.value() + round(passed * STEPS)
        self.slider.setValue(0 if self.slider.value() >= STEPS else min(value, STEPS))

    def _lay_out(self) -> None:
        halves = QHBoxLayout()
        halves.addWidget(self.left)
        halves.addWidget(self.right)
        row = QHBoxLayout()
        row.addWidget(self.play_button)
        row.addWidget(self.slider, 1)
        row.addWidget(self.words)
        row.addWidget(QLabel(tr("Curve")))
        row.addWidget(self.quantity_box)
        row.addWidget(self.sides_button)
        row.addWidget(self.close_button)
        self.words.setMinimumWidth(self.words.fontMetrics().horizontalAdvance("Phase 100 % "))
        self._plot.setFixedHeight(190)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(halves, 1)
        layout.addLayout(row)
        layout.addWidget(self._plot)
        layout.addWidget(
            label(tr("Estimated from the picture. Movement feedback and education, not medical advice."), "secondary")
        )
