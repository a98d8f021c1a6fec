"""An overlay that is painted once and laid on the planes of as many pictures as it is held for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from formcheck.frames import Image
from formcheck.overlay.style import Area, Colour
from formcheck.planes import Planes, parts, planes_of
from formcheck.shrinking import shrunk

BARE: Colour = (0, 24, 0)
"""Of a canvas on which nothing is painted: far from every colour that is used, also in part, and dark as the outlines, whose
edges may be mixed with it."""
FAINT = 12
"""Grey levels: what a soft edge changes by less is left out."""


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """A painted rectangle; its edges lie on even px."""

    area: Area
    painted: Image
    """As it stands on the canvas."""
    planes: Planes
    where: tuple[Image | None, Image | None]
    """Which px of brightness and of colour are painted, above 0 (of colour also in part); None: all."""

    def lay_on(self, whole: tuple[Image, Image, Image]) -> None:
        left, top, right, bottom = self.area
        for plane, own, where, step in zip(whole, parts(self.planes), (*self.where, self.where[1]), (1, 2, 2), strict=True):
            part = plane[top // step : bottom // step, left // step : right // step]
            if where is None:
                part[:] = own
            else:
                cv2.copyTo(own, where, part)


class Stamp:
    """For pictures of one size."""

    def __init__(self, size: tuple[int, int]) -> None:
        """size: (width, height) px; even."""
        self._canvas = np.full((size[1], size[0], 3), BARE, np.uint8)
        self._pieces: list[_Piece] = []

    def paint(self, paint: Callable[[Image], Sequence[Area]]) -> None:
        """Anew. paint: paints into the image that it is given and says where."""
        areas = [_within(area, self._canvas) for area in paint(self._canvas)]
        held = {piece.area: piece for piece in self._pieces}
        self._pieces = [_piece(self._canvas, area, held.get(area)) for area in areas if area[0] < area[2] and area[1] < area[3]]
        for left, top, right, bottom in areas:
            cv2.rectangle(self._canvas, (left, top), (right - 1, bottom - 1), BARE, cv2.FILLED)

    def lay_on(self, planes: Planes) -> None:
        """Into them."""
        whole = parts(planes)
        for piece in self._pieces:
            piece.lay_on(whole)


def _within(area: Area, canvas: Image) -> Area:
    """The area with its edges on even px, cut off at the picture's."""
    left, top, right, bottom = area
    height, width = canvas.shape[:2]
    return max(0, left - left % 2), max(0, top - top % 2), min(width, right + right % 2), min(height, bottom + bottom % 2)


def _piece(canvas: Image, area: Area, held: _Piece | None) -> _Piece:
    """held: what was painted there before. Most words and bars stay as they are from one painting to the next."""
    left, top, right, bottom = area
    here = canvas[top:bottom, left:right]
    if held is not None and np.array_equal(here[::8], held.painted[::8]) and np.array_equal(here, held.painted):
        return held
    painted = here.copy()
    bare = cv2.inRange(painted, np.subtract(BARE, FAINT), np.add(BARE, FAINT))
    planes = planes_of(painted, (right - left, bottom - top))
    if not cv2.hasNonZero(bare):
        return _Piece(area, painted, planes, (None, None))
    where = np.asarray(cv2.bitwise_not(bare), np.uint8)
    return _Piece(area, painted, planes, (where, shrunk(where, 2)))
