"""Smoothing in seconds, so that 10 and 60 frames a second give the same answers. NaN stays out of every mean."""

import math
from collections.abc import Mapping

import numpy as np

from formcheck.frames import Floats


class Follower:
    """Causal exponential smoothing of named values; a value that returns after NaN starts afresh."""

    def __init__(self, time_constant_s: float) -> None:
        self._tau = time_constant_s
        self._values: dict[str, float] = {}
        self._last_s = -math.inf

    def update(self, timestamp_s: float, values: Mapping[str, float]) -> dict[str, float]:
        share = 1.0 - math.exp(-max(0.0, timestamp_s - self._last_s) / self._tau)
        self._last_s = timestamp_s
        for name, value in values.items():
            before = self._values.get(name, math.nan)
            self._values[name] = value if math.isnan(before) or math.isnan(value) else before + share * (value - before)
        return dict(self._values)


def smooth(times_s: Floats, values: Floats, sigma_s: float) -> Floats:
    """Zero-phase Gaussian smoothing of unevenly sampled values (n, k); NaN samples stay NaN and weigh nothing."""
    finite = np.isfinite(values)
    weights = np.exp(-0.5 * ((times_s[:, None] - times_s[None, :]) / sigma_s) ** 2)
    out = weights @ np.where(finite, values, 0.0) / np.maximum(weights @ finite, 1e-12)
    return np.where(finite, out, np.nan)
