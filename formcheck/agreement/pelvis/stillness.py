"""When the phone kept still: what the gyroscope writes then is its bias, and how gravity lies is a posture."""

from dataclasses import dataclass

import numpy as np

from formcheck.agreement.sensors.grid import RATE
from formcheck.agreement.sensors.recording import Flags
from formcheck.frames import Floats

STILL_DEG_S = 3.0
"""Root mean square over a second. Quiet standing turns the pelvis by less than 1 a second, a slow repetition by 10."""
WINDOW_S = 1.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Steps of the even clock, from `start` up to but not with `end`."""

    start: int
    end: int

    @property
    def part(self) -> slice:
        return slice(self.start, self.end)


def still(rates: Floats) -> Flags:
    """(n,) whether the second around each step is still; rates (n, 3) rad/s with any constant bias."""
    off = ((rates - np.median(rates, axis=0)) ** 2).sum(axis=1)
    width = round(WINDOW_S * RATE)
    mean = np.convolve(np.pad(off, (width // 2, width - width // 2 - 1), mode="edge"), np.full(width, 1 / width), "valid")
    found: Flags = np.sqrt(mean) < np.radians(STILL_DEG_S)
    return found


def stretches(flags: Flags, shortest_s: float) -> list[Stretch]:
    """Runs of True of at least so many seconds."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int)))
    runs = [Stretch(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return [run for run in runs if run.end - run.start >= shortest_s * RATE]


def bias(rates: Floats) -> tuple[Floats, bool]:
    """(3,) rad/s the gyroscope's zero, and whether two seconds of stillness bear it out (else the median)."""
    quiet = still(rates)
    if quiet.sum() < 2.0 * RATE:
        return np.median(rates, axis=0), False
    return rates[quiet].mean(axis=0), True
