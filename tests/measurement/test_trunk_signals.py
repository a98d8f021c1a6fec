"""What swings before the trunk (an arm, a hand, a band) does not add up to a turn of it."""

import numpy as np
import pytest

from formcheck.frames import LANDMARKS, Observation, PoseFrame, SurfaceFrame
from formcheck.frames import Landmark as L
from formcheck.measurement.standing.trunk_signals import TrunkSignals

FPS = 20


def observation(t: float, shift: np.ndarray) -> Observation:
    xy = np.full((LANDMARKS, 2), 300.0)
    for joint, place in {
        L.LEFT_HIP: (315, 300),
        L.RIGHT_HIP: (285, 300),
        L.LEFT_SHOULDER: (330, 200),
        L.RIGHT_SHOULDER: (270, 200),
    }.items():
        xy[joint] = place
    world = np.zeros((LANDMARKS, 3))
    world[:, :2] = (xy - 300) / 200
    points = np.full((10, 4), 5)
    pose = PoseFrame(round(t * FPS), t, (640, 480), xy, world, np.ones(LANDMARKS))
    return Observation(pose, SurfaceFrame(t, shift, points, np.zeros((10, 4))))


def front_of_lower_chest(swing: float) -> list[float]:
    """Its sum while the trunk turns there and back twice, and something before bands 4-5 swings out by so much, not back."""
    signals, shift, out = TrunkSignals(), np.zeros((10, 4, 2)), []
    speed = 0.1 / FPS
    for i in range(4 * FPS):
        there = (i // FPS) % 2 == 0
        shift = shift.copy()
        shift[..., 1] += speed if there else -speed
        if there and swing:
            shift[4:6, :, 1] += swing / FPS
        out.append(float(signals.update(observation(i / FPS, shift)).odd[3 + 2]))
    return out


def test_what_does_not_swing_back_is_left_out() -> None:
    clean, swung = front_of_lower_chest(0.0), front_of_lower_chest(1.0)
    assert max(clean) == pytest.approx(0.1, abs=0.01)
    assert abs(swung[-1]) < 0.02


def test_a_chest_that_turns_faster_than_the_belly_counts() -> None:
    turning = front_of_lower_chest(0.1)
    assert turning[-1] == pytest.approx(0.2, abs=0.02)
