"""The part of the picture that the trunk is tracked in: cut out, made smaller where the trunk is large, its brightness evened."""

from dataclasses import dataclass

import cv2
import numpy as np

from formcheck.frames import Floats, Image
from formcheck.motion.evened import evened
from formcheck.motion.quad import Quad

TORSO_PX = 150.0
"""Larger trunks are tracked in a smaller picture: cost does not grow with resolution."""
LEAST_TORSO_PX = 12.0
LEAST_SIDE_PX = 34
CALM_PX = 0.6
"""Standard deviation of the blur against noise. More of it hides the cloth's fine structure: at 1.1 px bodies differ more."""
EVEN_PX = 31
"""Brightness and contrast are evened over this width of the small picture."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A rectangle (x, y, width, height) of the picture, made smaller by `scale`."""

    rectangle: tuple[int, int, int, int]
    scale: float

    @classmethod
    def of(cls, quad: Quad, size: tuple[int, int]) -> "View":
        low = np.maximum(np.floor(quad.corners.min(axis=0) - 0.4 * quad.length), 0).astype(int)
        high = np.minimum(np.ceil(quad.corners.max(axis=0) + 0.4 * quad.length), size).astype(int)
        low = np.minimum(low, np.maximum(high - LEAST_SIDE_PX, 0))
        width, height = high - low
        return cls((int(low[0]), int(low[1]), int(width), int(height)), _scale(quad))

    def holds(self, quad: Quad, size: tuple[int, int]) -> bool:
        """Whether the trunk is still well inside, and about as large as when this view was chosen."""
        x, y, width, height = self.rectangle
        low = np.maximum(quad.corners.min(axis=0) - 0.15 * quad.length, 0)
        high = np.minimum(quad.corners.max(axis=0) + 0.15 * quad.length, size)
        inside = bool((low >= (x, y)).all() and (high <= (x + width, y + height)).all())
        return inside and 0.75 < self.scale / _scale(quad) < 1.33

    def cut(self, grey: Image) -> Image:
        """Of a grey picture (H, W): shrunk, calmed and evened. Noise would pull Lucas-Kanade's steps toward zero."""
        x, y, width, height = self.rectangle
        grey = grey[y : y + height, x : x + width]
        if self.scale < 1:
            shrunk = cv2.resize(grey, None, fx=self.scale, fy=self.scale, interpolation=cv2.INTER_AREA)
            grey = np.asarray(shrunk, np.uint8)
        return evened(np.asarray(cv2.GaussianBlur(grey, (3, 3), CALM_PX), np.uint8), EVEN_PX)

    def inward(self, points: Floats) -> Floats:
        return (points - self.rectangle[:2]) * self.scale

    def outward(self, points: Floats) -> Floats:
        return points / self.scale + self.rectangle[:2]


def in_picture(quad: Quad, size: tuple[int, int]) -> bool:
    """Whether enough of the trunk lies in the picture to track anything."""
    inside = np.minimum(quad.corners.max(axis=0), size) - np.maximum(quad.corners.min(axis=0), 0)
    sound = LEAST_TORSO_PX <= quad.length <= 2 * max(size)
    return sound and bool((inside > 4).all()) and min(size) >= 2 * LEAST_SIDE_PX


def _scale(quad: Quad) -> float:
    return min(1.0, TORSO_PX / quad.length)
