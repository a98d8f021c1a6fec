"""Movement as both clocks saw it: how fast angles change, in degrees a second at even steps."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.agreement.pelvis.orientation import Orientation
from formcheck.agreement.sensors.grid import smoothed
from formcheck.agreement.sensors.recording import Flags
from formcheck.frames import Floats

RATE = 50.0
"""Steps a second."""
SMOOTHING_S = 0.1
"""Gaussian sigma on both: below a fast repetition's, above a camera's noise."""
MARGIN_S = 0.3
NEAR_S = 0.5
"""Between frames further apart than this nothing is made up."""


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Angles over time as one of the two measured them, degrees."""

    times_s: Floats
    """(n,) rising."""
    values: Floats
    """(n,) NaN where not measured."""
    delay_s: float = 0.0
    """By how much they come late."""
    delay_sd_s: float = 0.0
    """How far that scatters from set to set."""


@dataclass(frozen=True, slots=True, eq=False)
class FilmMotion:
    times_s: Floats
    """(n,)"""
    names: tuple[str, ...]
    """Of the k angles."""
    speeds: Floats
    """(n, k), zero where they do not count."""
    counts: Flags
    """(n,) within repetitions and measured: running values jump where a repetition begins."""
    delay_sd_s: float = 0.0
    """How far the film's own delay may be off, of all angles together."""


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceMotion:
    times_s: Floats
    """(m,)"""
    speeds: Mapping[str, Floats]
    """(m,) of each angle that is known by name and sign."""
    tilts: tuple[str, ...]
    """Names of angles that tilt the phone, about axes that are not known yet."""
    tilt: Floats
    """(m, 3) how fast the vertical moves on the phone's axes; (m, 0) where every angle is known."""
    known: Flags


def motion_of_phone(sensor: Orientation, tilts: Sequence[str]) -> ReferenceMotion:
    """Needs no knowledge of how the phone sits: a turn about the vertical is seen whichever way it is mounted."""
    times = np.arange(sensor.times_s[0], sensor.times_s[-1], 1 / RATE)
    step = sensor.times_s[1] - sensor.times_s[0]
    up = sensor.up
    tilt = np.degrees(np.gradient(up, step, axis=0))
    turn = np.degrees((sensor.rates * up).sum(axis=1))[:, None]
    whole = np.convolve(~sensor.known, np.ones(3), "same") == 0  # a difference across a gap is no speed
    both = smoothed(np.where(whole[:, None], np.hstack([tilt, turn]), 0.0), step, SMOOTHING_S)
    at = np.stack([np.interp(times, sensor.times_s, column) for column in both.T], axis=1)
    known = np.interp(times, sensor.times_s, sensor.known.astype(float)) > 0.99
    return ReferenceMotion(times, {"pelvis_rotation_left": at[:, 3]}, tuple(tilts), at[:, :3], known)


def motion_of_capture(tracks: Mapping[str, Track]) -> ReferenceMotion:
    """Of angles that are all known by name and sign."""
    start = max(t.times_s[0] for t in tracks.values())
    end = min(t.times_s[-1] for t in tracks.values())
    times = np.arange(start, end, 1 / RATE)
    speeds = {name: _speed(track, times) for name, track in tracks.items()}
    known = np.logical_and.reduce([np.isfinite(s) for s in speeds.values()])
    return ReferenceMotion(times, {n: np.where(known, s, 0.0) for n, s in speeds.items()}, (), np.zeros((len(times), 0)), known)


def film_motion(tracks: Mapping[str, Track], spans_s: Sequence[tuple[float, float]]) -> FilmMotion:
    """spans: start and end of repetitions; empty: the whole film counts."""
    first = next(iter(tracks.values())).times_s
    times = np.arange(first[0], first[-1], 1 / RATE)
    counts = np.full(len(times), not spans_s)
    for start, end in spans_s:
        counts |= (times > start - MARGIN_S) & (times < end + MARGIN_S)
    speeds = np.stack([_speed(track, times) for track in tracks.values()], axis=1)
    counts &= np.isfinite(speeds).all(axis=1)
    speeds = np.where(counts[:, None], speeds, 0.0)
    energy = (speeds**2).sum(axis=0)
    spreads = np.array([track.delay_sd_s**2 for track in tracks.values()])
    off = math.sqrt(float(spreads @ energy / energy.sum())) if energy.any() else 0.0
    return FilmMotion(times, tuple(tracks), speeds, counts, off)


def _speed(track: Track, at_s: Floats) -> Floats:
    """(m,) degrees a second at the asked times, NaN where no frame near by measured it."""
    seen = np.isfinite(track.values)
    if seen.sum() < 2:
        return np.full(len(at_s), np.nan)
    own, at = track.times_s[seen], at_s + track.delay_s
    even = np.interp(at, own, track.values[seen])
    after = np.clip(np.searchsorted(own, at), 1, len(own) - 1)
    near = (own[after] - own[after - 1] < NEAR_S) & (at >= own[0]) & (at <= own[-1])
    return np.where(near, np.gradient(smoothed(even[:, None], 1 / RATE, SMOOTHING_S)[:, 0], 1 / RATE), np.nan)
