"""A stream's times put in order: rows without values dropped, a clock that was reset cut, doubled samples left out."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from formcheck.agreement.sensors.recording import Kind, Stream
from formcheck.agreement.sensors.tables import BadSensorFile
from formcheck.system.kept_words import kept
from formcheck.system.language import to_translate, tr

SLOWEST = 20.0
"""Samples a second: a tap lasts some 20 ms, a fast repetition a second."""
FASTEST = 2000.0
SHORTEST_S = 8.0
LATE_S = 0.5
"""Apps write samples that waited a moment out of order; a step back beyond this is a clock that was reset."""


def in_order(kind: Kind, stream: Stream) -> tuple[Stream, tuple[str, ...]]:
    """The stream with rising times, and notes of what was cut. BadSensorFile for what no phone records."""
    usable = np.isfinite(stream.times_s) & np.isfinite(stream.values).all(axis=1)
    if usable.sum() < 20:
        raise BadSensorFile(tr("{kind}: hardly a sample in it; record the whole set, and export it again", kind=kind))
    stream = Stream(stream.times_s[usable], stream.values[usable])
    stream, notes = _longest_run(kind, stream)
    order = np.argsort(stream.times_s, kind="stable")
    rising = Stream(stream.times_s[order], stream.values[order])
    first = np.concatenate([[True], np.diff(rising.times_s) > 1e-6])
    rising = replace(rising, times_s=rising.times_s[first], values=rising.values[first])
    _refuse_wrong_rate(kind, rising)
    return rising, notes


def _longest_run(kind: Kind, stream: Stream) -> tuple[Stream, tuple[str, ...]]:
    resets = np.flatnonzero(np.diff(stream.times_s) < -LATE_S) + 1
    if not len(resets):
        return stream, ()
    edges = [0, *resets, len(stream.times_s)]
    start, end = max(pairwise(edges), key=lambda run: stream.times_s[run[1] - 1] - stream.times_s[run[0]])
    longest = Stream(stream.times_s[start:end], stream.values[start:end])
    words = to_translate("{kind}: the clock was reset {n} times; only its longest stretch, {length_s:.0f} s, is used")
    return longest, (kept(words, kind=kind, n=len(resets), length_s=longest.duration_s),)


def _refuse_wrong_rate(kind: Kind, stream: Stream) -> None:
    if len(stream.times_s) < 20 or stream.duration_s < SHORTEST_S:
        raise BadSensorFile(
            tr("{kind}: {duration_s:.1f} s recorded; record at least the whole set", kind=kind, duration_s=stream.duration_s)
        )
    if stream.rate > FASTEST:
        raise BadSensorFile(
            tr("{kind}: {rate:.0f} samples a second; the time column is not in seconds", kind=kind, rate=stream.rate)
        )
    if stream.rate < SLOWEST:
        raise BadSensorFile(
            tr(
                "{kind}: {rate:.1f} samples a second; set the app to 50 or more (or the time column is not in seconds)",
                kind=kind,
                rate=stream.rate,
            )
        )
