"""The body's yardstick, and which landmarks are whose: left and right as one table."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from formcheck.frames import Floats, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.smoothing import Exponential

LEG: Mapping[Side, tuple[L, L, L]] = {
    Side.LEFT: (L.LEFT_HIP, L.LEFT_KNEE, L.LEFT_ANKLE),
    Side.RIGHT: (L.RIGHT_HIP, L.RIGHT_KNEE, L.RIGHT_ANKLE),
}
"""Hip, knee, ankle."""
FOOT: Mapping[Side, tuple[L, L, L]] = {
    Side.LEFT: (L.LEFT_ANKLE, L.LEFT_HEEL, L.LEFT_FOOT_INDEX),
    Side.RIGHT: (L.RIGHT_ANKLE, L.RIGHT_HEEL, L.RIGHT_FOOT_INDEX),
}
"""Ankle, heel, toes."""

LAG_S = 0.04
"""The pose network's joints lag behind somebody who runs by this much (rendered runners, 24-60 pictures a second)."""


def _counterpart(landmark: L) -> L:
    other = {"LEFT": "RIGHT", "RIGHT": "LEFT"}
    return L["_".join(other.get(part, part) for part in landmark.name.split("_"))]


EXCHANGED: NDArray[np.int64] = np.array([_counterpart(landmark) for landmark in L])
"""(33,) each landmark's counterpart on the other side."""


def exchanged(points: Floats) -> Floats:
    """(33, d) with left and right exchanged."""
    return points[EXCHANGED]


def left_above(xy: Floats) -> float:
    """How far the left hip and shoulder lie above the right ones, torso lengths; NaN where not seen."""
    length = kinematics.torso_length(xy)
    if not length > 0:
        return math.nan
    y = xy[:, 1]
    return float(y[L.RIGHT_HIP] - y[L.LEFT_HIP] + y[L.RIGHT_SHOULDER] - y[L.LEFT_SHOULDER]) / length


class TorsoScale:
    """The torso's length, slowly followed: it changes as the person comes nearer, not with every sway."""

    def __init__(self, time_constant_s: float = 2.0, forgotten_s: float = math.inf) -> None:
        """forgotten_s: unseen for longer than this, it is taken afresh."""
        self._forgotten_s = forgotten_s
        self._px, self._metres = Exponential(time_constant_s), Exponential(time_constant_s)

    def update(self, pose: PoseFrame) -> float:
        """In px; NaN before it was seen."""
        for scale, points in ((self._px, pose.image_xy), (self._metres, pose.world_xyz)):
            if pose.timestamp_s - scale.last_s > self._forgotten_s:
                scale.reset()
            length = kinematics.torso_length(points)
            if length > 0:
                scale.update(pose.timestamp_s, np.array(length))
        return self.px

    @property
    def px(self) -> float:
        return math.nan if self._px.value is None else float(self._px.value)

    @property
    def metres(self) -> float:
        """The same in the world landmarks."""
        return math.nan if self._metres.value is None else float(self._metres.value)
