"""The app's own attitude, made sure of: which way its quaternions turn, and which way is up in its frame.

Apps differ in both (an iPhone's frame is not an Android's, phyphox's begins as the phone lies at the first sample), so
neither is taken on trust where gyroscope or accelerometer can tell.
"""

import numpy as np

from formcheck.agreement.pelvis import turns
from formcheck.agreement.sensors.grid import RATE
from formcheck.agreement.sensors.tables import BadSensorFile
from formcheck.agreement.sensors.units import WITH_GRAVITY
from formcheck.frames import Floats
from formcheck.system.language import tr

LEAST_TURN_DEG_S = 2.0
"""Below this root mean square rotation the gyroscope cannot tell one reading of the quaternions from the other."""
MOST_MISFIT = 0.6
"""Share of the gyroscope's rotation that the attitude may leave unexplained."""
MOST_WANDER_DEG = 8.0
"""Spread of gravity's direction in a frame that is said to stand still."""


def checked(attitude: Floats, rates: Floats | None) -> Floats | None:
    """(n, 4) turning phone to room, or None where it contradicts the gyroscope; rates (n, 3) rad/s without bias."""
    if rates is None or np.degrees(np.sqrt((rates**2).sum(axis=1).mean())) < LEAST_TURN_DEG_S:
        return attitude
    readings = (attitude, turns.conjugate(attitude))
    misfits = [_misfit(reading, rates) for reading in readings]
    best = int(np.argmin(misfits))
    return readings[best] if misfits[best] < MOST_MISFIT else None


def levelled(attitude: Floats, acceleration: Floats | None, *, level: bool) -> Floats:
    """(n, 3, 3) phone -> a frame with z up. BadSensorFile where nothing says what is up.

    level: whether the frame's z axis is known to be up; the accelerometer, (n, 3) m/s², overrules it.
    """
    turn = turns.matrices(attitude)
    if acceleration is None:
        if not level:
            raise BadSensorFile(tr("this app's attitude does not say what is up; {with_gravity}", with_gravity=WITH_GRAVITY))
        return turn
    felt = np.einsum("nij,nj->ni", turn, acceleration)
    up = turns.unit(np.median(felt, axis=0))
    wander = np.degrees(np.arccos(np.clip(turns.unit(_slow(felt)) @ up, -1, 1)))
    if float(np.median(wander)) > MOST_WANDER_DEG:
        raise BadSensorFile(
            tr("attitude and accelerometer contradict each other; record gyroscope and acceleration with gravity")
        )
    made: Floats = turns.shortest(up, np.array([0.0, 0.0, 1.0])) @ turn
    return made


def _misfit(attitude: Floats, rates: Floats) -> float:
    """Root mean square of what half a second's mean rotation leaves over, as a share of it."""
    said = turns.rates(turns.matrices(attitude), 1.0 / RATE)
    off = _slow(said - rates, 0.5)
    return float(np.sqrt((off**2).mean() / (_slow(rates, 0.5) ** 2).mean()))


def _slow(values: Floats, span_s: float = 1.0) -> Floats:
    """(n, k) means over a span."""
    width = max(1, round(span_s * RATE))
    kernel = np.full(width, 1.0 / width)
    return np.stack([np.convolve(column, kernel, "same") for column in values.T], axis=1)[width:-width]
