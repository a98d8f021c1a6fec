"""Poses where they are needed: at a rate in seconds whatever the film's, more while something moves fast."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import PoseRate
from formcheck.frames import LANDMARKS, Frame, PoseFrame
from formcheck.pose.between import fill_between
from formcheck.pose.schedule import Schedule, Work
from formcheck.pose.scheduled import only_shown

RATE = PoseRate(usual_hz=10.0, most_hz=30.0)
PICTURE = np.zeros((4, 4, 3), np.uint8)
BODY = np.random.default_rng(0).uniform(0, 100, (LANDMARKS, 2))


def pose(timestamp_s: float, x: float = 0.0) -> PoseFrame:
    """A body with a torso of about 100 px, moved sideways by x px."""
    xy = BODY.copy()
    xy[[11, 12]], xy[[23, 24]] = (50.0, 0.0), (50.0, 100.0)
    return PoseFrame(0, timestamp_s, (640, 480), xy + np.array([x, 0.0]), np.zeros((LANDMARKS, 3)), np.ones(LANDMARKS))


def frame(timestamp_s: float, index: int = 0) -> Frame:
    return Frame(PICTURE, index, timestamp_s)


@pytest.mark.parametrize("fps", [15, 24, 25, 30, 50, 60, 120, 240])
def test_the_rates_do_not_depend_on_the_films(fps: int) -> None:
    schedule = Schedule(RATE)
    works = [schedule.plan(i / fps) for i in range(10 * fps)]
    found = sum(work is Work.FIND for work in works) / 10
    measured = sum(work is not Work.FILM for work in works) / 10
    assert 7.5 <= found <= 13.5
    assert min(fps, 20) <= measured <= 30
    seen = [i / fps for i, work in enumerate(works) if work is not Work.FILM]
    assert np.diff(seen).max() <= max(0.061, 1.01 / fps)


@pytest.mark.parametrize(("fps", "poses"), [(24, 24), (25, 25), (30, 30), (48, 48), (50, 50), (60, 30), (120, 30)])
@pytest.mark.parametrize("exercise", ["running", "treadmill-walking"])
def test_of_a_run_sixty_pictures_are_measured_and_half_of_their_poses_found(exercise: str, fps: int, poses: int) -> None:
    """Never fewer than thirty poses where the film has them, also while the feet fly."""
    schedule, found, measured = Schedule(EXERCISES[exercise].pose_rate), 0, 0
    for i in range(4 * fps):
        work = schedule.plan(i / fps)
        found, measured = found + (work is Work.FIND), measured + (work is not Work.FILM)
        if work is Work.FIND:
            schedule.found(pose(i / fps, 60.0 * (i % 5)))
    assert found == pytest.approx(4 * poses, abs=2)
    assert measured == pytest.approx(4 * min(fps, 60), abs=2)


@pytest.mark.parametrize("fps", [10, 15, 20, 24, 25, 30])
def test_live_a_picture_is_only_shown_where_there_are_more_than_twenty_five(fps: int) -> None:
    measured = [0.0]
    for i in range(1, 10 * fps):
        carried = replace(pose(i / fps), found=i % 3 == 0)
        if not only_shown(carried, measured[-1], RATE):
            measured.append(i / fps)
        assert not only_shown(carried, measured[-1], PoseRate(least_hz=30.0)), "each is needed"
    assert len(measured) / 10 == pytest.approx(fps if fps < 30 else 20, abs=0.2)
    assert np.diff(measured).max() <= max(0.067, 1.01 / fps)


def test_uneven_times_keep_the_rate() -> None:
    times = np.cumsum(np.random.default_rng(1).uniform(0.01, 0.06, 1000))
    schedule = Schedule(RATE)
    found = sum(schedule.plan(float(t)) is Work.FIND for t in times)
    assert 7.5 <= found / times[-1] <= 13.5


def test_fast_movement_calls_for_every_pose_and_then_no_longer() -> None:
    schedule, found = Schedule(RATE), []
    for i in range(180):
        t = i / 30
        if schedule.plan(t) is Work.FIND:
            found.append(t)
            schedule.found(pose(t, 400 * (t - 2.0) if 2.0 <= t < 3.0 else 400.0 * (t >= 3.0)))
    assert sum(2.2 <= t < 3.0 for t in found) >= 22
    assert sum(4.0 <= t < 5.0 for t in found) <= 14


def test_between_two_poses_the_body_moves_evenly() -> None:
    items = [
        (frame(i / 30, i), Work.FIND if i % 3 == 0 else Work.MEASURE, pose(i / 30, 9.0 * i) if i % 3 == 0 else None)
        for i in range(7)
    ]
    filled = list(fill_between(items))
    assert [f.index for f, _ in filled] == list(range(7))
    for i, (_, one) in enumerate(filled):
        assert one is not None
        assert one.found is (i % 3 == 0)
        assert np.allclose(one.image_xy, pose(0.0, 9.0 * i).image_xy)


def test_frames_that_are_only_filmed_get_no_pose() -> None:
    items = [(frame(0.0), Work.FIND, pose(0.0)), (frame(0.01), Work.FILM, None), (frame(0.1), Work.FIND, pose(0.1))]
    assert [one is None for _, one in fill_between(items)] == [False, True, False]


def test_nobody_is_made_up_next_to_nobody() -> None:
    lost = PoseFrame.nobody(frame(0.1))
    items = [(frame(0.0), Work.FIND, pose(0.0)), (frame(0.05), Work.MEASURE, None), (frame(0.1), Work.FIND, lost)]
    assert [one is not None and one.detected for _, one in fill_between(items)] == [True, False, False]


def test_a_long_gap_is_not_bridged_and_the_end_is_held() -> None:
    gap = [(frame(0.0), Work.FIND, pose(0.0)), (frame(1.0), Work.MEASURE, None), (frame(2.0), Work.FIND, pose(2.0))]
    assert [one is not None and one.detected for _, one in fill_between(gap)] == [True, False, True]
    end = [(frame(0.0), Work.FIND, pose(0.0, 5.0)), (frame(0.05), Work.MEASURE, None)]
    last = list(fill_between(end))[-1][1]
    assert last is not None
    assert np.allclose(last.image_xy, pose(0.0, 5.0).image_xy)
