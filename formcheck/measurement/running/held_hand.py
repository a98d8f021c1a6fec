"""Whether a hand holds on to the treadmill, so that arm and rail carry part of what the hip should.

A free hand goes up and down with the body at every step, even if it does not swing. A hand on a rail stays where it is in the
picture while the shoulders bounce. Nothing is said of a hidden hand, such as one behind the body.
"""

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L
from formcheck.signals import kinematics
from formcheck.system.language import to_translate

STRIDE_S = 0.75
"""Time that is looked at together: a runner's stride, and more than a walker's step."""
LEAST_FRAMES = 10
EVERY_S = 0.05
"""Looked at so often."""
LIKE_SHOULDERS = 0.6
"""A hand that holds on moves by less than this share of what the shoulders do. Free hands of rendered runners moved 1.6 times as
far as the shoulders and more, of walkers 0.7."""
STILL = 0.1
"""It moves by less than this as well, torso lengths: runners' free hands move by 0.23 and more."""
MOST = (8.0, 92.0)
"""A range is taken between these percentiles, since single landmarks jump."""
HELD = to_translate("a hand held on to the treadmill, which carries part of the weight: keep the hands off the rails")


@dataclass(frozen=True, slots=True)
class _Seen:
    time_s: float
    hands: Floats
    """(2, 2) px, the camera's own motion taken out."""
    shoulders: Floats


class HeldHand:
    """Feed update() each frame."""

    def __init__(self) -> None:
        self._seen: deque[_Seen] = deque()
        self._looked_s = -math.inf
        self._held_s: deque[float] = deque(maxlen=600)
        """When a hand had held for a stride."""

    def update(self, observation: Observation, torso_px: float) -> None:
        now_s, xy = observation.timestamp_s, observation.still_xy
        self._seen.append(_Seen(now_s, xy[[L.LEFT_WRIST, L.RIGHT_WRIST]], kinematics.mid_shoulder(xy)))
        while now_s - self._seen[0].time_s > STRIDE_S:
            self._seen.popleft()
        if now_s - self._looked_s < EVERY_S:
            return
        self._looked_s = now_s
        if torso_px > 0 and self._holds(torso_px):
            self._held_s.append(now_s)

    def during(self, time_s: float) -> bool:
        """Whether a hand held on at that time, of what was seen so far."""
        return any(0 <= held_s - time_s <= STRIDE_S for held_s in self._held_s)

    def _holds(self, torso_px: float) -> bool:
        seen = self._seen
        if len(seen) < LEAST_FRAMES or seen[-1].time_s - seen[0].time_s < 0.8 * STRIDE_S:
            return False
        shoulders = _way(np.array([s.shoulders for s in seen]))
        hands = [_way(np.array([s.hands[k] for s in seen])) for k in (0, 1)]
        return any(way < min(LIKE_SHOULDERS * shoulders, STILL * torso_px) for way in hands)


def _way(points: Floats) -> float:
    """How far (n, 2) points go to and fro, px; NaN where one is missing."""
    low, high = np.percentile(points, MOST, axis=0)
    return math.hypot(*(high - low))
