"""How the phone lay in the room, on one even clock: by the app's own attitude, or from gyroscope and gravity."""

from dataclasses import dataclass

import numpy as np

from formcheck.agreement.pelvis import attitude, fusion, stillness, turns
from formcheck.agreement.sensors.grid import RATE, common_times, covered, means_between, smoothed
from formcheck.agreement.sensors.recording import Flags, Kind, Recording
from formcheck.agreement.sensors.tables import BadSensorFile
from formcheck.agreement.sensors.units import GRAVITY
from formcheck.frames import Floats
from formcheck.system.kept_words import kept
from formcheck.system.language import tr

MOST_MISSING = 0.3
"""Share of the recording."""
JUMP_DEG = 15.0
"""No movement of a hip keeps the mean acceleration of a second so far off the vertical."""


@dataclass(frozen=True, slots=True, eq=False)
class Orientation:
    times_s: Floats
    """(n,) even steps on the phone's clock."""
    turn: Floats
    """(n, 3, 3) phone's axes -> a room's with z up; the heading drifts where no magnetometer held it."""
    rates: Floats
    """(n, 3) rad/s about the phone's axes, without bias."""
    known: Flags
    """(n,) False in gaps."""
    notes: tuple[str, ...] = ()

    @property
    def up(self) -> Floats:
        """(n, 3) on the phone's axes."""
        return self.turn[:, 2]


def orientation(recording: Recording) -> Orientation:
    """BadSensorFile where the streams do not give one."""
    streams = {k: s for k, s in recording.streams.items() if k in (Kind.ATTITUDE, Kind.ROTATION, Kind.ACCELERATION)}
    if Kind.ATTITUDE not in streams and not {Kind.ROTATION, Kind.ACCELERATION} <= set(streams):
        missing = Kind.ROTATION if Kind.ROTATION not in streams else Kind.ACCELERATION
        raise BadSensorFile(
            tr(
                "no {missing} in the export, nor an attitude; record gyroscope and acceleration with gravity together",
                missing=missing,
            )
        )
    times = common_times(streams.values())
    known = np.logical_and.reduce([covered(s, times) for s in streams.values()])
    if known.mean() < 1 - MOST_MISSING:
        raise BadSensorFile(
            tr("{what:.0%} of the recording is missing; close other apps and record again", what=1 - known.mean())
        )
    rates, acceleration = (means_between(streams[k], times) if k in streams else None for k in (Kind.ROTATION, Kind.ACCELERATION))
    notes: list[str] = []
    if rates is not None:
        zero, sure = stillness.bias(rates)
        rates = rates - zero
        notes += [] if sure else [kept("the phone never kept still for two seconds: its gyroscope's zero is a guess")]
    turn = _by_attitude(recording, times, rates, acceleration, notes)
    if turn is None:
        assert rates is not None
        assert acceleration is not None
        turn, known = _fused(rates, acceleration, known)
        jumped = _jumps(turn, acceleration, known)
        if jumped.any():
            at_s = float(times[int(np.argmax(jumped))])
            notes.append(kept("gravity jumped at {at_s:.1f} s of the phone's clock: it fell, or was knocked", at_s=at_s))
            turn, known = _fused(rates, acceleration, known & ~jumped)
    if not known.all():
        notes.append(kept("{missing_s:.1f} s of samples are missing", missing_s=(~known).sum() / RATE))
    return Orientation(times, turn, rates if rates is not None else turns.rates(turn, 1 / RATE), known, tuple(notes))


def _by_attitude(
    recording: Recording, times: Floats, rates: Floats | None, acceleration: Floats | None, notes: list[str]
) -> Floats | None:
    stream = recording.streams.get(Kind.ATTITUDE)
    if stream is None:
        return None
    whole = turns.continuous(stream.values)
    quaternions = turns.unit(np.stack([np.interp(times, stream.times_s, q) for q in whole.T], axis=1))
    sure = attitude.checked(quaternions, rates)
    if sure is not None:
        return attitude.levelled(sure, acceleration, level=recording.level)
    if acceleration is None:
        raise BadSensorFile(tr("attitude and gyroscope contradict each other; record gyroscope and acceleration with gravity"))
    notes.append(kept("the app's attitude contradicts its gyroscope; the gyroscope and gravity were used instead"))
    return None


def _fused(rates: Floats, acceleration: Floats, known: Flags) -> tuple[Floats, Flags]:
    """(n, 3, 3) and where it is known; each stretch between gaps by itself, as nothing is known of what came between."""
    turn = np.broadcast_to(np.eye(3), (len(rates), 3, 3)).copy()
    fused = np.zeros_like(known)
    for run in stillness.stretches(known, 1.0):
        turn[run.part] = turns.matrices(fusion.fuse(rates[run.part], acceleration[run.part]))
        fused[run.part] = True
    return turn, fused


def _jumps(turn: Floats, acceleration: Floats, known: Flags) -> Flags:
    """(n,) around each moment from which on, for a second, gravity lies elsewhere than the gyroscope led to."""
    width = round(RATE)
    mean = smoothed(acceleration, 1 / RATE, 0.3)
    cosine = (turns.unit(mean) * turn[:, 2]).sum(axis=1)
    off = known & (cosine < np.cos(np.radians(JUMP_DEG))) & (np.abs(np.linalg.norm(mean, axis=1) / GRAVITY - 1) < 0.1)
    around = np.zeros(len(known), bool)
    for run in stillness.stretches(off, 1.0):
        around[max(0, run.start - width) : run.start + width] = True
    return known & around
