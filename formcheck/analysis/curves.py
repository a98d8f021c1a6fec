"""Running values in two forms: as changes since the movement's start, for cues, and as curves of a whole set."""

import math
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

import numpy as np

from formcheck.frames import Floats
from formcheck.results import Rep
from formcheck.signals.smoothing import Follower, newest_weight

REST_S = 1.0
"""Time constant with which the rest level follows a value at rest: slower than a repetition, faster than a change of posture."""
UNSEEN_S = 1.0
"""After this long unseen at rest the rest level starts anew, since the value may have another offset."""
RAMP_S = 0.5
"""from_starts(): the level takes at least this long from one repetition's to the next one's, if there is time."""

RUNNING_SMOOTHING_S = 0.08


class RunningValues:
    """What the estimator measures, smoothed as it comes."""

    def __init__(self, absolute: Collection[str]) -> None:
        """absolute: names of absolute quantities, which stay as they are."""
        self._absolute = absolute
        self._follower = Follower(RUNNING_SMOOTHING_S)
        self._curves = Curves(absolute)
        self._held: deque[tuple[float, Mapping[str, float]]] = deque()

    def update(self, now_s: float, values: Mapping[str, float]) -> None:
        self._held.append((now_s, self._follower.update(now_s, values)))

    def since_start(self, since_s: float | None) -> dict[str, float]:
        """The newest values less those at the movement's start, since_s. None: at rest, less the mean of the last second."""
        now_s, current = self._held[-1]
        from_s, to_s = (now_s - 1.0, now_s) if since_s is None else (since_s - 0.2, since_s + 0.05)
        base = [values for t, values in self._held if from_s <= t <= to_s] or [current]
        return {
            name: value if name in self._absolute else value - _mean([values.get(name, math.nan) for values in base])
            for name, value in current.items()
        }

    def curve(self, *, moving: bool) -> dict[str, float]:
        """The newest values as points of the set's curves; moving: a repetition is running. To be asked once a frame."""
        return self._curves.update(*self._held[-1], moving)

    def forget(self, before_s: float) -> None:
        while self._held and self._held[0][0] < before_s:
            self._held.popleft()


class Curves:
    """Values in order -> the same less their rest level, which moves only between repetitions."""

    def __init__(self, absolute: Collection[str]) -> None:
        """absolute: names of absolute quantities, which stay as they are."""
        self._absolute = absolute
        self._rest: dict[str, float] = {}
        self._seen_s: dict[str, float] = {}

    def update(self, now_s: float, values: Mapping[str, float], moving: bool) -> dict[str, float]:
        """moving: a repetition is running."""
        return {
            name: value if name in self._absolute else self._less_rest(now_s, name, value, moving)
            for name, value in values.items()
        }

    def _less_rest(self, now_s: float, name: str, value: float, moving: bool) -> float:
        if math.isnan(value):
            return math.nan
        passed_s = now_s - self._seen_s.get(name, -math.inf)
        self._seen_s[name] = now_s
        if name not in self._rest or (not moving and passed_s > UNSEEN_S):
            self._rest[name] = value
        elif not moving:
            self._rest[name] += newest_weight(passed_s, REST_S) * (value - self._rest[name])
        return value - self._rest[name]


def from_starts(times_s: Floats, values: Floats, reps: Sequence[Rep]) -> Floats:
    """(n,) s, (n,) values of a whole set -> the values less the one at their repetition's start, as measurements are.

    Between two repetitions the level changes linearly from one start's value to the next one's.
    """
    seen = np.isfinite(values)
    if not reps or not seen.any():
        return values
    starts = np.array([rep.start_s for rep in reps])
    levels = np.interp(starts, times_s[seen], values[seen])
    held_to = [max(a.start_s, min(a.end_s, b.start_s - RAMP_S)) for a, b in pairwise(reps)] + [reps[-1].end_s]
    change: Floats = values - np.interp(times_s, np.ravel([starts, held_to], order="F"), np.repeat(levels, 2))
    return change


def _mean(values: list[float]) -> float:
    finite = [v for v in values if math.isfinite(v)]
    return sum(finite) / len(finite) if finite else math.nan
