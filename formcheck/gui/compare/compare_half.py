"""One half of the comparison: which session, which repetition, its picture."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from formcheck.frames import Frame
from formcheck.gui.review.review_state import Review, time_at_phase
from formcheck.gui.video.drawing_view import DrawingView
from formcheck.gui.video.frame_server import FrameServer
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.flow_layout import FlowLayout, together
from formcheck.gui.widgets.rep_strip import numbered_outcome
from formcheck.gui.widgets.set_words import session_title
from formcheck.gui.widgets.words import side_words
from formcheck.report.run_overlay import stride_s, time_in_cycle
from formcheck.report.words import rep_label
from formcheck.results import Rep
from formcheck.system.language import tr


class CompareHalf(QWidget):
    """show_review() opens a session in it; close_review() lets go of its video."""

    changed = Signal()
    shown = Signal(object)
    """Frame: the picture that is shown now."""
    open_other = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.review: Review | None = None
        self._server: FrameServer | None = None
        self.title = label("", "heading")
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.rep_box = QComboBox()
        self.rep_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.rep_box.setAccessibleName(tr("Repetition, {half}", half=name))
        self.open_button = QPushButton(tr("Other session…"))
        self.open_button.setAccessibleName(tr("Other session, {half}", half=name))
        self.view = DrawingView(name)
        row = QWidget()
        flow = FlowLayout(row)
        flow.addWidget(self.title)
        flow.addWidget(together(self.rep_box, self.open_button))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row)
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
        exercise = session_title(review.session, review.exercise)
        self.title.setText(f"{exercise}\n{review.folder.name}")
        self.rep_box.blockSignals(True)
        self.rep_box.clear()
        for rep in review.session.reps:
            words = numbered_outcome(rep_label(review.session, rep), rep, review.exercise)
            if self._is_run:
                words = tr("{side}, {seconds:.1f} s", side=side_words(rep.side), seconds=rep.peak_s)
            self.rep_box.addItem(words, rep.number)
        self.rep_box.setCurrentIndex(min(index, self.rep_box.count() - 1))
        self.rep_box.blockSignals(False)
        self.view.show_frame(None)
        self.view.show_words("" if review.video else tr("No video was kept"))
        if review.video is not None:
            self._server = FrameServer(review.video, review.times_s, self)
            self._server.ready.connect(self._show_frame)
            self._server.start()
        self.changed.emit()

    def show_phase(self, phase: float) -> None:
        if self._server is not None and self.review is not None and self.rep is not None:
            run = self.review.session.reps if self._is_run else ()
            self._server.request(time_in_cycle(run, self.rep, phase) if run else time_at_phase(self.rep, phase))

    @property
    def _is_run(self) -> bool:
        return self.review is not None and self.review.is_run

    @property
    def lasts_s(self) -> float:
        """How long what is played lasts: a repetition, of a run a stride."""
        if self.review is None or self.rep is None:
            return 0.0
        if self._is_run:
            return stride_s(self.review.session.reps, self.rep)
        return self.rep.end_s - self.rep.start_s

    def _show_frame(self, frame: Frame) -> None:
        self.view.show_frame(frame)
        self.shown.emit(frame)

    def close_review(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        self.review = None
