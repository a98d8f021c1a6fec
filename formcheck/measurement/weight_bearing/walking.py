"""What the band walks share: how far the feet are apart, and where they stand, in torso lengths of the moment."""

import math
from collections.abc import Mapping

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L
from formcheck.measurement.repetition import RepWindow
from formcheck.measurement.weight_bearing import frontal_angles as wb
from formcheck.results import Measurement, Side
from formcheck.signals.body import TorsoScale

STAND_S = 0.8
"""How long the start width is looked at."""
TORSO_SMOOTHING_S = 0.5
NARROWEST_START, WIDEST_START = 0.9, 1.1
"""A repetition's own start counts as its start width within these shares of the set's: a narrow start hides nothing."""
NARROWEST_GAP = 0.05
"""In torso lengths: feet that stand closer than this have no width to keep."""
FEET_HIDDEN = "the feet were hidden or out of the picture"


class Walk:
    """Running values of a walk and the stand before it."""

    def __init__(self) -> None:
        self.stand: dict[str, float] = {}
        """Quantity -> median while standing before the walk; empty until that has been seen."""
        self._standing: list[dict[str, float]] = []
        self._since_s = math.nan
        self._drop = wb.PelvicDrop()
        self._torso = TorsoScale(TORSO_SMOOTHING_S, forgotten_s=1.0)

    def update(self, observation: Observation, side: Side) -> dict[str, float]:
        """Values for the side that moves, the other leg carrying. The ankle gap is a ratio to the stand's, NaN before."""
        xy, now_s = observation.pose.image_xy, observation.timestamp_s
        gap = float(xy[L.LEFT_ANKLE][0] - xy[L.RIGHT_ANKLE][0]) / self._torso.update(observation.pose)
        values = {
            "knee_valgus": max(wb.knee_valgus(xy, Side.LEFT), wb.knee_valgus(xy, Side.RIGHT)),
            "trunk_lean": side.sign * wb.trunk_lean(xy),
            "pelvic_drop": self._drop.update(observation, side.other),
        }
        if not self.stand:
            self._look(values | {"gap": gap}, now_s)
        start = self.stand.get("gap", math.nan)
        return values | {"step_width": gap / start if start > NARROWEST_GAP else math.nan}

    def _look(self, values: dict[str, float], now_s: float) -> None:
        self._standing.append(values)
        if math.isnan(self._since_s):
            self._since_s = now_s
        if now_s - self._since_s > STAND_S:
            self.stand = {name: float(np.median([v[name] for v in self._standing])) for name in values}


def evaluate(rep: RepWindow, stand: Mapping[str, float], part: slice, *, turned: bool = False) -> dict[str, Measurement]:
    """The measurements that both walks have, from a part of the window that holds the step.

    stand: quantity -> value before the walk, which the body returns to between steps. turned: the side that moved is not the
    one of the running values.
    """
    sign = -1 if turned else 1

    def of(name: str, half_width: float, share: float = 0.0, sign: int = 1) -> Measurement:
        values = rep.series[name][part] - stand.get(name, math.nan)
        if not len(values) or np.isfinite(values).mean() < 0.6:
            return Measurement(None, "deg", why=wb.HIDDEN)
        at = int(np.nanargmax(np.abs(values)))
        value = sign * float(values[at])
        return Measurement(value, "deg", half_width + share * abs(value), at_s=float(rep.times_s[part][at]))

    return {
        "step_width": _narrowest(rep.times_s[part], rep.series["step_width"][part]),
        "knee_valgus": of("knee_valgus", 4.0, 0.15),
        "trunk_lean": of("trunk_lean", 4.0, sign=sign),
        "pelvic_drop": of("pelvic_drop", 4.0, 0.2, sign=sign),
    }


def _narrowest(times_s: Floats, widths: Floats) -> Measurement:
    finite = np.isfinite(widths)
    if not len(widths) or finite.mean() < 0.6:
        return Measurement(None, "ratio", why=FEET_HIDDEN)
    start = float(np.clip(widths[finite][0], NARROWEST_START, WIDEST_START))
    at = int(np.nanargmin(widths))
    return Measurement(float(widths[at]) / start, "ratio", 0.12, at_s=float(times_s[at]))
