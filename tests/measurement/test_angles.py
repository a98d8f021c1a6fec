"""angles.csv says of a standing person what can be seen from where the camera stands, and of a knee while its foot stands."""

from dataclasses import replace

import numpy as np
import pytest
from standing_body import Turn, observations
from standing_figure import FPS, Figure, observe

from formcheck.frames import Landmark as L
from formcheck.frames import Observation
from formcheck.measurement.angles import BodyAngles
from formcheck.results import Side

FRONTAL = {"trunk_lean_left", "fppa_left", "fppa_right"}


@pytest.mark.parametrize(("azimuth", "told"), [(0.0, True), (15.0, True), (40.0, False), (-40.0, False)])
def test_angles_of_the_frontal_plane_are_told_from_the_front_alone(azimuth: float, told: bool) -> None:
    angles = BodyAngles()
    found = [angles.update(o) for o in observations([Turn(pelvis=5.0)], azimuth=azimuth)]
    assert (set(found[-1]) >= FRONTAL) is told
    assert not told or set(found[0]) >= FRONTAL


def squatting(depth: float, world: float = 1.0) -> list[Observation]:
    """Four seconds of standing on the left leg, then down within two. world: share of the bend that the world landmarks show."""
    bends = [8.0] * (4 * FPS) + [8.0 + depth * share for share in np.linspace(0.0, 1.0, 2 * FPS)]
    seen = observe([Figure(stance=Side.LEFT, flexion=bend) for bend in bends])
    for o, bend in zip(seen, bends, strict=True):
        shank = np.radians(world * bend)
        ankle = (0.0, 0.4 + 0.4 * np.cos(shank), 0.4 * np.sin(shank))
        o.pose.world_xyz[[L.LEFT_HIP, L.LEFT_KNEE, L.LEFT_ANKLE]] = [(0.0, 0.0, 0.0), (0.0, 0.4, 0.0), ankle]
    return seen


def knee(seen: list[Observation]) -> list[float]:
    angles = BodyAngles()
    return [angles.update(o).get("knee_flexion_left", np.nan) for o in seen]


@pytest.mark.parametrize("depth", [40.0, 80.0])
def test_the_knee_over_a_foot_that_stands_is_told_by_the_legs_length(depth: float) -> None:
    told = knee(squatting(depth, world=0.75))
    assert np.isnan(told[: 3 * FPS]).all()
    assert told[-1] - told[4 * FPS - 1] == pytest.approx(depth, abs=10.0)


def test_of_a_knee_over_a_foot_that_steps_nothing_is_told() -> None:
    seen = squatting(20.0)
    for o in seen:
        o.pose.image_xy[L.LEFT_ANKLE, 0] += 20.0 * np.sign(np.sin(2 * np.pi * o.timestamp_s))
    assert np.isnan(knee(seen)).all()


def test_a_leg_that_never_was_straight_is_not_taken_for_straight() -> None:
    seated = squatting(80.0)[-1:] * (5 * FPS)
    seen = [replace(o, pose=replace(o.pose, timestamp_s=i / FPS)) for i, o in enumerate(seated)]
    assert np.isnan(knee(seen)).all()
