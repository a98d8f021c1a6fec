"""Cuts a run into stances: the pelvis is lowest in the middle of each, while the other foot swings high.

Midstance is where hips and shoulders are lowest (within about 25 ms on rendered runners).
"""

import math

import numpy as np

from formcheck.counting.stance_segmenter import Gait, Middle, StanceSegmenter
from formcheck.frames import Floats

ABOUT_S = 0.16
"""Midstance is the lowest moment within this time to each side: less than half of the quickest step."""
LEAST_BOUNCE = 0.05
"""Torso lengths by which hips and shoulders rise and fall at least: rendered runners 0.065-0.11, a real one 0.3, a
walker 0.02."""
RUN = Gait(step_s=(0.24, 0.45), before=0.165, after=0.21, apart_s=ABOUT_S, ahead_s=ABOUT_S, least_extent=100.0 * LEAST_BOUNCE)
"""250 to 133 steps a minute. Who walks takes 0.5 s and more."""


class Stances(StanceSegmenter):
    """The Segmenter of runs."""

    def __init__(self, _movement: str = "") -> None:
        super().__init__(RUN)

    def _middle(self, times: Floats, rows: Floats, at: int) -> Middle | None:
        if not rows[at, 0] >= rows[np.abs(times - times[at]) <= ABOUT_S, 0].max():
            return None
        near = np.abs(times - times[at]) <= self._gait.step_s[1] / 2
        bounce, lift = float(rows[at, 0] - rows[near, 0].min()), float(rows[at, 1])
        if not (bounce >= LEAST_BOUNCE and math.isfinite(lift)):
            return None
        return Middle(_vertex(times[at - 1 : at + 2], rows[at - 1 : at + 2, 0]), bounce, lift)


def _vertex(times: Floats, values: Floats) -> float:
    """Where the parabola through three samples has its vertex."""
    u = times - times[1]
    a, b, _ = np.polyfit(u, values, 2)
    return float(times[1] + (np.clip(-b / (2 * a), u[0], u[2]) if a < 0 else 0.0))
