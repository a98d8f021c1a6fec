"""What the band walks share: how far the feet are apart, and where they stand, in torso lengths of the moment."""

import math
from dataclasses import replace

import numpy as np

from formcheck import kinematics
from formcheck.exercises import weight_bearing as wb
from formcheck.exercises.base import Fault, Quantity, RepWindow, extreme
from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L
from formcheck.results import Limits, Measurement, Side

STAND_S = 0.8
"""How long the start width is looked at."""
TORSO_SMOOTHING_S = 0.5
NARROWEST_START, WIDEST_START = 0.9, 1.1
"""A repetition's own start counts as its start width within these shares of the set's: a narrow start hides nothing."""
FEET_HIDDEN = "the feet were hidden or out of the picture"


class FeetApart:
    """The sideways ankle gap as a ratio to that of the stand before the walk."""

    def __init__(self) -> None:
        self._stand: list[float] = []
        self._since_s = math.nan
        self._torso_px = math.nan
        self._last_s = math.nan

    def update(self, observation: Observation) -> float:
        """NaN until the start has been seen."""
        xy, now_s = observation.pose.image_xy, observation.timestamp_s
        gap = (xy[L.LEFT_ANKLE][0] - xy[L.RIGHT_ANKLE][0]) / self._torso(xy, now_s)
        if math.isnan(self._since_s):
            self._since_s = now_s
        if now_s - self._since_s <= STAND_S:
            self._stand.append(float(gap))
            return math.nan
        start = float(np.median(self._stand)) if self._stand else math.nan
        return float(gap) / start if start > 0.05 else math.nan

    def _torso(self, xy: Floats, now_s: float) -> float:
        """The torso's length, followed slowly: it changes as the person comes nearer, not with every sway."""
        length = kinematics.torso_length(xy)
        if math.isnan(self._torso_px) or now_s - self._last_s > 1.0:
            self._torso_px = length
        else:
            share = 1.0 - math.exp(-(now_s - self._last_s) / TORSO_SMOOTHING_S)
            self._torso_px += share * (length - self._torso_px)
        self._last_s = now_s
        return self._torso_px


def running(observation: Observation, drop: wb.PelvicDrop, side: Side) -> dict[str, float]:
    """Running values for the side that moves; it is the other leg that carries."""
    xy = observation.pose.image_xy
    return {
        "knee_valgus": max(wb.knee_valgus(xy, Side.LEFT), wb.knee_valgus(xy, Side.RIGHT)),
        "trunk_lean": side.sign * wb.trunk_lean(xy),
        "pelvic_drop": drop.update(observation, side.other),
    }


def evaluate(rep: RepWindow, *, turned: bool = False) -> dict[str, Measurement]:
    """The measurements that both walks have. turned: the side that moved is not the one of the running values."""
    sign = -1 if turned else 1

    def of(name: str, half_width: float, share: float = 0.0, sign: int = 1) -> Measurement:
        m = extreme(rep, name, direction=0, uncertainty=lambda v: half_width + share * abs(v), why=wb.HIDDEN)
        return m if m.value is None else replace(m, value=sign * m.value)

    return {
        "step_width": _narrowest(rep),
        "knee_valgus": of("knee_valgus", 4.0, 0.15),
        "trunk_lean": of("trunk_lean", 3.0, sign=sign),
        "pelvic_drop": of("pelvic_drop", 4.0, 0.2, sign=sign),
    }


def _narrowest(rep: RepWindow) -> Measurement:
    widths = rep.series["step_width"]
    inside = widths[rep.start :]  # the trailing foot may come too near just after the lead's return
    if np.isfinite(inside).mean() < 0.6:
        return Measurement(None, "ratio", why=FEET_HIDDEN)
    first = inside[np.isfinite(inside)][0]
    start = float(np.clip(first, NARROWEST_START, WIDEST_START))
    at = int(np.nanargmin(inside))
    return Measurement(float(inside[at]) / start, "ratio", 0.08, at_s=float(rep.times_s[rep.start + at]))


QUANTITIES = (
    Quantity("step_width", "Step width", "ratio", "narrowest ankle gap over the gap at the start", absolute=True),
    Quantity("knee_valgus", "Knee valgus (FPPA)", sign="inward"),
    Quantity("trunk_lean", "Trunk lean", sign="to the moving side"),
    Quantity("pelvic_drop", "Pelvic drop", sign="moving side down"),
)
FAULTS = (
    Fault(
        "trunk_lean",
        "Trunk leans",
        "trunk_lean",
        Limits(10.0, 13.0),
        "as in the single-leg squat: Nakagawa 2012 (10.2519/jospt.2012.3987)",
        "You are swaying: keep your chest over your pelvis.",
        direction=0,
        priority=1,
    ),
    Fault(
        "band_slack",
        "Band goes slack",
        "step_width",
        Limits(0.9, 0.8, "ratio"),
        "our proposal; no published number",
        "Your feet come too close: keep the band tight.",
        direction=-1,
        priority=2,
    ),
    Fault(
        "knee_valgus",
        "Knee falls inward",
        "knee_valgus",
        Limits(10.0, 15.0),
        "as in the single-leg squat: Munro 2012 (J Sport Rehabil 21:7)",
        "Your knees are falling inward: press them out against the band.",
        priority=3,
    ),
    Fault(
        "pelvic_drop",
        "Pelvis drops",
        "pelvic_drop",
        Limits(11.0, 15.0),
        "as in the single-leg squat: Nakagawa 2012 (10.2519/jospt.2012.3987)",
        "Your pelvis is sinking: keep your belt level.",
        direction=0,
        priority=4,
    ),
)
