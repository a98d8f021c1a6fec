"""One live set: checks, countdown, counting, recording and the session folder. No Qt, no thread of its own.

The window's worker feeds it frames with their poses; it hands back what to show. The set's own time starts at 0 when the
countdown ends; what is written is in that time, what is handed back in the source's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from formcheck import __version__
from formcheck.analysis.analyzer import Analyzer
from formcheck.analysis.handsfree import HandsFree, Seen, Stage
from formcheck.analysis.setup import CheckResult, SetupChecks, ready
from formcheck.exercises.contract import Exercise
from formcheck.frames import Frame, PoseFrame
from formcheck.results import Limits, Rep, Session, Side, VideoInfo
from formcheck.run.live.film import SetFilm
from formcheck.run.live.folder import SetFolder
from formcheck.run.live.keeping_up import Load
from formcheck.run.measuring import Measuring, Result
from formcheck.session.ownership import Owner

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
    checks: bool = True
    record: bool = False
    record_raw: bool = False
    hide_face: bool = False
    """Make the followed person unrecognisable in the annotated video (the raw one stays as it is)."""
    owner: Owner = field(default_factory=Owner)
    demo: bool = False
    """The program's own clip: nobody's set, and none of the library's."""


@dataclass(frozen=True, slots=True, eq=False)
class LiveUpdate:
    """All the window needs after one frame."""

    result: Result
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


