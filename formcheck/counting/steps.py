"""Cuts a walk into steps: a movement that goes to and fro, where each way is one repetition.

For exercises whose movement does not return to rest between repetitions: stepping with one foot and then the
other drives the lead of one foot over the other up and down.
"""

import numpy as np

from formcheck.counting.movement import SHORTEST_S, SMOOTHING_S, MovementSegmenter
from formcheck.counting.segmenter import Span
from formcheck.frames import Floats
from formcheck.results import Side

STILL_S = 1.4
"""A way has ended when the movement turns, or has hardly gone on for this long: a foot may pause at the top of its lift."""
STILL_SHARE = 0.06
EDGE = 0.03
"""A foot that has gone less than this share of the step may be swaying;"""
SLOW = 0.2
"""beyond it, a step starts and ends where it is slower than this share of its usual speed. Where it passes 5 % of the extent
would tell it late: a foot has gone 5 % of its way after a tenth of the step."""
SURE = 0.2
"""From this share of the step on it is no sway any more; what lies before a pause is one."""
TAIL_S = 0.15
"""The end is seen this much later than the start: what was smoothed comes to rest slowly."""
LONGEST_S = 8.0
USUAL = 0.2
"""A step reaches at least this share of the set's usual extent: a foot that steps toward a low camera hardly moves in the
picture, one that also comes inward moves far."""


class StepDetector(MovementSegmenter):
    def __init__(
        self,
        movement: str,
        min_extent: float = 8.0,
        shortest_s: float = SHORTEST_S,
        sides: tuple[Side, Side] | None = None,
    ) -> None:
        """min_extent: shorter ways are swaying; sides: whose step a rising movement is, and whose a falling one."""
        super().__init__(movement, min_extent, shortest_s, remembered=6)
        self._sides = sides

    @property
    def moving_since_s(self) -> float | None:
        return self._times[self._from] if self._way else None

    def reset(self) -> None:
        super().reset()
        self._way = 0
        """+1 on the way up, -1 down, 0 at rest."""
        self._last_way = 0
        self._from = 0
        """Index where the running way began."""

    def _taken(self) -> Span | None:
        if self._way:
            return self._go_on()
        self._begin()
        return None

    def finish(self) -> Span | None:
        return self._end_way() if self._way else None

    def _begin(self) -> None:
        while self._times[-1] - self._times[0] > LONGEST_S:
            del self._times[0], self._values[0]
        values = np.array(self._values)
        change = values[-1] - values
        start = int(np.argmax(np.abs(change)))
        if abs(change[start]) > 0.5 * self._min_extent + 0.1 * self.usual_extent:
            self._way = 1 if change[start] > 0 else -1
            self._from = start

    def _go_on(self) -> Span | None:
        times, along = self._current()
        top = int(np.argmax(along))
        extent = float(along[top] - along[0])
        recent = along[times >= times[-1] - STILL_S]
        still = times[-1] - times[0] > STILL_S and len(recent) > 1 and float(np.ptp(recent)) < STILL_SHARE * extent
        turned = along[top] - along[-1] > max(0.25 * extent, 0.5 * self._min_extent)
        return self._end_way() if still or turned or times[-1] - times[0] > LONGEST_S else None

    def _current(self) -> tuple[Floats, Floats]:
        """Times of the running way, and how far it has gone in its direction."""
        return np.array(self._times[self._from :]), self._way * np.array(self._values[self._from :])

    def _end_way(self) -> Span | None:
        times, along = self._current()
        top = int(np.argmax(along))
        span = self._span(times, along, top)
        keep = self._from + top
        del self._times[:keep], self._values[:keep]
        self._way = 0
        self._from = 0
        return span

    def _span(self, times: Floats, along: Floats, top: int) -> Span | None:
        extent = float(along[top] - along[0])
        start_s, end_s = _under_way(times[: top + 1], along[: top + 1])
        too_small = extent < max(self._min_extent, USUAL * self.usual_extent) or end_s - start_s < self._shortest_s
        if too_small or self._way == self._last_way:  # the rest of a step that paused: feet alternate
            return None
        self._last_way = self._way
        self._extents.append(extent)
        middle_s = (start_s + end_s) / 2
        side = None if self._sides is None else self._sides[0 if self._way > 0 else 1]
        return Span(start_s - SMOOTHING_S, middle_s - SMOOTHING_S, end_s - SMOOTHING_S - TAIL_S, extent, side)


def _under_way(times: Floats, along: Floats) -> tuple[float, float]:
    """When a way that rises from the first to the last value starts and ends, in seconds."""
    share = (along - along[0]) / max(float(along[-1] - along[0]), 1e-9)
    return _onset(times, share), -_onset(-times[::-1], 1.0 - share[::-1])


def _onset(times: Floats, share: Floats) -> float:
    sure, nearly = int(np.argmax(share >= SURE)), int(np.argmax(share >= 1.0 - SURE))
    usual = (share[nearly] - share[sure]) / max(times[nearly] - times[sure], 1e-9)
    slow = np.gradient(share, times) < SLOW * usual
    moving = np.flatnonzero((share > EDGE) & ~slow)
    moving = moving[moving <= sure]
    if not len(moving):
        return float(times[sure])
    pauses = np.flatnonzero(np.diff(times[moving]) > STILL_S)
    first = int(moving[pauses[-1] + 1 if len(pauses) else 0])
    before = np.flatnonzero(slow[:first])
    return float(times[before[-1] if len(before) else 0])
