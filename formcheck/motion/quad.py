"""Where the trunk is in the picture: the quadrilateral hips-shoulders, followed calmly through jitter and left/right swaps."""

import math

import numpy as np

from formcheck.frames import Floats
from formcheck.frames import Landmark as L
from formcheck.signals.smoothing import Exponential

TIME_CONSTANT_S = 0.25
"""The quadrilateral only says which cell a point is in: it may lag, it must not shake."""
PATIENCE_S = 0.6
"""A trunk unseen, or swapped, for longer than this is taken up afresh."""
LEAST_WIDTH = 0.16
"""A trunk seen edge on still has this much width, in torso lengths."""
CORNERS = [L.LEFT_HIP, L.RIGHT_HIP, L.LEFT_SHOULDER, L.RIGHT_SHOULDER]
EXCHANGED = [1, 0, 3, 2]
"""Index of each corner's counterpart on the other side."""


class Quad:
    """The trunk's place in the picture. Its lengths and axes are asked for many times a frame: they are worked out once."""

    __slots__ = ("_half", "across", "along", "corners", "hips", "length", "shoulders")

    def __init__(self, corners: Floats) -> None:
        self.corners = corners
        """(4, 2) px: left hip, right hip, left shoulder, right shoulder."""
        self.hips: Floats = (corners[0] + corners[1]) / 2
        self.shoulders: Floats = (corners[2] + corners[3]) / 2
        trunk = self.shoulders - self.hips
        self.length = math.hypot(*trunk)
        """Torso length: mid-hip to mid-shoulder, px."""
        self.along: Floats = trunk / max(self.length, 1e-9)
        """(2,) unit vector from hips to shoulders."""
        across = np.array([self.along[1], -self.along[0]])
        widths = (corners[0] - corners[1], corners[2] - corners[3])
        self.across: Floats = across if across @ (widths[0] + widths[1]) >= 0 else -across
        """(2,) unit vector across the trunk, to the person's left."""
        self._half = [max(abs(float(width @ across)) / 2, LEAST_WIDTH / 2 * self.length) for width in widths]

    @property
    def axes(self) -> Floats:
        """(2, 2) rows: along and across."""
        return np.stack([self.along, self.across])

    def place(self, points: Floats) -> Floats:
        """(n, 2) px -> (n, 2): share of the way from hips to shoulders; place between the edges, -1 right to +1 left."""
        offset = points - self.hips
        s = offset @ self.along / self.length
        t = np.minimum(np.maximum(s, 0.0), 1.0)
        return np.stack([s, offset @ self.across / ((1 - t) * self._half[0] + t * self._half[1])], axis=1)


class QuadFollower:
    """Landmarks of each frame -> Quad, or None while no trunk has been seen for a while."""

    def __init__(self) -> None:
        self._corners = Exponential(TIME_CONSTANT_S)
        self._unswapped_s = -math.inf

    def update(self, timestamp_s: float, image_xy: Floats) -> Quad | None:
        corners = image_xy[CORNERS]
        if timestamp_s - self._corners.last_s > PATIENCE_S:
            self._corners.reset()
        if np.isfinite(corners).all():
            followed = self._corners.update(timestamp_s, self._named_as_before(timestamp_s, corners))
        else:
            followed = self._corners.value
        return None if followed is None else Quad(followed)

    def _named_as_before(self, timestamp_s: float, corners: Floats) -> Floats:
        """The corners with left and right as they were called so far; a new naming that lasts is taken over."""
        before = self._corners.value
        exchanged = corners[EXCHANGED]
        if before is None or np.linalg.norm(exchanged - before) >= np.linalg.norm(corners - before):
            self._unswapped_s = timestamp_s
        elif timestamp_s - self._unswapped_s > PATIENCE_S:
            self._corners.value = before[EXCHANGED]
        else:
            return exchanged
        return corners
