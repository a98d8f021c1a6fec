"""Cuts a walk into steps: a movement that goes to and fro, where each way is one repetition.

The Segmenter for exercises whose movement does not return to rest between repetitions: stepping with one foot and then the
other drives the lead of one foot over the other up and down.
"""

import math
from collections import deque

import numpy as np

from formcheck.analysis.repetitions import LOST_S, SHORTEST_S, SMOOTHING_S, USUAL, Span
from formcheck.frames import Floats

STILL_S = 1.0
"""A way has ended when the movement turns, or has hardly gone on for this long: a foot may pause at the top of its lift."""
STILL_SHARE = 0.06
EDGE = 0.08
"""A step starts and ends where its way passes this share of its extent: more than feet sway in the stand before it."""
LONGEST_S = 8.0


class StepDetector:
    """min_extent: shorter ways are swaying, in the movement's unit."""

    def __init__(self, min_extent: float) -> None:
        self._min_extent = min_extent
        self._extents: deque[float] = deque(maxlen=6)
        self.reset()

    @property
    def moving_since_s(self) -> float | None:
        return self._times[self._from] if self._way else None

    @property
    def usual_extent(self) -> float:
        return float(np.median(self._extents)) if self._extents else self._min_extent

    def reset(self) -> None:
        self._times: list[float] = []
        self._values: list[float] = []
        self._way = 0
        """+1 on the way up, -1 down, 0 at rest."""
        self._last_way = 0
        self._from = 0
        """Index where the running way began."""

    def update(self, timestamp_s: float, value: float) -> Span | None:
        if self._times and timestamp_s - self._times[-1] > LOST_S:
            self.reset()
        if math.isnan(value):
            return None
        if self._values:
            share = 1.0 - math.exp(-(timestamp_s - self._times[-1]) / SMOOTHING_S)
            value = self._values[-1] + share * (value - self._values[-1])
        self._times.append(timestamp_s)
        self._values.append(value)
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
        passed = np.flatnonzero(along[: top + 1] <= along[0] + EDGE * extent)
        reached = np.flatnonzero(along[: top + 1] >= along[top] - EDGE * extent)
        start_s, end_s = float(times[passed[-1]]), float(times[reached[0]])
        too_small = extent < max(self._min_extent, USUAL * self.usual_extent) or end_s - start_s < SHORTEST_S
        if too_small or self._way == self._last_way:  # the rest of a step that paused: feet alternate
            return None
        self._last_way = self._way
        self._extents.append(extent)
        return Span(start_s - SMOOTHING_S, (start_s + end_s) / 2 - SMOOTHING_S, end_s - SMOOTHING_S, extent)
