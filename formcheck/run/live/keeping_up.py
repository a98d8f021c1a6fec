"""What is shed when the computer cannot keep up, in this order: how often the overlay is painted, then how often poses are found.

Never the recording: each camera frame goes into the film with its own time. Filters and limits are in seconds, so fewer poses a
second give the same answers, less finely.
"""

import math
from dataclasses import dataclass

LATE_S = 0.15
"""Work on a picture that ends so long after its capture is late: the cue no longer fits what the person feels."""
BACKLOG = (0.1, 0.25)
"""Share of the recorder's room that is taken: above the first the overlay gives way, above the second the poses do."""
DOWN_S = (1.0, 0.3)
"""Trouble must last this long before the next step down, less where the recording is in danger,"""
UP_S = (5.0, 60.0)
"""and calm this long before a step up: longer, up to the second, each time that a step up was taken back."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much is done: the least seconds between two paintings of the overlay, and between two poses; 0: as many as come."""

    overlay_s: float = 0.0
    pose_s: float = 0.0


STEPS = (Load(), Load(0.1), Load(0.25), Load(0.25, 1 / 15), Load(0.25, 1 / 10))
"""In order. How many poses a second an exercise needs at least, it says itself: steps with fewer are left out."""
_OVERLAY_STEPS = sum(not load.pose_s for load in STEPS) - 1


class KeepingUp:
    """Feed update() after each frame; `load` is what may be done from then on."""

    def __init__(self, least_hz: float = 10.0) -> None:
        """least_hz: poses a second that are not gone below."""
        self._steps = tuple(load for load in STEPS if load.pose_s <= 1 / least_hz + 1e-9)
        self._step = 0
        self._bad_since_s = self._calm_since_s = math.nan
        self._patience_s = UP_S[0]
        self._rose_s = -math.inf

    @property
    def load(self) -> Load:
        return self._steps[self._step]

    def update(self, now_s: float, late_s: float, backlog: float) -> Load:
        """now_s: the frame's time; late_s: from its capture to the end of the work on it; backlog: 0-1 of the recorder's room."""
        painting, danger = self._step < _OVERLAY_STEPS, backlog > BACKLOG[1]
        bad = danger or (painting and (late_s > LATE_S or backlog > BACKLOG[0]))
        calm = late_s <= LATE_S and backlog <= BACKLOG[0]
        self._bad_since_s = _since(self._bad_since_s, bad, now_s)
        self._calm_since_s = _since(self._calm_since_s, calm, now_s)
        if now_s - self._bad_since_s >= DOWN_S[danger] and self._step < len(self._steps) - 1:
            taken_back = now_s - self._rose_s < self._patience_s
            self._patience_s = min(2 * self._patience_s, UP_S[1]) if taken_back else max(self._patience_s / 2, UP_S[0])
            self._go(1, now_s)
        elif now_s - self._calm_since_s >= self._patience_s and self._step:
            self._rose_s = now_s
            self._go(-1, now_s)
        return self.load

    def _go(self, by: int, now_s: float) -> None:
        self._step += by
        self._bad_since_s = self._calm_since_s = math.nan if by > 0 else now_s


def _since(since_s: float, holds: bool, now_s: float) -> float:
    if not holds:
        return math.nan
    return now_s if math.isnan(since_s) else since_s
