"""Two-legged squats are no single-leg ones, and who lifts a foot does no banded rotation."""

import math

import numpy as np
import pytest

from formcheck.frames import LANDMARKS, Observation, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.measurement.repetition import RepWindow
from formcheck.measurement.standing.planted import stands
from formcheck.measurement.weight_bearing.stance_leg import on_one_leg
from formcheck.results import Side

TORSO = 100.0


def window(
    *,
    raised: float = 0.0,
    rises: float = 0.0,
    sinks: float = 0.0,
    crosses: float = 0.0,
    leans: tuple[float, float, float] = (0.0, 0.0, 0.0),
    seen: bool = True,
    azimuth: float | None = None,
) -> RepWindow:
    """Standing on the left leg. raised: how much higher the right foot is; rises, sinks: what it and the body go by and back;
    crosses: how far it goes toward the left one, and past it, and back, torso lengths. leans: the trunk at the beginning, in the
    middle and at the end, azimuth: where the camera seems to be, degrees."""
    observations = []
    for i in range(41):
        share = math.sin(math.pi * i / 40)
        xy = np.full((LANDMARKS, 2), math.nan)
        if seen:
            for mark, x, y in (
                (L.LEFT_SHOULDER, 30, -100), (L.RIGHT_SHOULDER, -30, -100), (L.LEFT_HIP, 20, 0), (L.RIGHT_HIP, -20, 0),
            ):  # fmt: skip
                bent = math.radians(np.interp(i, (0, 20, 40), leans))
                turned = (x - y * math.sin(bent), y * math.cos(bent))
                xy[mark] = (300 + turned[0], 300 + turned[1] + TORSO * sinks * share)
            stands_on = 300 if raised < 0 or raised > 0.3 or rises > 0.1 else 320  # on one foot it is under the pelvis
            xy[L.LEFT_ANKLE] = (stands_on, 480)
            xy[L.RIGHT_ANKLE] = (270 + TORSO * crosses * share, 480 - TORSO * (raised + rises * share))
        world = np.zeros((LANDMARKS, 3))
        if azimuth is not None:
            for mark, half in ((L.LEFT_HIP, 0.1), (L.RIGHT_HIP, -0.1)):
                world[mark] = (half * math.cos(math.radians(azimuth)), 0.0, half * math.sin(math.radians(azimuth)))
        observations.append(Observation(PoseFrame(i, i / 20, (640, 640), xy, world, np.ones(LANDMARKS)), None))
    return RepWindow(np.arange(41) / 20, {}, observations, 0, 20, 40, Side.LEFT)


@pytest.mark.parametrize(("how", "one"), [
    ({}, False), ({"raised": 0.2}, False), ({"rises": 0.05}, False),
    ({"raised": 0.5}, True), ({"raised": -0.4}, True), ({"rises": 0.2}, True), ({"seen": False}, True),
])  # fmt: skip
def test_a_foot_that_stays_on_the_floor_makes_a_squat_two_legged(how: dict[str, float], one: bool) -> None:
    assert on_one_leg(window(sinks=0.4, **how)) is one  # type: ignore[arg-type]


@pytest.mark.parametrize(("how", "one"), [
    ({"rises": 0.2}, True), ({"rises": 0.2, "crosses": 0.3}, True), ({"rises": 0.2, "crosses": 1.3}, False),
])  # fmt: skip
def test_a_foot_that_goes_behind_the_other_makes_a_curtsy_lunge(how: dict[str, float], one: bool) -> None:
    assert on_one_leg(window(sinks=0.4, azimuth=0.0, **how)) is one  # type: ignore[arg-type]


@pytest.mark.parametrize("azimuth", [0.0, -25.0, 39.0])
@pytest.mark.parametrize(("leans", "one"), [
    ((5.0, 35.0, 12.0), True), ((30.0, 10.0, 0.0), False), ((5.0, 15.0, 28.0), False), ((-28.0, 0.0, 0.0), False),
])  # fmt: skip
def test_who_begins_or_ends_bent_over_a_leg_does_no_squat(leans: tuple[float, float, float], one: bool, azimuth: float) -> None:
    """A deadlift on one leg leaves the position on its way down and comes back into it on its way up. In a deep reach to the
    side the trunk leans by more, but between upright ends."""
    assert on_one_leg(window(raised=0.5, rises=0.2, sinks=0.05, leans=leans, azimuth=azimuth)) is one


@pytest.mark.parametrize("azimuth", [-60.0, 60.0])
@pytest.mark.parametrize(("how", "one"), [({"raised": 0.45}, False), ({"raised": 0.45, "rises": 0.3}, True)])
def test_from_aside_a_higher_foot_that_stays_stands_on_the_floor(how: dict[str, float], one: bool, azimuth: float) -> None:
    assert on_one_leg(window(sinks=0.4, azimuth=azimuth, **how)) is one  # type: ignore[arg-type]


@pytest.mark.parametrize(("how", "planted"), [
    ({}, True), ({"rises": 0.1}, True), ({"sinks": 0.1}, True), ({"seen": False}, True),
    ({"rises": 0.5}, False), ({"sinks": 0.5}, False), ({"crosses": -0.5}, True), ({"crosses": -2.5}, False),
])  # fmt: skip
def test_who_squats_lifts_a_foot_or_stands_wide_does_not_turn_over_planted_feet(how: dict[str, float], planted: bool) -> None:
    assert stands(window(**how)) is planted  # type: ignore[arg-type]
