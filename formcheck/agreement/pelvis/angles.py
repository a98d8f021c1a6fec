"""The pelvis' angles from a phone whose place on it is known. Degrees, against the room, any constant offset."""

import numpy as np

from formcheck.agreement.pelvis.orientation import Orientation
from formcheck.agreement.sensors.grid import RATE, smoothed
from formcheck.frames import Floats

SMOOTHING_S = 0.04
"""Gaussian sigma: skin and strap swing at 5 Hz and more, a pelvis does not."""


def roll_and_hike(sensor: Orientation, axes: Floats, top: int) -> tuple[Floats, Floats]:
    """(n,) of somebody lying on the side: roll + top side backward, hike + top side toward the head.

    From gravity alone: both tilt the line between the hips away from the vertical, and no heading is needed that drifts.
    top: +1 where the left side is up. NaN where the sensor knows nothing.
    """
    roll, hike = roll_and_hike_of(*(top * sensor.up @ axes).T)
    return _clean(sensor, top * roll), _clean(sensor, top * hike)


def roll_and_hike_of(left: Floats, back: Floats, head: Floats) -> tuple[Floats, Floats]:
    """(n,) degrees, of the vertical's parts along the pelvis' axes; left is up."""
    roll: Floats = np.degrees(np.arctan2(-back, np.hypot(left, head)))
    hike: Floats = np.degrees(np.arctan2(-head, left))
    return roll, hike


def left_up(sensor: Orientation, axes: Floats) -> Floats:
    """(n,) how far the left hip is above the right, as the angle of the line between them against the horizontal."""
    return _clean(sensor, np.degrees(np.arcsin(np.clip(sensor.up @ axes[:, 0], -1, 1))))


def turned_left(sensor: Orientation) -> Floats:
    """(n,) turn about the vertical since the start, + to the left, however the phone sits.

    The twist of the whole rotation about the vertical (swing-twist decomposition; Dobrowolski 2015, arXiv:1506.05481).
    """
    since = sensor.turn @ sensor.turn[int(np.argmax(sensor.known))].T
    across, along = since[:, 1, 0] - since[:, 0, 1], since[:, 0, 0] + since[:, 1, 1]
    return _clean(sensor, np.degrees(np.unwrap(np.arctan2(across, along))))


def tilts_within(sensor: Orientation, spans_s: list[tuple[float, float]]) -> Floats:
    """(k, 3) how the way up moved on the phone within each span, start to the furthest it went; NaN where not known."""
    out = np.full((len(spans_s), 3), np.nan)
    up = smoothed(sensor.up, 1.0 / RATE, SMOOTHING_S)
    for k, (start, end) in enumerate(spans_s):
        part = np.flatnonzero((sensor.times_s >= start) & (sensor.times_s <= end) & sensor.known)
        if len(part) > 1:
            moved = up[part] - up[part[0]]
            out[k] = moved[int(np.argmax((moved**2).sum(axis=1)))]
    return out


def _clean(sensor: Orientation, degrees: Floats) -> Floats:
    quiet = smoothed(degrees[:, None], 1.0 / RATE, SMOOTHING_S)[:, 0]
    return np.where(sensor.known, quiet, np.nan)
