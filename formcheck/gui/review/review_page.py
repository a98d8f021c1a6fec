"""The therapist's page: video, curves and findings of a finished set, linked to each other. It shows; the presenter does."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from formcheck.frames import Frame
from formcheck.gui.correct.correct_bar import CorrectBar
from formcheck.gui.review.exports import figures_at
from formcheck.gui.review.findings_panel import FindingsPanel
from formcheck.gui.review.review_graph import ReviewGraph
from formcheck.gui.review.review_state import Review
from formcheck.gui.running.stance_bar import StanceBar
from formcheck.gui.video.drawing import Tool
from formcheck.gui.video.drawing_view import DrawingView
from formcheck.gui.video.frame_server import FrameServer
from formcheck.gui.video.player import Player
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.flow_layout import FlowLayout, together
from formcheck.gui.widgets.rep_strip import RepStrip
from formcheck.gui.widgets.set_words import session_title
from formcheck.system.language import tr


class ReviewPage(QWidget):
    """show_review() opens a session; close_review() lets go of its video."""

    closed = Signal()
    compare = Signal()
    report = Signal()
    both_sides = Signal()
    """Of a run: midstances, gait cycle, course."""
    save_frame = Signal()
    """The picture in view, with what was drawn on it."""
    save_clip = Signal()
    """The repetition in view."""
    overrule = Signal(int, str)
    """Repetition and fault: the finding is wrong, or stands again."""
    exclude = Signal(int)
    """Repetition: it does not count, or counts again."""
    texts_changed = Signal(str, str, str)
    """Subjective, assessment, plan."""
    said = Signal(str)
    """Something for the status bar."""

    def __init__(self) -> None:
        super().__init__()
        self.review: Review | None = None
        self._server: FrameServer | None = None
        self.title = label("", "title")
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
        self._drawing_tools = QWidget()
        self.correct_bar = CorrectBar()
        self.correct_bar.hide()
        self.correct_button = QPushButton(tr("Put &right…"))
        self.correct_button.setToolTip(tr("Add, remove, split, merge or move repetitions; measure the set as something else"))
        self.correct_button.setCheckable(True)
        self.compare_button = QPushButton(tr("Compare…"))
        self.run_button = QPushButton(tr("Both &sides…"))
        self.stances = StanceBar()
        self.report_button = QPushButton(tr("Re&port…"))
        self.close_button = QPushButton(tr("&Close"))
        self._lay_out()
        self._connect()

    def show_review(self, review: Review, rep: int | None = None) -> None:
        """Open a session; with `rep`, at the start of that repetition."""
        self.close_review()
        self.review = review
        self._show_title()
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
        """Stop playing and let go of the video."""
        self.player.stop()
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

    def update_review(self, review: Review) -> None:
        """The same session with other notes."""
        before, self.review = self.review, review
        if before is None or (before.notes.excluded, before.notes.overruled) != (review.notes.excluded, review.notes.overruled):
            self._refresh()

    def replace_review(self, review: Review) -> None:
        """The same set, as it was put right."""
        self.review = review
        self._show_title()
        self._refresh()
        self._show_time(self.player.time_s)

    def restyle(self) -> None:
        if self.review is not None:
            self._refresh()

    def _connect(self) -> None:
        self.player.time_changed.connect(self._show_time)
        self.player.step.connect(self._step)
        self.player.jump.connect(self._jump)
        self.graph.moved.connect(self._go_to)
        self.stances.go_to.connect(self._go_to)
        self.strip.chosen.connect(self.go_to_rep)
        self.findings_panel.overrule.connect(self.overrule)
        self.findings_panel.exclude.connect(self.exclude)
        self.findings_panel.texts_changed.connect(self.texts_changed)
        self.findings_panel.finding_chosen.connect(self._go_to_finding)
        for button, tool in ((self.line_button, Tool.LINE), (self.angle_button, Tool.ANGLE)):
            button.setCheckable(True)
            button.toggled.connect(lambda on, tool=tool, button=button: self._choose_tool(tool if on else None, button))
        self.clear_button.clicked.connect(self.view.clear)
        self.correct_button.toggled.connect(self.correct_bar.setVisible)
        self.correct_button.toggled.connect(self._drawing_tools.setHidden)  # there is no room for both in large text
        for button, signal in (
            (self.save_frame_button, self.save_frame),
            (self.save_clip_button, self.save_clip),
            (self.compare_button, self.compare),
            (self.run_button, self.both_sides),
            (self.report_button, self.report),
            (self.close_button, self.closed),
        ):
            button.clicked.connect(signal)

    def _choose_tool(self, tool: Tool | None, button: QPushButton) -> None:
        for other in (self.line_button, self.angle_button):
            if tool is not None and other is not button:
                other.setChecked(False)
        self.view.set_tool(tool)
        if tool is not None:
            self.player.stop()

    def _show_title(self) -> None:
        assert self.review is not None
        exercise = session_title(self.review.session, self.review.exercise)
        title = tr("{exercise} - {folder}", exercise=exercise, folder=self.review.folder.name)
        self.title.setText(tr("{title}, put right by hand", title=title) if self.review.session.put_right else title)

    def _refresh(self) -> None:
        assert self.review is not None
        self.graph.show_review(self.review)
        self.run_button.setVisible(self.review.is_run)
        self.stances.setVisible(self.review.is_run)
        self.save_clip_button.setText(tr("Save the stance…") if self.review.is_run else tr("Save the repetition…"))
        self.player.loop.setText(tr("&Loop the stance") if self.review.is_run else tr("&Loop the repetition"))
        self.stances.begin(self.review.session.reps)
        self.strip.show_session(self.review.session, self.review.exercise, frozenset(self.review.notes.excluded))
        self.findings_panel.show_review(self.review)

    def _show_time(self, time_s: float) -> None:
        if self.review is None:
            return
        self.graph.set_time(time_s)
        self.stances.at(time_s)
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

    def _lay_out(self) -> None:
        head = QWidget()
        flow = FlowLayout(head)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        flow.addWidget(self.title)
        flow.addWidget(together(self.correct_button, self.run_button, self.compare_button, self.report_button, self.close_button))
        tools = FlowLayout(self._drawing_tools)
        for button in (self.line_button, self.angle_button, self.clear_button, self.save_frame_button, self.save_clip_button):
            tools.addWidget(button)
        left = QVBoxLayout()
        left.addWidget(self.view, 1)
        self.figures.setMinimumHeight(2 * self.figures.fontMetrics().height() + 4)  # the layout must not jump with the words
        left.addWidget(self.figures)
        left.addWidget(self.player)
        left.addWidget(self.stances)
        left.addWidget(self._drawing_tools)
        left.addWidget(self.correct_bar)
        left.addWidget(self.strip)
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
        layout.addWidget(head)
        layout.addLayout(middle, 1)
