"""Cuts a movement into repetitions as it happens: rest, rise, return. It knows no exercise and no fixed amplitude.

The rest level follows the movement's own lows, and a rise counts by what is usual in this set. What is smaller than the
exercise's least extent, shorter than a movement can be, or broken by a loss of sight is not a repetition.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.counting.edges import base, crossing, percentile
from formcheck.counting.movement import SHORTEST_S, SMOOTHING_S, USUAL, MovementSegmenter
from formcheck.counting.segmenter import Span

REST_WINDOW_S = 3.0
LONGEST_S = 20.0
EDGE = 0.05
"""A repetition starts and ends where the movement passes this share of its extent."""
RETURNED = 0.35
"""Below this share of the extent the movement counts as on its way to rest."""
SETTLED_S, SURELY_SETTLED_S = 0.25, 0.6
"""Still for this long, the return is over: where the movement began, and on a level that was found on its way."""
LEVEL_S = 1.2
"""A movement that stays on one level for this long may have found a new rest there."""
NEW_REST_S = 2.5


@dataclass(frozen=True, slots=True)
class _Level:
    """A level on which the movement has stayed for a while."""

    value: float
    from_s: float
    to_s: float

    @property
    def lasted_s(self) -> float:
        return self.to_s - self.from_s


class RepetitionDetector(MovementSegmenter):
    """For movements that rise from rest and return to it."""

    def __init__(self, movement: str, min_extent: float = 8.0, shortest_s: float = SHORTEST_S) -> None:
        super().__init__(movement, min_extent, shortest_s, remembered=5)

    @property
    def moving_since_s(self) -> float | None:
        """None as well where the movement has stopped on a new level before the first repetition: a new posture, so far. What
        rises from there is the first repetition, so far."""
        if not self._levels or self._extents or self._levels[-1].lasted_s <= NEW_REST_S:
            return self._since_s
        level = self._levels[-1]
        return level.to_s if self._values[-1] > level.value + 0.5 * self._min_extent else None

    def reset(self) -> None:
        super().reset()
        self._settle_state()

    def _settle_state(self) -> None:
        self._since_s: float | None = None
        self._low = math.nan
        self._peak = -math.inf
        self._levels: list[_Level] = []
        """On which the movement has stayed for a while, oldest first."""

    def _taken(self) -> Span | None:
        now_s, value = self._times[-1], self._values[-1]
        if self._since_s is not None:
            return self._move(now_s, value)
        self._rest(now_s, value)
        return None

    def finish(self) -> Span | None:
        if self._since_s is None:
            return None
        if self._values[-1] <= self._low + RETURNED * (self._peak - self._low):
            return self._complete(self._times[-1])
        level = self._level_returned_to()
        if level is None:
            return None
        self._rest_on(level)
        return self._complete(self._times[-1])

    def _rest(self, now_s: float, value: float) -> None:
        self._trim(now_s - REST_WINDOW_S)
        low = percentile(self._values, 20)
        floor = [v for v in self._values if v <= low]
        noise = 1.5 * (low - min(floor)) if len(floor) > 4 else 0.0
        risen = low + max(0.5 * self._min_extent, 0.2 * self.usual_extent, noise)
        if value > risen:
            self._since_s = self._last_below(low + EDGE * (value - low), now_s)
            self._forget_fall(risen)
            self._low = low
            self._peak = value

    def _forget_fall(self, level: float) -> None:
        """Leave out a return that was under way when the person was first seen: its height is no peak of this rise."""
        before = np.array(self._values[: int(np.searchsorted(self._times, self._since_s or 0.0))])
        fallen = np.flatnonzero(before > level)
        if len(fallen):
            self._trim(self._times[int(fallen[-1]) + 1])

    def _move(self, now_s: float, value: float) -> Span | None:
        assert self._since_s is not None
        if now_s - self._since_s > LONGEST_S:
            self._settle(self._levels[-1].from_s if self._levels else now_s)
            return None
        self._peak = max(self._peak, value)
        self._low = min(self._low, value)
        if self._back_at_rest():
            return self._complete(now_s) if self._has_settled(now_s, SETTLED_S) else None
        level = self._level_returned_to()
        if level is not None and self._has_settled(now_s, SURELY_SETTLED_S):
            self._rest_on(level)
            return self._complete(now_s)
        self._look_for_level(now_s)
        return None

    def _back_at_rest(self) -> bool:
        """Whether the movement has been back near where it rose from since its peak."""
        peak = int(np.argmax(self._values))
        low = max(self._low, percentile(self._values[: peak + 1], 10))  # one stray low is no rest
        return min(self._values[peak:]) <= low + RETURNED * (self._peak - low)

    def _level_returned_to(self) -> _Level | None:
        """The last level from which the movement rose, by as much as a repetition does, and to which it is back."""
        for level in reversed(self._levels):
            rise = max(self._since(level.to_s)) - level.value
            if rise >= self._least_extent and self._values[-1] <= level.value + RETURNED * rise:
                return level
        return None

    def _look_for_level(self, now_s: float) -> None:
        """Where the movement stops on its way it may hold, hesitate, or have found a new rest: what follows tells."""
        if now_s - LEVEL_S < self._times[0]:
            return
        recent = sorted(self._since(now_s - LEVEL_S))
        low, value, high = (percentile(recent, q) for q in (10, 50, 90))
        if high - low > max(0.3 * self._min_extent, 0.1 * self.usual_extent):
            return
        last = self._levels[-1] if self._levels else None
        if last is not None and last.to_s >= now_s - LEVEL_S and abs(last.value - value) < 0.5 * self._min_extent:
            self._levels[-1] = _Level(last.value, last.from_s, now_s)
        else:
            self._levels.append(_Level(value, now_s - LEVEL_S, now_s))

    def _rest_on(self, level: _Level) -> None:
        self._trim(level.from_s)
        self._since_s, self._low, self._levels = level.to_s, level.value, []
        self._peak = max(self._values)

    def _complete(self, now_s: float) -> Span | None:
        span = self._span()
        whole = span.end_s - span.start_s >= self._shortest_s
        counts = whole and span.extent >= self._least_extent
        self._settle(span.end_s if counts else now_s)
        if counts:
            self._extents.append(span.extent)
            return span
        if whole and span.extent >= 0.5 * self._min_extent:
            self.attempts.append(span)
        return None

    def _has_settled(self, now_s: float, still_s: float) -> bool:
        """Whether the return is over: the movement lies still, or rises again."""
        value, peak = self._values[-1], int(np.argmax(self._values))
        lowest = peak + int(np.argmin(self._values[peak:]))
        extent = self._values[peak] - self._values[lowest]
        if value > self._values[lowest] + 0.1 * extent:
            return True
        recent = self._since(now_s - still_s)
        return len(recent) > 1 and recent[0] - value < 0.025 * extent

    def _span(self) -> Span:
        times, values = np.array(self._times), np.array(self._values)
        peak = int(np.argmax(values))
        before, after = base(values[: peak + 1]), float(values[peak:].min())
        extent = float(values[peak] - max(before, after))
        start_s = crossing(times[: peak + 1], values[: peak + 1], before + EDGE * (values[peak] - before), last=True)
        end_s = crossing(times[peak:], values[peak:], after + EDGE * (values[peak] - after), last=False)
        lag_s = SMOOTHING_S  # an exponential follows a ramp by its time constant
        return Span(start_s - lag_s, float(times[peak]) - lag_s, end_s - lag_s, extent)

    @property
    def _least_extent(self) -> float:
        return max(self._min_extent, USUAL * self.usual_extent)

    def _settle(self, from_s: float) -> None:
        """Be at rest again, remembering what came after `from_s`."""
        self._trim(from_s)
        self._settle_state()

    def _trim(self, from_s: float) -> None:
        keep = int(np.searchsorted(self._times, from_s))
        keep = min(keep, len(self._times) - 1)
        del self._times[:keep], self._values[:keep]

    def _since(self, from_s: float) -> Sequence[float]:
        return self._values[int(np.searchsorted(self._times, from_s)) :]

    def _last_below(self, level: float, now_s: float) -> float:
        below = [t for t, v in zip(self._times, self._values, strict=True) if v <= level]
        return below[-1] if below else now_s
