"""Angles in the picture, seen from the front, for exercises on one leg and for walks.

Angles are those that people read off a picture: about 7-9 degrees is the smallest difference that 2D video shows of a knee
(Munro 2012, J Sport Rehabil 21:7). Lengths are in torso lengths of the moment, so that coming nearer changes nothing.
"""

import math

import numpy as np

from formcheck.frames import Floats, PoseFrame, SurfaceFrame
from formcheck.frames import Landmark as L
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.body import LEG
from formcheck.system.language import to_translate

HIDDEN = to_translate("hips, knees or feet were hidden or out of the picture")
PELVIC_BANDS = slice(0, 2)
"""The bands of the trunk's surface that move with the pelvis."""
COLUMN_SPAN = 0.86
"""Distance between the middles of the surface's outer columns, in hip widths."""
INNER_GAIN = 2.55
"""The inner columns lie a third as far apart, and turn a little more with the skin over the belly than the whole pelvis."""
TURN_LEANS_DEG = 6.2
"""A trunk that turns seems to lean by this times the tangent of the turn that the world landmarks' hips show. On 13 realistic
pivots, each left out in turn, the lean is 0.9 degrees off with the correction and 3.2 without (saying 0: 1.8)."""
FARTHEST_TURN = math.radians(70.0)


def knee_valgus(image_xy: Floats, side: Side) -> float:
    """Frontal-plane projection angle of a knee in the picture, degrees, + inward; the person faces the camera."""
    hip, knee, ankle = (image_xy[i] for i in LEG[side])
    return -side.sign * kinematics.signed_angle(knee - hip, ankle - knee)


def trunk_lean(image_xy: Floats) -> float:
    """Line from mid-hip to mid-shoulder against the vertical, degrees, + to the person's left."""
    dx, dy = kinematics.mid_shoulder(image_xy) - kinematics.mid_hip(image_xy)
    return math.degrees(math.atan2(dx, -dy))


def turning_lean(pose: PoseFrame, stance: Side) -> float:
    """Lean to the stance side, with a constant offset, of somebody who turns away from it on one foot, degrees."""
    dx, _, dz = pose.world_xyz[L.LEFT_HIP] - pose.world_xyz[L.RIGHT_HIP]
    away = -stance.sign * float(np.clip(math.atan2(dz, dx), -FARTHEST_TURN, FARTHEST_TURN))
    return stance.sign * trunk_lean(pose.image_xy) - TURN_LEANS_DEG * math.tan(away)


def hip_line_tilt(image_xy: Floats) -> float:
    """Tilt of the landmarks' hip line in the picture, degrees, + right hip lower, whichever way the person faces."""
    return _tilt(image_xy[L.LEFT_HIP] - image_xy[L.RIGHT_HIP])


def shoulder_line_tilt(image_xy: Floats) -> float:
    """The same of the shoulders."""
    return _tilt(image_xy[L.LEFT_SHOULDER] - image_xy[L.RIGHT_SHOULDER])


def _tilt(to_left: Floats) -> float:
    dx, dy = to_left
    return math.degrees(math.atan2(-dy, abs(dx)))


def surface_turn(image_xy: Floats, before: SurfaceFrame, now: SurfaceFrame) -> float:
    """How far the pelvis' surface turned in the picture between two frames, degrees, + right side lower; NaN if too few points.

    The left of the lowest trunk bands rises against the right by the sine of the turn times their distance. The median of the
    outer and inner pairs of columns of both bands is taken, since one pair may lie on an arm or a fold.
    """
    step = np.where(now.points > 0, now.shift[..., 0] - before.shift[..., 0], np.nan)[PELVIC_BANDS]
    rise = np.concatenate([step[:, -1] - step[:, 0], INNER_GAIN * (step[:, -2] - step[:, 1])])
    rise = rise[np.isfinite(rise)]
    width = COLUMN_SPAN * float(np.linalg.norm(image_xy[L.LEFT_HIP] - image_xy[L.RIGHT_HIP]))
    if not len(rise) or not width > 0:
        return math.nan
    return math.degrees(float(np.median(rise)) * kinematics.torso_length(image_xy) / width)
