"""Measures runs and walks on a treadmill, where a repetition is a stance: one leg takes the whole weight."""

import math
from collections.abc import Mapping
from typing import ClassVar

from formcheck.exercises.contract import PoseRate, SetContext
from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L
from formcheck.measurement.repetition import Course, Estimator, RepWindow
from formcheck.measurement.running import stance as st
from formcheck.measurement.running.belt_axis import BeltAxis
from formcheck.measurement.running.held_hand import HELD, HeldHand
from formcheck.measurement.running.knee_balance import KneeBalance
from formcheck.measurement.running.pelvis import PelvisTilt, pelvic_drop
from formcheck.measurement.running.place import Place
from formcheck.measurement.running.step_pace import TOO_QUICK, TOO_SLOW, StepPace
from formcheck.measurement.weight_bearing import frontal_angles as wb
from formcheck.results import Measurement, Side, View
from formcheck.signals import kinematics
from formcheck.signals.body import TorsoScale
from formcheck.system.kept_words import kept
from formcheck.system.language import to_translate

MEASURED = {"pelvic_drop": "deg", "knee_valgus_in_line": "deg", "knee_valgus": "deg", "trunk_lean": "deg", "step_width": "m"}
"""Quantity -> its unit."""
ON_TREADMILL = PoseRate(usual_hz=34.0, least_hz=30.0, live_hz=60.0, measured_hz=64.0)
"""At 60 pictures a second a pose is found in every second one, at lower rates in each. The waist, whose peak is measured, is
looked at in all of them."""
KNEES = ("knee_valgus_in_line", "knee_valgus")
STEP_S = 0.9
"""The longest time between two midstances of one step."""
NO_STANCE_S = 5.0
"""After this long without a stance the steps are checked for another gait."""
MUCH_TILT_DEG = 1.5
"""A camera that is tilted by less is set up well."""
LEANS_LEFT = to_translate(
    "The camera was tilted: in its picture the room leans {deg} degrees to the left. The trunk's lean was put right by as much; "
    "set the camera level next time."
)
LEANS_RIGHT = to_translate(
    "The camera was tilted: in its picture the room leans {deg} degrees to the right. The trunk's lean was put right by as much; "
    "set the camera level next time."
)
FACING_S = 2.0
"""Time before and after a stance from which it is read which way the runner faces."""


