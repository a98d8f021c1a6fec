"""How far a pelvis turns over one foot, by two estimates: from the trunk, and from the shank of the lifted leg.

A foot that is lifted behind points its shank away from the camera. When the pelvis turns, the leg goes along, and the shank
swings sideways in the picture like a pointer. Its length is that of the stance leg's shank. Clothes do not hide it. A leg that
swings on its own misleads this estimate, as clothes that do not follow mislead the trunk's. So both are combined, and where they
are far apart the turn is not assessable.

Of 120 rendered repetitions (25 bodies, 85 in real clothes) the trunk alone is 7.3 degrees off in real clothes and 5.0 in painted
ones (correlation 0.34 and 0.47), the shank alone 4.2 and 2.9, both together 3.6 and 3.0 (0.80 and 0.76).
"""

import math
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats, PoseFrame
from formcheck.measurement.repetition import RepWindow, extreme
from formcheck.results import Measurement, Side
from formcheck.signals.body import LEG
from formcheck.signals.smoothing import Exponential
from formcheck.system import fitted_file
from formcheck.system.language import to_translate


@dataclass(frozen=True, slots=True)
class PelvisShares:
    """Degrees of the pelvis per degree of what is seen of it (scripts/fit_pivot.py)."""

    trunk: float
    shank: float
    """The free hip turns in by a tenth as the pelvis turns away."""
    shank_alone: float
    """Where the trunk is not seen."""


SHARES = fitted_file.values("pivot", "pelvis", PelvisShares)
HALF_WIDTH_DEG, HALF_WIDTH_ALONE_DEG = 9.0, 12.0
"""Half-widths of the 90 % interval: with both, and with one of them alone."""
APART_DEG = 18.0
"""The two estimates may differ by this much. In 7 of 120 repetitions they differed by more; those were 7 degrees off."""
LENGTH_S = 4.0
"""Time constant of the shank's length."""
HANGS = 0.85
"""A shank whose vertical extent in the picture is more than this share of its length hangs down and has no direction. Lifted ones
have 0.3 to 0.75."""
SHORTEST = 0.35
"""The least extent away from the camera that is assumed, as a share of the shank's length: in a nearly upright one the joints'
noise would make the direction useless."""
LEAST_SEEN = 0.6
"""Share of a repetition's frames."""
DISAGREE = to_translate("hips and lifted leg disagree about the turn: let the lifted leg ride along, and wear tighter clothes")


class LiftedShank:
    """PoseFrame -> where the lifted shank points, degrees, + as the pelvis turns away from the stance leg; NaN where it hangs, or
    is not seen."""

    def __init__(self) -> None:
        self._length = Exponential(LENGTH_S)

    def update(self, pose: PoseFrame, stance: Side) -> float:
        _, knee, ankle = LEG[stance]
        length = self._length.update(pose.timestamp_s, np.array(np.linalg.norm(pose.image_xy[ankle] - pose.image_xy[knee])))
        _, knee, ankle = LEG[stance.other]
        across, down = pose.image_xy[ankle] - pose.image_xy[knee]
        if length is None or not length > 0 or not abs(down) < HANGS * length:
            return math.nan
        away = max(math.sqrt(float(length) ** 2 - down**2), SHORTEST * float(length))
        return stance.sign * math.degrees(math.asin(float(np.clip(across / away, -0.98, 0.98))))


class PelvisTurn:
    """The running value of both together, with any constant offset. Where one is lost the other goes on alone, without a step."""

    def __init__(self) -> None:
        self._before = (math.nan, math.nan)
        self._sum = 0.0

    def update(self, trunk: float, shank: float) -> float:
        """Degrees; NaN where neither is seen."""
        trunk_step, shank_step = trunk - self._before[0], shank - self._before[1]
        self._before = (trunk, shank)
        if math.isnan(trunk) and math.isnan(shank):
            return math.nan
        if math.isnan(trunk_step):
            self._sum += SHARES.shank_alone * float(np.nan_to_num(shank_step))
        elif math.isnan(shank_step):
            self._sum += trunk_step
        else:
            self._sum += SHARES.trunk * trunk_step + SHARES.shank * shank_step
        return self._sum


def pelvis_turn(rep: RepWindow, trunk: Floats, shank: Floats, why: str) -> tuple[Floats, Measurement]:
    """(n,) degrees within the window, 0 at the repetition's start, and the extreme. trunk, shank: (n,) degrees by each of the
    two; why: the reason to give where neither was seen."""
    inside = slice(rep.start, rep.end + 1)
    seen_trunk, seen_shank = (np.isfinite(v[inside]).mean() >= LEAST_SEEN for v in (trunk, shank))
    together, half_width = trunk, HALF_WIDTH_ALONE_DEG
    if seen_shank:
        together = SHARES.trunk * trunk + SHARES.shank * shank if seen_trunk else SHARES.shank_alone * shank
        half_width = HALF_WIDTH_DEG if seen_trunk else HALF_WIDTH_ALONE_DEG
    both = extreme(_with(rep, together), "turn", uncertainty=lambda _: half_width, why=why)
    if seen_trunk and seen_shank and abs(np.nanmax(trunk[inside]) - SHARES.shank_alone * np.nanmax(shank[inside])) > APART_DEG:
        both = Measurement(None, "deg", why=DISAGREE)
    return together, both


def _with(rep: RepWindow, turn: Floats) -> RepWindow:
    return RepWindow(rep.times_s, {"turn": turn}, rep.observations, rep.start, rep.peak, rep.end, rep.side)
