"""Where the trunk is in the picture: the quadrilateral hips-shoulders, followed calmly through jitter and left/right swaps."""

import math
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats
from formcheck.frames import Landmark as L

TIME_CONSTANT_S = 0.25
"""The quadrilateral only says which cell a point is in: it may lag, it must not shake."""
PATIENCE_S = 0.6
"""A trunk unseen, or swapped, for longer than this is taken up afresh."""
LEAST_WIDTH = 0.16
"""A trunk seen edge on still has this much width, in torso lengths."""
CORNERS = [L.LEFT_HIP, L.RIGHT_HIP, L.LEFT_SHOULDER, L.RIGHT_SHOULDER]


@dataclass(frozen=True, slots=True, eq=False)
class Quad:
    """The trunk's place in the picture."""

    corners: Floats
    """(4, 2) px: left hip, right hip, left shoulder, right shoulder."""

    @property
    def hips(self) -> Floats:
        return self.corners[:2].mean(axis=0)  # type: ignore[no-any-return]

    @property
    def length(self) -> float:
        """Torso length: mid-hip to mid-shoulder, px."""
        return float(np.linalg.norm(self.corners[2:].mean(axis=0) - self.hips))

    @property
    def axes(self) -> Floats:
        """(2, 2) rows: unit vectors along the trunk (hips to shoulders) and across it (to the person's left)."""
        along = (self.corners[2:].mean(axis=0) - self.hips) / max(self.length, 1e-9)
        across = np.array([along[1], -along[0]])
        left = (self.corners[0] - self.corners[1]) + (self.corners[2] - self.corners[3])
        return np.stack([along, across if across @ left >= 0 else -across])

    def place(self, points: Floats) -> Floats:
        """(n, 2) px -> (n, 2): share of the way from hips to shoulders; place between the edges, -1 right to +1 left."""
        along, across = self.axes
        hips, shoulders = self.hips, self.corners[2:].mean(axis=0)
        s = (points - hips) @ along / self.length
        half = [
            max(abs(float((a - b) @ across)) / 2, LEAST_WIDTH / 2 * self.length) for a, b in (self.corners[:2], self.corners[2:])
        ]
        t = np.clip(s, 0.0, 1.0)[:, None]
        middle = hips + t * (shoulders - hips)
        width = (1 - t[:, 0]) * half[0] + t[:, 0] * half[1]
        return np.stack([s, ((points - middle) @ across) / width], axis=1)


class QuadFollower:
    """Landmarks of each frame -> Quad, or None while no trunk has been seen for a while."""

    def __init__(self) -> None:
        self._corners: Floats | None = None
        self._seen_s = -math.inf
        self._unswapped_s = -math.inf

    def update(self, timestamp_s: float, image_xy: Floats) -> Quad | None:
        corners = image_xy[CORNERS]
        if not np.isfinite(corners).all():
            if timestamp_s - self._seen_s > PATIENCE_S:
                self._corners = None
        elif self._corners is None or timestamp_s - self._seen_s > PATIENCE_S:
            self._corners, self._seen_s, self._unswapped_s = corners, timestamp_s, timestamp_s
        else:
            self._follow(timestamp_s, corners)
        return None if self._corners is None else Quad(self._corners)

    def _follow(self, timestamp_s: float, corners: Floats) -> None:
        assert self._corners is not None
        swapped = corners[[1, 0, 3, 2]]
        if np.linalg.norm(swapped - self._corners) < np.linalg.norm(corners - self._corners):
            if timestamp_s - self._unswapped_s > PATIENCE_S:
                self._corners = self._corners[[1, 0, 3, 2]]
            else:
                corners = swapped
        else:
            self._unswapped_s = timestamp_s
        share = 1.0 - math.exp(-(timestamp_s - self._seen_s) / TIME_CONSTANT_S)
        self._corners = self._corners + share * (corners - self._corners)
        self._seen_s = timestamp_s
