"""Two repetitions side by side, of one session or of two, shown at the same phase of the movement."""

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMessageBox, QPushButton, QSlider, QVBoxLayout, QWidget

from formcheck.gui.compare.sides_dialog import SidesDialog
from formcheck.gui.review.review_state import Review, curve_over_phase, time_at_phase
from formcheck.gui.video.drawing_view import DrawingView
from formcheck.gui.video.frame_server import FrameServer
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.rep_strip import numbered_outcome
from formcheck.gui.widgets.theme import current
from formcheck.gui.widgets.words import with_side
from formcheck.results import Rep
from formcheck.system.errors import UserError
from formcheck.system.language import tr

STEPS = 200
TICK_MS = 30


class Half(QWidget):
    """One of the two: which session, which repetition, its picture."""

    changed = Signal()
    open_other = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.review: Review | None = None
        self._server: FrameServer | None = None
        self.title = label("", "heading")
        self.rep_box = QComboBox()
        self.rep_box.setAccessibleName(tr("Repetition, {half}", half=name))
        self.open_button = QPushButton(tr("Other session…"))
        self.open_button.setAccessibleName(tr("Other session, {half}", half=name))
        self.view = DrawingView(name)
        row = QHBoxLayout()
        row.addWidget(self.title, 1)
        row.addWidget(self.rep_box)
        row.addWidget(self.open_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.view, 1)
        self.rep_box.currentIndexChanged.connect(self.changed)
        self.open_button.clicked.connect(self.open_other)

    @property
    def rep(self) -> Rep | None:
        number = self.rep_box.currentData()
        return self.review.rep(number) if self.review is not None and number is not None else None

    def show_review(self, review: Review, index: int) -> None:
        self.close_review()
        self.review = review
        exercise = with_side(tr(review.exercise.title), review.session.side)
        self.title.setText(f"{exercise}\n{review.folder.name}")
        self.rep_box.blockSignals(True)
        self.rep_box.clear()
        for rep in review.session.reps:
            self.rep_box.addItem(numbered_outcome(rep), rep.number)
        self.rep_box.setCurrentIndex(min(index, self.rep_box.count() - 1))
        self.rep_box.blockSignals(False)
        self.view.show_frame(None)
        self.view.show_words("" if review.video else tr("No video was kept"))
        if review.video is not None:
            self._server = FrameServer(review.video, review.times_s, self)
            self._server.ready.connect(self.view.show_frame)
            self._server.start()
        self.changed.emit()

    def show_phase(self, phase: float) -> None:
        if self._server is not None and self.rep is not None:
            self._server.request(time_at_phase(self.rep, phase))

    def close_review(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        self.review = None


class ComparePage(QWidget):
    """show_review() puts a session into both halves; another may be opened in either."""

    closed = Signal()

    def __init__(self, choose_session: Callable[[Callable[[Review], object]], object]) -> None:
        """choose_session: asks for another session and hands it to its argument."""
        super().__init__()
        self.left, self.right = Half(tr("left half")), Half(tr("right half"))
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
        self._plot = pg.PlotWidget()
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._plot.getPlotItem().setContentsMargins(0, 8, 10, 0)  # else the topmost number is cut off
        self._legend = self._plot.addLegend(offset=(-4, 1), colCount=2)
        self._curves = [self._plot.plot(connect="finite"), self._plot.plot(connect="finite")]
        self._cursor = pg.InfiniteLine(0)
        self._plot.addItem(self._cursor)
        self._since = QElapsedTimer()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._choose_session = choose_session
        self._lay_out()
        for half in (self.left, self.right):
            half.changed.connect(self._refresh)
            half.open_other.connect(lambda half=half: self._open(half))
        self.slider.valueChanged.connect(self._show_phase)
        self.play_button.toggled.connect(self._play)
        self.quantity_box.currentIndexChanged.connect(self._draw)
        self.sides_button.clicked.connect(self.show_sides)
        self.close_button.clicked.connect(self.closed)

    def show_review(self, review: Review) -> None:
        """The first repetition beside the last."""
        self.quantity_box.blockSignals(True)
        self.quantity_box.clear()
        for quantity in review.exercise.quantities:
            self.quantity_box.addItem(tr(quantity.title), quantity.name)
        self.quantity_box.setCurrentIndex(self.quantity_box.findData(review.exercise.guarded))
        self.quantity_box.blockSignals(False)
        self.left.show_review(review, 0)
        self.right.show_review(review, len(review.session.reps) - 1)
        self.slider.setValue(0)

    def close_review(self) -> None:
        self.play_button.setChecked(False)
        self.left.close_review()
        self.right.close_review()

    def show_sides(self) -> SidesDialog | None:
        """Both sessions' figures against each other; None, with a word why, where they cannot be compared."""
        if self.left.review is None or self.right.review is None:
            return None
        try:
            dialog = SidesDialog(self.left.review, self.right.review, self)
        except UserError as error:
            QMessageBox.information(self, tr("Left against right"), str(error))
            return None
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _open(self, half: Half) -> None:
        def take(review: Review) -> None:
            if review.session.reps:
                half.show_review(review, 0)

        self._choose_session(take)

    def _refresh(self) -> None:
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
