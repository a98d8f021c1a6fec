"""Live, between two found poses: the landmarks go where the picture goes, and say that nobody found them there."""

from collections.abc import Sequence

import numpy as np
import pytest

from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.frames import Frame, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.pose.carried import Carrier
from formcheck.pose.model import model_file
from formcheck.pose.scheduled import ScheduledTracker
from formcheck.run.tracking import tracker_for
from formcheck.signals.kinematics import mid_hip, torso_length
from formcheck.system.resources import folder

SECONDS = 6.0
KNEE = L.RIGHT_KNEE
"""The one that opens."""


@pytest.fixture(scope="module")
def clip() -> list[Frame]:
    with VideoFile(folder("assets") / "demo.mp4") as source:
        return [frame for frame in source.frames() if frame.timestamp_s < SECONDS]


@pytest.fixture(scope="module")
def found(clip: list[Frame]) -> list[PoseFrame]:
    with tracker_for(EXERCISES["clam"], model_file()) as tracker:
        return [tracker.process(frame) for frame in clip]


class Replayed:
    """The real network's poses, found beforehand."""

    def __init__(self, poses: Sequence[PoseFrame]) -> None:
        self._poses = {pose.index: pose for pose in poses}
        self.asked = 0

    def process(self, frame: Frame) -> PoseFrame:
        self.asked += 1
        return self._poses[frame.index]


def test_a_picture_that_moves_takes_the_landmarks_along(clip: list[Frame], found: list[PoseFrame]) -> None:
    carrier = Carrier()
    carrier.found(clip[20], found[20])
    moved = Frame(np.roll(clip[20].image, (-4, 12), axis=(0, 1)), 21, clip[20].timestamp_s + 0.05)
    carried = carrier.carry(moved)
    assert not carried.found
    assert (carried.index, carried.timestamp_s) == (21, moved.timestamp_s)
    assert carried.image_xy == pytest.approx(found[20].image_xy + np.array([12, -4]), abs=0.5)
    assert carried.world_xyz == pytest.approx(found[20].world_xyz, abs=0.01)  # the body has not moved within itself


def test_carried_landmarks_are_nearer_to_the_next_pose_than_held_ones(clip: list[Frame], found: list[PoseFrame]) -> None:
    carrier, carried_off, held_off = Carrier(), [], []
    for i in range(20, len(clip) - 4, 4):
        carrier.found(clip[i], found[i])
        carried = [carrier.carry(frame) for frame in clip[i + 1 : i + 5]][-1]
        assert (carried.world_xyz[L.LEFT_HIP] + carried.world_xyz[L.RIGHT_HIP])[:2] == pytest.approx(0.0, abs=0.01)
        there, torso = found[i + 4].image_xy[KNEE], torso_length(found[i + 4].image_xy)
        carried_off.append(np.linalg.norm(carried.image_xy[KNEE] - there) / torso)
        held_off.append(np.linalg.norm(found[i].image_xy[KNEE] - there) / torso)
    moving = np.array(held_off) > 0.03
    assert moving.sum() >= 3
    assert np.mean(np.array(carried_off)[moving]) < 0.6 * np.mean(np.array(held_off)[moving])


def test_the_network_is_asked_ten_times_a_second_and_every_frame_has_a_pose(clip: list[Frame], found: list[PoseFrame]) -> None:
    network = Replayed(found)
    follower = ScheduledTracker(network, EXERCISES["clam"].pose_rate)
    poses = [follower.process(frame) for frame in clip]
    assert all(pose is not None and pose.detected for pose in poses)
    assert network.asked == sum(pose is not None and pose.found for pose in poses)
    assert 8 * SECONDS <= network.asked <= 13 * SECONDS
    assert [pose.timestamp_s for pose in poses if pose is not None] == [frame.timestamp_s for frame in clip]


def test_who_turns_upright_is_never_carried(clip: list[Frame], found: list[PoseFrame]) -> None:
    for exercise in ("banded-rotation", "pivot"):
        network = Replayed(found)
        follower = ScheduledTracker(network, EXERCISES[exercise].pose_rate)
        assert all(pose is not None and pose.found for pose in map(follower.process, clip[:40]))


def test_nobody_is_carried_from_nobody_nor_for_long(clip: list[Frame], found: list[PoseFrame]) -> None:
    carrier = Carrier()
    assert not carrier.carry(clip[0]).detected
    carrier.found(clip[0], PoseFrame.nobody(clip[0]))
    assert not carrier.carry(clip[1]).detected
    carrier.found(clip[1], found[1])
    assert carrier.carry(clip[2]).detected
    assert not carrier.carry(clip[40]).detected


def test_a_body_at_the_edge_of_the_picture_is_carried_all_the_same(clip: list[Frame], found: list[PoseFrame]) -> None:
    carrier = Carrier()
    away = found[0].image_xy - mid_hip(found[0].image_xy)  # half of it outside
    outside = PoseFrame(0, 0.0, found[0].image_size, away, found[0].world_xyz, found[0].visibility)
    carrier.found(clip[0], outside)
    assert np.isfinite(carrier.carry(clip[1]).image_xy).all()
