"""A run on a computer that needs longer for a pose than a picture lasts."""

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from formcheck.counting.stance_segmenter import LEAST_HZ
from formcheck.exercises import EXERCISES
from formcheck.frames import LANDMARKS, Frame, PoseFrame
from formcheck.pose import scheduled
from formcheck.pose.scheduled import ScheduledTracker

RATE, SECONDS = 30, 2.0
POSE_S, CARRY_S = 0.045, 0.008
"""What finding a pose and carrying one take, on the scripted clock."""


class SlowComputer:
    """Finds poses slowly; only its work and waiting for pictures move its clock."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def process(self, frame: Frame) -> PoseFrame:
        self.now_s += POSE_S
        xy = np.random.default_rng(0).uniform(20, 60, (LANDMARKS, 2))
        return PoseFrame(frame.index, frame.timestamp_s, frame.size, xy, np.zeros((LANDMARKS, 3)), np.ones(LANDMARKS))

    def newest(self) -> int:
        """Of the camera's pictures so far."""
        return int(self.now_s * RATE + 1e-6)


def seen(exercise: str, monkeypatch: pytest.MonkeyPatch) -> list[PoseFrame]:
    """The poses of a camera's newest pictures, each taken when the last was done with."""
    noise = np.random.default_rng(1).integers(0, 255, (8, 96, 128, 3), dtype=np.uint8)
    computer, poses, index = SlowComputer(), list[PoseFrame](), -1
    monkeypatch.setattr(scheduled, "time", SimpleNamespace(perf_counter=lambda: computer.now_s))
    follower = ScheduledTracker(computer, EXERCISES[exercise].pose_rate, in_time=True)
    while computer.now_s < SECONDS:
        computer.now_s = max(computer.now_s, (index + 1) / RATE)
        index = computer.newest()
        pose = follower.process(Frame(noise[index % 8], index, index / RATE))
        computer.now_s += CARRY_S
        if pose is not None:
            poses.append(pose)
    return poses


def test_poses_of_a_run_are_carried_where_they_cannot_all_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    poses = seen("running", monkeypatch)
    apart_s = [b.timestamp_s - a.timestamp_s for a, b in pairwise(poses)]
    assert 1 / np.mean(apart_s[10:]) > LEAST_HZ, "often enough to find stances in"
    found = [pose for pose in poses if pose.found]
    assert 10 * SECONDS <= len(found) <= len(poses) * 0.7, "as many as there is time for"


def test_who_turns_has_those_found_that_there_is_time_for_and_none_carried(monkeypatch: pytest.MonkeyPatch) -> None:
    poses = seen("pivot", monkeypatch)
    assert len(poses) > 10 * SECONDS
    assert all(pose.found for pose in poses)
