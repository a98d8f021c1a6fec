"""How fast a repetition was."""

import numpy as np

from formcheck.frames import Floats
from formcheck.measurement.repetition import RepWindow
from formcheck.results import Measurement
from formcheck.system.language import to_translate


def pace(window: RepWindow, movement: str) -> Measurement:
    """The shorter of rise and return, seconds. Timed from 5 to 95 % of the extent, and extrapolated to the whole of it."""
    times = window.times_s[window.start : window.end + 1]
    values = window.series[movement][window.start : window.end + 1]
    if len(times) < 4 or not np.isfinite(values).any():
        return Measurement(None, "s", why=to_translate("the movement was not seen from start to end"))
    rise_s, return_s = _flank_s(times, values), _flank_s(-times[::-1], values[::-1])
    return Measurement(min(rise_s, return_s), "s", uncertainty=float(np.median(np.diff(times))))


def _flank_s(times: Floats, values: Floats) -> float:
    top = np.nanmax(values)
    level = values[np.isfinite(values)][0] + 0.95 * (top - values[np.isfinite(values)][0])
    reached = int(np.argmax(np.nan_to_num(values, nan=-np.inf) >= level))
    return float(times[reached] - times[0]) / 0.9
