"""Where a movement leaves its rest level and where it is back."""

from collections.abc import Sequence

import numpy as np

from formcheck.frames import Floats


def base(values: Floats) -> float:
    """The rest level before a rise: the middle of the lowest third, so that one stray low does not set it."""
    return float(np.median(np.sort(values)[: max(1, len(values) // 3)]))


def percentile(values: Sequence[float], percent: float) -> float:
    """What np.percentile() gives of at least one finite value; of a short list in a tenth of its time."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * (percent / 100)
    below = int(place)
    share, low = place - below, ordered[below]
    step = ordered[min(below + 1, len(ordered) - 1)] - low
    return low + share * step if share < 0.5 else low + step - (1 - share) * step


def crossing(times_s: Floats, values: Floats, level: float, *, last: bool) -> float:
    """When a rise last (or a fall first) passes `level`, between samples; the edge itself where it never does."""
    under = np.flatnonzero(values <= level)
    if not len(under):
        return float(times_s[0 if last else -1])
    i = int(under[-1] if last else under[0])
    j = i + 1 if last else i - 1
    if not 0 <= j < len(values) or values[j] == values[i]:
        return float(times_s[i])
    return float(times_s[i] + (times_s[j] - times_s[i]) * (level - values[i]) / (values[j] - values[i]))
