"""Streams of uneven samples on one even clock."""

from collections.abc import Iterable

import numpy as np

from formcheck.agreement.sensors.recording import Flags, Stream
from formcheck.agreement.sensors.tables import BadSensorFile
from formcheck.frames import Floats
from formcheck.system.language import tr

RATE = 100.0
"""Steps a second."""
GAP_S = 0.2
"""Between samples further apart than this nothing is made up: a fast roll turns the pelvis by 10 degrees meanwhile."""


def common_times(streams: Iterable[Stream]) -> Floats:
    """Even times that every stream covers. BadSensorFile where they share less than a set's length."""
    held = tuple(streams)
    start, end = max(s.times_s[0] for s in held), min(s.times_s[-1] for s in held)
    if end - start < 8.0:
        raise BadSensorFile(tr("the files were not recorded at the same time; name the files of one recording only"))
    return np.arange(start, end, 1.0 / RATE)


def means_between(stream: Stream, times_s: Floats) -> Floats:
    """(n, k) the stream's mean over each step that ends at a time: nothing of the integral is lost."""
    steps = np.diff(stream.times_s)[:, None] * (stream.values[1:] + stream.values[:-1]) / 2
    total = np.concatenate([np.zeros((1, stream.values.shape[1])), np.cumsum(steps, axis=0)])
    edges = np.concatenate([[times_s[0] - 1.0 / RATE], times_s])
    sums = np.stack([np.interp(edges, stream.times_s, column) for column in total.T], axis=1)
    means: Floats = np.diff(sums, axis=0) * RATE
    means[0] = stream.values[0]
    return means


def covered(stream: Stream, times_s: Floats) -> Flags:
    """(n,): whether samples lie close enough before and after each time."""
    after = np.clip(np.searchsorted(stream.times_s, times_s), 1, len(stream.times_s) - 1)
    near: Flags = stream.times_s[after] - stream.times_s[after - 1] <= GAP_S
    return near


def smoothed(values: Floats, step_s: float, sigma_s: float) -> Floats:
    """(n, k) by a Gaussian along the first axis; ends held."""
    reach = int(np.ceil(4 * sigma_s / step_s))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step_s / sigma_s) ** 2)
    padded = np.pad(values, ((reach, reach), (0, 0)), mode="edge")
    return np.stack([np.convolve(column, kernel / kernel.sum(), "valid") for column in padded.T], axis=1)
