"""How far the thorax turns on the pelvis while the person balances on one leg, by two estimates that fail for different reasons.

One compares a repetition with this body's own quieter ones (quiet_share.py). It says little of the first two repetitions of a
set, or where all of them look much alike. The other adds what joints, surface and lifted leg show: the shoulders' line against
the hips' in the world landmarks, and the trunk's surface, less the pelvis' turn that the lifted shank shows. Where the two
contradict each other the turn is not assessable.

The weights (scripts/fit_pivot.py) were found on 121 rendered repetitions of 26 bodies, 89 of them in real clothes. With each body
left out in turn 67 of the 89 are measured, 4.3 degrees off, 15 of 16 turns found, 2 of 46 falsely, the interval holding in 91 %;
of 32 in painted clothes 25, 4.1 degrees, 4 of 4, 0 of 20, 100 %. By the quieter ones alone 37 of the 89 were measured, and 3 of
23 turns found.
"""

import math
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.measurement.standing.quiet_share import UNSURE
from formcheck.results import Measurement
from formcheck.system import fitted_file


@dataclass(frozen=True, slots=True)
class SpineWeights:
    """Degrees of the spine per degree of what is seen of it."""

    lines: float
    """The shoulders' line on the hips'."""
    shown: float
    """What the trunk's weights show."""
    shank: float
    """Where the lifted shank points."""


WEIGHTS = fitted_file.values("pivot", "spine", SpineWeights)
LEAST_DEG, MOST_DEG = 8.0, 16.0
"""A reading below the first is no turn of the spine, one above the second is a turn, one between them is not assessable."""
TURNED_DEG = 12.0
"""The pivot's caution limit: both estimates must lie on the same side of it."""
RUNNING = TURNED_DEG / MOST_DEG
"""Factor on the running value, so that it passes the caution limit where a turn begins to be certain."""
HALF_WIDTH_DEG, TURNED_HALF_WIDTH_DEG = 9.5, 12.0
"""Half-widths of the 90 % interval, without and with a turn of the spine."""
BOTH_HALF_WIDTH_DEG, BOTH_TURNED_HALF_WIDTH_DEG = 8.0, 10.0
"""The same where both estimates agree."""
LEAST_SEEN = 0.6
"""Share of a repetition's frames."""
TOP_S = 0.25
"""Values are means over this time before and after the pelvis' largest turn."""


def spine_shown(pose: PoseFrame, shown: float, shank: float, sign: int) -> float:
    """The running value, degrees with any offset; NaN where one of the three is not seen. sign: +1 where turns to the left are
    positive, else -1."""
    return WEIGHTS.lines * sign * shoulders_on_hips(pose) + WEIGHTS.shown * shown + WEIGHTS.shank * shank


def shoulders_on_hips(pose: PoseFrame) -> float:
    """Degrees by which the shoulders' line is turned against the hips', with any offset; NaN where not seen."""
    return _line(pose, L.LEFT_SHOULDER, L.RIGHT_SHOULDER) - _line(pose, L.LEFT_HIP, L.RIGHT_HIP)


def _line(pose: PoseFrame, left: L, right: L) -> float:
    dx, _, dz = pose.world_xyz[left] - pose.world_xyz[right]
    return math.degrees(math.atan2(dz, dx))


def at_top(times_s: Floats, values: Floats, pelvis: Floats) -> float:
    """Mean of a repetition's `values` about the pelvis' largest turn, less the first value; NaN where it is not seen."""
    known = np.isfinite(values)
    if not np.isfinite(pelvis).any() or known.mean() < LEAST_SEEN:
        return math.nan
    near = known & (np.abs(times_s - times_s[int(np.nanargmax(pelvis))]) <= TOP_S)
    return float(values[near].mean() - values[known][0]) if near.any() else math.nan


def spine_turn(quiet: Measurement, together: float, at_s: float) -> Measurement:
    """The turn of thorax on pelvis, degrees, + the thorax ahead. quiet: from QuietShare.turn(); together: at_top() of
    spine_shown(); at_s: when the pelvis was turned most."""
    turned = together > MOST_DEG
    if not (turned or together < LEAST_DEG):
        return quiet if quiet.value is not None and quiet.value > TURNED_DEG else Measurement(None, "deg", why=UNSURE)
    if quiet.value is None:
        return Measurement(together, "deg", TURNED_HALF_WIDTH_DEG if turned else HALF_WIDTH_DEG, at_s=at_s)
    if turned != (quiet.value > TURNED_DEG):
        return Measurement(None, "deg", why=UNSURE)
    half_width = BOTH_TURNED_HALF_WIDTH_DEG if turned else BOTH_HALF_WIDTH_DEG
    return Measurement((quiet.value + together) / 2, "deg", half_width, at_s=at_s)
