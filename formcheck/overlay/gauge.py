"""A bar for the quantity that should stay still, with its limits marked."""

import math

import cv2

from formcheck.frames import Image
from formcheck.overlay.style import BLACK, WHITE, Area, Colour, Style
from formcheck.results import Limits


class Gauge:
    """Stands at the picture's right edge; full height is a third more than the fault limit."""

    def __init__(self, style: Style) -> None:
        self._style = style

    def room(self, size: tuple[int, int]) -> int:
        """px at the right edge that it takes in a picture of this (width, height)."""
        unit = self._style.letter_px(size)
        return unit + max(6, unit // 2) + unit // 3 + 4

    def annotate(self, image: Image, excess: float, limits: Limits) -> Area | None:
        """Paints into `image`, and says where. excess: the quantity on the axis on which the limits rise; NaN: an empty bar."""
        height, width = image.shape[:2]
        unit = self._style.letter_px((width, height))
        low, high = sorted((abs(limits.caution), abs(limits.fault)))
        if min(width, height) < 6 * unit or high <= 0:
            return None
        right, bar = width - unit, max(6, unit // 2)
        top, bottom = height // 4, height - height // 4
        full = high * 4 / 3
        _fill(image, (right - bar - 2, top - 2, right + 2, bottom + 2), BLACK)
        _fill(image, (right - bar, top, right, bottom), self._style.panel)
        if math.isfinite(excess) and excess > 0:
            level = bottom - round(min(1.0, excess / full) * (bottom - top))
            _fill(image, (right - bar, level, right, bottom), self._colour(excess, low, high))
        for limit in (low, high):
            y = bottom - round(limit / full * (bottom - top))
            _fill(image, (right - bar - unit // 3, y - 1, right + unit // 3, y + 1), WHITE)
        beside = max(2, unit // 3)
        return right - bar - beside, top - 2, right + beside, bottom + 2

    def _colour(self, excess: float, caution: float, fault: float) -> Colour:
        if excess >= fault:
            return self._style.fault
        return self._style.caution if excess >= caution else self._style.moving


def _fill(image: Image, area: Area, colour: Colour) -> None:
    left, top, right, bottom = area
    if left < right and top < bottom:
        cv2.rectangle(image, (left, top), (right - 1, bottom - 1), colour, cv2.FILLED)  # numpy takes ten times as long
