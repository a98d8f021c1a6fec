"""One half of the comparison: which session, which repetition, its picture."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from formcheck.gui.review.review_state import Review, time_at_phase
from formcheck.gui.video.drawing_view import DrawingView
from formcheck.gui.video.frame_server import FrameServer
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.rep_strip import numbered_outcome
from formcheck.gui.widgets.words import with_side
from formcheck.results import Rep
from formcheck.system.language import tr


class CompareHalf(QWidget):
    """show_review() opens a session in it; close_review() lets go of its video."""

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
