"""How far the knee of a planted leg bends, from how much shorter the leg looks than when it was straight.

Seen from the front the angle itself points at the camera and cannot be read off the picture, and the depth of landmarks is a
guess. With thigh and shank alike the distance from hip to ankle is 2 * thigh * cos(flexion / 2), whatever the camera's place
before the body. On real people with motion capture who squat (32 bends by 76 to 106 degrees) it is 3.5 degrees off, the world
landmarks' knee 15.
"""

import math

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.measurement.repetition import RepWindow
from formcheck.results import Measurement, Side
from formcheck.signals import kinematics
from formcheck.signals.body import LEG
from formcheck.signals.smoothing import smooth
from formcheck.system.language import to_translate

STANDING_DEG = 12.0
"""Assumed flexion of a leg that looks longest. On rendered and real people changes are read best with 10 to 14."""
SMOOTHING_S = 0.06
BEFORE_S, SINCE_S = 0.4, 0.05
"""The leg's full length is read within this time before and after a repetition's start."""
LENGTH_QUANTILE = 0.75
FOOT_STRAYS = 0.15
"""Torso lengths by which the ankle of the stance foot may seem to move. A landmark that goes farther was not on the ankle. Of 80
realistic repetitions five went farther, all with something before the feet."""
UNSURE_DEG, UNSURE_PER_STRAY = 7.0, 50.0
"""Half-width of the 90 % interval, degrees, and per torso length by which the ankle seemed to move."""
FOOT_HIDDEN = to_translate("the foot that you stand on was hidden or moved")


def flexion_deg(ratio: Floats | float) -> Floats:
    """Degrees, from the leg's length over its full length; more than 1 is 1."""
    bent = np.clip(np.asarray(ratio) * math.cos(math.radians(STANDING_DEG / 2)), 0.0, 1.0)
    return np.asarray(2 * np.degrees(np.arccos(bent)))


def leg_px(image_xy: Floats, side: Side) -> float:
    """How far the ankle is below the hip in the picture, px."""
    hip, _, ankle = LEG[side]
    return float(image_xy[ankle][1] - image_xy[hip][1])


def deepest_flexion(rep: RepWindow, side: Side, hidden: str) -> Measurement:
    """The largest change of the stance knee's flexion since the repetition's start, degrees. hidden: the reason to give where the
    leg was not seen.

    The ankle stands still, but its landmark moves a little: half of that motion is taken out.
    """
    seen = [_joints(o, side) for o in rep.observations]
    xy = smooth(rep.times_s, np.array(seen), SMOOTHING_S)
    inside = slice(rep.start, rep.end + 1)
    if np.isfinite(xy[inside]).all(axis=1).mean() < 0.6:
        return Measurement(None, "deg", why=hidden)
    start_s = rep.times_s[rep.start]
    before = xy[(rep.times_s >= start_s - BEFORE_S) & (rep.times_s <= start_s + SINCE_S)]
    full = float(np.nanquantile(before[:, 3] - before[:, 1], LENGTH_QUANTILE))
    stood = np.nanmedian(before[:, 2:4], axis=0)
    torso = float(np.nanmedian(before[:, 4]))
    if not (full > 0 and torso > 0):
        return Measurement(None, "deg", why=hidden)
    strays = float(np.nanmax(np.linalg.norm(xy[inside, 2:4] - stood, axis=1))) / torso
    if strays > FOOT_STRAYS:
        return Measurement(None, "deg", why=FOOT_HIDDEN)
    length = (xy[inside, 3] + stood[1]) / 2 - xy[inside, 1]
    at = int(np.nanargmin(length))
    bent = float(flexion_deg(length[at] / full) - flexion_deg(1.0))
    return Measurement(bent, "deg", UNSURE_DEG + UNSURE_PER_STRAY * strays, at_s=float(rep.times_s[rep.start + at]))


def _joints(observation: Observation, side: Side) -> Floats:
    """(5,) px: hip and ankle, the camera's motion taken out, and the torso's length."""
    hip, _, ankle = LEG[side]
    xy = observation.pose.image_xy
    both = xy[[hip, ankle]]
    if observation.surface is not None:
        both = observation.surface.camera.undone(both)
    return np.array([*both.ravel(), kinematics.torso_length(xy)])
