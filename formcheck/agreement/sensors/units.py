"""Units that were not meant, found from physics: gravity has one size, and turns in the phone as fast as the gyroscope says."""

from dataclasses import replace

import numpy as np

from formcheck.agreement.sensors.grid import RATE, common_times, means_between
from formcheck.agreement.sensors.recording import Kind, Recording, Stream
from formcheck.agreement.sensors.tables import BadSensorFile
from formcheck.system.kept_words import kept
from formcheck.system.language import to_translate, tr

GRAVITY = 9.81
_STEP_S = 0.3
_LEAST_TURN_DEG = 1.0
"""Gravity must turn by so much in a step (root mean square) before its turning can be held against the gyroscope."""
WITH_GRAVITY = to_translate(
    "record acceleration with gravity (phyphox: Acceleration (with g); Sensor Logger: Total Acceleration or Gravity)"
)


def with_checked_units(recording: Recording) -> Recording:
    """The recording with unit quaternions and one acceleration, upward at rest, or none. BadSensorFile for wrong units."""
    streams = dict(recording.streams)
    _join_gravity(streams)
    notes = list(recording.notes)
    if Kind.ACCELERATION in streams and not _holds_gravity(streams[Kind.ACCELERATION]):
        if Kind.ATTITUDE not in streams or not recording.level:
            raise BadSensorFile(
                tr("no gravity in the acceleration, so what is up cannot be known; {with_gravity}", with_gravity=tr(WITH_GRAVITY))
            )
        del streams[Kind.ACCELERATION]
        notes.append(kept("acceleration without gravity was left aside"))
    if Kind.ATTITUDE in streams:
        streams[Kind.ATTITUDE] = _unit(streams[Kind.ATTITUDE])
    if Kind.ROTATION in streams:
        _refuse_degrees(streams[Kind.ROTATION], streams.get(Kind.ACCELERATION))
    return replace(recording, streams=streams, notes=tuple(notes))


def _join_gravity(streams: dict[Kind, Stream]) -> None:
    """Leave one acceleration with gravity where it can be had from its parts."""
    motion, gravity = streams.pop(Kind.MOTION, None), streams.pop(Kind.GRAVITY, None)
    if Kind.ACCELERATION in streams:
        return
    if gravity is not None and motion is not None:
        moved = np.stack([np.interp(gravity.times_s, motion.times_s, axis) for axis in motion.values.T], axis=1)
        streams[Kind.ACCELERATION] = Stream(gravity.times_s, gravity.values + moved)
    elif gravity is not None or motion is not None:
        streams[Kind.ACCELERATION] = gravity or motion  # type: ignore[assignment]


def _holds_gravity(acceleration: Stream) -> bool:
    """BadSensorFile where its size is neither gravity's nor that of a phone that hardly moves."""
    size = float(np.median(np.linalg.norm(acceleration.values, axis=1)))
    if abs(size / GRAVITY - 1) < 0.08:
        return True
    if 0.92 < size < 1.08:
        raise BadSensorFile(
            tr(
                "acceleration: {size:.2f} at rest, so it is in g, not in m/s²; multiply it by 9.81 or set the app to m/s²",
                size=size,
            )
        )
    if size < 3.0:
        return False
    raise BadSensorFile(tr("acceleration: {size:.1f} at rest, where gravity is 9.8 m/s²; check the unit in the app", size=size))


def _unit(attitude: Stream) -> Stream:
    size = np.linalg.norm(attitude.values, axis=1)
    if abs(float(np.median(size)) - 1) > 0.02:
        raise BadSensorFile(
            tr("attitude: quaternions of length {median:.2f}, not 1; check which columns are w, x, y, z", median=np.median(size))
        )
    whole = np.abs(size - 1) < 0.05
    return Stream(attitude.times_s[whole], attitude.values[whole] / size[whole, None])


def _refuse_degrees(rotation: Stream, acceleration: Stream | None) -> None:
    """rad/s are meant. A phone's gyroscope ends at 35 rad/s; and gravity, seen by the phone, turns by the opposite rotation."""
    wrong = BadSensorFile(tr("gyroscope: in degrees a second, not in rad/s; divide it by 57.3 or set the app to rad/s"))
    if float(np.percentile(np.abs(rotation.values), 99.9)) > 40:
        raise wrong
    if acceleration is None:
        return
    times = common_times((rotation, acceleration))
    step = round(_STEP_S * RATE)
    rates, felt = means_between(rotation, times), means_between(acceleration, times)
    whole = len(times) // step * step
    rates = (rates[:whole] - np.median(rates, axis=0)).reshape(-1, step, 3).mean(axis=1)
    felt = felt[:whole].reshape(-1, step, 3).mean(axis=1)
    up = felt / np.linalg.norm(felt, axis=1, keepdims=True)
    seen = (up[2:] - up[:-2]) / 2
    said = -np.cross(rates[1:-1], up[1:-1]) * _STEP_S
    if np.degrees(np.sqrt((seen**2).sum(axis=1).mean())) < _LEAST_TURN_DEG:
        return
    share = float((seen * said).sum() / (said**2).sum())
    alike = float((seen * said).sum() / np.sqrt((seen**2).sum() * (said**2).sum()))
    if alike > 0.6 and share < 0.1:
        raise wrong
    if alike < -0.6:
        raise BadSensorFile(
            tr("gyroscope and accelerometer turn opposite ways: their axes are not the same; check the columns' order")
        )
