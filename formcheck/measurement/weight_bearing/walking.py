"""What the band walks share: how far the feet are apart, and how trunk and knees are held, in torso lengths of the moment."""

import math
import statistics

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L
from formcheck.measurement.repetition import RepWindow
from formcheck.measurement.weight_bearing import frontal_angles as wb
from formcheck.measurement.weight_bearing.trunk_lean import WALKING, TrunkLean
from formcheck.results import Measurement, Side
from formcheck.signals import kinematics
from formcheck.signals.body import LEG, TorsoScale
from formcheck.signals.foot_moves import FootMoves
from formcheck.system.language import to_translate

STAND_S = 0.8
"""How long both feet rest before the first step while the start width is looked at."""
TORSO_SMOOTHING_S = 0.5
NARROWEST_START, WIDEST_START = 0.9, 1.1
"""A repetition's step width is compared with its own start, limited to these shares of the set's start width: so a repetition
that starts narrow cannot hide a slack band."""
NARROWEST_GAP = 0.05
"""In torso lengths: feet that stand closer than this have no width to keep."""
PLACE_SHOWS_DEG, BEFORE_S = 3.0, 0.15
"""Away from the middle of the picture a trunk that is bent forward seems to lean outward, by up to PLACE_SHOWS_DEG at the ends of
a walk. This lean is read about BEFORE_S before the step's start."""
FEET_HIDDEN = to_translate("the feet were hidden or out of the picture")
NO_START = to_translate("the width at the start was not seen: stand still for a second, the band tight, before the first step")
NO_DROP = to_translate("a single camera does not see the pelvis of somebody who walks well enough")
"""Of real people with motion capture no signal of it was better than saying that the pelvis stays level (docs/validity.md)."""
MOST_ASIDE, FARTHEST_ASIDE = 0.4, 0.9
"""Torso lengths that the foot of a step toward the camera ends aside of where it began, if it goes less than half as far ahead,
and that it goes aside in between: 0.33 and 0.73 in rendered monster walks, 0.45 to 1.3 in side steps, 2.1 in leg raises."""
WIDE = 1.1
"""Feet that a band holds apart are at least this far from each other, in hip widths (distance of the hip landmarks)."""


class Walk:
    """Running values of a walk, and the stand before it."""

    def __init__(self) -> None:
        self.stand: dict[str, float] = {}
        """Quantity -> median while standing before the walk; empty until that has been seen."""
        self._since_rest: list[dict[str, float]] = []
        self._leans: list[float] = []
        self._feet = FootMoves()
        self._stepped = False
        self._lean = TrunkLean(WALKING)
        self._torso = TorsoScale(TORSO_SMOOTHING_S, forgotten_s=1.0)

    def update(self, observation: Observation, side: Side) -> dict[str, float]:
        """Values for the side that moves. The ankle gap is a ratio to the stand's, NaN without one."""
        xy = observation.pose.image_xy
        torso = self._torso.update(observation.pose)
        gap = float(xy[L.LEFT_ANKLE][0] - xy[L.RIGHT_ANKLE][0]) / torso
        values = {
            "knee_valgus": max(wb.knee_valgus(xy, Side.LEFT), wb.knee_valgus(xy, Side.RIGHT)),
            "trunk_lean": side.sign * self._lean.update(observation.pose),
        }
        self._look(observation, values | {"gap": gap})
        start = self.stand.get("gap", math.nan)
        hips = float(abs(xy[L.LEFT_HIP][0] - xy[L.RIGHT_HIP][0])) / torso
        return values | {
            "step_width": gap / start if start > NARROWEST_GAP else math.nan,
            "pelvic_drop": math.nan,
            "gap": gap,
            "hip_width": hips,
        }

    def usual(self, quantity: str) -> float:
        """The value that the body returns to between steps, degrees: that of the stand before the walk. Without a stand: the
        median lean so far, as a camera may be tilted; 0 for a knee."""
        if quantity in self.stand:
            return self.stand[quantity]
        return statistics.median(self._leans) if quantity == "trunk_lean" and self._leans else 0.0

    def _look(self, observation: Observation, values: dict[str, float]) -> None:
        if math.isfinite(values["trunk_lean"]):
            self._leans.append(values["trunk_lean"])
        if self.stand or self._stepped:
            return
        self._stepped = bool(self._feet.update(observation))
        rested_s = self._feet.resting_for_s(observation.timestamp_s)
        self._since_rest = [*self._since_rest, values] if rested_s > 0 else []
        if rested_s > STAND_S:
            self.stand = {name: float(np.median([v[name] for v in self._since_rest])) for name in values}


