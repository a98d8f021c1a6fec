"""How long the phases of a repetition lasted, against how long they were to."""

import numpy as np

from formcheck.frames import Floats
from formcheck.measurement.repetition import RepWindow
from formcheck.tempo import OffPace, Tempo

NEAR = 0.95
"""Above this share of the extent the movement counts as at its extreme, below 1 - NEAR as at rest."""
TO_TURN, BETWEEN = 0.9, 0.81
"""Share of a rise's duration that lies between 5 % of the extent and the turning point, and between 5 and 95 %. At constant speed
they are 0.95 and 0.9, with the speed of a cosine 0.86 and 0.71; taken is the middle."""
SHAPE = {True: 0.05, False: 0.12}
"""Half the difference between these two speeds, as a share of the duration. True: without a hold, timed by the turning point."""
FEWEST = 6
"""Frames."""


def off_pace(window: RepWindow, movement: str, tempo: Tempo) -> OffPace | None:
    """How much longer than planned each phase lasted, seconds; None where the movement was not seen well enough."""
    times = window.times_s[window.start : window.end + 1]
    if movement not in window.series:
        return None
    values = window.series[movement][window.start : window.end + 1]
    if len(times) < FEWEST or not np.isfinite(values).mean() > 0.9:
        return None
    known = np.interp(times, times[np.isfinite(values)], values[np.isfinite(values)])
    start_s, end_s = float(times[0]), float(times[-1])
    from_s, to_s = _at_the_extreme(times, known)
    held = tempo.hold_s > 0
    if held:
        up_s, down_s = (from_s - start_s) / BETWEEN, (end_s - to_s) / BETWEEN
        rest_s = (1 - NEAR) * (up_s + down_s)  # what lies before the start and after the end
        hold_s = max(0.0, end_s - start_s + rest_s - up_s - down_s)
    else:
        rise_s, fall_s = max(from_s - start_s, 0.0), max(end_s - to_s, 0.0)
        turn_s = from_s + (to_s - from_s) * (rise_s / (rise_s + fall_s) if rise_s + fall_s > 0 else 0.5)
        up_s, down_s, hold_s = (turn_s - start_s) / TO_TURN, (end_s - turn_s) / TO_TURN, 0.0
    error_s = SHAPE[not held] * max(up_s, down_s) + float(np.median(np.diff(times)))
    return OffPace(up_s - tempo.up_s, hold_s - tempo.hold_s, down_s - tempo.down_s, error_s)


def _at_the_extreme(times: Floats, values: Floats) -> tuple[float, float]:
    """When the movement is first and last near its extreme, from the base of either flank."""
    peak = int(np.argmax(values))
    rise = values[0] + NEAR * (values[peak] - values[0])
    fall = values[-1] + NEAR * (values[peak] - values[-1])
    first = int(np.argmax(values >= rise))
    last = len(values) - 1 - int(np.argmax(values[::-1] >= fall))
    return float(times[first]), float(times[max(last, first)])
