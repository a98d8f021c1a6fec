"""What was measured of one set, frame by frame, and the session that comes of it: of a camera, a film or kept signals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from formcheck import __version__
from formcheck.analysis.analyzer import Analyzer
from formcheck.analysis.side_means import side_means
from formcheck.analysis.snapshot import Snapshot
from formcheck.frames import Observation
from formcheck.measurement.angles import BodyAngles
from formcheck.measurement.repetition import Course
from formcheck.results import MAX_REPS, Measurement, Rep, Session, VideoInfo
from formcheck.system.kept_words import kept

MAX_NAME = 500


class FrameSink(Protocol):
    """Where what was measured of each frame is kept."""

    def add(self, time_s: float, observation: Observation, snapshot: Snapshot, angles: Mapping[str, float]) -> None:
        """time_s: on the set's clock. angles: measurement/angles.py says which."""
        ...

    def fill(self, courses: Sequence[Course], stances: Sequence[Course]) -> None:
        """What is known since the set has ended, on the set's clock: angles within its repetitions, and how the exercise's own
        values went in each stance."""
        ...


class MeasuredSet:
    """Feed add() every observation in order, finish() at the end."""

    def __init__(self, analyzer: Analyzer, *, sink: FrameSink | None = None, zero_s: float = 0.0) -> None:
        """zero_s: where the set's clock begins on the observations'."""
        self.analyzer = analyzer
        self.frames = 0
        """Those of the set, measured or only filmed."""
        self.frames_with_pose = self.poses_found = 0
        self.zero_s = zero_s
        self.last_s = 0.0
        """The last frame's time on the set's clock."""
        self.size = (0, 0)
        """(width, height) px of the pictures."""
        self._sink = sink
        self._angles = BodyAngles(of_run=analyzer.exercise.sees_level)

    @property
    def reps(self) -> tuple[Rep, ...]:
        """On the set's clock."""
        return tuple(on_another_clock(rep, -self.zero_s) for rep in self.analyzer.reps)

    @property
    def fps(self) -> float:
        return (self.frames - 1) / self.last_s if self.last_s > 0 else 0.0

    def add(self, observation: Observation) -> Snapshot:
        """Measure a frame."""
        snapshot = self.analyzer.update(observation)
        self.pass_over(observation.timestamp_s)
        self.frames_with_pose += observation.pose.detected
        self.poses_found += observation.pose.found
        self.size = observation.pose.image_size
        if self._sink is not None:
            self._sink.add(self.last_s, observation, snapshot, self._angles.update(observation))
        return snapshot

    def pass_over(self, timestamp_s: float, *, with_pose: bool = False) -> None:
        """Count a frame that is not measured; with_pose: somebody is seen in it all the same."""
        self.frames += 1
        self.frames_with_pose += with_pose
        self.last_s = timestamp_s - self.zero_s

    def finish(self) -> None:
        """Nothing more will come."""
        self.analyzer.finish()
        if self._sink is not None:
            self._sink.fill(self._on_the_clock(self.analyzer.courses()), self._on_the_clock(self.analyzer.stances()))

    def _on_the_clock(self, courses: Sequence[Course]) -> list[Course]:
        return [replace(course, times_s=course.times_s - self.zero_s) for course in courses]


@dataclass(frozen=True, slots=True)
class FilmPart:
    """Which film, and what of it, was measured: see VideoInfo."""

    sha256: str | None = None
    from_s: float = 0.0
    to_s: float | None = None
    capture_fps: float | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the pictures of a set came from."""

    name: str
    """Of the film or the camera."""
    model: str
    """What the session calls the pose model."""
    film: FilmPart | None = None
    """None of a live set, which ends with its last frame; a film lasts as long as its last picture is shown."""


def build_session(measured: MeasuredSet, origin: Origin, notices: Sequence[str] = ()) -> Session:
    """The session so far, on the set's own clock."""
    analyzer, film = measured.analyzer, origin.film or FilmPart()
    reps = measured.reps
    if len(reps) > MAX_REPS:
        notices = (*notices, kept("Only the first {most} of {n} repetitions were kept.", most=MAX_REPS, n=len(reps)))
    return Session(
        program=__version__,
        exercise=analyzer.exercise.id,
        variant=analyzer.variant,
        side=analyzer.set_side,
        video=VideoInfo(
            name=origin.name.encode("utf-8", "replace").decode()[:MAX_NAME],  # a file's name may be no text
            width=measured.size[0],
            height=measured.size[1],
            fps=measured.fps,
            duration_s=measured.last_s + (1 / measured.fps if origin.film and measured.fps > 0 else 0.0),
            frames=measured.frames,
            sha256=film.sha256,
            from_s=film.from_s,
            to_s=film.to_s,
            capture_fps=film.capture_fps,
        ),
        model=origin.model,
        frames_with_pose=measured.frames_with_pose,
        poses_found=measured.poses_found,
        thresholds=analyzer.limits,
        reps=reps[:MAX_REPS],
        notices=(*analyzer.notices(), *notices),
        summary=_measurements(analyzer.summary(), -measured.zero_s),
        tempo=analyzer.tempo,
        looks_like=analyzer.looks_like.id if analyzer.looks_like is not None else None,
        sides=side_means(analyzer.exercise, reps),
        view=analyzer.view if len(analyzer.exercise.views) > 1 else None,
    )


def on_another_clock(rep: Rep, by_s: float) -> Rep:
    """The same repetition with `by_s` added to its times."""
    return replace(
        rep,
        start_s=rep.start_s + by_s,
        peak_s=rep.peak_s + by_s,
        end_s=rep.end_s + by_s,
        measurements=_measurements(rep.measurements, by_s),
        findings=tuple(replace(f, at_s=f.at_s + by_s) for f in rep.findings),
    )


def _measurements(known: Mapping[str, Measurement], by_s: float) -> dict[str, Measurement]:
    return {name: m if m.at_s is None else replace(m, at_s=m.at_s + by_s) for name, m in known.items()}
