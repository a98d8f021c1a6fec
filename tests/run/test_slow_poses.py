"""A run on a computer that needs longer for a pose than a picture lasts."""

import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from films import make_film

from formcheck.capture.playback import VideoAsCamera
from formcheck.counting.stance_segmenter import LEAST_HZ
from formcheck.exercises import EXERCISES
from formcheck.frames import LANDMARKS, Frame, PoseFrame
from formcheck.pose.scheduled import ScheduledTracker
from formcheck.run.live.poses_ahead import PosesAhead

POSE_S = 0.045
SECONDS = 2.0


class SlowNetwork:
    def process(self, frame: Frame) -> PoseFrame:
        time.sleep(POSE_S)
        xy = np.random.default_rng(0).uniform(20, 60, (LANDMARKS, 2))
        return PoseFrame(frame.index, frame.timestamp_s, frame.size, xy, np.zeros((LANDMARKS, 3)), np.ones(LANDMARKS))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    noise = np.random.default_rng(1).integers(0, 255, (8, 96, 128, 3), dtype=np.uint8)
    path = tmp_path_factory.mktemp("films") / "camera.mp4"
    return make_film(path, [noise[i % 8] for i in range(round(30 * SECONDS))])


def seen(film: Path, exercise: str, *, in_time: bool) -> list[PoseFrame]:
    follower = ScheduledTracker(SlowNetwork(), EXERCISES[exercise].pose_rate, in_time=in_time)
    with VideoAsCamera(film) as camera, PosesAhead(camera, follower) as poses:
        some = [poses.next(0.5) for _ in iter(lambda: poses.ended, True)]
    return [found[1] for found in some if found is not None]


def test_poses_of_a_run_are_carried_where_they_cannot_all_be_found(film: Path) -> None:
    poses = seen(film, "running", in_time=True)
    apart_s = [b.timestamp_s - a.timestamp_s for a, b in pairwise(poses)]
    assert 1 / np.mean(apart_s[10:]) > LEAST_HZ, "often enough to find stances in"
    found = [pose for pose in poses if pose.found]
    assert 10 * SECONDS <= len(found) <= len(poses) * 0.7, "as many as there is time for"


def test_who_turns_has_those_found_that_there_is_time_for_and_none_carried(film: Path) -> None:
    assert all(pose.found for pose in seen(film, "pivot", in_time=True))
