"""Cuts a walk into steps: a movement that goes to and fro, where each way is one repetition.

The Segmenter for exercises whose movement does not return to rest between repetitions: stepping with one foot and then the
other drives the lead of one foot over the other up and down.
"""

import math
from collections import deque

import numpy as np

from formcheck.analysis.repetitions import EDGE, LOST_S, SHORTEST_S, SMOOTHING_S, USUAL, Span

STILL_S = 0.3
"""A way has ended when the movement has hardly gone on for this long."""
STILL_SHARE = 0.06
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
        along = self._way * np.array(self._values[self._from :])
        times = np.array(self._times[self._from :])
        top = int(np.argmax(along))
        extent = float(along[top] - along[0])
        recent = along[times >= times[-1] - STILL_S]
        still = times[-1] - times[0] > 2 * STILL_S and len(recent) > 1 and float(np.ptp(recent)) < STILL_SHARE * extent
        turned = along[top] - along[-1] > max(0.25 * extent, 0.5 * self._min_extent)
        if not (still or turned or times[-1] - times[0] > LONGEST_S):
            return None
        span = self._span(times, along, top, extent)
        keep = self._from + top
        del self._times[:keep], self._values[:keep]
        self._way = 0
        self._from = 0
        return span

    def _span(self, times: np.ndarray, along: np.ndarray, top: int, extent: float) -> Span | None:
        passed = np.flatnonzero(along[: top + 1] <= along[0] + EDGE * extent)
        reached = np.flatnonzero(along[: top + 1] >= along[top] - EDGE * extent)
        start_s, end_s = float(times[passed[-1]]), float(times[reached[0]])
        if extent < max(self._min_extent, USUAL * self.usual_extent) or end_s - start_s < SHORTEST_S:
            return None
        self._extents.append(extent)
        return Span(start_s - SMOOTHING_S, (start_s + end_s) / 2 - SMOOTHING_S, end_s - SMOOTHING_S, extent)
