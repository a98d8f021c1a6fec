"""Corrects the difference between both knees by the outer edges of the legs (motion/leg_edge.py).

Landmarks show half of the difference between the knees. Where both edges are seen, the mean of both knees is that of the
landmarks and the difference that of the edges.
"""

import math
import statistics
from collections import deque

from formcheck.measurement.running.belt_axis import CameraBearing
from formcheck.measurement.running.stance import ABOUT_MID_S, Stance
from formcheck.results import Measurement, Side
from formcheck.signals.body import LAG_S

LEAST_STANCES, MOST_STANCES = 3, 16
"""Of each side; the last ones count."""
FARTHEST_DEG = 10.0
"""Off the belt's axis. Up to here the picture's difference of 21 rendered runners is 1.7 degrees off on average, 4.8 at most (by
landmarks alone 2.9 and 6.2); farther off the two legs' edges are not alike any more (4.8 of six, by landmarks 4.2)."""
UNCERTAINTY_DEG = 4.1
"""Half-width of a stance's 90 % interval."""


class KneeBalance:
    """Feed add() each stance, and what its landmarks say of the knee."""

    def __init__(self) -> None:
        self._held: dict[Side, deque[tuple[float, float]]] = {side: deque(maxlen=MOST_STANCES) for side in Side}
        """Degrees by the edge and by the landmarks."""

    def add(self, stance: Stance, knee: Measurement) -> None:
        near = [o.legs for o in stance.observations if abs(o.timestamp_s - stance.mid_s - LAG_S) <= ABOUT_MID_S]
        bends = [bend for legs in near if legs is not None and math.isfinite(bend := getattr(legs, stance.side))]
        if bends and knee.value is not None:
            self._held[stance.side].append((statistics.median(bends), knee.value))

    def shift(self, side: Side, camera: CameraBearing | None) -> float | None:
        """Degrees to be added to what landmarks say of this knee; None where the edges do not tell."""
        if min(map(len, self._held.values())) < LEAST_STANCES or camera is None or abs(camera.deg) > FARTHEST_DEG:
            return None
        by_edge, by_landmarks = (self._left_less_right(column) for column in (0, 1))
        return side.sign * (by_edge - by_landmarks) / 2

    def _left_less_right(self, column: int) -> float:
        left, right = (statistics.median(held[column] for held in self._held[side]) for side in Side)
        return left - right

    def balanced(self, knee: Measurement, side: Side, camera: CameraBearing | None) -> Measurement:
        """The knee with the correction, or as it was where there is none."""
        shift = self.shift(side, camera)
        if knee.value is None or shift is None:
            return knee
        return Measurement(knee.value + shift, knee.unit, UNCERTAINTY_DEG, at_s=knee.at_s)
