"""The lower leg of somebody who lies on the side: how far its shank turns about the thigh, and its knee leaves the floor.

The foot's height over the knee tells how far the shank has turned. scripts/fit_lying.py finds the numbers on rendered people
(fitted/lying_legs.json).
"""

import math
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats
from formcheck.measurement.lying.pelvis import Track
from formcheck.measurement.lying.posture import turn
from formcheck.results import Measurement, Side
from formcheck.signals import kinematics
from formcheck.signals.body import FOOT, LEG
from formcheck.system import fitted_file

BOTH_FEET = 1.0
"""Length in torso lengths that makes an angle of the lower foot's height plus half of the upper one's."""
PULLED_DEG, PULLED_BELOW_DEG = 2.5, 8.0
"""As the foot rises the network pulls the knee's landmark up with it, by up to 6 degrees and 2 on average in rendered people.
That is subtracted from small lifts; large ones are read right."""
SLID, STRETCHED_DEG, USUALLY_STRETCHED = 0.5, 3.0, 1.5
"""What is added to the half-width of a knee lift: SLID degrees for each degree that the knee's landmark, which had slid along the
shank, was put back; STRETCHED_DEG for each resting length by which the shank looks longer than USUALLY_STRETCHED times that
length as the foot rises, since knee or foot were then hidden at rest. Chosen on 75 repetitions of 15 rendered bodies, of which
those up to 1.5 times are right."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What scripts/fit_lying.py finds, torso lengths."""

    usual_reach: float
    """Length of a shank in the picture, until the person's own is known."""
    reach: tuple[float, float, float]
    """That length from a resting pose: a constant, a factor for the shank's horizontal extent in the picture, and one for how far
    the knee lies below the hip. The nearer the knee is to the camera, the longer the shank looks; the higher the camera, the less
    of a rise it sees."""
    thigh: float
    """Length of a thigh in the picture; it is nearer to the camera than the trunk."""


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


def with_knee_put_back(xy: Floats, shank_px: float, side: Side) -> Floats:
    """(33, 2) px, the knee of `side` moved away from its ankle where the shank looks shorter than it did at rest, `shank_px`.

    A shank that turns up about its thigh looks longer, or stays as it is. Where it looks shorter, the knee's landmark has slid
    along it toward the foot, and so upward: mostly on low cameras, which see the other leg behind it."""
    _, knee, ankle = LEG[side]
    shank = xy[knee] - xy[ankle]
    length = float(np.linalg.norm(shank))
    if not 0 < length < shank_px:
        return xy
    out = xy.copy()
    out[knee] = xy[ankle] + shank * (shank_px / length)
    return out


def shank_px(xy: Floats, side: Side) -> float:
    """Length of the shank of `side` in the picture, (33, 2) px -> px."""
    _, knee, ankle = LEG[side]
    return float(np.linalg.norm(xy[knee] - xy[ankle]))


def not_pulled(lifted: Floats) -> Floats:
    """(n,) knee lift in degrees, less what the rising foot adds to it."""
    pulled = PULLED_DEG * np.exp(-((lifted / PULLED_BELOW_DEG) ** 2))
    return np.maximum(lifted - pulled, 0.0)


def knee_lift(seen: Track, side: Side, unseen_deg: float) -> Measurement:
    """The largest turn of the thigh off the floor in a repetition. unseen_deg: added to its half-width, for a hidden foot."""
    lengths = np.array([shank_px(xy, side) for xy in seen.xy])
    at_rest = np.interp(seen.times_s, seen.times_s[[0, -1]], lengths[[0, -1]])
    back = [with_knee_put_back(xy, rest_px, side) for xy, rest_px in zip(seen.xy, at_rest, strict=True)]
    as_seen, lifted = (np.array([lift_of(xy, seen.rest, side, seen.torso_px) for xy in some]) for some in (seen.xy, back))
    stretched = float((lengths / np.maximum(at_rest, 1e-9)).max())
    doubt = SLID * float((as_seen - lifted).max()) + STRETCHED_DEG * max(stretched - USUALLY_STRETCHED, 0.0)
    return seen.extreme(not_pulled(lifted), lambda v: 3.0 + 0.25 * abs(v) + unseen_deg + doubt)


def feet_rise(xy: Floats, side: Side, torso_px: float) -> float:
    """Height of the foot of `side`, plus half of the other foot's, over the hips, as an angle like the rotation's, degrees."""
    low, high = (float(kinematics.mid_hip(xy)[1] - xy[list(FOOT[s]), 1].mean()) for s in (side, side.other))
    return turn((low + 0.5 * high) / (BOTH_FEET * torso_px))
