"""The bent upper leg of a person who lies on the side: how far its knee opens, and how far its foot leaves the other one.

The leg turns about the line from hip to ankle, along the camera's own line of sight: the knee's height over that line tells how
far. scripts/fit_lying.py finds the numbers on rendered people (fitted/lying_legs.json).
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

USUAL_REACH = 0.60
"""Distance of the bent knee from the line hip-ankle, torso lengths: as long as the person's own is not known."""
KNEE_TOO_HIGH_DEG, KNEE_TOO_LOW_DEG = 15.0, 5.0
"""At rest the top knee's landmark is corrected by no more than this, down or up."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What scripts/fit_lying.py finds."""

    reach: tuple[float, float]
    """Distance of the bent knee from the line hip-ankle, torso lengths, from a resting pose: the larger, the longer the
    shank looks."""
    knees_apart: float
    """How far a resting top knee stands over the lower one, torso lengths. Where one knee lies on the other the landmark of the
    top one is pulled up; the lower one's is steadier."""
    gap_gain: float
    """True angle divided by the angle of the foot's landmarks, which do not follow a lifted foot all the way."""


FITTED = fitted_file.values("lying_legs", "clam", Fitted)


def knee_reach(rest: Floats, top: Side) -> float:
    """How far the top knee stands off the line hip-ankle, torso lengths, from a resting pose (33, 2) px."""
    _, knee, ankle = (rest[i] for i in LEG[top])
    length = kinematics.torso_length(rest)
    constant, of_shank = FITTED.reach
    return min(max(constant + of_shank * float(np.linalg.norm(ankle - knee)) / length, 0.4), 1.1)


def height_over_line(xy: Floats, top: Side, *, lower: bool = False) -> float:
    """How far the top knee, or the lower one, stands over the top leg's line hip-ankle in the picture, px."""
    hip, knee, ankle = (xy[i] for i in LEG[top])
    knee = xy[LEG[top.other][1]] if lower else knee
    line = (ankle - hip) / max(float(np.linalg.norm(ankle - hip)), 1e-9)
    across = np.array([line[1], -line[0]])
    return float((knee - hip) @ across) * (1.0 if across[1] <= 0 else -1.0)


def opened(seen: Track, top: Side) -> Measurement:
    """The largest opening, from where the top knee rested on the lower one."""
    reach_px = knee_reach(seen.rest, top) * seen.torso_px
    openings = np.array([opening_of(xy, top, reach_px) for xy in seen.xy])
    at = int(np.argmax(openings - np.interp(seen.times_s, seen.times_s[[0, -1]], openings[[0, -1]])))
    shown = float(openings[0] + openings[-1]) / 2
    rest = turn((height_over_line(seen.rest, top, lower=True) + FITTED.knees_apart * seen.torso_px) / reach_px)
    value = max(float(openings[at]) - min(max(rest, shown - KNEE_TOO_HIGH_DEG), shown + KNEE_TOO_LOW_DEG), 0.0)
    return Measurement(value, "deg", 4.0 + 0.15 * value, at_s=float(seen.times_s[at]))


def opening_of(xy: Floats, top: Side, reach_px: float) -> float:
    """Turn of the top leg about its line hip-ankle, degrees, with a constant offset that the camera's height makes."""
    return turn(height_over_line(xy, top) / reach_px) if reach_px > 0 else math.nan


def feet_gap(xy: Floats, rest: Floats, top: Side) -> float:
    """Angle at the hip between the top foot's place and where it rested, degrees."""
    hip, _, ankle = LEG[top]
    leg = max(float(np.linalg.norm(rest[ankle] - rest[hip])), 1e-9)
    return FITTED.gap_gain * turn(foot_rise(xy, rest, top) / leg)


def foot_rise(xy: Floats, rest: Floats, top: Side) -> float:
    """How far the top foot stands over where it rested, px. The mean of ankle, heel and toes: each alone wanders along a leg
    or a shoe that moves, and as the knee opens heel and toes turn about the ankle, one up, the other down."""
    foot = list(FOOT[top])
    return float((rest[foot, 1] - xy[foot, 1]).mean())
