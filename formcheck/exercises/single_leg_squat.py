"""Single-leg squat and lateral step-down: the stance hip holds the femur and the pelvis while the knee bends."""

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from formcheck.counting.repetitions import RepetitionDetector
from formcheck.exercises.body_angle import of_own_side
from formcheck.exercises.camera_places import STANDING
from formcheck.exercises.contract import DOWN, PACE, UP, Exercise, Fault, Guide, Quantity, Region, Variant, VariantRef
from formcheck.exercises.posture import Posture
from formcheck.exercises.scenes import FRONT_TO_BACK, ONE_LEG, UPPER, Scene, moved
from formcheck.exercises.shared_weight_bearing import KNEE_VALGUS, OWN_SIDE_LEAN, OWN_SIDE_UP
from formcheck.frames import Landmark as L
from formcheck.frames import Observation
from formcheck.measurement.repetition import Estimator, RepWindow, course_of, extreme
from formcheck.measurement.weight_bearing import frontal_angles as wb
from formcheck.measurement.weight_bearing.knee_flexion import deepest_flexion, flexion_deg, leg_px
from formcheck.measurement.weight_bearing.pelvic_drop import PelvicDrop, believed_drop, largest_drop, series_names
from formcheck.measurement.weight_bearing.stance_leg import CARRIES_BY, find_stance, left_carries, on_one_leg
from formcheck.measurement.weight_bearing.trunk_lean import SQUATTING, TrunkLean
from formcheck.results import Limits, Measurement, Side
from formcheck.signals import kinematics
from formcheck.signals.body import LEG
from formcheck.signals.smoothing import RecentQuantile
from formcheck.signals.traits import StandingTraits, Traits
from formcheck.tempo import Tempo

STEP_DOWN, SCORE = "step-down", "step_down_score"
ARMS_LEAVE, FOOT_SHIFTS = 0.5, 0.15
"""Torso lengths: hands that go this far from the hips help to balance; a stance foot that goes this far is unsteady."""
CUT_S = 0.5
"""For this long after a cut in the film, joints may lie between those of both scenes."""
SHORTEST_S = 1.0
"""Nobody squats on one leg and is up again within this time: rendered and real squats take 1.9 s and more; joints that jump in a
shaken, blurred picture look like squats of up to 0.9 s."""
LATELY_S, LONGEST = 15.0, 0.95
"""The leg's full length is this quantile of its lengths in this time."""
VALGUS_GAIN = 1.15
"""The knee's landmark shows about 0.8 of an inward knee (rendered people). The gain is chosen smaller than 1 / 0.8, to be
careful."""
MOST_VALGUS_DEG = 85.0
"""A deeply bent knee that falls inward has a large angle in the picture: 72 degrees in a real squat with 100 degrees of flexion,
where it is plain to see. In another one, whose joints jumped, 115 were read."""


