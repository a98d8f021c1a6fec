"""A bar for the quantity that should stay still, with its limits marked."""

import math

from formcheck.frames import Image
from formcheck.overlay.style import BLACK, WHITE, Colour, Style
from formcheck.results import Limits


class Gauge:
    """Stands at the picture's right edge; full height is a third more than the fault limit."""

    def __init__(self, style: Style) -> None:
        self._style = style

    def room(self, size: tuple[int, int]) -> int:
        """px at the right edge that it takes in a picture of this (width, height)."""
        unit = self._style.letter_px(size)
        return unit + max(6, unit // 2) + unit // 3 + 4

    def annotate(self, image: Image, excess: float, limits: Limits) -> Image:
        """excess: the quantity on the axis on which the limits rise; NaN leaves the bar empty. Paints into `image`."""
        height, width = image.shape[:2]
        unit = self._style.letter_px((width, height))
        low, high = sorted((abs(limits.caution), abs(limits.fault)))
        if min(width, height) < 6 * unit or high <= 0:
            return image
        right, bar = width - unit, max(6, unit // 2)
        top, bottom = height // 4, height - height // 4
        full = high * 4 / 3
        image[top - 2 : bottom + 2, right - bar - 2 : right + 2] = BLACK
        image[top:bottom, right - bar : right] = self._style.panel
        if math.isfinite(excess) and excess > 0:
            level = bottom - round(min(1.0, excess / full) * (bottom - top))
            image[level:bottom, right - bar : right] = self._colour(excess, low, high)
        for limit in (low, high):
            y = bottom - round(limit / full * (bottom - top))
            image[y - 1 : y + 1, right - bar - unit // 3 : right + unit // 3] = WHITE
        return image

    def _colour(self, excess: float, caution: float, fault: float) -> Colour:
        if excess >= fault:
            return self._style.fault
        return self._style.caution if excess >= caution else self._style.moving
