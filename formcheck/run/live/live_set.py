"""One live set: checks, countdown, counting, recording and the session folder. No Qt, no thread of its own.

loop.run() feeds it; it hands back what to show. The set's own time starts at 0 when the
countdown ends; what is written is in that time, what is handed back in the source's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from formcheck.analysis.analyzer import Analyzer
from formcheck.analysis.handsfree import HandsFree, Seen, Stage
from formcheck.analysis.pacing import Beat, Pacer
from formcheck.analysis.setup import CheckResult, ready
from formcheck.analysis.snapshot import AnalysisState
from formcheck.exercises.contract import Exercise
from formcheck.frames import Frame, Observation, PoseFrame
from formcheck.pose.scheduled import only_shown
from formcheck.results import Limits, Session, Side, View
from formcheck.run.film import SetFilm
from formcheck.run.live.folder import SetFolder
from formcheck.run.live.keeping_up import Load
from formcheck.run.live.set_up import SetUp
from formcheck.run.loop import MeasuredFrame
from formcheck.run.measured_set import MeasuredSet, Origin, build_session, on_another_clock
from formcheck.session.ownership import Owner
from formcheck.system.kept_words import kept
from formcheck.tempo import Tempo

GAP_S = 60.0
"""After so long without a picture a set has ended: the computer slept, or the camera was gone."""


@dataclass(frozen=True, slots=True)
class SetPlan:
    """What is to be done in a set."""

    exercise: Exercise
    side: Side | None
    variant: str | None
    """None: recognised from the picture where the exercise can."""
    limits: Mapping[str, Limits]
    sessions: Path
    """Where the set's folder is made, under a name of its own."""
    source_name: str
    folder: Path | None = None
    """Exactly this folder becomes the session's."""
    tempo: Tempo | None = None
    """None: the exercise's own."""
    checks: bool = True
    view: View | None = None
    """None: found from the picture, or the exercise's first."""
    record: bool = False
    record_raw: bool = False
    hide_face: bool = False
    """Make the followed person unrecognisable in the annotated video (the raw one stays as it is)."""
    every_frame: bool = False
    """Find a pose on every frame instead of on those that the schedule chooses."""
    graphics_card: bool = False
    """Try to find poses on it."""
    owner: Owner = field(default_factory=Owner)
    demo: bool = False
    """The program's own clip: nobody's set, and none of the library's."""

    @property
    def from_behind(self) -> bool:
        """Whether the person is filmed from behind, as far as is known before the set: then their left is at the left."""
        return (self.view or self.exercise.views[0]) is View.BEHIND


@dataclass(frozen=True, slots=True, eq=False)
class LiveUpdate:
    """All the window needs after one frame."""

    result: MeasuredFrame
    """Its snapshot holds the set's repetitions, also while the set is paused."""
    stage: Stage
    checks: tuple[CheckResult, ...]
    countdown_s: float | None
    elapsed_s: float
    """Of the set, 0 before it."""
    recording: bool
    problem: str | None
    """Why nothing is recorded or saved any more, in words for the user."""
    load: Load = field(default_factory=Load)
    """What this computer keeps up with."""
    beat: Beat | None = None
    """Where the pace is, while a set with a tempo runs."""


