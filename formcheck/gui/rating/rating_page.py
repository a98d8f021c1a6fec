"""Judge a film blind: the film, one repetition after the other, a verdict on each fault. The program's findings are not shown."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from formcheck.agreement.ratings import Verdict, faults_of
from formcheck.frames import Frame
from formcheck.gui.video.drawing_view import DrawingView
from formcheck.gui.video.frame_server import FrameServer
from formcheck.gui.video.player import Player
from formcheck.gui.widgets.card import card, label
from formcheck.gui.widgets.flow_layout import FlowLayout
from formcheck.results import Session
from formcheck.system.language import tr

LEAD_S = 0.5
"""Shown before each repetition."""


class RatingPage(QWidget):
    """show_film() opens a session's film, close_film() lets go of it; `verdicts` is what was judged so far."""

    choose = Signal()
    save = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.session: Session | None = None
        self.verdicts: dict[int, dict[str, Verdict]] = {}
        self._at = 0
        self._server: FrameServer | None = None
        self._groups: dict[str, QButtonGroup] = {}
        self.view = DrawingView(tr("Film"))
        self.player = Player(findings=False)
        self.rater = QLineEdit()
        self.rater.setAccessibleName(tr("Who judges"))
        self.rater.setPlaceholderText(tr("your code, such as A"))
        self.number = label("", "heading", wrap=False)
        self.faults = QGridLayout()
        self.progress = label("", "secondary")
        self.before_button, self.next_button = QPushButton(tr("Repetition &before")), QPushButton(tr("&Next repetition"))
        self.choose_button = QPushButton(tr("Choose a &session…"))
        self.save_button, self.close_button = QPushButton(tr("Save the &judgement…")), QPushButton(tr("&Close"))
        self._lay_out()
        self.player.time_changed.connect(self._request)
        self.player.step.connect(self._step)
        self.before_button.clicked.connect(lambda: self.go_to(self._at - 1))
        self.next_button.clicked.connect(lambda: self.go_to(self._at + 1))
        self.choose_button.clicked.connect(self.choose)
        self.save_button.clicked.connect(self.save)
        self.close_button.clicked.connect(self.closed)
        self.rater.textChanged.connect(self._show_state)
        self._show_state()

    @property
    def groups(self) -> Mapping[str, QButtonGroup]:
        """Fault -> its three answers, in the order of Verdict."""
        return self._groups

    def show_film(self, session: Session, film: Path) -> None:
        """Nothing is judged yet."""
        self.close_film()
        self.session, self.verdicts = session, {rep.number: {} for rep in session.reps}
        self._ask_for(faults_of(session))
        self._server = FrameServer(film, None, self)
        self._server.ready.connect(self._show_frame)
        self._server.failed.connect(lambda words: self.view.show_words(tr("The film cannot be shown"), words))
        self._server.start()
        self.view.show_words("")
        self.player.begin(max(session.video.duration_s, session.reps[-1].end_s))
        self.player.loop.setChecked(True)
        self.go_to(0)

    def close_film(self) -> None:
        self.player.stop()
        self.session, self.verdicts = None, {}
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        self.view.show_frame(None)
        self._show_state()

    def go_to(self, at: int) -> None:
        """The repetition at this place, from 0 on."""
        if self.session is None:
            return
        self._at = min(max(at, 0), len(self.session.reps) - 1)
        rep = self.session.reps[self._at]
        start = max(0.0, rep.start_s - LEAD_S)
        self.player.set_loop((start, rep.end_s + LEAD_S))
        self.player.go_to(start)
        judged = self.verdicts[rep.number]
        for fault, group in self._groups.items():
            group.setExclusive(False)  # else the last answer could not be taken away
            for button, verdict in zip(group.buttons(), Verdict, strict=True):
                button.setChecked(judged.get(fault) is verdict)
            group.setExclusive(True)
        self._show_state()

    def _judge(self, fault: str, verdict: Verdict) -> None:
        if self.session is not None:
            self.verdicts[self.session.reps[self._at].number][fault] = verdict
            self._show_state()

    def _ask_for(self, faults: Mapping[str, str]) -> None:
        while (item := self.faults.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._groups = {}
        answers = (tr("yes"), tr("no"), tr("cannot tell"))
        for line, (fault, title) in enumerate(faults.items()):
            group = QButtonGroup(self)
            self.faults.addWidget(QLabel(tr(title)), 2 * line, 0, 1, 3)
            for column, (words, verdict) in enumerate(zip(answers, Verdict, strict=True)):
                button = QRadioButton(words)
                button.setAccessibleName(tr("{fault}: {answer}", fault=tr(title), answer=words))
                button.clicked.connect(lambda _, f=fault, v=verdict: self._judge(f, v))
                group.addButton(button)
                self.faults.addWidget(button, 2 * line + 1, column)
            self._groups[fault] = group

    def _show_state(self) -> None:
        reps = () if self.session is None else self.session.reps
        done = sum(len(of) == len(self._groups) for of in self.verdicts.values())
        self.number.setText(tr("Repetition {number} of {all}", number=self._at + 1, all=len(reps)) if reps else "")
        if reps:
            self.progress.setText(tr("{done} of {all} repetitions judged", done=done, all=len(reps)))
        else:
            self.progress.setText(tr("Choose a session; its film must show nothing that the program found."))
        self.before_button.setEnabled(self._at > 0 and bool(reps))
        self.next_button.setEnabled(bool(reps) and self._at < len(reps) - 1)
        self.save_button.setEnabled(bool(reps) and done == len(reps) and bool(self.rater.text().strip()))

    def _step(self, frames: int) -> None:
        if self.session is not None:
            self.player.go_to(self.player.time_s + frames / max(1.0, self.session.video.fps))

    def _request(self, time_s: float) -> None:
        if self._server is not None:
            self._server.request(time_s)

    def _show_frame(self, frame: Frame) -> None:
        self.view.show_frame(frame)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.view, 1)
        left.addWidget(self.player)
        frame, inner = card()
        inner.addWidget(label(tr("Judge a film blind"), "title"))
        inner.addWidget(
            label(
                tr("Two people judge the same films alone, each a second time some days later. Is the fault there?"), "secondary"
            )
        )
        inner.addWidget(self.rater)
        inner.addWidget(self.number)
        inner.addLayout(self.faults)
        inner.addStretch()
        inner.addWidget(self.progress)
        row = QWidget()
        buttons = FlowLayout(row)
        for button in (self.before_button, self.next_button, self.choose_button, self.save_button, self.close_button):
            buttons.addWidget(button)
        inner.addWidget(row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(left, 3)
        layout.addWidget(frame, 2)
