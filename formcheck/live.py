"""One live set: checks, countdown, counting, recording and the session folder. No Qt, no thread of its own.

The window's worker feeds it frames with their poses; it hands back what to show. The set's own time starts at 0 when the
countdown ends; what is written is in that time, what is handed back in the source's.
"""

import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from formcheck import __version__
from formcheck.analysis.analyzer import Analyzer
from formcheck.analysis.handsfree import HandsFree, Seen, Stage
from formcheck.analysis.setup import Check, SetupChecks, hand_raised, ready
from formcheck.claim import Claim
from formcheck.exercises.base import Exercise
from formcheck.files import private_folder
from formcheck.frames import Frame, PoseFrame
from formcheck.overlay.face_blur import FaceBlur
from formcheck.overlay.overlay import Overlay
from formcheck.pipeline import Measuring, Result
from formcheck.recording.sink import BackgroundWriter
from formcheck.recording.video_writer import RecordingError, VideoWriter
from formcheck.results import Limits, Rep, Session, Side, VideoInfo
from formcheck.session_file import series_csv, write_session
from formcheck.session_record import Owner, Record, write_record

ANNOTATED, RAW, SERIES = "annotated.mp4", "raw.mp4", "series.csv"
SERIES_EVERY_S = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SetPlan:
    """What is to be done in a set."""

    exercise: Exercise
    side: Side | None
    variant: str | None
    """None: recognised from the picture where the exercise can."""
    limits: Mapping[str, Limits]
    sessions: Path
    """Where the set's folder is made."""
    source_name: str
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
    checks: tuple[Check, ...]
    countdown_s: float | None
    elapsed_s: float
    """Of the set, 0 before it."""
    recording: bool
    problem: str | None
    """Why nothing is recorded or saved any more, in words for the user."""