class LiveSet:
    """Feed step() every frame in order, and film() what is to be recorded; close() ends the set and writes what is left."""

    def __init__(self, plan: SetPlan, model: str, notice: str | None = None) -> None:
        """model: what the session calls the pose model; notice: what it says of how poses are found."""
        self.plan = plan
        self.hands_free = HandsFree(checks=plan.checks)
        self.load = Load()
        """What this computer keeps up with; to be set by whoever feeds the set."""
        self.overrun = 0
        """Pictures that were lost before they came here."""
        self._origin = Origin("" if plan.owner.client else plan.source_name, model)  # a client's session names no device
        self._film = SetFilm(plan.exercise, plan.limits, hide_face=plan.hide_face)
        self._folder = SetFolder(plan.exercise)
        self._set_up = SetUp(self._analyzer())
        self._measured: MeasuredSet | None = None
        self._running = False
        self._seen_s: float | None = None
        self._last: MeasuredFrame | None = None
        """Of the set."""
        self._record = plan.record
        self._notices = [notice] if notice else []
        tempo = plan.tempo or plan.exercise.tempo
        self._pacer = Pacer(tempo) if tempo is not None else None

    @property
    def exercise(self) -> Exercise:
        return self.plan.exercise

    @property
    def ended(self) -> bool:
        return self.hands_free.stage is Stage.DONE

    @property
    def folder(self) -> Path | None:
        """The session's folder, once the set runs."""
        return self._folder.path

    @property
    def problem(self) -> str | None:
        """Why nothing is recorded or saved any more, in words for the user."""
        return self._folder.problem or (str(self._film.failure) if self._film.failure is not None else None)

    @property
    def backlog(self) -> float:
        """Share of the recorder's room that is taken."""
        return self._film.backlog

    @property
    def room(self) -> int:
        """How many pictures the recorder can take now."""
        return self._film.room

    @property
    def running(self) -> bool:
        """Neither before its beginning nor paused."""
        return self._running

    @property
    def measured(self) -> MeasuredSet | None:
        """What was measured of the set; None before it runs."""
        return self._measured

    def stop_recording(self) -> None:
        """From now on no picture is kept; the set goes on. From any thread: it takes effect with the next frame."""
        self._record = False

    def step(self, frame: Frame, observation: Observation) -> LiveUpdate:
        """What is known after the frame, which is not recorded yet: see film()."""
        now_s = frame.timestamp_s
        gap_s, self._seen_s = now_s - (now_s if self._seen_s is None else self._seen_s), now_s
        if self._last is not None and gap_s > GAP_S:
            self._break_off(gap_s)
            return self._update(self._last, (), self._last.frame.timestamp_s)
        self._running = self.hands_free.stage is Stage.RUNNING
        if self._running:
            checks: tuple[CheckResult, ...] = ()
            result = self._measure(frame, observation)
        else:
            snapshot, checks = self._set_up.update(frame, observation)
            result = MeasuredFrame(frame, observation.pose, snapshot)
        signal = self.plan.exercise.hand_signal
        hand = signal is not None and signal(observation.pose)
        self.hands_free.update(Seen(now_s, ready(checks), result.snapshot.state, hand=hand))
        return self._update(result, checks, now_s)

    def shows_only(self, pose: PoseFrame) -> bool:
        """Whether the pose need not be measured: show() is enough. What follows a repetition's end is measured."""
        last = self._last
        if last is None or last.snapshot.finished is not None or not self._running:
            return False
        return only_shown(pose, last.frame.timestamp_s, self.exercise.pose_rate)

    def show(self, frame: Frame, pose: PoseFrame) -> LiveUpdate:
        """What is known from before the frame, with its pose. Not before a frame was measured."""
        assert self._last is not None
        assert self._measured is not None
        self._measured.pass_over(frame.timestamp_s, with_pose=pose.detected)
        self._seen_s = frame.timestamp_s
        snapshot = replace(self._last.snapshot, timestamp_s=frame.timestamp_s)
        return self._update(MeasuredFrame(frame, pose, snapshot), (), frame.timestamp_s)

    def film(self, frames: Sequence[Frame]) -> None:
        """Record frames in order with what is known so far: those that were measured, and those between."""
        if not self._record or self._folder.full:
            self._film.close(abandon=self._folder.full)
        if self._running and self._last is not None:
            self._film.add(frames, self._last, self.load.overlay_s)

    def close(self) -> Session | None:
        """The finished session, written; None if the set never ran."""
        self._film.close()
        lost = self.overrun + self._film.dropped
        if lost:
            self._notices.append(
                kept("The video lacks {n} pictures: this computer could not keep up. Close other programs.", n=lost)
            )
        if self._measured is not None:
            self._measured.finish()
        session = self._session() if self._measured is not None else None
        self._folder.close(session)
        return session

    def _measure(self, frame: Frame, observation: Observation) -> MeasuredFrame:
        first = self._measured is None
        measured = self._measured = self._measured or self._begin(frame)
        snapshot = measured.add(observation)
        self._last = MeasuredFrame(frame, observation.pose, snapshot)
        if first:
            self.film((frame,))  # the films begin with the frame that began the set
            self._folder.save(self._session())
        if snapshot.finished is not None:
            self._folder.add_rep(on_another_clock(snapshot.finished, -measured.zero_s), self._session)
        return self._last

    def _begin(self, frame: Frame) -> MeasuredSet:
        self._folder.make(self.plan.sessions, self.plan.exercise.id, self.plan.owner, self.plan.folder)
        if self._record and self.folder is not None and self.problem is None:
            self._film.start(self.folder, frame, frame.timestamp_s, raw=self.plan.record_raw)
        return MeasuredSet(self._analyzer(begins_with=self._set_up.side), sink=self._folder, zero_s=frame.timestamp_s)

    def _break_off(self, gap_s: float) -> None:
        minutes = max(1, round(gap_s / 60))
        self._notices.append(
            kept(
                "The set was ended where no picture came for {n} min: the computer slept, or the camera was gone.",
                n=minutes,
            )
        )
        self.hands_free.end()
        self._running = False

    def _update(self, result: MeasuredFrame, checks: tuple[CheckResult, ...], now_s: float) -> LiveUpdate:
        measured = self._measured
        if measured is not None:
            result = replace(result, snapshot=replace(result.snapshot, reps=measured.analyzer.reps))
        return LiveUpdate(
            result=result,
            stage=self.hands_free.stage,
            checks=checks,
            countdown_s=self.hands_free.countdown_s(now_s),
            elapsed_s=0.0 if measured is None else now_s - measured.zero_s,
            recording=self._running and self._film.recording,
            problem=self.problem,
            load=self.load,
            beat=self._beat(result, now_s),
        )

    def _beat(self, result: MeasuredFrame, now_s: float) -> Beat | None:
        if self._pacer is None:
            return None
        if self.hands_free.stage is not Stage.RUNNING:
            self._pacer.stop()
            return None
        return self._pacer.update(now_s, moving=result.snapshot.state is AnalysisState.MOVING)

    def _analyzer(self, begins_with: Side | None = None) -> Analyzer:
        """begins_with: the side as it was seen before the set."""
        return Analyzer(
            self.plan.exercise,
            side=self.plan.side,
            begins_with=begins_with,
            variant=self.plan.variant,
            view=self.plan.view,
            limits=self.plan.limits,
            tempo=self.plan.tempo,
        )

    def _session(self) -> Session:
        assert self._measured is not None
        return build_session(self._measured, self._origin, [*self._notices, *self._film.notices])
