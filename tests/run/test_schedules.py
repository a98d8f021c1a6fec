"""Of each kind of schedule a short film: poses on it, and carried as in a live set, say what poses on every frame say."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from formcheck.analysis.analyzer import Analyzer
from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.frames import Frame, PoseFrame
from formcheck.pose.between import fill_between
from formcheck.pose.model import model_file
from formcheck.pose.schedule import Schedule, Work
from formcheck.pose.scheduled import ScheduledTracker
from formcheck.results import Rep
from formcheck.run.loop import run
from formcheck.run.offline.film_set import FilmSet
from formcheck.run.tracking import tracker_for

CLIPS = Path(__file__).parents[3] / "shared" / "clips"
FILMS = {
    "clam": "clam_00",
    "banded-rotation": "banded_rotation_00",
    "single-leg-squat": "single_leg_squat_00",
    "lateral-band-walk": "lateral_walk_00",
}
SECONDS = 7.0
CLOSE = {"deg": 5.0, "s": 0.3}
"""How far two measurements of one repetition may lie apart; as far as their uncertainty where that is more."""

pytestmark = pytest.mark.skipif(not CLIPS.is_dir(), reason="needs the rendered clips beside the checkout")


class Replayed:
    """The real network's poses of every frame, found beforehand."""

    def __init__(self, poses: Iterable[PoseFrame]) -> None:
        self._poses = {pose.index: pose for pose in poses}
        self.asked = 0

    def process(self, frame: Frame) -> PoseFrame:
        self.asked += 1
        return self._poses[frame.index]


def measured(exercise: str, poses: Iterable[tuple[Frame, PoseFrame | None]]) -> tuple[Rep, ...]:
    film = FilmSet(Analyzer(EXERCISES[exercise]))
    for _ in run(film.to_measure(poses), film):
        pass
    return film.finish().reps


def scheduled(exercise: str, clip: Iterable[Frame], network: Replayed) -> Iterator[tuple[Frame, PoseFrame | None]]:
    """As PosesOfFile does it."""
    schedule = Schedule(EXERCISES[exercise].pose_rate)

    def planned() -> Iterator[tuple[Frame, Work, PoseFrame | None]]:
        for frame in clip:
            work = schedule.plan(frame.timestamp_s)
            pose = network.process(frame) if work is Work.FIND else None
            if pose is not None:
                schedule.found(pose)
            yield frame, work, pose

    return fill_between(planned())


@pytest.mark.parametrize("exercise", FILMS)
def test_three_ways_of_finding_poses_say_the_same(exercise: str) -> None:
    with VideoFile(CLIPS / f"{FILMS[exercise]}.mp4") as source, tracker_for(EXERCISES[exercise], model_file()) as tracker:
        clip, poses = [], []
        for frame in source.frames():
            if frame.timestamp_s > SECONDS:
                break
            if frame.index % 2 == 0 or source.info.fps < 20:  # enough to tell them apart, in half of the time
                clip.append(frame)
                poses.append(tracker.process(frame))
    network = Replayed(poses)
    every = measured(exercise, zip(clip, poses, strict=True))
    assert every
    follower = ScheduledTracker(network, EXERCISES[exercise].pose_rate)
    film = measured(exercise, scheduled(exercise, clip, network))
    assert network.asked < 0.8 * len(clip)
    live = measured(exercise, ((frame, follower.process(frame)) for frame in clip))
    for other in (film, live):
        assert len(other) == len(every)
        for a, b in zip(every, other, strict=True):
            assert {f.fault for f in a.findings} == {f.fault for f in b.findings}
            assert b.start_s == pytest.approx(a.start_s, abs=0.2)
            for name, measurement in a.measurements.items():
                there = b.measurements[name]
                assert (measurement.value is None) == (there.value is None), name
                if measurement.value is not None and there.value is not None:
                    apart = max(CLOSE.get(measurement.unit, 0.1), measurement.uncertainty or 0.0)
                    assert np.isclose(there.value, measurement.value, atol=apart), (name, measurement.value, there.value)