class LiveSet:
    """Feed step() every frame in order; close() ends the set and writes what is left."""

    def __init__(self, plan: SetPlan, measuring: Measuring) -> None:
        self.plan = plan
        self.hands_free = HandsFree(checks=plan.checks)
        self.folder: Path | None = None
        """The session's folder, once the set runs."""
        self._measuring = measuring
        self._overlay = Overlay(limits=plan.limits)
        self._face = FaceBlur() if plan.hide_face else None
        self._checks = SetupChecks(plan.exercise)
        self._idle = self._analyzer()
        self._counting: Analyzer | None = None
        self._zero_s = 0.0
        self._last: Result | None = None
        self._frames = 0
        self._with_pose = 0
        self._rows: list[tuple[float, Mapping[str, float], float]] = []
        self._writers: dict[str, BackgroundWriter] = {}
        self._record = plan.record
        self._problem: str | None = None
        self._claim: Claim | None = None
        measuring.analyzer = self._idle

    @property
    def analyzer(self) -> Analyzer | None:
        """What counts the set; None before it runs."""
        return self._counting

    def stop_recording(self) -> None:
        """From now on no picture is kept; the set goes on. From any thread: it takes effect with the next frame."""
        self._record = False

    def step(self, frame: Frame, pose: PoseFrame, passed_over: Sequence[Frame] = ()) -> LiveUpdate:
        """passed_over: frames since the last step that were not analysed; they are recorded all the same."""
        running = self.hands_free.stage is Stage.RUNNING
        if running and self._counting is None:
            self._begin(frame)
        self._measuring.analyzer = self._counting if running and self._counting is not None else self._idle
        now_s = frame.timestamp_s
        result = self._measuring.observe(frame, pose)
        if running:
            self._keep(result, passed_over)
        checks = () if running else self._checks.update(frame.image, result.pose, result.snapshot)
        stage = self.hands_free.update(
            Seen(now_s, bool(checks) and ready(checks), result.snapshot.watching, hand=hand_raised(pose))
        )
        shown = replace(result, snapshot=replace(result.snapshot, reps=self._counting.reps)) if self._counting else result
        return LiveUpdate(
            result=shown,
            stage=stage,
            checks=checks,
            countdown_s=self.hands_free.countdown_s(now_s),
            elapsed_s=now_s - self._zero_s if self._counting is not None else 0.0,
            recording=running and bool(self._writers),
            problem=self._problem,
        )

    def close(self) -> Session | None:
        """The finished session, written; None if the set never ran."""
        for writer in self._writers.values():
            writer.close()
            self._complain(writer)
        self._writers.clear()
        if self._counting is not None:
            self._counting.finish()
        self._flush_series()
        session = self._save()
        if self._claim is not None:
            self._claim.release()
        return session

    def _analyzer(self) -> Analyzer:
        plan = self.plan
        return Analyzer(plan.exercise, side=plan.side, variant=plan.variant, limits=plan.limits)

    def _begin(self, frame: Frame) -> None:
        self._zero_s = frame.timestamp_s
        self._counting = self._analyzer()
        if self._counting.side is None and self._idle.side is not None:
            self._counting = Analyzer(
                self.plan.exercise, side=self._idle.side, variant=self.plan.variant, limits=self.plan.limits
            )
        try:
            self.folder = new_folder(self.plan.sessions, self.plan.exercise.id)
            self._claim = Claim(self.folder)
            owner = self.plan.owner
            write_record(self.folder, Record(uuid.uuid4().hex, datetime.now().astimezone(), owner.client, owner.plan, owner.item))
        except OSError as error:
            self._problem = f"Nothing is saved: {self.plan.sessions} cannot be written ({error.strerror}). Choose another folder."
            return
        if self._record:
            size = (frame.image.shape[1], frame.image.shape[0])
            names = (ANNOTATED, RAW) if self.plan.record_raw else (ANNOTATED,)
            try:
                self._writers = {n: BackgroundWriter(VideoWriter(self.folder / n, size), live=True) for n in names}
            except RecordingError as error:
                self._problem = str(error)

    def _keep(self, result: Result, passed_over: Sequence[Frame]) -> None:
        self._last = result
        self._frames += 1
        self._with_pose += result.pose.detected
        snapshot = result.snapshot
        self._rows.append((snapshot.timestamp_s - self._zero_s, snapshot.values, snapshot.phase))
        self._film(result, passed_over)
        if self._rows[-1][0] - self._rows[0][0] >= SERIES_EVERY_S:
            self._flush_series()
        if snapshot.finished is not None:
            self._save()

    def _film(self, result: Result, passed_over: Sequence[Frame]) -> None:
        if not self._record:
            for writer in self._writers.values():
                writer.close()
            self._writers.clear()
        for name, writer in self._writers.items():
            for frame in (*passed_over, result.frame):
                image = frame.image
                if name == ANNOTATED:
                    image = self._face.hide(image, result.pose) if self._face else image
                    image = self._overlay.annotate(image, result.pose, result.snapshot, self.plan.exercise)
                if frame.timestamp_s >= self._zero_s:
                    writer.write(image, frame.timestamp_s - self._zero_s)
            self._complain(writer)

    def _complain(self, writer: BackgroundWriter) -> None:
        if writer.failure is not None:
            self._problem = str(writer.failure)

    def _flush_series(self) -> None:
        if self.folder is None or not self._rows:
            return
        text = series_csv([q.name for q in self.plan.exercise.quantities], self._rows)
        self._rows.clear()
        path = self.folder / SERIES
        try:
            if path.exists():
                text = text.split("\n", 1)[1]
            with path.open("a", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            self._unsaved(error)

    def _save(self) -> Session | None:
        if self._counting is None or self._last is None:
            return None
        session = self._session(self._counting, self._last)
        if self.folder is not None:
            try:
                write_session(self.folder, session)
            except OSError as error:
                self._unsaved(error)
        return session

    def _unsaved(self, error: OSError) -> None:
        log.warning("cannot save the session: %s", error.strerror)
        self._problem = f"The session cannot be saved ({error.strerror}): make room on the disk, or choose another folder."

    def _session(self, analyzer: Analyzer, last: Result) -> Session:
        duration_s = last.frame.timestamp_s - self._zero_s
        height, width = last.frame.image.shape[:2]
        notices = () if analyzer.reps else (f"No repetition was found. {self.plan.exercise.camera.words}",)
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
            model="full",
            frames_with_pose=self._with_pose,
            thresholds=analyzer.limits,
            reps=tuple(shifted(rep, -self._zero_s) for rep in analyzer.reps),
            notices=notices,
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


def new_folder(sessions: Path, exercise: str, now: datetime | None = None) -> Path:
    """A fresh folder named by time and exercise. OSError where it cannot be made."""
    stem = f"{now or datetime.now():%Y-%m-%d_%H-%M-%S}_{exercise}"
    for n in range(1, 1000):
        folder = sessions / (stem if n == 1 else f"{stem}_{n}")
        if not folder.exists():
            return private_folder(folder)
    raise FileExistsError(f"{sessions / stem}: too many folders of that name")
