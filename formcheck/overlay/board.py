"""What drawings are painted on: smooth shapes, lines and arrows in a drawing's own lengths, hundredths of a torso."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.exercises.scenes import Point
from formcheck.frames import Floats, Image
from formcheck.overlay.style import BLUE, SKY_BLUE, VERMILLION, Colour

FINER = 4
"""Painted this much larger, then scaled down: smooth edges."""
DASH = 7.0
"""Length of a dash and of the gap after it."""


@dataclass(frozen=True, slots=True)
class Paints:
    """Colours of a drawing, BGR."""

    ground: Colour
    floor: Colour
    body: Colour
    trunk: Colour
    ghost: Colour
    accent: Colour
    band: Colour
    ink: Colour


LIGHT = Paints(
    (255, 255, 255), (232, 228, 224), (178, 168, 160), (124, 112, 102), (226, 218, 212), BLUE, VERMILLION, (48, 40, 32)
)
DARK = Paints(
    (38, 33, 30), (62, 56, 52), (150, 142, 134), (112, 102, 94), (74, 67, 62), SKY_BLUE, (60, 140, 250), (240, 236, 232)
)


class Board:
    """A picture that is painted in units of its own; Board.finish() gives it at its size."""

    def __init__(self, size: tuple[int, int], box: tuple[float, float, float, float], ground: Colour) -> None:
        """size: (width, height) px; box: left, top, right, bottom that must be visible."""
        self._size = size
        width, height = size[0] * FINER, size[1] * FINER
        left, top, right, bottom = box
        self.scale = min(width / (right - left), height / (bottom - top))
        self._origin = np.array([width / 2 - self.scale * (left + right) / 2, height / 2 - self.scale * (top + bottom) / 2])
        self.image: Image = np.full((height, width, 3), ground, np.uint8)

    def finish(self) -> Image:
        return np.asarray(cv2.resize(self.image, self._size, interpolation=cv2.INTER_AREA), np.uint8)

    def shape(self, points: Sequence[Point] | Floats, colour: Colour) -> None:
        cv2.fillPoly(self.image, [self._px(points)], colour)

    def blob(self, circles: Sequence[tuple[Point, float]], colour: Colour, edge: Colour, edge_width: float = 3.0) -> None:
        """The hull of circles, with an edge that parts it from what lies behind."""
        for paint, more in ((edge, edge_width), (colour, 0.0)):
            rim = np.concatenate([circle(centre, radius + more) for centre, radius in circles])
            self.shape(cv2.convexHull(rim.astype(np.float32))[:, 0].astype(float), paint)

    def line(self, points: Sequence[Point] | Floats, colour: Colour, width: float) -> None:
        cv2.polylines(self.image, [self._px(points)], False, colour, max(1, round(width * self.scale)), cv2.LINE_AA)

    def dashes(self, a: Point, b: Point, colour: Colour, width: float) -> None:
        start, end = np.array(a, float), np.array(b, float)
        count = max(1, round(float(np.linalg.norm(end - start)) / DASH)) | 1
        for i in range(0, count, 2):
            self.line(np.array([start + (end - start) * i / count, start + (end - start) * (i + 1) / count]), colour, width)

    def arrow(self, path: tuple[Point, Point, Point], colour: Colour, edge: Colour | None, width: float = 6.0) -> None:
        """A curved arrow through `path`."""
        a, b, c = (np.array(p, float) for p in path)
        t = np.linspace(0, 1, 40)[:, None]
        through = 2 * b - (a + c) / 2
        curve = (1 - t) ** 2 * a + 2 * t * (1 - t) * through + t**2 * c
        ahead = (curve[-1] - curve[-4]) / np.linalg.norm(curve[-1] - curve[-4])
        across = np.array([-ahead[1], ahead[0]])
        for paint, more in ((edge, 2.5), (colour, 0.0)) if edge is not None else ((colour, 0.0),):
            self.line(curve, paint, width + 2 * more)
            tip, base = curve[-1] + ahead * (2.4 * width + 1.6 * more), curve[-1] - ahead * (more + 1)
            self.shape(np.array([tip, base + across * (1.9 * width + more), base - across * (1.9 * width + more)]), paint)

    def words(self, text: str, at: Point, colour: Colour, height: float) -> None:
        """Centred on `at`; height of a digit."""
        font, thickness = cv2.FONT_HERSHEY_DUPLEX, max(1, round(height * self.scale / 9))
        size = height * self.scale / 22
        (width, tall), _ = cv2.getTextSize(text, font, size, thickness)
        x, y = self._px([at])[0]
        cv2.putText(self.image, text, (int(x - width / 2), int(y + tall / 2)), font, size, colour, thickness, cv2.LINE_AA)

    def _px(self, points: Sequence[Point] | Floats) -> NDArray[np.int32]:
        return np.asarray(np.round(np.asarray(points, float) * self.scale + self._origin), np.int32)


def circle(centre: Point, radius: float) -> Floats:
    turns = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    return np.array(centre) + radius * np.stack([np.cos(turns), np.sin(turns)], axis=1)
