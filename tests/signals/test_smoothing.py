"""Smoothing does not depend on the frame rate, and what was not seen says nothing."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.frames import LANDMARKS, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.signals.body import EXCHANGED, TorsoScale, exchanged
from formcheck.signals.smoothing import Exponential, Follower, RecentQuantile, bridged, newest_weight, smooth


@given(st.floats(0.0, 5.0), st.floats(0.0, 5.0), st.floats(0.05, 10.0))
def test_two_steps_weigh_what_one_as_long_does(first_s: float, second_s: float, constant_s: float) -> None:
    left = (1 - newest_weight(first_s, constant_s)) * (1 - newest_weight(second_s, constant_s))
    assert left == pytest.approx(1 - newest_weight(first_s + second_s, constant_s), abs=1e-12)


@pytest.mark.parametrize("fps", [10, 30, 60])
def test_a_step_is_followed_alike_at_any_rate(fps: int) -> None:
    smoothed = Exponential(0.5)
    smoothed.update(0.0, np.zeros(2))
    for i in range(1, fps + 1):
        smoothed.update(i / fps, np.array([1.0, 10.0]))
    np.testing.assert_allclose(smoothed.value, (1 - math.exp(-2)) * np.array([1.0, 10.0]))


def test_what_is_not_finite_is_passed_over() -> None:
    smoothed, named = Exponential(1.0), Follower(1.0)
    assert smoothed.update(0.0, np.array([math.nan, 1.0])) is None
    smoothed.update(1.0, np.array([2.0, 2.0]))
    np.testing.assert_array_equal(smoothed.update(2.0, np.array([math.inf, 9.0])), [2.0, 2.0])
    named.update(0.0, {"a": 4.0})
    assert math.isnan(named.update(0.1, {"a": math.nan})["a"])
    assert named.update(0.2, {"a": 7.0}) == {"a": 7.0}  # afresh


@given(st.lists(st.floats(-10.0, 10.0), min_size=1, max_size=60), st.floats(0.0, 1.0))
def test_a_quantile_is_of_the_last_seconds_alone(values: list[float], share: float) -> None:
    recent = RecentQuantile(1.0, share)
    for i, value in enumerate(values):
        newest = recent.update(i / 8, value)
        assert newest == pytest.approx(np.quantile(values[max(0, i - 8) : i + 1], share), abs=1e-9)
    recent.reset()
    assert recent.update(100.0, 3.0) == 3.0


def test_a_gap_stays_a_gap_or_is_bridged() -> None:
    times = np.arange(0.0, 4.0, 0.1)
    values = np.stack([times, times], axis=1)
    values[15:25, 1] = math.nan
    assert np.isnan(smooth(times, values, 0.1)[15:25, 1]).all()
    np.testing.assert_allclose(bridged(times[2:-2], times, values, 0.05)[:, 1], times[2:-2], atol=0.11)  # a sample's spacing


def pose(time_s: float, torso_px: float) -> PoseFrame:
    xy = np.zeros((LANDMARKS, 2))
    xy[[L.LEFT_SHOULDER, L.RIGHT_SHOULDER]] = 0, -torso_px
    return PoseFrame(0, time_s, (640, 480), xy, np.full((LANDMARKS, 3), math.nan), np.ones(LANDMARKS))


def test_the_torso_s_length_is_followed_slowly_and_taken_afresh_after_a_gap() -> None:
    scale = TorsoScale(2.0, forgotten_s=1.0)
    assert math.isnan(scale.update(pose(0.0, 0.0)))
    assert scale.update(pose(0.1, 100.0)) == 100.0
    assert scale.update(pose(0.2, 200.0)) == pytest.approx(100 + 100 * 0.0488, abs=0.01)
    assert scale.update(pose(5.0, 200.0)) == 200.0
    assert math.isnan(scale.metres)


def test_left_and_right_change_places() -> None:
    points = np.arange(LANDMARKS, dtype=float)[:, None]
    assert exchanged(points)[L.LEFT_HIP] == L.RIGHT_HIP
    assert exchanged(points)[L.MOUTH_RIGHT] == L.MOUTH_LEFT
    assert exchanged(points)[L.NOSE] == L.NOSE
    np.testing.assert_array_equal(EXCHANGED[EXCHANGED], np.arange(LANDMARKS))
