"""Cuts a movement into repetitions as it happens: rest, rise, return. It knows no exercise and no fixed amplitude.

The rest level follows the movement's own lows, and a rise counts by what is usual in this set. What is smaller than the
exercise's least extent, shorter than a movement can be, or broken by a loss of sight is not a repetition.
"""

import math
import statistics
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Mapping, Sequence

import numpy as np

from formcheck.counting.segmenter import Span
from formcheck.frames import Floats, Observation

SMOOTHING_S = 0.08
REST_WINDOW_S = 3.0
SHORTEST_S = 0.5
LONGEST_S = 20.0
LOST_S = 1.0
"""Unseen for longer than this in mid-movement, the movement is given up."""
EDGE = 0.05
"""A repetition starts and ends where the movement passes this share of its extent."""
RETURNED = 0.35
"""Below this share of the extent the movement counts as on its way to rest."""
USUAL = 0.3
"""A repetition reaches at least this share of the set's usual extent."""


class MovementSegmenter(ABC):
    """A Segmenter that follows one measured movement, smoothed."""

    def __init__(self, movement: str, min_extent: float, shortest_s: float, remembered: int) -> None:
        """movement: the quantity it follows; min_extent: what is smaller is no repetition, in the movement's unit; shortest_s:
        nor is what is quicker; remembered: how many repetitions tell what is usual."""
        self._movement = movement
        self._min_extent = min_extent
        self._shortest_s = shortest_s
        self._extents: deque[float] = deque(maxlen=remembered)
        self.reset()

    @property
    @abstractmethod
    def moving_since_s(self) -> float | None:
        """Start of the running movement, None at rest."""

    @property
    def usual_extent(self) -> float:
        """Extent of a repetition in this set, the exercise's least one while there is none yet."""
        return statistics.median(self._extents) if self._extents else self._min_extent

    def update(self, observation: Observation, values: Mapping[str, float]) -> Span | None:
        return self.take(observation.timestamp_s, values.get(self._movement, math.nan))

    def take(self, timestamp_s: float, value: float) -> Span | None:
        """Take the movement's next value (NaN: not seen); returns the repetition that it completes."""
        if self._times and timestamp_s - self._times[-1] > LOST_S:
            self.reset()
        if math.isnan(value):
            return None
        if self._values:
            share = 1.0 - math.exp(-(timestamp_s - self._times[-1]) / SMOOTHING_S)
            value = self._values[-1] + share * (value - self._values[-1])
        self._times.append(timestamp_s)
        self._values.append(value)
        return self._taken()

    @abstractmethod
    def _taken(self) -> Span | None:
        """What the newest of the smoothed values completes."""

    @abstractmethod
    def finish(self) -> Span | None:
        """Nothing more will come: the repetition that was about to complete, if there is one."""

    def reset(self) -> None:
        """Forget the running movement: the person moved away or took up a new position."""
        self._times: list[float] = []
        self._values: list[float] = []


class RepetitionDetector(MovementSegmenter):
    """For movements that rise from rest and return to it."""

    def __init__(self, movement: str, min_extent: float = 8.0, shortest_s: float = SHORTEST_S) -> None:
        super().__init__(movement, min_extent, shortest_s, remembered=5)

    @property
    def moving_since_s(self) -> float | None:
        return self._since_s

    def reset(self) -> None:
        super().reset()
        self._since_s: float | None = None
        self._low = math.nan
        self._peak = -math.inf

    def _taken(self) -> Span | None:
        now_s, value = self._times[-1], self._values[-1]
        if self._since_s is not None:
            return self._move(now_s, value)
        self._rest(now_s, value)
        return None

    def finish(self) -> Span | None:
        if self._since_s is None or self._values[-1] > self._low + RETURNED * (self._peak - self._low):
            return None
        return self._complete(self._times[-1])

    def _rest(self, now_s: float, value: float) -> None:
        self._trim(now_s - REST_WINDOW_S)
        low = float(np.percentile(self._values, 20))
        floor = [v for v in self._values if v <= low]
        noise = 1.5 * (low - min(floor)) if len(floor) > 4 else 0.0
        if value > low + max(0.5 * self._min_extent, 0.2 * self.usual_extent, noise):
            self._since_s = self._last_below(low + EDGE * (value - low), now_s)
            self._low = low
            self._peak = value

    def _move(self, now_s: float, value: float) -> Span | None:
        assert self._since_s is not None
        if now_s - self._since_s > LONGEST_S:
            self._settle(now_s)
            return None
        self._peak = max(self._peak, value)
        self._low = min(self._low, value)
        extent = self._peak - self._low
        if value > self._low + RETURNED * extent or not self._has_settled(now_s, value, extent):
            return None
        return self._complete(now_s)

    def _complete(self, now_s: float) -> Span | None:
        span = self._span()
        self._settle(span.end_s if span else now_s)
        if span is not None:
            self._extents.append(span.extent)
        return span

    def _has_settled(self, now_s: float, value: float, extent: float) -> bool:
        """Whether the return is over: the movement lies still, or rises again."""
        peak = int(np.argmax(self._values))
        lowest = peak + int(np.argmin(self._values[peak:]))
        if value > self._values[lowest] + 0.1 * extent:
            return True
        recent = self._since(now_s - 0.25)
        return len(recent) > 1 and recent[0] - value < 0.025 * extent

    def _span(self) -> Span | None:
        times, values = np.array(self._times), np.array(self._values)
        peak = int(np.argmax(values))
        before, after = _base(values[: peak + 1]), float(values[peak:].min())
        extent = float(values[peak] - max(before, after))
        start_s = _crossing(times[: peak + 1], values[: peak + 1], before + EDGE * (values[peak] - before), last=True)
        end_s = _crossing(times[peak:], values[peak:], after + EDGE * (values[peak] - after), last=False)
        if extent < max(self._min_extent, USUAL * self.usual_extent) or end_s - start_s < self._shortest_s:
            return None
        lag_s = SMOOTHING_S  # an exponential follows a ramp by its time constant
        return Span(start_s - lag_s, float(times[peak]) - lag_s, end_s - lag_s, extent)

    def _settle(self, from_s: float) -> None:
        """Be at rest again, remembering what came after `from_s`."""
        self._trim(from_s)
        self._since_s = None
        self._low, self._peak = math.nan, -math.inf

    def _trim(self, from_s: float) -> None:
        keep = int(np.searchsorted(self._times, from_s))
        keep = min(keep, len(self._times) - 1)
        del self._times[:keep], self._values[:keep]

    def _since(self, from_s: float) -> Sequence[float]:
        return self._values[int(np.searchsorted(self._times, from_s)) :]

    def _last_below(self, level: float, now_s: float) -> float:
        below = [t for t, v in zip(self._times, self._values, strict=True) if v <= level]
        return below[-1] if below else now_s


def _base(values: Floats) -> float:
    """The rest level before a rise: the middle of the lowest third, so that one stray low does not set it."""
    return float(np.median(np.sort(values)[: max(1, len(values) // 3)]))


def _crossing(times_s: Floats, values: Floats, level: float, *, last: bool) -> float:
    """When a rise last (or a fall first) passes `level`, between samples; the edge itself where it never does."""
    under = np.flatnonzero(values <= level)
    if not len(under):
        return float(times_s[0 if last else -1])
    i = int(under[-1] if last else under[0])
    j = i + 1 if last else i - 1
    if not 0 <= j < len(values) or values[j] == values[i]:
        return float(times_s[i])
    return float(times_s[i] + (times_s[j] - times_s[i]) * (level - values[i]) / (values[j] - values[i]))
