"""Cuts a walk on a treadmill into stances, by how the ankles rise and fall against each other in the picture.

A walker's pelvis is lowest while both feet are down, so its lowest moment tells no midstance (150 ms off). The height of one
ankle above the other does: smoothed to one swing a stride, it passes its middle at the same share of the stride before each
midstance. From in front the foot that goes forward sinks in the picture as well, so the share is another one there.
"""

import math
import statistics

import numpy as np

from formcheck.counting.stance_segmenter import Gait, Middle, StanceSegmenter
from formcheck.frames import Floats
from formcheck.signals.smoothing import smooth

WALK = Gait(step_s=(0.4, 0.85), before=0.223, after=0.397, apart_s=0.25, ahead_s=0.5, least_extent=2.0)
"""150 to 70 steps a minute; the stance takes 62 % of a rendered walker's stride."""
SWING_S = 0.17
"""Smoothing that leaves one rise and fall a stride."""
MOST_BOUNCE = 0.07
"""Torso lengths by which a walker's trunk rises and falls at most: rendered ones 0.06, runners 0.065-0.11 and, real, in slow
motion, 0.08 and more."""
BEHIND, FRONT = 0.075, 0.425
"""Shares of a stride from where the ankles are as high as each other to midstance (rendered walkers 0.067-0.089, 0.41-0.433)."""
LEAST_RISE = 0.05
"""Torso lengths by which one ankle rises above the other at least, smoothed."""
LEAST_REACH_M = 0.08
"""By their depth the ankles go apart by this much at least: 0.2 m and more in rendered walkers. Whoever marches on the spot lifts
the feet, and puts none forward."""


class WalkingStances(StanceSegmenter):
    """The Segmenter of walks."""

    def __init__(self, _movement: str = "") -> None:
        super().__init__(WALK)

    def _middle(self, times: Floats, rows: Floats, at: int) -> Middle | None:
        lift = smooth(times, rows[:, 1], SWING_S)
        lift = lift - (lift.min() + lift.max()) / 2
        crossings = [_crossing(times, lift, int(i)) for i in np.flatnonzero(lift[:-1] * lift[1:] < 0)]
        now = next((c for c in crossings if times[at - 1] <= c <= times[at]), None)
        before = [c for c in crossings if now is not None and c < now - self._gait.step_s[0] / 2]
        if now is None or not before or float(np.abs(lift).max()) < LEAST_RISE or np.ptp(rows[:, 2]) < LEAST_REACH_M:
            return None
        step_s = statistics.median(np.diff([*before[-2:], now]).tolist())
        share = FRONT if rows[at, 3] > 0 else BEHIND
        near = np.abs(times - times[at]) <= self._gait.step_s[1] / 2
        bounce = float(np.ptp(rows[near, 0]))
        if bounce > MOST_BOUNCE:
            return None
        rise = math.copysign(float(np.abs(lift).max()), lift[at] - lift[at - 1])
        return Middle(now + 2 * step_s * share, bounce, rise)


def _crossing(times: Floats, values: Floats, i: int) -> float:
    """When they pass zero between i and i + 1."""
    return float(times[i] + (times[i + 1] - times[i]) * values[i] / (values[i] - values[i + 1]))
