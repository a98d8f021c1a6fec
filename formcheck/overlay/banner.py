"""Where words go on a picture: to the edge at which they hide least of the person."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from formcheck.frames import Floats, Image
from formcheck.frames import Landmark as L
from formcheck.overlay.style import Area
from formcheck.overlay.text import paste

Box: TypeAlias = tuple[float, float, float, float]
"""left, top, right, bottom in px"""
PLACES: Mapping[str, tuple[float, float, float]] = {
    "bottom": (1.0, 0.5, 1.0),
    "top": (1.0, 0.5, 0.0),
    "left": (0.3, 0.0, 1.0),
    "right": (0.3, 1.0, 1.0),
}
"""Place -> share of the picture's width that it may take, and where in the free room its left and its top edge lie."""
BODY_PADDING = 0.15
"""A body reaches beyond its landmarks by about this share of their extent across."""
TRUNK_WEIGHT = 4.0
"""Hiding a piece of the trunk is so much worse than hiding a piece of the rest."""
BETTER = 0.1
"""Words move only where that frees this share of their area."""


class Banner:
    """Keeps its place from picture to picture, as long as no other is clearly better."""

    def __init__(self) -> None:
        self._place = "bottom"

    def put(self, image: Image, words: Callable[[int], Image], landmarks: Floats | None, taken: tuple[int, int]) -> Area:
        """Paste a panel into `image`, and say where.

        words: widest px -> panel (h, w, 3). landmarks: (33, 2) px of the person. taken: px at the upper and at the right edge
        where something else stands.
        """
        width = image.shape[1]
        panels = {place: words(round(room * width)) for place, (room, _, _) in PLACES.items()}
        boxes = {place: _box(place, image, panel, taken) for place, panel in panels.items()}
        self._choose({place: _hidden(box, landmarks) for place, box in boxes.items()}, _area(boxes[self._place]))
        left, up, _, _ = boxes[self._place]
        return paste(image, panels[self._place], round(left), round(up))

    def _choose(self, hidden: Mapping[str, float], area: float) -> None:
        best = min(PLACES, key=hidden.__getitem__)
        if hidden[best] + BETTER * area < hidden[self._place]:
            self._place = best


def _box(place: str, image: Image, panel: Image, taken: tuple[int, int]) -> Box:
    _, across, down = PLACES[place]
    top, right = taken
    left = across * max(0, image.shape[1] - panel.shape[1] - (right if place == "right" else 0))
    up = top + down * max(0, image.shape[0] - panel.shape[0] - top)
    return left, up, left + panel.shape[1], up + panel.shape[0]


def _hidden(box: Box, landmarks: Floats | None) -> float:
    """px of the person that a panel hides, the trunk's counted more often."""
    if landmarks is None:
        return 0.0
    body, trunk = _around(landmarks), _around(landmarks[[L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.LEFT_HIP, L.RIGHT_HIP]])
    return (_shared(box, body) if body else 0.0) + (TRUNK_WEIGHT * _shared(box, trunk) if trunk else 0.0)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _around(landmarks: Floats) -> Box | None:
    seen = landmarks[np.isfinite(landmarks).all(axis=1)]
    if not len(seen):
        return None
    (left, top), (right, bottom) = seen.min(axis=0), seen.max(axis=0)
    more = BODY_PADDING * min(right - left, bottom - top)
    return float(left - more), float(top - more), float(right + more), float(bottom + more)


def _shared(a: Box, b: Box) -> float:
    """Area that two boxes have in common, px."""
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
