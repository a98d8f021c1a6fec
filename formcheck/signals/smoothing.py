"""Smoothing in seconds, so that 10 and 60 frames a second give the same answers. NaN stays out of every mean."""

import math
from bisect import bisect_left, insort
from collections import deque
from collections.abc import Mapping

import numpy as np

from formcheck.frames import Floats


def newest_weight(passed_s: float, time_constant_s: float) -> float:
    """0-1: what a new value weighs against the smoothed ones before it, in exponential smoothing."""
    return 1.0 - math.exp(-max(0.0, passed_s) / time_constant_s)


class Exponential:
    """Causal exponential smoothing of an array. The first value is taken as it is; one that is not finite is passed over."""

    def __init__(self, time_constant_s: float) -> None:
        self._time_constant_s = time_constant_s
        self.value: Floats | None = None
        """None before the first finite value."""
        self.last_s = -math.inf
        """When the last finite value came."""

    def update(self, timestamp_s: float, value: Floats) -> Floats | None:
        """The smoothed value after this one."""
        if np.isfinite(value).all():
            if self.value is None:
                self.value = value
            else:
                weight = newest_weight(timestamp_s - self.last_s, self._time_constant_s)
                self.value = self.value + weight * (value - self.value)
            self.last_s = timestamp_s
        return self.value

    def reset(self) -> None:
        """Begin afresh with the next value."""
        self.value = None


class Follower:
    """Causal exponential smoothing of named values; a value that returns after NaN starts afresh."""

    def __init__(self, time_constant_s: float) -> None:
        self._time_constant_s = time_constant_s
        self._values: dict[str, float] = {}
        self._last_s = -math.inf

    def update(self, timestamp_s: float, values: Mapping[str, float]) -> dict[str, float]:
        weight = newest_weight(timestamp_s - self._last_s, self._time_constant_s)
        self._last_s = timestamp_s
        for name, value in values.items():
            before = self._values.get(name, math.nan)
            self._values[name] = value if math.isnan(before) or math.isnan(value) else before + weight * (value - before)
        return dict(self._values)


class RecentQuantile:
    """A quantile of the values of the last seconds, kept in order: sorting all of them for each frame takes ten times as long."""

    def __init__(self, window_s: float, share: float) -> None:
        """share: 0-1, of the values that lie below it."""
        self._window_s, self._share = window_s, share
        self._held: deque[tuple[float, float]] = deque()
        self._ordered: list[float] = []

    def update(self, now_s: float, value: float) -> float:
        """The quantile with this finite value; between two values on the straight line."""
        self._held.append((now_s, value))
        insort(self._ordered, value)
        while now_s - self._held[0][0] > self._window_s:
            _, old = self._held.popleft()
            del self._ordered[bisect_left(self._ordered, old)]
        place = self._share * (len(self._ordered) - 1)
        low = self._ordered[int(place)]
        high = self._ordered[min(int(place) + 1, len(self._ordered) - 1)]
        return low + (place - int(place)) * (high - low)

    def reset(self) -> None:
        """Begin afresh with the next value."""
        self._held.clear()
        self._ordered.clear()


def gaussian_mean(at_s: Floats, times_s: Floats, values: Floats, sigma_s: float) -> tuple[Floats, Floats]:
    """Zero-phase Gaussian smoothing of unevenly sampled values.

    (m,) s, (n,) s, (n, k), s -> (m, k) mean of each column's finite values around each time, 0 where there are none; (m, k) how
    much they weigh together, about the number of samples within 2.5 sigma.
    """
    finite = np.isfinite(values)
    weights = np.exp(-0.5 * ((at_s[:, None] - times_s[None, :]) / sigma_s) ** 2)
    total: Floats = weights @ finite.astype(np.float64)  # of truth values the product takes twenty times as long
    return weights @ np.where(finite, values, 0.0) / np.maximum(total, 1e-12), total


def smooth(times_s: Floats, values: Floats, sigma_s: float) -> Floats:
    """gaussian_mean() at the samples' own times; NaN samples stay NaN and weigh nothing."""
    mean, _ = gaussian_mean(times_s, times_s, values, sigma_s)
    return np.where(np.isfinite(values), mean, np.nan)


def bridged(at_s: Floats, times_s: Floats, values: Floats, sigma_s: float) -> Floats:
    """(m, k) gaussian_mean() at other times, on a straight line where no sample is near. Each column needs a finite value."""
    mean, total = gaussian_mean(at_s, times_s, values, sigma_s)
    seen, few = np.isfinite(values), total < FEW
    for k in np.flatnonzero(few.any(axis=0)):
        mean[few[:, k], k] = np.interp(at_s[few[:, k]], times_s[seen[:, k]], values[seen[:, k], k])
    return mean


FEW = 0.1
"""Samples that weigh less than this together lie about 2 sigma away or more."""
