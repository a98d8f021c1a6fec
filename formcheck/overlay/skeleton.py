"""The followed person's skeleton, with the part that moved wrongly standing out.

The trunk is what is judged, so nothing is painted on it: limbs begin beyond their joints with it, and a finding puts an outline
round it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.exercises.contract import Region
from formcheck.frames import Floats, Image
from formcheck.frames import Landmark as L
from formcheck.overlay.style import BLACK, Area, Colour, Style

_ARMS = (
    (L.LEFT_SHOULDER, L.LEFT_ELBOW),
    (L.LEFT_ELBOW, L.LEFT_WRIST),
    (L.RIGHT_SHOULDER, L.RIGHT_ELBOW),
    (L.RIGHT_ELBOW, L.RIGHT_WRIST),
)
_LEGS = ((L.LEFT_HIP, L.LEFT_KNEE), (L.LEFT_KNEE, L.LEFT_ANKLE), (L.RIGHT_HIP, L.RIGHT_KNEE), (L.RIGHT_KNEE, L.RIGHT_ANKLE))
_FEET = (
    (L.LEFT_ANKLE, L.LEFT_HEEL),
    (L.LEFT_HEEL, L.LEFT_FOOT_INDEX),
    (L.RIGHT_ANKLE, L.RIGHT_HEEL),
    (L.RIGHT_HEEL, L.RIGHT_FOOT_INDEX),
)
_ALL = _ARMS + _LEGS + _FEET
_ON_TRUNK = frozenset((L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.LEFT_HIP, L.RIGHT_HIP))
_JOINTS = sorted({joint for bone in _ALL for joint in bone} - _ON_TRUNK)
_PAINTED = sorted({joint for bone in _ALL for joint in bone})
_TRUNK_OUTLINE = (L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.RIGHT_HIP, L.LEFT_HIP)
_BONES: Mapping[Region, tuple[tuple[L, L], ...]] = {
    Region.ARMS: _ARMS,
    Region.LEGS: _LEGS,
    Region.FEET: _FEET,
}
_BEYOND = 0.2
"""Share of a thigh or an upper arm, from the trunk on, that stays free."""
_OUTSIDE = 1.15
"""An outline round the trunk is larger than the trunk by this factor: its landmarks lie inside the body."""
_FARTHEST_PX = 30_000.0
"""OpenCV's drawing overflows beyond 32767."""


@dataclass(frozen=True, slots=True)
class Highlight:
    region: Region
    colour: Colour


class Skeleton:
    """Paints bones and joints; a landmark that is NaN takes its bones with it."""

    def __init__(self, style: Style) -> None:
        self._style = style

    def annotate(self, image: Image, landmarks: Floats, colour: Colour, highlight: Highlight | None = None) -> Area:
        """landmarks (33, 2) px. Paints into `image`, and says where."""
        points, seen = _drawable(landmarks)
        thickness = self._style.thickness((image.shape[1], image.shape[0]))
        within = [points[_PAINTED][seen[_PAINTED]]]
        if highlight is not None and highlight.region in (Region.PELVIS, Region.TRUNK) and seen[list(_TRUNK_OUTLINE)].all():
            within.append(_outline(image, points[list(_TRUNK_OUTLINE)], highlight.colour, thickness))
        marked = set(_BONES.get(highlight.region, ())) if highlight is not None else set()
        at, known = points.tolist(), seen.tolist()
        for a, b in _ALL:
            if not (known[a] and known[b]):
                continue
            strong = (a, b) in marked
            bone_colour = highlight.colour if strong and highlight is not None else colour
            width = thickness * 2 if strong else thickness
            start = _between(at[a], at[b], _BEYOND) if a in _ON_TRUNK else at[a]
            cv2.line(image, start, at[b], BLACK, width + 2)
            cv2.line(image, start, at[b], bone_colour, width, cv2.LINE_AA if thickness > 2 else cv2.LINE_8)
        for joint in _JOINTS:
            if known[joint]:
                cv2.circle(image, at[joint], thickness + 1, BLACK, -1)
                cv2.circle(image, at[joint], thickness, colour, -1)
        return _around(np.concatenate(within), 2 * thickness + 3)


def _drawable(landmarks: Floats) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    with np.errstate(invalid="ignore"):
        seen: NDArray[np.bool_] = np.all(np.abs(landmarks) < _FARTHEST_PX, axis=1)
    return np.where(seen[:, None], landmarks, 0).round().astype(np.int32), seen


def _between(a: list[int], b: list[int], share: float) -> list[int]:
    return [round(p + share * (q - p)) for p, q in zip(a, b, strict=True)]


def _around(points: NDArray[np.int32], more_px: int) -> Area:
    """An area that holds all, in which nothing is where there are none."""
    if not len(points):
        return 0, 0, 0, 0
    (left, top), (right, bottom) = points.min(axis=0) - more_px, points.max(axis=0) + more_px
    return max(0, int(left)), max(0, int(top)), int(right), int(bottom)


def _outline(image: Image, corners: NDArray[np.int32], colour: Colour, thickness: int) -> NDArray[np.int32]:
    """A line round the trunk, which itself stays as it was filmed; its corners."""
    middle = corners.mean(axis=0)
    hull = cv2.convexHull((middle + _OUTSIDE * (corners - middle)).round().astype(np.int32))
    cv2.polylines(image, [hull], True, BLACK, thickness + 2)
    cv2.polylines(image, [hull], True, colour, thickness, cv2.LINE_AA if thickness > 2 else cv2.LINE_8)
    return np.asarray(hull[:, 0], np.int32)
