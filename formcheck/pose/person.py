"""Which of the people in the picture is followed. No MediaPipe here, only geometry of landmarks."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from formcheck.frames import Floats
from formcheck.frames import Landmark as L

Chooser: TypeAlias = Callable[[Sequence[Floats], tuple[int, int]], int | None]
"""(candidates' (33, 2) px landmarks, picture (width, height)) -> index of the one to follow, None for nobody."""

TORSO = (L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.LEFT_HIP, L.RIGHT_HIP)


def trunk_axis(xy: Floats) -> Floats:
    """(2,) px from mid-hip to mid-shoulder."""
    return xy[[L.LEFT_SHOULDER, L.RIGHT_SHOULDER]].mean(axis=0) - xy[[L.LEFT_HIP, L.RIGHT_HIP]].mean(axis=0)  # type: ignore[no-any-return]


def lies(xy: Floats) -> bool:
    """Whether the trunk is nearer to horizontal than to upright in the picture."""
    along, up = np.abs(trunk_axis(xy))
    return bool(along > up)


def _centre_distance(xy: Floats, size: tuple[int, int]) -> float:
    """Distance of the trunk from the picture's middle, in picture widths."""
    return float(np.linalg.norm(xy[list(TORSO)].mean(axis=0) - np.array(size) / 2) / size[0])


def _extent(xy: Floats, size: tuple[int, int]) -> float:
    """Size of the body in the picture, in picture widths."""
    return float(np.linalg.norm(np.ptp(xy[: L.LEFT_ANKLE + 2], axis=0)) / size[0])


def choose_lying(candidates: Sequence[Floats], size: tuple[int, int]) -> int | None:
    """The one whose trunk lies; of several the largest and most central. Someone who kneels beside is never chosen over them."""
    return _best(candidates, lambda xy: 10.0 * lies(xy) + _extent(xy, size) - _centre_distance(xy, size))


def choose_standing(candidates: Sequence[Floats], size: tuple[int, int]) -> int | None:
    """The one who stands, nearest the middle and largest."""
    return _best(candidates, lambda xy: 10.0 * (not lies(xy)) + _extent(xy, size) - 2 * _centre_distance(xy, size))


def choose_at(point: tuple[float, float]) -> Chooser:
    """The one whose body is nearest to a point in the picture, in px: someone was clicked."""

    def choose(candidates: Sequence[Floats], size: tuple[int, int]) -> int | None:
        return _best(candidates, lambda xy: -float(np.linalg.norm(xy - np.array(point), axis=1).min()))

    return choose


def _best(candidates: Sequence[Floats], score: Callable[[Floats], float]) -> int | None:
    return max(range(len(candidates)), key=lambda i: score(candidates[i]), default=None)
