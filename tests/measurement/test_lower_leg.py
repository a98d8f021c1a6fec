"""The lower leg of somebody who lies: a knee's landmark that slides along the shank is no lifted knee."""

import math

import numpy as np
import pytest

from formcheck.frames import Floats
from formcheck.frames import Landmark as L
from formcheck.measurement.lying.lower_leg import knee_lift
from formcheck.measurement.lying.pelvis import Track
from formcheck.results import Side

KNEE, TORSO_PX, SHANK_PX = np.array([160.0, 300.0]), 150.0, 140.0


def pose(turned_deg: float, *, slid: float = 0.0, lifted_px: float = 0.0, shank: float = 1.0) -> Floats:
    """Lying on the right side, head to the right; the right shank turned up, its knee's landmark slid along it by a share."""
    xy = np.zeros((33, 2))
    for joint, at in ((L.LEFT_HIP, (250, 215)), (L.RIGHT_HIP, (250, 265)), (L.LEFT_SHOULDER, (400, 215))):
        xy[joint] = at
    xy[L.RIGHT_SHOULDER] = (400, 265)
    way = np.array([-math.cos(math.radians(turned_deg)), -math.sin(math.radians(turned_deg))])
    knee = KNEE - (0.0, lifted_px)
    xy[L.RIGHT_ANKLE] = knee + shank * SHANK_PX * way
    xy[L.RIGHT_KNEE] = knee + slid * SHANK_PX * way
    return xy


def repetition(top: Floats) -> Track:
    rest = pose(0.0)
    xy = np.array([rest + share * (top - rest) for share in np.sin(np.linspace(0.0, math.pi, 21))])
    return Track(np.linspace(0.0, 3.0, 21), xy, rest, np.ones(33))


def test_a_landmark_that_slid_toward_the_foot_is_put_back() -> None:
    slid = knee_lift(repetition(pose(40.0, slid=0.25)), Side.RIGHT, 0.0)
    still = knee_lift(repetition(pose(40.0)), Side.RIGHT, 0.0)
    assert slid.value is not None
    assert slid.uncertainty is not None
    assert still.uncertainty is not None
    assert slid.value < 3.0  # 8.6 degrees as the landmark goes
    assert slid.uncertainty > still.uncertainty + 2.0


@pytest.mark.parametrize("shank", [1.0, 1.2])
def test_a_knee_that_leaves_the_floor_is_read_as_it_is(shank: float) -> None:
    lifted_px = 30.0
    lift = knee_lift(repetition(pose(30.0, lifted_px=lifted_px, shank=shank)), Side.RIGHT, 0.0)
    assert lift.value == pytest.approx(math.degrees(math.asin(lifted_px / TORSO_PX)), abs=2.0)


def test_a_shank_that_was_hidden_at_rest_makes_the_lift_less_sure() -> None:
    sure, unsure = (knee_lift(repetition(pose(30.0, lifted_px=20.0, shank=shank)), Side.RIGHT, 0.0) for shank in (1.2, 3.0))
    assert sure.uncertainty is not None
    assert unsure.uncertainty is not None
    assert unsure.uncertainty > sure.uncertainty + 3.0
