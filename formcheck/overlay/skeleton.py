"""The followed person's skeleton, with the part that moved wrongly standing out."""

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.exercises.contract import Region
from formcheck.frames import Floats, Image
from formcheck.frames import Landmark as L
from formcheck.overlay.style import BLACK, Colour, Style

_ARMS = (
    (L.LEFT_SHOULDER, L.LEFT_ELBOW),
    (L.LEFT_ELBOW, L.LEFT_WRIST),
    (L.RIGHT_SHOULDER, L.RIGHT_ELBOW),
    (L.RIGHT_ELBOW, L.RIGHT_WRIST),
)
_PELVIS = ((L.LEFT_HIP, L.RIGHT_HIP),)
_SHOULDERS = ((L.LEFT_SHOULDER, L.RIGHT_SHOULDER),)
_FLANKS = ((L.LEFT_SHOULDER, L.LEFT_HIP), (L.RIGHT_SHOULDER, L.RIGHT_HIP))
_LEGS = ((L.LEFT_HIP, L.LEFT_KNEE), (L.LEFT_KNEE, L.LEFT_ANKLE), (L.RIGHT_HIP, L.RIGHT_KNEE), (L.RIGHT_KNEE, L.RIGHT_ANKLE))
_FEET = (
    (L.LEFT_ANKLE, L.LEFT_HEEL),
    (L.LEFT_HEEL, L.LEFT_FOOT_INDEX),
    (L.RIGHT_ANKLE, L.RIGHT_HEEL),
    (L.RIGHT_HEEL, L.RIGHT_FOOT_INDEX),
)
_ALL = _ARMS + _PELVIS + _SHOULDERS + _FLANKS + _LEGS + _FEET
_JOINTS = sorted({joint for bone in _ALL for joint in bone})
_TRUNK_OUTLINE = (L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.RIGHT_HIP, L.LEFT_HIP)
_BONES: Mapping[Region, tuple[tuple[L, L], ...]] = {
    Region.PELVIS: _PELVIS + _FLANKS,
    Region.TRUNK: _PELVIS + _FLANKS + _SHOULDERS,
    Region.ARMS: _ARMS,
    Region.LEGS: _LEGS,
    Region.FEET: _FEET,
}
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

    def annotate(self, image: Image, landmarks: Floats, colour: Colour, highlight: Highlight | None = None) -> Image:
        """landmarks (33, 2) px. Paints into `image` and returns it."""
        points, seen = _drawable(landmarks)
        thickness = self._style.thickness((image.shape[1], image.shape[0]))
        if highlight is not None and highlight.region in (Region.PELVIS, Region.TRUNK) and seen[list(_TRUNK_OUTLINE)].all():
            _tint(image, points[list(_TRUNK_OUTLINE)], highlight.colour)
        marked = set(_BONES[highlight.region]) if highlight is not None else set()
        at, known = points.tolist(), seen.tolist()
        for a, b in _ALL:
            if not (known[a] and known[b]):
                continue
            strong = (a, b) in marked
            bone_colour = highlight.colour if strong and highlight is not None else colour
            width = thickness * 2 if strong else thickness
            cv2.line(image, at[a], at[b], BLACK, width + 2)
            cv2.line(image, at[a], at[b], bone_colour, width, cv2.LINE_AA if thickness > 2 else cv2.LINE_8)
        for joint in _JOINTS:
            if known[joint]:
                cv2.circle(image, at[joint], thickness + 1, BLACK, -1)
                cv2.circle(image, at[joint], thickness, colour, -1)
        return image


def _drawable(landmarks: Floats) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    with np.errstate(invalid="ignore"):
        seen: NDArray[np.bool_] = np.all(np.abs(landmarks) < _FARTHEST_PX, axis=1)
    return np.where(seen[:, None], landmarks, 0).round().astype(np.int32), seen


def _tint(image: Image, outline: NDArray[np.int32], colour: Colour) -> None:
    """Lay a half-transparent colour over a polygon."""
    height, width = image.shape[:2]
    left, top = np.clip(outline.min(axis=0), 0, (width, height))
    right, bottom = np.clip(outline.max(axis=0) + 1, 0, (width, height))
    part = image[top:bottom, left:right]
    if part.size == 0:
        return
    painted = part.copy()
    cv2.fillConvexPoly(painted, cv2.convexHull(outline - (left, top)).astype(np.int32), colour)
    cv2.addWeighted(painted, 0.45, part, 0.55, 0, dst=part)
