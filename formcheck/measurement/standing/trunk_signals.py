"""What the trunk of a standing person shows of its turns: the surface's sideways motion past its own axis, and the joints' lines.

What swings before the trunk (arms, hands, a band) is told from it by its speed and left out.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.frames import Floats, Observation, SurfaceFrame
from formcheck.frames import Landmark as L
from formcheck.signals.body import TorsoScale

ZONES = ((0, 2), (2, 4), (4, 6), (6, 8))
"""Bands of the trunk's surface that are taken together, from just above the hip line to the chest."""

LEAST_POINTS = 8
"""Points on belly and lower chest that must be tracked."""
UNSEEN_S = 0.5
"""With fewer points for longer than this no turn is measured."""

FASTER = 2.5
CALM_SPEED = 0.055
"""A cell that moves faster than FASTER times the third quartile of all cells' speeds, plus CALM_SPEED (torso lengths a second),
does not belong to the trunk."""
ODD = ("hip_depth", "shoulder_depth", "lean", *(f"front_{z}" for z in range(4)), *(f"flanks_{z}" for z in range(4)))
"""Signals that change sign with the direction of the turn; + is a turn to the person's left."""
EVEN = ("hip_width", "shoulder_width", *(f"spread_{z}" for z in range(4)))
"""Signals that are the same for a turn to either side."""


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """One frame's signals, any constant offset; NaN where the joints are not seen."""

    odd: Floats
    """(len(ODD),) torso lengths"""
    even: Floats
    """(len(EVEN),) torso lengths"""
    surface_seen: bool
    """Whether enough of the trunk's surface is followed to say how far it turns."""


class TrunkSignals:
    """Observations -> Signals, causal. Holds one stream's sums."""

    def __init__(self) -> None:
        self._scale = TorsoScale()
        self._last: SurfaceFrame | None = None
        self._axis: Floats | None = None
        self._hips = self._shoulders = math.nan
        self._sum = np.zeros((len(ZONES), 3))
        self._seen_s = -np.inf

    def update(self, observation: Observation) -> Signals:
        pose = observation.pose
        torso = self._scale.update(pose)
        x = pose.image_xy[:, 0] / torso
        z = pose.world_xyz[:, 2] / self._scale.metres
        hips, shoulders = x[[L.LEFT_HIP, L.RIGHT_HIP]], x[[L.LEFT_SHOULDER, L.RIGHT_SHOULDER]]
        surface = self._surface(observation.surface, float(hips.mean()), float(shoulders.mean()))
        seen = observation.surface is not None and observation.surface.timestamp_s - self._seen_s <= UNSEEN_S
        right, front, left = surface.T
        depth = [z[L.LEFT_HIP] - z[L.RIGHT_HIP], z[L.LEFT_SHOULDER] - z[L.RIGHT_SHOULDER]]
        return Signals(
            odd=np.array([*depth, shoulders.mean() - hips.mean(), *front, *((left + right) / 2)]),
            even=np.array([hips[0] - hips[1], shoulders[0] - shoulders[1], *(left - right)]),
            surface_seen=seen,
        )

    def _surface(self, surface: SurfaceFrame | None, hips: float, shoulders: float) -> Floats:
        """(zones, 3) sideways motion of the surface past the trunk's own axis so far: right flank, front, left flank."""
        if surface is None or not np.isfinite(hips + shoulders):
            self._last = None
            return np.full((len(ZONES), 3), np.nan)
        height = np.array([(a + b) / 2 for a, b in ZONES]) / surface.shift.shape[0]
        axis = hips + height * (shoulders - hips)
        if self._last is not None and self._axis is not None:
            step = surface.shift[..., 1] - self._last.shift[..., 1]
            calm = CALM_SPEED * (surface.timestamp_s - self._last.timestamp_s)
            own = _of_the_trunk(step, hips - self._hips, shoulders - self._shoulders, calm)
            moved = _past_axis(step, np.where(own, surface.points, 0), axis - self._axis)
            refused = np.isnan(moved) & (_zones(np.where(np.isfinite(step), surface.points, 0)) > 0)
            self._sum += np.where(refused, _mean_of_seen(moved), np.nan_to_num(moved))
        self._last, self._axis, self._hips, self._shoulders = surface, axis, hips, shoulders
        if surface.points[: ZONES[-2][1]].sum() >= LEAST_POINTS:
            self._seen_s = surface.timestamp_s
        return self._sum.copy()


def _past_axis(step: Floats, weight: Floats, axis: Floats) -> Floats:
    """(zones, 3) the zones' step past the axis', NaN where no cell has a weight."""
    points = _zones(weight)
    moved = _zones(weight * np.nan_to_num(step)) / np.maximum(points, 1)
    return np.where(points > 0, moved - axis[:, None], np.nan)


def _mean_of_seen(moved: Floats) -> Floats:
    """(1, 3) the mean over the zones that are seen of each part, over all parts where none of it is; 0 where nothing is."""
    seen = np.isfinite(moved)
    total = np.nan_to_num(moved)
    mean = total.sum() / max(int(seen.sum()), 1)
    return np.where(seen.any(axis=0), total.sum(axis=0) / np.maximum(seen.sum(axis=0), 1), mean)[None]  # type: ignore[no-any-return]


def _of_the_trunk(step: Floats, hips: float, shoulders: float, calm: float) -> NDArray[np.bool_]:
    """(bands, columns) whether a cell's sideways step can be the trunk's own. hips, shoulders: the axis' step at its ends;
    calm: a step that is never refused. All in torso lengths.

    An arm, a hand or a band that swings before the trunk moves several times as fast as the skin of a trunk that turns; what it
    drags along does not come back with it, and would add up over a set.
    """
    height = (np.arange(len(step)) + 0.5) / len(step)
    past = np.abs(step - (hips + height * (shoulders - hips))[:, None])
    seen = np.isfinite(past)
    if not seen.any():
        return seen
    return past <= FASTER * np.percentile(past[seen], 75) + calm  # type: ignore[no-any-return]


def _zones(cells: Floats) -> Floats:
    """(bands, columns) -> (zones, 3) sums: right flank, front, left flank."""
    bands = np.stack([cells[low:high].sum(axis=0) for low, high in ZONES])
    return np.stack([bands[:, 0], bands[:, 1:3].sum(axis=1), bands[:, 3]], axis=1)