class OnTreadmill(Estimator):
    """One run. Signs: drop + free side down, knee + inward, lean + to the stance side, step width + uncrossed.

    `facing` is +1 where the runner is seen from the front, -1 from behind, NaN while that is not known.
    """

    measured: ClassVar[Mapping[str, str]] = MEASURED
    figures: ClassVar[st.GaitFigures] = st.RUN

    def __init__(self, context: SetContext) -> None:
        self._given = context.given_view
        self._place, self._scale, self._axis = Place(), TorsoScale(), BeltAxis()
        self._pelvis, self._pace, self._hand = PelvisTilt(self.figures.pelvis_level), StepPace(), HeldHand()
        self._balance = KneeBalance()
        self._now_s = self._stance_s = -math.inf
        """Times of the last frame and the last stance."""
        self._facing = math.nan
        self._tilt_deg = 0.0
        """Degrees by which upright edges of the room lean to the left in the picture, as last known."""
        self._before: tuple[float, Side, float] | None = None
        """The last stance: when, whose, and where its ankle was, px to the runner's left."""

    @property
    def obstacle(self) -> str:
        """Why the run cannot be measured now, in words for the user; empty where it can."""
        found = self._now_s - self._stance_s < NO_STANCE_S
        return self._barred or ("" if found else self._wrong_pace(self._now_s))

    @property
    def _barred(self) -> str:
        """Why this frame cannot be measured, in words for the user; empty where it can."""
        return self._place.obstacle or self._contradiction(self._facing)

    def _wrong_pace(self, now_s: float) -> str:
        return TOO_SLOW if self._pace.too_slow(now_s) else ""

    @property
    def seen_from(self) -> View | None:
        """None while it is not known."""
        if math.isnan(self._facing):
            return None
        return View.FRONT if self._facing > 0 else View.BEHIND

    @property
    def remarks(self) -> tuple[str, ...]:
        if abs(self._tilt_deg) < MUCH_TILT_DEG:
            return ()
        return (kept(LEANS_LEFT if self._tilt_deg > 0 else LEANS_RIGHT, deg=round(abs(self._tilt_deg))),)

    def update(self, observation: Observation) -> Mapping[str, float]:
        """The joints' values of this frame; those that have a side belong to the leg whose foot is lower."""
        self._place.update(observation)
        torso, xy = self._scale.update(observation.pose), observation.pose.image_xy
        self._pace.update(observation, torso)
        self._hand.update(observation, torso)
        self._now_s = observation.timestamp_s
        if observation.picture is not None and math.isfinite(observation.picture.tilt_deg):
            self._tilt_deg = observation.picture.tilt_deg
        facing = st.seen_from_front((observation,))
        if math.isfinite(facing):
            self._facing = facing if math.isnan(self._facing) else self._facing + 0.02 * (facing - self._facing)
        facing = math.copysign(1.0, self._facing) if math.isfinite(self._facing) else math.nan
        right_up = self._pelvis.update(observation, facing)
        down = Side.LEFT if xy[L.LEFT_ANKLE][1] > xy[L.RIGHT_ANKLE][1] else Side.RIGHT
        height = (
            -100.0 * float(kinematics.mid_hip(observation.still_xy)[1] + kinematics.mid_shoulder(observation.still_xy)[1]) / 2
        )
        if not math.isfinite(xy[L.LEFT_ANKLE][1] + xy[L.RIGHT_ANKLE][1]) or self._barred:
            return dict.fromkeys(("trunk_height", *self.measured), math.nan)
        knee = facing * wb.knee_valgus(xy, down) + st.FPPA_OFFSET_DEG + (self._balance.shift(down, self._axis.camera) or 0.0)
        values = {
            "trunk_height": height / torso,
            "pelvic_drop": -down.sign * right_up,
            "knee_valgus": knee,
            "knee_valgus_in_line": self._axis.turned(knee, down, facing),
            "trunk_lean": facing * down.sign * (wb.trunk_lean(xy) + self._tilt_deg),
            "step_width": math.nan,
        }
        return {name: value for name, value in values.items() if name == "trunk_height" or name in self.measured}

    def evaluate(self, rep: RepWindow) -> Mapping[str, Measurement]:
        self._stance_s = float(rep.times_s[rep.peak])
        near = [o for o in rep.observations if abs(o.timestamp_s - rep.times_s[rep.peak]) < FACING_S]
        facing, obstacle = st.seen_from_front(near), self._place.obstacle
        why = obstacle or self._contradiction(facing) or (HELD if self._hand.during(self._stance_s) else "")
        why = why or (st.HIDDEN if math.isnan(facing) or rep.side is None else "")
        if why or rep.side is None:
            self._before = self.course = None
            return {name: Measurement(None, unit, why=why) for name, unit in self.measured.items()}
        start_s, mid_s, end_s = (float(rep.times_s[i]) for i in (rep.start, rep.peak, rep.end))
        stance = st.Stance(rep.observations, rep.side, start_s, mid_s, end_s)
        px_per_m = self._scale.px / self._scale.metres
        self._axis.add(stance, facing, px_per_m)
        seen = st.knee_valgus(stance, facing)
        self._balance.add(stance, seen)
        knee = self._balance.balanced(seen, rep.side, self._axis.camera)
        place = st.ankle_place(stance, facing)
        before, offset_m = self._before, self.figures.ankle_offset_m[facing]
        follows = before is not None and before[1] is not rep.side and mid_s - before[0] < STEP_S
        self._before = None if place is None else (mid_s, rep.side, place)
        found = {
            "pelvic_drop": pelvic_drop(stance, facing, self._pelvis, self.figures.drop_deg),
            "knee_valgus": knee,
            "knee_valgus_in_line": self._axis.in_line(knee, rep.side, facing),
            "trunk_lean": st.trunk_lean(stance, facing, self.figures.lean_deg[facing], self._tilt_deg),
            "step_width": st.step_width(stance, before[2] if before and follows else None, place, px_per_m, offset_m),
        }
        self.course = self._stance_course(stance, facing)
        return {name: found[name] for name in self.measured}

    def _stance_course(self, stance: st.Stance, facing: float) -> Course:
        """The stance's curves, with the pelvis' zero, the camera's place and the knees' difference as they are known now."""
        side, shift = stance.side, self._balance.shift(stance.side, self._axis.camera) or 0.0

        def knee(xy: Floats) -> float:
            return facing * wb.knee_valgus(xy, side) + st.FPPA_OFFSET_DEG + shift

        def drop(observation: Observation) -> float:
            return math.nan if observation.waist is None else -side.sign * self._pelvis.seen(observation.waist)

        joints = {
            "knee_valgus": knee,
            "knee_valgus_in_line": lambda xy: self._axis.turned(knee(xy), side, facing),
            "trunk_lean": lambda xy: facing * side.sign * (wb.trunk_lean(xy) + self._tilt_deg),
        }
        return st.course(stance, joints, {"pelvic_drop": drop})

    def _contradiction(self, facing: float) -> str:
        """Words for the user where the runner is seen from another side than was chosen; else empty."""
        if self._given is None or not math.isfinite(facing) or (facing > 0) == (self._given is View.FRONT):
            return ""
        seen = View.FRONT if facing > 0 else View.BEHIND
        if seen is View.FRONT:
            return "the runner is seen from the front, but the view from behind was chosen: choose the other view"
        return "the runner is seen from behind, but the view from the front was chosen: choose the other view"


class WalkingOnTreadmill(OnTreadmill):
    """One walk: as a run, but without the knee. It is nearly straight, and was never compared with a known truth."""

    measured: ClassVar[Mapping[str, str]] = {name: unit for name, unit in MEASURED.items() if name not in KNEES}
    figures: ClassVar[st.GaitFigures] = st.WALK

    def _wrong_pace(self, now_s: float) -> str:
        return TOO_QUICK if self._pace.too_quick(now_s) else ""