class LiveSet:
    """Feed step() every frame in order; close() ends the set and writes what is left."""

    def __init__(self, plan: SetPlan, measuring: Measuring, model: str) -> None:
        """model: what the session calls the pose model."""
        self.plan = plan
        self.hands_free = HandsFree(checks=plan.checks)
        self.load = Load()
        """What this computer keeps up with; to be set by whoever feeds the set."""
        self.overrun = 0
        """Pictures that were lost before they came here."""
        self._measuring = measuring
        self._model = model
        self._film = SetFilm(plan.exercise, plan.limits, hide_face=plan.hide_face)
        self._folder = SetFolder([q.name for q in plan.exercise.quantities])
        self._checks = SetupChecks(plan.exercise, plan.variant)
        self._idle = self._analyzer(plan.side)
        self._counting: Analyzer | None = None
        self._running = False
        self._zero_s = 0.0
        self._seen_s: float | None = None
        self._last: Result | None = None
        self._frames = 0
        self._with_pose = 0
        self._record = plan.record
        self._notices: list[str] = []
        measuring.analyzer = self._idle

    @property
    def folder(self) -> Path | None:
        """The session's folder, once the set runs."""
        return self._folder.path

    @property
    def problem(self) -> str | None:
        """Why nothing is recorded or saved any more, in words for the user."""
        return self._folder.problem or self._film.problem

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
    def analyzer(self) -> Analyzer | None:
        """What counts the set; None before it runs."""
        return self._counting

    def stop_recording(self) -> None:
        """From now on no picture is kept; the set goes on. From any thread: it takes effect with the next frame."""
        self._record = False

    def step(self, frame: Frame, pose: PoseFrame, *, film: bool = True) -> LiveUpdate:
        """film: record this frame; without, whoever feeds the set hands it, and those between, to film()."""
        now_s = frame.timestamp_s
        gap_s, self._seen_s = now_s - (now_s if self._seen_s is None else self._seen_s), now_s
        if gap_s > GAP_S and self._last is not None:
            self._break_off(gap_s)
            return self._update(self._last, (), self._last.frame.timestamp_s)
        self._running = self.hands_free.stage is Stage.RUNNING
        if self._running and self._counting is None:
            self._begin(frame)
        self._measuring.analyzer = self._counting if self._running and self._counting is not None else self._idle
        result = self._measuring.observe(frame, pose)
        if self._running:
            self._keep(result, film=film)
        checks = () if self._running else self._checks.update(frame.image, result.pose, result.snapshot)
        signal = self.plan.exercise.hand_signal
        hand = signal is not None and signal(pose)
        self.hands_free.update(Seen(now_s, ready(checks), result.snapshot.watching, hand=hand))
        return self._update(result, checks, now_s)

    def film(self, frames: Sequence[Frame]) -> None:
        """Record frames whose poses are late, or never come, with what is known so far."""
        if not self._record or self._folder.full:
            self._film.close(abandon=self._folder.full)
        if self._running and self._last is not None:
            self._film.add(frames, self._last, self.load.overlay_s)

    def close(self) -> Session | None:
        """The finished session, written; None if the set never ran."""
        self._film.close()
        lost = self.overrun + self._film.dropped
        if lost:
            self._notices.append(f"The video lacks {lost} pictures: this computer could not keep up. Close other programs.")
        if self._counting is None or self._last is None:
            self._folder.close(None)
            return None
        self._counting.finish()
        session = self._session()
        self._folder.close(session)
        return session

    def _update(self, result: Result, checks: tuple[CheckResult, ...], now_s: float) -> LiveUpdate:
        counting = self._counting
        return LiveUpdate(
            result=replace(result, snapshot=replace(result.snapshot, reps=counting.reps)) if counting else result,
            stage=self.hands_free.stage,
            checks=checks,
            countdown_s=self.hands_free.countdown_s(now_s),
            elapsed_s=now_s - self._zero_s if counting else 0.0,
            recording=self._running and self._film.recording,
            problem=self.problem,
            load=self.load,
        )

    def _break_off(self, gap_s: float) -> None:
        minutes = max(1, round(gap_s / 60))
        self._notices.append(
            f"The set was ended where no picture came for {minutes} min: the computer slept, or the camera was gone."
        )
        self.hands_free.end()
        self._running = False

    def _analyzer(self, side: Side | None) -> Analyzer:
        return Analyzer(self.plan.exercise, side=side, variant=self.plan.variant, limits=self.plan.limits)

    def _begin(self, frame: Frame) -> None:
        self._zero_s = frame.timestamp_s
        self._counting = self._analyzer(self.plan.side or self._idle.side)
        self._folder.make(self.plan.sessions, self.plan.exercise.id, self.plan.owner, self.plan.folder)
        if self._record and self.folder is not None and self.problem is None:
            size = (frame.image.shape[1], frame.image.shape[0])
            self._film.start(self.folder, size, self._zero_s, raw=self.plan.record_raw)

    def _keep(self, result: Result, *, film: bool) -> None:
        first, self._last = self._last is None, result
        self._frames += 1
        self._with_pose += result.pose.detected
        snapshot = result.snapshot
        self._folder.add_row(snapshot.timestamp_s - self._zero_s, snapshot.values, snapshot.phase)
        if film or first:  # the films begin with the frame that began the set
            self.film((result.frame,))
        if first:
            self._folder.save(self._session())
        if snapshot.finished is not None:
            self._folder.add_rep(shifted(snapshot.finished, -self._zero_s), self._session)

    def _session(self) -> Session:
        analyzer, last = self._counting, self._last
        assert analyzer is not None
        assert last is not None
        duration_s = last.frame.timestamp_s - self._zero_s
        height, width = last.frame.image.shape[:2]
        return Session(
            program=__version__,
            exercise=self.plan.exercise.id,
            variant=analyzer.variant,
            side=analyzer.side,
            video=VideoInfo(
                name=self.plan.source_name,
                width=width,
                height=height,
                fps=(self._frames - 1) / duration_s if duration_s > 0 else 0.0,
                duration_s=duration_s,
                frames=self._frames,
            ),
            model=self._model,
            frames_with_pose=self._with_pose,
            thresholds=analyzer.limits,
            reps=tuple(shifted(rep, -self._zero_s) for rep in analyzer.reps),
            notices=(*analyzer.notices(), *self._notices),
        )


def shifted(rep: Rep, by_s: float) -> Rep:
    """The same repetition with its times on another clock."""
    return replace(
        rep,
        start_s=rep.start_s + by_s,
        peak_s=rep.peak_s + by_s,
        end_s=rep.end_s + by_s,
        measurements={name: m if m.at_s is None else replace(m, at_s=m.at_s + by_s) for name, m in rep.measurements.items()},
        findings=tuple(replace(f, at_s=f.at_s + by_s) for f in rep.findings),
    )
