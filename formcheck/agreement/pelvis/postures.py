"""Still moments from which it is read how the phone sits: upright, bent forward, and as the set is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from formcheck.agreement.pelvis import turns
from formcheck.agreement.pelvis.orientation import Orientation
from formcheck.agreement.pelvis.stillness import still, stretches
from formcheck.frames import Floats
from formcheck.system.errors import UserError
from formcheck.system.language import tr

LEAST_S = 1.5
AROUND_START_S = 0.15


class Pose(StrEnum):
    UPRIGHT = "stand"
    """Standing or sitting straight: up is along the spine."""
    BENT = "bow"
    """Bent forward from the hips, 20 to 70 degrees: up moves toward the back."""


ANGLES_DEG = {
    (True, Pose.UPRIGHT): (60.0, 120.0),
    (False, Pose.BENT): (15.0, 75.0),
}
"""(the set is done lying, pose) -> how far up lies from where it is during the set."""


@dataclass(frozen=True, slots=True)
class Held:
    pose: Pose
    start_s: float
    end_s: float


def up_at_starts(sensor: Orientation, starts_s: Sequence[float]) -> Floats:
    """(k, 3) which way is up on the phone as each repetition begins; NaN where it is not known."""
    ups = np.full((len(starts_s), 3), np.nan)
    for k, start in enumerate(starts_s):
        part = (np.abs(sensor.times_s - start) < AROUND_START_S) & sensor.known
        if part.any():
            ups[k] = turns.unit(sensor.up[part].mean(axis=0))
    return ups


def find_poses(
    sensor: Orientation, rest: Floats, before_s: float, *, lying: bool, named: Sequence[Held]
) -> Mapping[Pose, Floats]:
    """Pose -> (3,) up on the phone: those named by hand, else the first still stretch before the set that fits.

    rest: up on the phone during the set. UserError where a named stretch is not in the recording.
    """
    found = {held.pose: _up_between(sensor, held) for held in named}
    quiet = still(sensor.rates) & sensor.known
    for run in stretches(quiet, LEAST_S):
        if sensor.times_s[run.start] > before_s:
            break
        up = turns.unit(sensor.up[run.part].mean(axis=0))
        angle = np.degrees(np.arccos(np.clip(up @ rest, -1, 1)))
        for (of_lying, pose), (low, high) in ANGLES_DEG.items():
            if of_lying == lying and low <= angle <= high:
                found.setdefault(pose, up)
    return found


def _up_between(sensor: Orientation, held: Held) -> Floats:
    part = (sensor.times_s >= held.start_s) & (sensor.times_s <= held.end_s) & sensor.known
    if part.sum() < 20:
        raise UserError(
            tr(
                "--pose {pose}: nothing was recorded from {start_s:g} to {end_s:g} s of the phone's clock",
                pose=held.pose,
                start_s=held.start_s,
                end_s=held.end_s,
            )
        )
    return turns.unit(sensor.up[part].mean(axis=0))
