"""Measures a banded rotation: how far pelvis, thorax and arms turn over planted feet, and which of them starts.

Here the parts of measurement/standing/ are put together, and a turn that none of them can vouch for becomes "not assessable".
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from formcheck.exercises.camera_places import TURNING
from formcheck.frames import Observation
from formcheck.measurement.repetition import Estimator, RepWindow, course_of, extreme
from formcheck.measurement.standing import trunk as standing
from formcheck.measurement.standing.clothes import LOOSE, WITNESSES, Clothes
from formcheck.measurement.standing.lead import hip_lead
from formcheck.measurement.standing.planted import NOT_BACK, drift_unknown, obstacle, obstacle_to_timing, why_unsure
from formcheck.measurement.standing.trunk_signals import TrunkSignals
from formcheck.measurement.standing.turn_top import TurnTop
from formcheck.measurement.standing.turning_body import TurningBody
from formcheck.measurement.standing.turns import COUNTING, PLANTED
from formcheck.results import Limits, Measurement, Side
from formcheck.signals.body import TorsoScale
from formcheck.system.kept_words import kept

HIDDEN = kept("the trunk was hidden or out of the picture: {place}", place=TURNING.advice)
TURNED = "turned"
"""The thorax' turn as trunk, arms and head show it together, degrees: repetitions are counted by it."""
SPINE = Limits(11.0, 15.0)
"""Of the thorax' turn on the pelvis, degrees."""
HALF_WIDTHS = {
    "pelvis_rotation": (15.0, 0.0, 15.0),
    "trunk_rotation": (6.0, 0.45, 13.0),
    "thorax_rotation": (12.0, 0.1, 18.0),
}
"""Half-width of the 90 % interval: fixed part in degrees, degrees per degree of the value, and the most. A chest that goes along
with the pelvis is read as 0 to within 6 degrees. A turn of the chest on the pelvis is read less exactly. Measured on rendered
people, each left out of the fit."""


class BandedRotation(Estimator):
    """One set. Angles in degrees, + away from the anchor, in the direction of the turn.

    The pelvis' turn is the mean of three estimates: from all signals together (PLANTED), from the surface about the hips, and
    from the joints. Each is wrong on different bodies (docs/validity.md).
    """

    def __init__(self, side: Side | None) -> None:
        self._sign = 1 if side is None else side.sign
        self._trunk = TrunkSignals()
        self._scale = TorsoScale()
        self._reach = standing.Mean()
        self._body = TurningBody(PLANTED)
        self._clothes = Clothes()
        self._top = TurnTop()
        self._feet = standing.FeetShift()

    def update(self, observation: Observation) -> Mapping[str, float]:
        pose = observation.pose
        torso = self._scale.update(pose)
        signals = self._trunk.update(observation)
        pelvis = PLANTED.pelvis.degrees(signals, self._sign)
        witnesses = WITNESSES.degrees(signals, self._sign)
        shown = PLANTED.trunk.degrees(signals, self._sign)
        at_top = self._top.update(pose.timestamp_s, pelvis + shown)
        self.unsure = frozenset() if at_top else frozenset({"trunk_rotation"})
        arms = standing.arms(pose, torso)
        reach = self._reach.update(standing.reach([observation]))
        trunk, arm, pointing = self._body.running(pelvis, shown, self._sign * arms.hands, self._sign * arms.elbows, reach)
        return {
            TURNED: COUNTING.degrees(signals, standing.riders(pose, torso), self._sign),
            "pelvis_rotation": (pelvis + witnesses["pelvis_of_surface"] + witnesses["pelvis_of_joints"]) / 3,
            "pelvis_shown": pelvis,
            "trunk_rotation": math.nan if self._clothes.hang else trunk,
            "trunk_shown": shown,
            "thorax_rotation": pelvis + shown,
            **witnesses,
            "arm_rotation": arm,
            **{f"pointing_{name}": value for name, value in pointing.items()},
            "elbow_flexion": arms.flexion,
            "hip_lead_s": math.nan,
            "feet_shift": self._feet.update(pose, torso),
        }

    @property
    def obstacle(self) -> str:
        """Why the spine cannot be measured now, in words for the user; empty where it can."""
        return LOOSE if self._clothes.hang else ""

    def evaluate(self, rep: RepWindow) -> Mapping[str, Measurement]:
        feet = extreme(rep, "feet_shift", "%", uncertainty=lambda v: 5.0, why=HIDDEN)
        self.course = None
        why = obstacle(rep) or self._clothes.obstacle(rep)
        drift = drift_unknown(rep)
        timing = obstacle_to_timing(rep) or self.obstacle
        lead = Measurement(None, "s", why=timing) if timing else hip_lead(rep)
        if why:
            return _not_told(why) | {"feet_shift": feet, "hip_lead_s": lead}
        measured = replace(rep, series={**rep.series, **self._body.turns(rep)})
        out = {name: extreme(measured, name, uncertainty=_half_width(*of, drift), why=HIDDEN) for name, of in HALF_WIDTHS.items()}
        if why := why_unsure(rep, out["thorax_rotation"]):
            return _not_told(why) | {"feet_shift": feet, "hip_lead_s": lead}
        self.course = course_of(measured, "pelvis_rotation", "trunk_rotation")
        spine = out["trunk_rotation"].value
        if spine is not None and abs(spine - SPINE.caution) < drift:
            out["trunk_rotation"] = Measurement(None, "deg", why=NOT_BACK)
        out["arm_rotation"] = self._body.arms(measured, HIDDEN)
        out["elbow_flexion"] = extreme(rep, "elbow_flexion", direction=0, uncertainty=lambda v: 25.0, why=HIDDEN)
        out["feet_shift"] = feet
        out["hip_lead_s"] = lead
        return out


def _not_told(why: str) -> dict[str, Measurement]:
    return {name: Measurement(None, "deg", why=why) for name in (*HALF_WIDTHS, "arm_rotation", "elbow_flexion")}


def _half_width(fixed: float, share: float, most: float, drift: float) -> Callable[[float], float]:
    return lambda value: min(most, fixed + share * abs(value)) + drift
