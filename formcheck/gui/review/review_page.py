"""The therapist's page: video, curves and findings of a finished set, linked to each other."""

import logging
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from formcheck.frames import Frame
from formcheck.gui.review.exports import figures_at, frame_picture, save_clip
from formcheck.gui.review.findings_panel import FindingsPanel
from formcheck.gui.review.review_graph import ReviewGraph
from formcheck.gui.review.review_state import Review
from formcheck.gui.video.drawing import Tool
from formcheck.gui.video.drawing_view import DrawingView
from formcheck.gui.video.frame_server import FrameServer
from formcheck.gui.video.player import Player
from formcheck.gui.widgets.background import Job
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.questions import ask_target
from formcheck.gui.widgets.rep_strip import RepStrip
from formcheck.gui.widgets.words import with_side
from formcheck.session.notes import write_notes
from formcheck.system.language import tr

SAVE_AFTER_MS = 600
"""Notes are saved this long after the last letter."""

log = logging.getLogger(__name__)


class ReviewPage(QWidget):
    """show_review() opens a session; close_review() lets go of its files."""

    closed = Signal()
    compare = Signal(object)
    """Review"""
    report = Signal(object)
    """Path of the session's folder."""
    noted = Signal(object)
    """Notes: they were saved in the folder that is shown."""
    said = Signal(str)
    """Something for the status bar."""

    def __init__(self) -> None:
        super().__init__()
        self.review: Review | None = None
        self._server: FrameServer | None = None
        self.title = label("", "title", wrap=False)
        self.view = DrawingView(tr("Video"))
        self.figures = label("", "secondary")
        self.player = Player()
        self.strip = RepStrip()
        self.graph = ReviewGraph()
        self.findings_panel = FindingsPanel()
        self.line_button = QPushButton(tr("Draw a l&ine"))
        self.angle_button = QPushButton(tr("Draw an an&gle"))
        self.clear_button = QPushButton(tr("Clea&r"))
        self.save_frame_button = QPushButton(tr("Save the fra&me…"))
        self.save_clip_button = QPushButton(tr("Save the repetition…"))
        self.compare_button = QPushButton(tr("Compare…"))
        self.report_button = QPushButton(tr("Re&port…"))
        self.close_button = QPushButton(tr("&Close"))
        self._tools = QButtonGroup(self)
        self._tools.setExclusive(False)
        self._save_timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._save_timer.timeout.connect(self._save_notes)
        self._lay_out()
        self._connect()

    def show_review(self, review: Review, rep: int | None = None) -> None:
        """Open a session; with `rep`, at the start of that repetition."""
        self.close_review()
        self.review = review
        exercise = with_side(tr(review.exercise.title), review.session.side)
        self.title.setText(tr("{exercise} - {folder}", exercise=exercise, folder=review.folder.name))
        self.view.clear()
        self.view.show_frame(None)
        self.view.show_words("" if review.video else tr("No video was kept"), tr("The curves and findings are still here."))
        for button in (self.save_frame_button, self.save_clip_button, self.line_button, self.angle_button):
            button.setEnabled(review.video is not None)
        if review.video is not None:
            self._server = FrameServer(review.video, review.times_s, self)
            self._server.ready.connect(self._show_frame)
            self._server.failed.connect(lambda words: self.view.show_words(tr("The video cannot be shown"), words))
            self._server.start()
        self._refresh()
        self.player.begin(review.duration_s)
        self.player.play_button.setFocus()
        if rep is not None:
            self.go_to_rep(rep)

    def close_review(self) -> None:
        """Stop playing, save what was noted and let go of the video."""
        self.player.stop()
        if self._save_timer.isActive():
            self._save_timer.stop()
            self._save_notes()
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        self.review = None

    def go_to_rep(self, number: int) -> None:
        assert self.review is not None
        rep = self.review.rep(number)
        self.player.set_loop((rep.start_s, rep.end_s))
        self.player.go_to(rep.start_s)

    def restyle(self) -> None:
        if self.review is not None:
            self._refresh()

    def _connect(self) -> None:
        self.player.time_changed.connect(self._show_time)
        self.player.step.connect(self._step)
        self.player.jump.connect(self._jump)
        self.graph.moved.connect(self._go_to)
        self.strip.chosen.connect(self.go_to_rep)
        self.findings_panel.changed.connect(self._changed)
        self.findings_panel.finding_chosen.connect(self._go_to_finding)
        for button, tool in ((self.line_button, Tool.LINE), (self.angle_button, Tool.ANGLE)):
            button.setCheckable(True)
            button.toggled.connect(lambda on, tool=tool, button=button: self._choose_tool(tool if on else None, button))
        self.clear_button.clicked.connect(self.view.clear)
        self.save_frame_button.clicked.connect(lambda: self._ask_and_save_frame())
        self.save_clip_button.clicked.connect(lambda: self._ask_and_save_clip())
        self.compare_button.clicked.connect(lambda: self.compare.emit(self.review))
        self.report_button.clicked.connect(lambda: self.report.emit(self.review.folder if self.review else None))
        self.close_button.clicked.connect(self.closed)

    def _choose_tool(self, tool: Tool | None, button: QPushButton) -> None:
        for other in (self.line_button, self.angle_button):
            if tool is not None and other is not button:
                other.setChecked(False)
        self.view.set_tool(tool)
        if tool is not None:
            self.player.stop()

    def _refresh(self) -> None:
        assert self.review is not None
        self.graph.show_review(self.review)
        self.strip.show_reps(self.review.session.reps, frozenset(self.review.notes.excluded))
        self.findings_panel.show_review(self.review)

    def _show_time(self, time_s: float) -> None:
        if self.review is None:
            return
        self.graph.set_time(time_s)
        self.figures.setText(figures_at(self.review, time_s))
        rep = self.review.rep_at(time_s)
        self.findings_panel.show_rep(rep)
        if rep is not None:
            self.strip.set_current(rep.number)
            if not self.player.loop.isChecked():
                self.player.set_loop((rep.start_s, rep.end_s))
        if self._server is not None:
            self._server.request(time_s)

    def _show_frame(self, frame: Frame) -> None:
        if self.review is not None:
            self.view.show_frame(frame)

    def _go_to(self, time_s: float) -> None:
        self.player.stop()
        self.player.go_to(time_s)

    def _step(self, frames: int) -> None:
        if self.review is not None:
            self._go_to(self.review.step(self.player.time_s, frames))

    def _jump(self, direction: int) -> None:
        found = self.review.finding_after(self.player.time_s, direction) if self.review is not None else None
        if found is None:
            self.said.emit(tr("There is no further finding in this direction."))
            return
        rep, finding = found
        self._go_to(finding.at_s)
        self.findings_panel.select(rep.number, finding.fault)

    def _go_to_finding(self, number: int, fault: str) -> None:
        assert self.review is not None
        self._go_to(next(f.at_s for f in self.review.rep(number).findings if f.fault == fault))

    def _changed(self, review: Review) -> None:
        marks = self.review is None or review.notes.excluded != self.review.notes.excluded
        listed = self.review is None or review.notes.overruled != self.review.notes.overruled
        self.review = review
        if marks or listed:
            self._refresh()
        self._save_timer.start()

    def _save_notes(self) -> None:
        if self.review is None:
            return
        try:
            write_notes(self.review.folder, self.review.notes)
            self.noted.emit(self.review.notes)
        except OSError as error:
            log.warning("notes not saved: %s", error.strerror)
            self.said.emit(tr("The notes could not be saved: {why}", why=error.strerror))

    def save_frame(self, target: Path) -> None:
        if self.review is not None and self.view.frame is not None:
            saved = frame_picture(self.review, self.view.frame, self.view.shapes).save(str(target))
            self.said.emit(tr("Saved {file}", file=target) if saved else tr("{file} cannot be written", file=target))

    def save_clip(self, target: Path) -> None:
        review = self.review
        rep = review.rep_at(self.player.time_s) if review is not None else None
        if review is None or rep is None:
            self.said.emit(tr("Go to a repetition first."))
            return
        job = Job(lambda _: save_clip(review, rep, target))
        job.done.connect(lambda _: self.said.emit(tr("Saved {file}", file=target)))
        job.refused.connect(self.said)
        job.start()

    def _ask_and_save_frame(self) -> None:
        target = self._ask(tr("Save the frame"), "frame.png", "PNG (*.png)")
        if target is not None:
            self.save_frame(target.with_suffix(".png"))

    def _ask_and_save_clip(self) -> None:
        target = self._ask(tr("Save the repetition"), "repetition.mp4", "MP4 (*.mp4)")
        if target is not None:
            self.save_clip(target.with_suffix(".mp4"))

    def _ask(self, title: str, name: str, kind: str) -> Path | None:
        self.player.stop()
        return ask_target(self, title, name, kind)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for button in (self.compare_button, self.report_button, self.close_button):
            head.addWidget(button)
        tools = QHBoxLayout()
        for button in (self.line_button, self.angle_button, self.clear_button, self.save_frame_button, self.save_clip_button):
            tools.addWidget(button)
        tools.addStretch()
        left = QVBoxLayout()
        left.addWidget(self.view, 1)
        self.figures.setMinimumHeight(2 * self.figures.fontMetrics().height() + 4)  # the layout must not jump with the words
        left.addWidget(self.figures)
        left.addWidget(self.player)
        left.addLayout(tools)
        left.addWidget(self.strip)
        self.graph.setFixedHeight(160)
        left.addWidget(self.graph)
        right = QFrame()
        right.setObjectName("card")
        inside = QVBoxLayout(right)
        inside.addWidget(self.findings_panel)
        inside.addWidget(
            label(tr("Estimated from the picture. Movement feedback and education, not medical advice."), "secondary")
        )
        middle = QHBoxLayout()
        middle.addLayout(left, 5)
        middle.addWidget(right, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addLayout(middle, 1)
