"""Which of the people in the picture is followed. No MediaPipe here, only geometry of landmarks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from formcheck.frames import Floats
from formcheck.frames import Landmark as L

TORSO = (L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.LEFT_HIP, L.RIGHT_HIP)
BONES = (
    (L.NOSE, L.LEFT_SHOULDER),
    (L.NOSE, L.RIGHT_SHOULDER),
    (L.LEFT_SHOULDER, L.RIGHT_SHOULDER),
    (L.LEFT_SHOULDER, L.LEFT_ELBOW),
    (L.LEFT_ELBOW, L.LEFT_WRIST),
    (L.RIGHT_SHOULDER, L.RIGHT_ELBOW),
    (L.RIGHT_ELBOW, L.RIGHT_WRIST),
    (L.LEFT_SHOULDER, L.LEFT_HIP),
    (L.RIGHT_SHOULDER, L.RIGHT_HIP),
    (L.LEFT_SHOULDER, L.RIGHT_HIP),
    (L.RIGHT_SHOULDER, L.LEFT_HIP),
    (L.LEFT_HIP, L.RIGHT_HIP),
    (L.LEFT_HIP, L.LEFT_KNEE),
    (L.LEFT_KNEE, L.LEFT_ANKLE),
    (L.LEFT_ANKLE, L.LEFT_FOOT_INDEX),
    (L.RIGHT_HIP, L.RIGHT_KNEE),
    (L.RIGHT_KNEE, L.RIGHT_ANKLE),
    (L.RIGHT_ANKLE, L.RIGHT_FOOT_INDEX),
)
"""What fills out a body: bones, and the diagonals of the trunk."""
FLESH = 0.3
"""Reach of a body about its bones, in torso spans."""
GHOST_SHARE = 0.7
"""A detection with more of its landmarks upon people already known is one of them again. Measured over 69 clips, three frames
each: 0 to 0.52 for a second person, kneeling right behind one who lies among them; 0.85 to 1 for all ghosts but one."""


class Chooser(Protocol):
    """Decides who is followed."""

    def __call__(self, candidates: Sequence[Floats], size: tuple[int, int]) -> int | None:
        """(candidates' (33, 2) px landmarks, picture (width, height)) -> index of the one to follow, None for nobody."""
        ...

    def fits(self, xy: Floats) -> bool:
        """Whether somebody (33, 2) is as expected; if not, the tracker looks whether somebody else fits better."""
        ...


@dataclass(frozen=True, slots=True)
class InPosture:
    """Prefers whoever lies, or stands; of several the largest and most central. Someone who kneels beside the one who lies is
    never chosen over them."""

    lying: bool

    def __call__(self, candidates: Sequence[Floats], size: tuple[int, int]) -> int | None:
        off_centre = 1.0 if self.lying else 2.0
        return _best([10.0 * self.fits(xy) + _extent(xy, size) - off_centre * _centre_distance(xy, size) for xy in candidates])

    def fits(self, xy: Floats) -> bool:
        return lies(xy) == self.lying


@dataclass(frozen=True, slots=True)
class NearestTo:
    """The one whose body is nearest to a point in the picture, in px: someone was clicked."""

    point: tuple[float, float]

    def __call__(self, candidates: Sequence[Floats], size: tuple[int, int]) -> int | None:  # noqa: ARG002
        return _best([-float(distance_to_body(np.array([self.point]), xy)[0]) for xy in candidates])

    def fits(self, xy: Floats) -> bool:  # noqa: ARG002
        return True


choose_lying = InPosture(lying=True)
choose_standing = InPosture(lying=False)


def choose_at(point: tuple[float, float]) -> Chooser:
    """Follow whoever is at a point of the picture, in px."""
    return NearestTo(point)


def trunk_axis(xy: Floats) -> Floats:
    """(2,) px from mid-hip to mid-shoulder."""
    return xy[[L.LEFT_SHOULDER, L.RIGHT_SHOULDER]].mean(axis=0) - xy[[L.LEFT_HIP, L.RIGHT_HIP]].mean(axis=0)  # type: ignore[no-any-return]


def torso_span(xy: Floats) -> float:
    """Diagonal of the box around shoulders and hips, in px: a body's size whichever way it is turned."""
    return float(np.linalg.norm(np.ptp(xy[list(TORSO)], axis=0)))


def lies(xy: Floats) -> bool:
    """Whether the trunk is nearer to horizontal than to upright in the picture."""
    along, up = np.abs(trunk_axis(xy))
    return bool(along > up)


def is_ghost(xy: Floats, known: Sequence[Floats]) -> bool:
    """Whether a detection lies upon people already known: found again, or made up of their limbs."""
    if not known:
        return False
    covered = [distance_to_body(xy, other) < FLESH * torso_span(other) for other in known]
    return bool(np.any(covered, axis=0).mean() > GHOST_SHARE)


def distance_to_body(points: Floats, xy: Floats) -> Floats:
    """(n, 2) px points -> (n,) px to the nearest of a body's bones."""
    start, along = xy[[a for a, _ in BONES]], xy[[b for _, b in BONES]] - xy[[a for a, _ in BONES]]
    offset = points[:, None] - start
    share = np.clip((offset * along).sum(axis=2) / np.maximum((along**2).sum(axis=1), 1e-9), 0, 1)
    return np.linalg.norm(offset - share[:, :, None] * along, axis=2).min(axis=1)  # type: ignore[no-any-return]


def _centre_distance(xy: Floats, size: tuple[int, int]) -> float:
    """Distance of the trunk from the picture's middle, in picture widths."""
    return float(np.linalg.norm(xy[list(TORSO)].mean(axis=0) - np.array(size) / 2) / size[0])


def _extent(xy: Floats, size: tuple[int, int]) -> float:
    """Size of the body in the picture, in picture widths."""
    return float(np.linalg.norm(np.ptp(xy[: L.LEFT_ANKLE + 2], axis=0)) / size[0])


def _best(scores: Sequence[float]) -> int | None:
    return max(range(len(scores)), key=scores.__getitem__, default=None)