def evaluate(rep: RepWindow, walk: Walk, part: slice, sign: int, *, across: bool = False) -> dict[str, Measurement]:
    """The measurements that both walks have, from a part of the window that holds the step.

    sign: -1 where the side that moved is not the one of the running values. across: the walk crosses the picture.
    """
    usual = {"knee_valgus": walk.usual("knee_valgus"), "trunk_lean": _upright(rep, walk) if across else walk.usual("trunk_lean")}

    def of(name: str, half_width: float, share: float = 0.0, sign: int = 1, *, inward: bool = False) -> Measurement:
        values = rep.series[name][part] - usual[name]
        if not len(values) or np.isfinite(values).mean() < 0.6:
            return Measurement(None, "deg", why=wb.HIDDEN)
        at = int(np.nanargmax(values if inward else np.abs(values)))
        value = sign * float(values[at])
        return Measurement(value, "deg", half_width + share * abs(value), at_s=float(rep.times_s[part][at]))

    return {
        "step_width": _narrowest(rep.times_s[part], rep.series["step_width"][part], seen=bool(walk.stand)),
        "knee_valgus": of("knee_valgus", 4.0, 0.15, inward=True),
        "trunk_lean": of("trunk_lean", 5.0, sign=sign),
        "pelvic_drop": Measurement(None, "deg", why=NO_DROP),
    }


def _upright(rep: RepWindow, walk: Walk) -> float:
    """What an upright trunk shows where the step begins. It is little else than before the walk: a lean may stay."""
    usual = walk.usual("trunk_lean")
    about = np.abs(rep.times_s - rep.times_s[rep.start] + BEFORE_S) <= BEFORE_S + 0.1
    here = rep.series["trunk_lean"][about]
    if not np.isfinite(here).any():
        return usual
    return usual + float(np.clip(np.nanmedian(here) - usual, -PLACE_SHOWS_DEG, PLACE_SHOWS_DEG))


def feet_apart(rep: RepWindow) -> bool:
    """Whether the feet were as far apart as a tight band keeps them, for most of the time about a step."""
    wide = rep.series["gap"] > WIDE * rep.series["hip_width"]
    return bool(np.mean(wide) > 0.5)


def toward_camera(rep: RepWindow) -> bool:
    """Whether a step with the feet apart goes toward the camera or away from it, maybe aslant: no side step, and no leg raise."""
    if not feet_apart(rep):
        return False
    ankle = LEG[rep.side or Side.LEFT][2]
    step = rep.observations[rep.start : rep.end + 1]
    torso = np.array([kinematics.torso_length(o.pose.image_xy) for o in step])
    places = np.array([o.still_xy[ankle] for o in step])
    seen = np.isfinite(places).all(axis=1) & (torso > 0)
    if seen.sum() < 2:
        return True  # what is not seen is no other movement
    places = places[seen] / np.median(torso[seen])
    aside, ahead = np.abs(places[-1] - places[0])
    return bool(np.ptp(places[:, 0]) < FARTHEST_ASIDE and (aside < MOST_ASIDE or aside < 2.0 * ahead))


def _narrowest(times_s: Floats, widths: Floats, *, seen: bool) -> Measurement:
    finite = np.isfinite(widths)
    if not len(widths) or finite.mean() < 0.6:
        return Measurement(None, "ratio", why=FEET_HIDDEN if seen else NO_START)
    start = float(np.clip(widths[finite][0], NARROWEST_START, WIDEST_START))
    at = int(np.nanargmin(widths))
    return Measurement(float(widths[at]) / start, "ratio", 0.12, at_s=float(times_s[at]))
