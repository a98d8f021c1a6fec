"""The page someone on a mat looks at: the picture and the graph at the left, the set's panel at the right. It only shows."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from formcheck.analysis.handsfree import Stage
from formcheck.frames import PoseFrame
from formcheck.gui.live.graph import LiveGraph
from formcheck.gui.live.messages import Level, Message
from formcheck.gui.live.set_panel import SetPanel
from formcheck.gui.plans.plan_words import set_words
from formcheck.gui.video.picture import PictureView
from formcheck.library.services import NextSet
from formcheck.pose.person import lies
from formcheck.run.live.live_set import LiveUpdate, SetPlan
from formcheck.signals import kinematics
from formcheck.system.language import tr
from formcheck.system.settings import Settings

LAIN_S = 0.7
"""Whoever lies for so long has lain down."""


class LivePage(QWidget):
    mirror_changed = Signal(bool)
    record_changed = Signal(bool)
    mute_changed = Signal(bool)
    grown = Signal()
    """Somebody lies: from now on the words are large and turned."""

    def __init__(self) -> None:
        super().__init__()
        self._plan: SetPlan | None = None
        self._turn_text = self._graph = False
        self._lying_since_s: float | None = None
        self._big = False
        self._head = 0
        self.picture = PictureView(tr("Live picture"))
        self.graph = LiveGraph()
        self.panel = SetPanel()
        self.mirror_button = _switch(tr("&Mirror"), tr("Show the picture as a mirror does"), self.mirror_changed)
        self.record_button = _switch(tr("&Record"), tr("Record the annotated video of each set"), self.record_changed)
        self.mute_button = _switch(tr("M&ute"), tr("Make no sound"), self.mute_changed)
        for button in (self.mirror_button, self.record_button, self.mute_button):
            self.panel.switches.addWidget(button)
        left = QVBoxLayout()
        left.addWidget(self.picture, 1)
        self.graph.setFixedHeight(150)
        left.addWidget(self.graph)
        self._halves = QHBoxLayout(self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.addLayout(left, 3)
        self._halves.addWidget(self.panel, 2)

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
        self._graph = settings.graph
        if not self._turn_text:
            self._grow(False)
        self.graph.setVisible(self._graph and not self._big)

    def begin(self, plan: SetPlan, next_set: NextSet | None) -> None:
        """Empty it for a set. next_set: it is one of a plan."""
        self._plan = plan
        self.mirror_button.setVisible(not plan.from_behind)  # a back in a mirror would have its left at the right
        self._lying_since_s, self._head = None, 0
        self._grow(False)
        if next_set is None:
            self.panel.begin(plan)
        else:
            self.panel.begin(plan, set_words(next_set), next_set.item.reps)
        guard = next((f for f in plan.exercise.faults if f.quantity == plan.exercise.guarded), None)
        self.graph.begin(plan.exercise, plan.limits[guard.name] if guard is not None else None)
        self.picture.show_picture(None)
        self.panel.show_message(Message(tr("Opening the camera"), Level.CALM, tr("This may take a few seconds.")))
        self.picture.setFocus()

    def show_update(self, picture: QImage, update: LiveUpdate) -> None:
        self.picture.show_picture(picture)
        self.graph.prepare()
        self.panel.show_update(update)
        self._look_at(update.result.pose)
        if update.stage is Stage.RUNNING:
            self.graph.add(update.result.snapshot)

    def show_trouble(self, trouble: Message | None) -> None:
        """What is wrong with the camera, over the picture; None for nothing."""
        if trouble is None:
            self.picture.show_words("")
        else:
            self.picture.show_words(trouble.words, trouble.detail)
            self.panel.show_message(trouble)

    def show_fetching(self, done: int, total: int) -> None:
        """The pose model is being fetched: bytes so far, bytes in all."""
        megabytes = tr("{done:.1f} of {total:.1f} MB. This happens once.", done=done / 1e6, total=total / 1e6)
        self.picture.show_words(tr("Fetching the pose model"), megabytes if done < total else "")

    def _look_at(self, pose: PoseFrame) -> None:
        """Large, turned words for someone who lies, from when they have lain for a moment until the set's end: their top points
        to where the head is, as the person sees it."""
        if not self._turn_text or self._plan is None or not self._plan.exercise.posture.lies or not pose.detected:
            return
        if lies(pose.image_xy):
            head_dx = float((kinematics.mid_shoulder(pose.image_xy) - kinematics.mid_hip(pose.image_xy))[0])
            self._head = -1 if head_dx > 0 else 1  # the camera's right is the left of whoever faces it
            self._lying_since_s = pose.timestamp_s if self._lying_since_s is None else self._lying_since_s
        elif not self._big:
            self._lying_since_s = None
        if not self._big and self._lying_since_s is not None and pose.timestamp_s - self._lying_since_s >= LAIN_S:
            self._grow(True)
            self.grown.emit()
        self.panel.turn(self._head if self._big else 0)

    def _grow(self, on: bool) -> None:
        self._big = on
        self.panel.set_big(on)
        self.panel.turn(self._head if on else 0)
        self.graph.setVisible(self._graph and not on)
        for half, stretch in enumerate((1, 3) if on else (3, 2)):
            self._halves.setStretch(half, stretch)


def _switch(words: str, tip: str, changed: SignalInstance) -> QPushButton:
    button = QPushButton(words)
    button.setCheckable(True)
    button.setToolTip(tip)
    button.setAccessibleDescription(tip)
    button.toggled.connect(changed)
    return button
