"""The page someone on a mat looks at: the picture, a very large count, one cue at a time, the gauge."""

import math

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from formcheck.analysis.handsfree import Stage
from formcheck.analysis.snapshot import Snapshot
from formcheck.frames import PoseFrame
from formcheck.gui.live.graph import LiveGraph
from formcheck.gui.live.messages import Level, Message, camera_message, live_message
from formcheck.gui.live.meters import Gauge, TempoBar
from formcheck.gui.live.setup_list import SetupList
from formcheck.gui.live.worker import LiveWorker, Shown
from formcheck.gui.plans.plan_words import set_words
from formcheck.gui.sound.cues import CueHolder, CueSpeaker
from formcheck.gui.sound.voice import Voice
from formcheck.gui.video.picture import PictureView
from formcheck.gui.widgets.big_text import BigText
from formcheck.gui.widgets.theme import Colours, current
from formcheck.gui.widgets.words import side_words
from formcheck.library.services import NextSet
from formcheck.run.live.live_set import SetPlan
from formcheck.signals import kinematics
from formcheck.system.language import tr
from formcheck.system.settings import Settings

STATE_EVERY_MS = 250
DISCLAIMER = "Movement feedback and education, not medical advice. Stop if it hurts."


class LivePage(QWidget):
    """Shows what a LiveWorker gives. What it shows is computed from the newest result each time."""

    mirror_changed = Signal(bool)
    record_changed = Signal(bool)
    mute_changed = Signal(bool)
    enough = Signal()
    """The set of a plan has its repetitions."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self._voice = voice
        self._worker: LiveWorker | None = None
        self._plan: SetPlan | None = None
        self._shown: Shown | None = None
        self._cue: CueHolder | None = None
        self._speaker: CueSpeaker | None = None
        self._next_set: NextSet | None = None
        self._done = False
        """The set of a plan had all its repetitions."""
        self._turn_text = False
        self.picture = PictureView(tr("Live picture"))
        self.count = BigText(tr("Repetitions"))
        self.cue = BigText(tr("Cue"), largest=88)
        self.detail = QLabel()
        self.detail.setObjectName("secondary")
        self.detail.setWordWrap(True)
        self.task = QLabel()
        self.task.setObjectName("heading")
        self.task.setWordWrap(True)
        self.task.hide()
        self.clean = QLabel()
        self.side = QLabel()
        self.gauge = Gauge()
        self.tempo = TempoBar()
        self.graph = LiveGraph()
        self.checks = SetupList()
        self.elapsed = QLabel("0:00")
        self.recording = QLabel()
        self.mirror_button = _switch(tr("&Mirror"), tr("Show the picture as a mirror does"), self.mirror_changed)
        self.record_button = _switch(tr("&Record"), tr("Record the annotated video of each set"), self.record_changed)
        self.mute_button = _switch(tr("M&ute"), tr("Make no sound"), self.mute_changed)
        self._lay_out()
        self.picture.clicked.connect(self._follow)
        self.picture.resized.connect(self._resized)
        self._state_timer = QTimer(self)
        self._state_timer.setInterval(STATE_EVERY_MS)
        self._state_timer.timeout.connect(self._show_state)

    def apply(self, settings: Settings) -> None:
        """Take over switches and look."""
        for button, on in (
            (self.mirror_button, settings.mirror),
            (self.record_button, settings.record),
            (self.mute_button, not settings.sounds),
        ):
            button.blockSignals(True)
            button.setChecked(on)
            button.blockSignals(False)
        self._turn_text = settings.turn_text
        self.graph.setVisible(settings.graph)
        self.graph.restyle()
        if self._worker is not None:
            self._worker.mirrored = settings.mirror

    def begin(self, worker: LiveWorker, plan: SetPlan, next_set: NextSet | None = None) -> None:
        """Show this worker's set from now on. next_set: it is one of a plan, and ends with its last repetition."""
        self._worker, self._plan, self._shown = worker, plan, None
        self._next_set, self._done = next_set, False
        self.task.setText(set_words(next_set) if next_set is not None else "")
        self.task.setVisible(next_set is not None)
        worker.size = self.picture.room()
        self._cue, self._speaker = CueHolder(plan.exercise), CueSpeaker(plan.exercise)
        guard = next((f for f in plan.exercise.faults if f.quantity == plan.exercise.guarded), None)
        limits = plan.limits[guard.name] if guard is not None else None
        self.gauge.set_quantity(tr(plan.exercise.quantity(plan.exercise.guarded).title), guard, limits)
        self.gauge.set_value(math.nan)
        self.graph.begin(plan.exercise, limits)
        self.picture.show_picture(None)
        self.checks.begin(plan.exercise.checks)
        self._show_message(Message(tr("Opening the camera"), Level.CALM, tr("This may take a few seconds.")))
        self._show_count(0, 0)
        self.elapsed.setText("0:00")
        worker.newest.connect(self._take)
        worker.fetching.connect(self._show_fetching)
        self._state_timer.start()

    def finish(self) -> None:
        """The set has ended: let go of the worker."""
        self._state_timer.stop()
        self._worker = None

    def _take(self) -> None:
        shown = self._worker.take() if self._worker is not None else None
        if shown is None or self._plan is None or self._cue is None or self._speaker is None:
            return
        self._shown = shown
        update, snapshot = shown.update, shown.update.result.snapshot
        self.picture.show_picture(shown.picture)
        self.graph.prepare()
        cue = self._cue.update(snapshot.timestamp_s, snapshot.active, snapshot.finished)
        self._show_state()
        if self._trouble() is None:
            self._show_message(live_message(update, cue, self._plan.exercise, self._plan.variant))
        running = update.stage is Stage.RUNNING
        self._show_count(len(snapshot.reps), sum(rep.clean for rep in snapshot.reps))
        self._show_measures(snapshot, running)
        before = update.stage in (Stage.CHECKING, Stage.COUNTDOWN)
        self.checks.setVisible(before)
        for measure in (self.gauge, self.tempo):
            measure.setVisible(not before)
        self.checks.show_checks(update.checks)
        minutes, seconds = divmod(int(update.elapsed_s), 60)
        self.elapsed.setText(f"{minutes}:{seconds:02d}")
        self._show_recording(update.recording, update.problem)
        self._turn(update.result.pose)
        if running:
            self.graph.add(snapshot)
        heard = self._speaker.update(update)
        if heard is not None:
            self._voice.play(heard)
        if self._next_set is not None and not self._done and len(snapshot.reps) >= self._next_set.item.reps:
            self._done = True
            self.enough.emit()

    def _show_count(self, reps: int, clean: int) -> None:
        self.count.set_text(str(reps) if self._next_set is None else f"{reps} / {self._next_set.item.reps}", current().text)
        self.clean.setText(tr("{clean} of {reps} clean", clean=clean, reps=reps) if reps else tr("No repetition yet"))

    def _show_measures(self, snapshot: Snapshot, running: bool) -> None:
        assert self._plan is not None
        exercise = self._plan.exercise
        self.gauge.set_value(snapshot.values.get(exercise.guarded, math.nan) if running else math.nan)
        pace = snapshot.reps[-1].measurements.get("pace_s") if snapshot.reps else None
        limit = self._plan.limits.get("too_fast")
        self.tempo.set_tempo(snapshot.phase if running else 0.0, pace.value if pace else None, limit.caution if limit else None)
        self.side.setText(tr("Side: {side}", side=side_words(snapshot.side)))

    def _show_recording(self, recording: bool, problem: str | None) -> None:
        if problem:
            self.recording.setText(tr("Not saved"))
            self.recording.setToolTip(problem)
            self.detail.setText(problem)
        else:
            self.recording.setText(tr("● Recording") if recording else tr("Not recording"))
        name = "recording" if recording or problem else "not_recording"
        if self.recording.objectName() != name:
            self.recording.setObjectName(name)
            self.recording.style().unpolish(self.recording)
            self.recording.style().polish(self.recording)
            self.recording.updateGeometry()

    def _show_message(self, message: Message) -> None:
        ink, ground = _paint_for(message.level, current())
        self.cue.set_text(message.words, ink, ground)
        self.detail.setText(message.detail)

    def _trouble(self) -> Message | None:
        source = self._worker.source if self._worker is not None else None
        return None if source is None else camera_message(source.state, source.trouble)

    def _show_state(self) -> None:
        trouble = self._trouble()
        if trouble is None:
            self.picture.show_words("")
            return
        self.picture.show_words(trouble.words, trouble.detail)
        self._show_message(trouble)

    def _show_fetching(self, done: int, total: int) -> None:
        self.picture.show_words(
            tr("Fetching the pose model"),
            tr("{done:.1f} of {total:.1f} MB. This happens once.", done=done / 1e6, total=total / 1e6) if done < total else "",
        )

    def _turn(self, pose: PoseFrame) -> None:
        """Turn the words for someone who lies: their top points to where the head is, as the person sees it."""
        turn = 0
        if self._turn_text and self._plan is not None and self._plan.exercise.posture.lies and pose.detected:
            head_dx = float((kinematics.mid_shoulder(pose.image_xy) - kinematics.mid_hip(pose.image_xy))[0])
            turn = -1 if head_dx > 0 else 1  # the camera's right is the left of whoever faces it
        self.count.set_turn(turn)
        self.cue.set_turn(turn)

    def _follow(self, x: float, y: float) -> None:
        if self._worker is not None and self._shown is not None:
            height, width = self._shown.update.result.frame.image.shape[:2]
            self._worker.follow((1 - x if self._shown.mirrored else x) * width, y * height)

    def _resized(self, width: int, height: int) -> None:
        if self._worker is not None:
            self._worker.size = (width, height)

    def _lay_out(self) -> None:
        panel = QFrame()
        panel.setObjectName("card")
        side = QVBoxLayout(panel)
        side.setSpacing(8)
        self.count.setMinimumHeight(150)
        self.cue.setMinimumHeight(130)
        side.addWidget(self.task)
        side.addWidget(self.count, 4)
        under = QHBoxLayout()
        under.addWidget(self.clean)
        under.addStretch()
        under.addWidget(self.side)
        side.addLayout(under)
        side.addWidget(self.cue, 5)
        side.addWidget(self.detail)
        side.addWidget(self.checks)
        side.addWidget(self.gauge)
        side.addWidget(self.tempo)
        state = QHBoxLayout()
        state.addWidget(QLabel(tr("Time")))
        state.addWidget(self.elapsed)
        state.addStretch()
        state.addWidget(self.recording)
        widest = max(self.recording.fontMetrics().horizontalAdvance(w) for w in (tr("● Recording"), tr("Not recording")))
        self.recording.setMinimumWidth(int(widest * 1.15) + 28)
        self.recording.setAlignment(Qt.AlignmentFlag.AlignCenter)
        side.addLayout(state)
        switches = QHBoxLayout()
        for button in (self.mirror_button, self.record_button, self.mute_button):
            switches.addWidget(button)
        side.addLayout(switches)
        note = QLabel(tr(DISCLAIMER))
        note.setObjectName("secondary")
        note.setWordWrap(True)
        side.addWidget(note)
        self.detail.setMinimumHeight(2 * self.detail.fontMetrics().height() + 4)  # the layout must not jump with the words
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        left = QVBoxLayout()
        left.addWidget(self.picture, 1)
        self.graph.setFixedHeight(150)
        left.addWidget(self.graph)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(left, 3)
        layout.addWidget(panel, 2)


def _switch(words: str, tip: str, changed: SignalInstance) -> QPushButton:
    button = QPushButton(words)
    button.setCheckable(True)
    button.setToolTip(tip)
    button.setAccessibleDescription(tip)
    button.toggled.connect(changed)
    return button


def _paint_for(level: Level, c: Colours) -> tuple[str, str]:
    """(ink, ground)"""
    return {
        Level.CALM: (c.text, c.raised),
        Level.GOOD: (c.on_good, c.good),
        Level.CAUTION: (c.on_caution, c.caution),
        Level.FAULT: (c.on_fault, c.fault),
        Level.TROUBLE: (c.on_trouble, c.trouble),
    }[level]