class SingleLegSquat(Estimator):
    """For a known stance leg."""

    def __init__(self, stance: Side | None, variant: str = "standard") -> None:
        self._stance = stance or Side.LEFT  # the analyzer waits until it is known
        self._scored = variant == STEP_DOWN
        self._longest = RecentQuantile(LATELY_S, LONGEST)
        self._cut_s = -math.inf
        self._drop = PelvicDrop()
        self._lean = TrunkLean(SQUATTING)

    def update(self, observation: Observation) -> Mapping[str, float]:
        xy = observation.pose.image_xy
        if observation.picture is not None and observation.picture.cut:
            self._cut_s = observation.timestamp_s
        after_cut = observation.timestamp_s - self._cut_s < CUT_S
        if after_cut:
            self._longest.reset()  # another scene, maybe nearer
        if after_cut or self._stance.sign * left_carries(observation) < -CARRIES_BY:  # the other foot carries now
            return {**dict.fromkeys(("knee_flexion", "knee_valgus", "trunk_lean"), math.nan), **series_names()}
        return {
            "knee_flexion": self._knee_flexion(observation),
            "knee_valgus": VALGUS_GAIN * wb.knee_valgus(xy, self._stance),
            **self._drop.update(observation, self._stance),
            "trunk_lean": self._stance.sign * self._lean.update(observation.pose),
        }

    def evaluate(self, rep: RepWindow) -> Mapping[str, Measurement]:
        def of(name: str, half_width: float, share: float = 0.0, direction: int = 0) -> Measurement:
            return extreme(rep, name, direction=direction, uncertainty=lambda v: half_width + share * abs(v), why=wb.HIDDEN)

        self.course = course_of(believed_drop(rep), "pelvic_drop")
        out = {
            "knee_flexion": deepest_flexion(rep, self._stance, wb.HIDDEN),
            "knee_valgus": of("knee_valgus", 6.0, 0.15),
            "pelvic_drop": largest_drop(rep, 5.5, 0.1),
            "trunk_lean": of("trunk_lean", 3.0),
        }
        return out | {SCORE: self._score(rep, out)} if self._scored else out

    def _score(self, rep: RepWindow, out: Mapping[str, Measurement]) -> Measurement:
        values = [out[name].value for name in ("knee_valgus", "pelvic_drop", "trunk_lean")]
        xy = np.array([o.pose.image_xy for o in rep.observations[rep.start : rep.end + 1]])
        lengths = [length for length in (kinematics.torso_length(p) for p in xy) if length > 0]
        torso = float(np.median(lengths)) if lengths else math.nan
        _, _, ankle = LEG[self._stance]
        hands = np.linalg.norm(xy[:, [L.LEFT_WRIST, L.RIGHT_WRIST]] - xy[:, [L.LEFT_HIP, L.RIGHT_HIP]], axis=2) / torso
        foot = np.linalg.norm(xy[:, ankle] - xy[0, ankle], axis=1) / torso
        if None in values or not (np.isfinite(hands).all() and np.isfinite(foot).all()):
            return Measurement(None, "points", why="hands, feet or a scored angle were hidden or out of the picture")
        valgus, drop, lean = (float(v) for v in values if v is not None)
        arms = float(np.ptp(hands, axis=0).max()) > ARMS_LEAVE
        points = stepdown_score(valgus, drop, lean, arms_used=arms, unsteady=float(foot.max()) > FOOT_SHIFTS)
        return Measurement(float(points), "points", uncertainty=1.0)

    def _knee_flexion(self, observation: Observation) -> float:
        """The running value: against how long the leg has looked lately, at its longest."""
        length, now_s = leg_px(observation.pose.image_xy, self._stance), observation.timestamp_s
        if not length > 0:
            return math.nan
        return float(flexion_deg(length / self._longest.update(now_s, length)))


def stepdown_score(rep_knee_valgus: float, rep_drop: float, rep_lean: float, *, arms_used: bool, unsteady: bool) -> int:
    """Lateral step-down score of one repetition, 0-1 good, 2-3 medium, 4 and more poor (Piva et al.).

    One point each for arms, leaning trunk, pelvis out of level, unsteady stance; one for a knee inside the second toe, two for
    one inside the foot's inner edge, which the picture shows as the caution and fault limits of the projection angle.
    """
    limits = {fault.name: fault.limits for fault in EXERCISE.faults}
    knee = (rep_knee_valgus > limits["knee_valgus"].caution) + (rep_knee_valgus > limits["knee_valgus"].fault)
    pelvis, trunk = rep_drop > limits["pelvic_drop"].caution, rep_lean > limits["trunk_lean"].caution
    return int(knee + pelvis + trunk + arms_used + unsteady)


def seen_in(seen: Traits) -> bool:
    """On one leg, and sinking."""
    if not isinstance(seen, StandingTraits):
        return False
    return seen.foot_up > 0.9 and seen.still and seen.sinking > 0.15 and seen.turning_deg < 15.0


SCENE = Scene(
    ONE_LEG,
    moved(ONE_LEG, UPPER, (2, 48))
    | {"l_knee": (36, 116), "r_knee": (-26, 120), "r_ankle": (-40, 152), "r_toe": (-48, 168)},
    FRONT_TO_BACK, "l_leg", ((86, 10), (88, 36), (86, 62)), ("l_hip", "r_hip"),
)  # fmt: skip


