"""The right side of the live page: a very large count, one cue at a time, the gauge, the tempo, what is recorded."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from formcheck.analysis.clean import clean_as_seen
from formcheck.analysis.handsfree import Stage
from formcheck.analysis.snapshot import Snapshot
from formcheck.gui.live.messages import SIGNS, Level, Message
from formcheck.gui.live.meters import Gauge, TempoBar
from formcheck.gui.live.pace_bar import PaceBar
from formcheck.gui.live.setup_list import SetupList
from formcheck.gui.live.sides_panel import SidesPanel
from formcheck.gui.widgets.big_text import LARGEST, BigText
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.scrolled import show_ground
from formcheck.gui.widgets.theme import Colours, current
from formcheck.gui.widgets.words import side_words
from formcheck.results import Rep, Side
from formcheck.run.live.live_set import LiveUpdate, SetPlan
from formcheck.system.language import to_translate, tr, trn

DISCLAIMER = to_translate("Movement feedback and education, not medical advice. Stop if it hurts.")

CUE_LARGEST = 88
"""px, beside the picture."""
LEAST_PACE = 140
"""px, for a turned word that is read from three metres."""
LEAST_COUNT, LEAST_CUE = 90, 100
"""px that count and cue always have: they are read from two metres away."""


class _Rest(QScrollArea):
    """What stands under count and cue: on a small screen it is what is moved out of view."""

    def __init__(self, rest: QLayout) -> None:
        super().__init__()
        self._held = held = QWidget()
        held.setLayout(rest)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setWidget(held)
        show_ground(self, held)

    def sizeHint(self) -> QSize:  # noqa: N802
        held = self._held
        least, width = held.minimumSizeHint(), max(1, self.width())
        return QSize(least.width(), held.heightForWidth(width) if held.hasHeightForWidth() else least.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._held.minimumSizeHint().width(), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()  # something in it came or went
        return super().eventFilter(watched, event)


class SetPanel(QFrame):
    """begin() empties it for a set, show_update() shows what is known after a picture, show_message() the large words."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._plan: SetPlan | None = None
        self._wanted: int | None = None
        self.task = label("", "heading")
        self.task.hide()
        self.count = BigText(tr("Repetitions"))
        self.cue = BigText(tr("Cue"), largest=CUE_LARGEST)
        self.detail = label("", "secondary")
        self.clean = QLabel()
        self.side = QLabel()
        self.checks = SetupList()
        self.gauge = Gauge()
        self.tempo = TempoBar()
        self.sides = SidesPanel()
        self.pace = PaceBar()
        self.large = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        """What somebody reads from three metres."""
        self._big = False
        self.elapsed = QLabel("0:00")
        self.recording = QLabel()
        self._lay_out()

    def begin(self, plan: SetPlan, task: str = "", wanted: int | None = None) -> None:
        """task: what a plan asks for, in words; wanted: its number of repetitions."""
        self._plan, self._wanted = plan, wanted
        self.task.setText(task)
        self.task.setVisible(bool(task))
        exercise = plan.exercise
        guard = next((f for f in exercise.faults if f.quantity == exercise.guarded), None)
        limits = plan.limits[guard.name] if guard is not None else None
        self.pace.set_ways(exercise.ways)
        self.pace.set_beat(None)
        self.gauge.set_quantity(tr(exercise.quantity(exercise.guarded).title), guard, limits)
        self.gauge.set_value(math.nan)
        self.checks.begin(exercise.checks)
        self.sides.begin(exercise, dict(plan.limits))
        self._show_reps(())
        self.elapsed.setText("0:00")

    def show_message(self, message: Message) -> None:
        ink, ground = _paint_for(message.level, current())
        self.cue.set_text(message.words, ink, ground, SIGNS.get(message.level, ""))
        self.detail.setText(message.detail)

    def show_update(self, update: LiveUpdate) -> None:
        snapshot = update.result.snapshot
        self._show_reps(snapshot.reps)
        self._show_measures(snapshot, running=update.stage is Stage.RUNNING)
        compares = self._plan is not None and self._plan.exercise.compares_sides
        before = update.stage in (Stage.CHECKING, Stage.COUNTDOWN)
        self.checks.setVisible(before and not self._big)
        for measure in (self.gauge, self.tempo):
            measure.setVisible(not before and not compares and not self._big)
        self.sides.setVisible(not before and compares)
        self.pace.set_beat(update.beat)
        self.pace.setVisible(update.beat is not None)
        self.checks.show_checks(update.checks)
        minutes, seconds = divmod(int(update.elapsed_s), 60)
        self.elapsed.setText(f"{minutes}:{seconds:02d}")
        self._show_recording(update.recording, update.problem)

    def turn(self, quarter_turns: int) -> None:
        """Of count, cue and pace: -1 to the left, +1 to the right, 0 upright. They stand beneath each other as they are read."""
        self.count.set_turn(quarter_turns)
        self.cue.set_turn(quarter_turns)
        self.pace.set_turn(quarter_turns)
        side = {-1: QBoxLayout.Direction.LeftToRight, 1: QBoxLayout.Direction.RightToLeft}
        self.large.setDirection(side.get(quarter_turns if self._big else 0, QBoxLayout.Direction.TopToBottom))

    def set_big(self, on: bool) -> None:
        """Only what is read from three metres, as large as the panel allows."""
        self._big = on
        self.cue.set_largest(LARGEST if on else CUE_LARGEST)
        self.pace.setMinimumHeight(LEAST_PACE if on else 0)
        for widget in self._small:
            widget.setVisible(not on)

    def _show_reps(self, done: Sequence[Rep]) -> None:
        assert self._plan is not None
        if self._plan.exercise.compares_sides:
            self.sides.show_reps(done)
            self._show_cadence(len(done))
            return
        clean = [rep for rep in done if clean_as_seen(rep, self._plan.exercise)]
        reps = len(done)
        words = str(reps) if self._wanted is None else tr("{reps} / {wanted}", reps=reps, wanted=self._wanted)
        self.count.set_text(words, current().text)
        some = trn("{clean} of {n} clean", "{clean} of {n} clean", reps, clean=len(clean))
        if not all(rep.clean for rep in clean):
            some = trn(
                "{clean} of {n} clean in what can be seen", "{clean} of {n} clean in what can be seen", reps, clean=len(clean)
            )
        self.clean.setText(some if reps else tr("No repetition yet"))

    def _show_cadence(self, stances: int) -> None:
        """Of a run, in place of the count, which says little to a runner."""
        rate = self.sides.cadence
        self.count.set_text("–" if rate is None else f"{rate:.0f}", current().text)
        steps = tr("Cadence: not measured yet") if rate is None else tr("Steps a minute, both feet")
        self.clean.setText(steps)
        self.side.setText(trn("{n} stance", "{n} stances", stances))

    def _show_measures(self, snapshot: Snapshot, *, running: bool) -> None:
        assert self._plan is not None
        if self._plan.exercise.compares_sides:  # both sides have their own bars
            return
        self.gauge.set_value(snapshot.values.get(self._plan.exercise.guarded, math.nan) if running else math.nan)
        pace = snapshot.reps[-1].measurements.get("pace_s") if snapshot.reps else None
        limit = self._plan.limits.get("too_fast")
        self.tempo.set_tempo(snapshot.phase if running else 0.0, pace.value if pace else None, limit.caution if limit else None)
        self.side.setText(_side_words(snapshot))

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

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        self.count.setMinimumHeight(LEAST_COUNT)
        self.cue.setMinimumHeight(LEAST_CUE)
        layout.addWidget(self.task)
        self.large.setSpacing(8)
        self.large.addWidget(self.count, 4)
        self.large.addWidget(self.cue, 5)
        layout.addLayout(self.large, 9)
        layout.addWidget(self.pace, 1)
        self.pace.hide()
        under = QHBoxLayout()
        under.addWidget(self.clean)
        under.addStretch()
        under.addWidget(self.side)
        layout.addLayout(under)
        self.detail.setMinimumHeight(2 * self.detail.fontMetrics().height() + 4)  # the layout must not jump with the words
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        rest = QVBoxLayout()
        rest.setContentsMargins(0, 0, 0, 0)
        for widget in (self.detail, self.checks, self.gauge, self.tempo, self.sides):
            rest.addWidget(widget)
        layout.addWidget(_Rest(rest))
        state = QHBoxLayout()
        state.addWidget(QLabel(tr("Time")))
        state.addWidget(self.elapsed)
        state.addStretch()
        state.addWidget(self.recording)
        widest = max(self.recording.fontMetrics().horizontalAdvance(w) for w in (tr("● Recording"), tr("Not recording")))
        self.recording.setMinimumWidth(int(widest * 1.15) + 28)
        self.recording.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.recording.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        rest.addLayout(state)
        self.switches = QHBoxLayout()
        rest.addLayout(self.switches)
        disclaimer = label(tr(DISCLAIMER), "secondary")
        rest.addWidget(disclaimer)
        self._small = (self.clean, self.side, self.detail, disclaimer)


def _side_words(snapshot: Snapshot) -> str:
    """The side that works, and where there were both how many repetitions each has."""
    side = side_words(snapshot.side)
    left, right = (sum(rep.side is side for rep in snapshot.reps) for side in Side)
    if not (left and right):
        return tr("Side: {side}", side=side)
    return tr("Side: {side} (left {left}, right {right})", side=side, left=left, right=right)


def _paint_for(level: Level, c: Colours) -> tuple[str, str]:
    """(ink, ground)"""
    return {
        Level.CALM: (c.text, c.raised),
        Level.GOOD: (c.on_good, c.good),
        Level.CAUTION: (c.on_caution, c.caution),
        Level.FAULT: (c.on_fault, c.fault),
        Level.TROUBLE: (c.on_trouble, c.trouble),
    }[level]
