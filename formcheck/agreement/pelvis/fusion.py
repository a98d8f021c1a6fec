"""Orientation from gyroscope and gravity, by imufusion (Madgwick's revised algorithm, PhD thesis 2014, chapter 7)."""

import imufusion
import numpy as np

from formcheck.agreement.sensors.grid import RATE
from formcheck.agreement.sensors.units import GRAVITY
from formcheck.frames import Floats

GAIN = 0.1
"""1/s by which gravity corrects the gyroscope. A repetition's own acceleration, half a m/s² back and forth in three seconds,
then tilts the result by 0.15 degrees, a gyroscope's bias of 0.02 degrees a second by 0.2."""
GYROSCOPE_RANGE_DEG_S = 2000.0


def fuse(rates: Floats, acceleration: Floats) -> Floats:
    """(n, 4) quaternions sensor -> level (z up, any heading). rates (n, 3) rad/s without bias, acceleration (n, 3) m/s².

    The filter first runs backward, so that its start is as settled as its end.
    """
    degrees, felt = np.degrees(rates), acceleration / GRAVITY
    settled = _run(-degrees[::-1], felt[::-1], None)[-1]
    return _run(degrees, felt, settled)


def _run(rates: Floats, felt: Floats, first: Floats | None) -> Floats:
    filter_ = imufusion.Ahrs()
    filter_.set_settings(
        imufusion.AhrsSettings(
            sample_rate=RATE,
            convention=imufusion.CONVENTION_NWU,
            gain=GAIN,
            gyroscope_range=GYROSCOPE_RANGE_DEG_S,
            acceleration_rejection=0.0,
        )
    )
    if first is not None:
        filter_.skip_startup()
        filter_.set_quaternion(first)
    out = np.empty((len(rates), 4))
    for i in range(len(rates)):
        filter_.update_no_magnetometer(rates[i], felt[i])
        out[i] = filter_.get_quaternion()
    return out