EXERCISE = Exercise(
    id="single-leg-squat",
    order=40,
    title="Single-leg squat",
    posture=Posture.STANDING,
    guide=Guide(
        purpose="Asks the deep hip muscles to hold thigh and pelvis while the whole weight is on one leg, as it is at every "
        "running step.",
        feel="Work in the buttock and thigh of the leg you stand on, evenly through the whole way down and up.",
        start="Stand on one leg facing the camera, the other foot just off the floor, hands in front of you or on the hips.",
        movement="Bend the knee as far as you keep control, two seconds down, two seconds up. The knee points over the second "
        "toe, the belt stays level, the chest stays over the foot.",
        avoid=(
            "The knee falling inward",
            "The free side of the pelvis sinking",
            "The trunk leaning over the stance leg",
        ),
        stop="Stop when the knee or hip hurts sharply, gives way or locks; if that comes back, ask a physiotherapist or doctor.",
    ),
    camera=STANDING,
    scene=SCENE,
    quantities=(
        Quantity("knee_flexion", "Knee flexion", most=160.0, angle=of_own_side("knee_flexion")),
        replace(KNEE_VALGUS, most=MOST_VALGUS_DEG, angle=of_own_side("fppa")),
        Quantity("pelvic_drop", "Pelvic drop", sign="free side down", most=25.0, angle=OWN_SIDE_UP),
        Quantity("trunk_lean", "Trunk lean", sign="to the stance side", most=50.0, angle=OWN_SIDE_LEAN),
        Quantity(SCORE, "Step-down score", "points", "0-1 good, 2-3 medium, 4 and more poor", absolute=True),
        Quantity(PACE, "Faster way", "s"),
    ),
    movement="knee_flexion",
    tempo=Tempo(2.0, 2.0),
    ways=(DOWN, UP),
    seen_in=seen_in,
    guarded="knee_valgus",
    faults=(
        Fault(
            "knee_valgus",
            "Knee falls inward",
            "knee_valgus",
            Limits(10.0, 15.0),
            "Munro 2012 (J Sport Rehabil 21:7): smallest detectable difference of 2D video 7.5-8.9 degrees; Ghulam 2021",
            "Your knee is falling inward: point it over your second toe.",
            priority=1,
            region=Region.LEGS,
        ),
        Fault(
            "pelvic_drop",
            "Pelvis drops",
            "pelvic_drop",
            Limits(11.0, 15.0),
            "Nakagawa 2012 (10.2519/jospt.2012.3987): controls 7.4 ± 3.8 degrees; mean and one, two standard deviations",
            "Your pelvis is sinking on the free side: keep your belt level.",
            priority=2,
            region=Region.PELVIS,
        ),
        Fault(
            "trunk_lean",
            "Trunk leans",
            "trunk_lean",
            Limits(10.0, 13.0),
            "Nakagawa 2012 (10.2519/jospt.2012.3987): controls 6.7 ± 3.0 degrees; mean and one, two standard deviations",
            "You are leaning over: keep your chest above your foot.",
            priority=3,
            region=Region.TRUNK,
        ),
    ),
    estimator=lambda context: SingleLegSquat(context.side, context.variant),
    find_side=find_stance,
    keeps_side=True,
    sees_waist=True,
    belongs=on_one_leg,
    segmenter=partial(RepetitionDetector, min_extent=15.0, shortest_s=SHORTEST_S),
    variants=(
        Variant(
            "standard",
            "Single-leg squat",
            "On the floor.",
            (40.0, 80.0),
            (VariantRef("single-leg-squat", STEP_DOWN), VariantRef("pivot", "standard")),
        ),
        Variant(
            STEP_DOWN,
            "Lateral step-down",
            "Stand on a step of about 20 cm with the free leg beside it; touch the floor lightly with the heel and come back. "
            "Scored 0-6: arms, trunk, pelvis, knee, steadiness.",
            (50.0, 70.0),
            (VariantRef("pivot", "standard"),),
        ),
    ),
)
