"""Angles and lengths from landmarks: pure functions of arrays. Angles in degrees; NaN in, NaN out."""

import math

from formcheck.frames import Floats
from formcheck.frames import Landmark as L


def mid_hip(points: Floats) -> Floats:
    """(33, d) -> (d,)"""
    return (points[L.LEFT_HIP] + points[L.RIGHT_HIP]) / 2  # type: ignore[no-any-return]


def mid_shoulder(points: Floats) -> Floats:
    """(33, d) -> (d,)"""
    return (points[L.LEFT_SHOULDER] + points[L.RIGHT_SHOULDER]) / 2  # type: ignore[no-any-return]


def torso_length(points: Floats) -> float:
    """Mid-hip to mid-shoulder, in the points' unit: the yardstick for lengths in the picture."""
    return math.hypot(*_trunk(points)) / 2


def _trunk(points: Floats) -> Floats:
    """(33, d) -> (d,) twice the way from mid-hip to mid-shoulder. It is asked for twenty times a frame: the fewest steps."""
    twice: Floats = points[L.LEFT_SHOULDER] + points[L.RIGHT_SHOULDER] - points[L.LEFT_HIP] - points[L.RIGHT_HIP]
    return twice


def angle_between(u: Floats, v: Floats) -> float:
    """0-180 degrees between two vectors of any dimension."""
    lengths = math.hypot(*u) * math.hypot(*v)
    return math.degrees(math.acos(min(max(float(u @ v) / lengths, -1.0), 1.0))) if lengths > 0 else math.nan


def signed_angle(u: Floats, v: Floats) -> float:
    """-180-180 degrees from u to v in the picture, positive clockwise as seen (y runs down)."""
    return math.degrees(math.atan2(u[0] * v[1] - u[1] * v[0], u @ v))


def flexion(points: Floats, proximal: int, joint: int, distal: int) -> float:
    """A joint's flexion: 0 straight, from three landmarks (33, d)."""
    return angle_between(points[joint] - points[proximal], points[distal] - points[joint])


def trunk_inclination(image_xy: Floats) -> float:
    """0 upright to 90 lying, of the line mid-hip to mid-shoulder in the picture."""
    dx, dy = _trunk(image_xy).tolist()
    return math.degrees(math.atan2(abs(dx), -dy))
