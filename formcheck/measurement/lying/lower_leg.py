"""The lower leg of somebody who lies on the side: how far its shank turns about the thigh, and its knee leaves the floor.

The foot's height over the knee tells how far the shank has turned. scripts/fit_lying.py finds the numbers on rendered people
(fitted/lying_legs.json).
"""

import math
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats
from formcheck.measurement.lying.posture import turn
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.body import FOOT, LEG
from formcheck.system import fitted_file

BOTH_FEET = 1.0
"""How far both feet's heights together, the top one's half, rise for a turn of the shank, torso lengths."""
PULLED_DEG, PULLED_BELOW_DEG = 2.5, 8.0
"""As the foot rises the network pulls the knee's landmark up with it, by up to 6 degrees and 2 on average in rendered people.
That is taken off small lifts; large ones are read right."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What scripts/fit_lying.py finds, torso lengths."""

    usual_reach: float
    """How far a shank's end rises for its turn, as long as the person's own is not known."""
    reach: tuple[float, float, float]
    """That distance from a resting pose: for the shank's extent along the picture's ground, and for how far the knee lies below
    the hip. The nearer the knee is to the camera the larger the shank looks; the higher the camera, the less of a rise it
    sees."""
    thigh: float
    """How far a thigh's end rises for its turn: a thigh, nearer to the camera than the trunk."""


FITTED = fitted_file.values("lying_legs", "sidelying_er", Fitted)


def shank_reach(rest: Floats, side: Side) -> float:
    """How far the ankle of `side` rises as its shank turns, torso lengths, from a resting pose (33, 2) px."""
    hip, knee, ankle = (rest[i] for i in LEG[side])
    constant, of_shank, of_drop = FITTED.reach
    shank, drop = abs(float(ankle[0] - knee[0])), float(knee[1] - hip[1])
    return min(max(constant + (of_shank * shank + of_drop * drop) / kinematics.torso_length(rest), 0.5), 1.1)


def rotation_of(xy: Floats, side: Side, reach_px: float) -> float:
    """Turn of the shank about the thigh, from how high the ankle stands over the knee, degrees, with a constant offset."""
    _, knee, ankle = (xy[i] for i in LEG[side])
    return turn(float(knee[1] - ankle[1]) / reach_px) if reach_px > 0 else math.nan


def lift_of(xy: Floats, rest: Floats, side: Side, torso_px: float) -> float:
    """Turn of the thigh off the floor, from how high the knee stands over where it rested, degrees."""
    knee = LEG[side][1]
    return turn(float(rest[knee][1] - xy[knee][1]) / (FITTED.thigh * torso_px))


def not_pulled(lifted: Floats) -> Floats:
    """(n,) degrees less what the foot's rise makes of them."""
    pulled = PULLED_DEG * np.exp(-((lifted / PULLED_BELOW_DEG) ** 2))
    return np.maximum(lifted - pulled, 0.0)


def feet_rise(xy: Floats, side: Side, torso_px: float) -> float:
    """How high the foot of `side` and, to a half, the other one stand over the hips, as an angle like the rotation's, degrees."""
    low, high = (float(kinematics.mid_hip(xy)[1] - xy[list(FOOT[s]), 1].mean()) for s in (side, side.other))
    return turn((low + 0.5 * high) / (BOTH_FEET * torso_px))
