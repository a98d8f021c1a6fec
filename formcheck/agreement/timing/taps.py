"""Three taps on the phone: seen on the film to the frame, felt by the accelerometer to a hundredth of a second."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from formcheck.agreement.sensors.recording import Kind, Recording
from formcheck.agreement.timing.alignment import Clock, NoCommonMovement
from formcheck.frames import Floats
from formcheck.system.language import tr

LEAST_JOLT = 2.0
"""m/s² off the mean of the moment; movement alone stays below 1."""
RINGING_S = 0.12
"""Peaks closer than this are one tap."""
TAPS = 3
APART_S = (0.2, 1.5)
UNEVEN_S = 0.3
"""By how much the two pauses between three taps may differ."""
ALONE_S = 1.0
"""No other jolt so long before and after."""
MOST_MISFIT_S = 0.1
DISAGREE_S = 0.2
FRAME_S = 1 / 30
"""Between pictures of a usual film: a tap is seen to no more."""


def find_taps(recording: Recording) -> list[tuple[float, float, float]]:
    """Sensor times of every three taps in a row, in the order felt; empty without an accelerometer."""
    felt = recording.streams.get(Kind.ACCELERATION)
    if felt is None:
        return []
    width = max(3, round(0.2 * felt.rate))
    kernel = np.full(width, 1.0 / width)
    mean = np.stack([np.convolve(axis, kernel, "same") for axis in felt.values.T], axis=1)
    jolt = np.linalg.norm(felt.values - mean, axis=1)[width:-width]
    peaks = _peaks(felt.times_s[width:-width], jolt)
    found = []
    for k in range(len(peaks) - 2):
        a, b, c = peaks[k : k + 3]
        near = [p for p in peaks if a - ALONE_S < p < c + ALONE_S]
        even = abs((b - a) - (c - b)) < UNEVEN_S and all(APART_S[0] < gap < APART_S[1] for gap in (b - a, c - b))
        if even and len(near) == 3:
            found.append((a, b, c))
    return found


def clock_by_taps(felt: Sequence[tuple[float, float, float]], seen_s: Sequence[float], movement: Clock | None) -> Clock:
    """seen_s: film times of the first tap, or of all three; movement: what the movement says, to choose between taps by.

    NoCommonMovement where the taps are not there, do not fit, or contradict the movement.
    """
    if len(seen_s) > TAPS or any(b <= a for a, b in pairwise(seen_s)):
        raise NoCommonMovement(tr("the film times of the first tap or of all three are expected, in order"))
    if not felt:
        raise NoCommonMovement(tr("no three taps are felt in the recording; leave --taps away, or tap harder next time"))
    fits = [_fit(taps, seen_s) for taps in felt]
    fits = [fit for fit in fits if fit[1] < MOST_MISFIT_S]
    if not fits:
        raise NoCommonMovement(
            tr("the taps' pauses on the film and in the recording differ by more than 0.1 s; check their times")
        )
    if movement is None:
        if len(fits) > 1:
            raise NoCommonMovement(
                tr("{n} times three taps are felt, and the movement does not tell which; tap once a set", n=len(fits))
            )
        offset, misfit = fits[0]
        return _clock(offset, misfit, len(seen_s), 0.0, None)
    mid_s = seen_s[0]
    offset, misfit = min(fits, key=lambda fit: abs(fit[0] - movement.offset_s))
    apart = offset - movement.offset_s - movement.drift_ppm * 1e-6 * mid_s
    if abs(apart) > DISAGREE_S:
        raise NoCommonMovement(
            tr("taps and movement disagree by {apart:.2f} s; check which frames the taps are on", apart=abs(apart))
        )
    return _clock(offset - movement.drift_ppm * 1e-6 * mid_s, misfit, len(seen_s), movement.drift_ppm, movement)


def _clock(offset: float, misfit: float, taps: int, drift_ppm: float, movement: Clock | None) -> Clock:
    one = max(misfit, FRAME_S / np.sqrt(12))  # a frame is as long as it is uncertain
    return Clock(
        offset,
        drift_ppm,
        movement.correlation if movement else None,
        1.645 * float(one) / np.sqrt(taps),
        movement.drift_uncertainty_ppm if movement else 1.645 * 50.0,
        "taps",
    )


def _fit(taps: tuple[float, float, float], seen_s: Sequence[float]) -> tuple[float, float]:
    """Mean offset and what is left over of it."""
    apart = np.array(taps[: len(seen_s)]) - np.array(seen_s)
    return float(apart.mean()), float(apart.std())


def _peaks(times_s: Floats, jolt: Floats) -> list[float]:
    """The strongest moment of each jolt."""
    peaks: list[tuple[float, float]] = []
    for i in np.flatnonzero(jolt > LEAST_JOLT):
        if peaks and times_s[i] - peaks[-1][0] < RINGING_S:
            if jolt[i] > peaks[-1][1]:
                peaks[-1] = (float(times_s[i]), float(jolt[i]))
        else:
            peaks.append((float(times_s[i]), float(jolt[i])))
    return [at for at, _ in peaks]
