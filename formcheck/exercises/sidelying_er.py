"""Sidelying external rotation: the lower leg works, its foot rises toward the ceiling while the knee stays on the floor."""

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from formcheck.counting.repetitions import RepetitionDetector
from formcheck.exercises.camera_places import LYING
from formcheck.exercises.contract import Exercise, Fault, Guide, Quantity, Region, Variant, VariantRef
from formcheck.exercises.posture import Posture
from formcheck.exercises.scenes import Joints, Scene
from formcheck.exercises.shared_lying import HIP_HIKES, TOO_FAST, UP_AND_DOWN, pelvis_quantities
from formcheck.frames import Floats, Observation
from formcheck.measurement.lying.lower_leg import FITTED, feet_rise, knee_lift, lift_of, rotation_of, shank_reach
from formcheck.measurement.lying.pelvis import Pelvis, track
from formcheck.measurement.lying.posture import PLACE_CAMERA, FollowedFoot, Lying, find_top_side
from formcheck.measurement.repetition import Estimator, RepWindow
from formcheck.results import Limits, Measurement, Side
from formcheck.signals import kinematics
from formcheck.signals.body import FOOT, LEG
from formcheck.signals.traits import LyingTraits
from formcheck.system.kept_words import kept
from formcheck.tempo import Tempo

RAISED, RAISED_S = 0.65, 1.5
"""A top foot that stood higher over the hips within this time, torso lengths, belongs to a leg raise; 0.5 in rotations."""
LEAST_SHOWN = 0.5
"""Visibility of the foot below which its place is a guess."""
LEAST_TURN_DEG = 20.0
"""A movement that may have been a rotation this large, as far as its uncertainty allows, still counts as one: at most 15 in a
side plank with the foot in sight, 22 and more in rotations behind a box."""
HIDDEN_DEG, HIDDEN_KNEE_DEG = 25.0, 10.0
"""What is added to the half-widths of rotation and knee lift where the foot is hidden all the time."""
STRAIGHT_LOWER_KNEE_DEG = 24.0
"""Flexion in the world landmarks: 29 and more in rendered rotations, 9 to 21 in real leg raises and side plank dips."""
STRAIGHT = "the lower knee is straight: this is no external rotation; bend the lower knee about 90 degrees"
MEASURED = ("hip_external_rotation", "pelvic_roll", "pelvic_hike", "knee_lift")
FOOT_RISE = "foot_rise"
"""Repetitions are counted by how high both feet stand, degrees: so they are counted even where the network puts the lifted foot
on the other leg."""
MOST_JUMPED = 1000
"""How many poses in which the foot jumped are remembered: more than a repetition has."""


class SidelyingErEstimator(Estimator):
    """One session of sidelying external rotation."""

    def __init__(self) -> None:
        self._lying = Lying()
        self._pelvis = Pelvis(clam=False)
        self._foot = FollowedFoot()
        self._jumped: deque[float] = deque(maxlen=MOST_JUMPED)
        self._rotation = math.nan
        self._raised_s = -math.inf
        self._rest: Floats | None = None

    def update(self, observation: Observation) -> Mapping[str, float]:
        seen = self._lying.update(observation)
        if seen is None:
            return dict.fromkeys((*MEASURED, FOOT_RISE), math.nan)
        top, xy = seen
        roll, hike = self._pelvis.update(observation, top, self._lying.toward_feet)
        torso_px = self._lying.torso_px
        self._rest = xy if self._rest is None else self._rest
        lift = lift_of(xy, self._rest, top.other, torso_px)
        if self._lying.obstacle is not None:
            roll = hike = lift = math.nan
        if self._foot.jumped(xy, top.other, observation.timestamp_s):
            self._jumped.append(observation.timestamp_s)
        else:
            self._rotation = rotation_of(xy, top.other, FITTED.usual_reach * torso_px)
        if kinematics.mid_hip(xy)[1] - xy[LEG[top][2]][1] > RAISED * torso_px:
            self._raised_s = observation.timestamp_s
        elsewhere = self._lying.not_on_the_side or self._is_straight or observation.timestamp_s - self._raised_s < RAISED_S
        rise = math.nan if elsewhere else feet_rise(xy, top.other, torso_px)
        return dict(zip((*MEASURED, FOOT_RISE), (self._rotation, roll, hike, lift, rise), strict=True))

    @property
    def margins(self) -> Mapping[str, float]:
        return {"pelvic_roll": self._pelvis.margin_deg}

    @property
    def obstacle(self) -> str | None:
        """Why nothing is counted or judged, None where nothing is in the way."""
        return self._lying.obstacle or (STRAIGHT if self._is_straight else None)

    @property
    def _is_straight(self) -> bool:
        """Whether the lower knee is: leg raises and side planks, whose feet rise as well."""
        return self._lying.knee_is_straight(self._lying.top.other, STRAIGHT_LOWER_KNEE_DEG)

    def evaluate(self, rep: RepWindow) -> Mapping[str, Measurement]:
        self.course = None
        if self._lying.obstacle is not None:
            return dict.fromkeys(MEASURED, Measurement(None, "deg", why=self._lying.obstacle))
        roll, hike = self._pelvis.evaluate(rep, self._lying.toward_feet, either_way=True)
        self.course = self._pelvis.course
        rotation, lift = self._leg(rep)
        return dict(zip(MEASURED, (rotation, roll, hike, lift), strict=True))

    def _leg(self, rep: RepWindow) -> tuple[Measurement, Measurement]:
        side = self._lying.top.other
        seen = track(rep, self._lying.top, self._jumped)
        if seen is None:
            lost = Measurement(None, "deg", why=kept("the lower leg is not seen: {place}", place=PLACE_CAMERA))
            return lost, lost
        torso_px = seen.torso_px
        reach_px = shank_reach(seen.rest, side) * torso_px
        hidden = 1.0 - float(seen.shown[list(FOOT[side])].mean())
        rotation = seen.extreme(
            np.array([rotation_of(xy, side, reach_px) for xy in seen.xy]), partial(_half_width, hidden=hidden)
        )
        if hidden > 1.0 - LEAST_SHOWN or _is_in_doubt(rotation):
            rotation = Measurement(None, "deg", why=kept("the lower foot is hidden: {place}", place=PLACE_CAMERA))
        return rotation, knee_lift(seen, side, HIDDEN_KNEE_DEG * hidden)


def _half_width(rotation: float, hidden: float) -> float:
    """Half-width of a rotation's 90 % interval, degrees. hidden: 0-1, how much of the foot was not seen."""
    return 5.0 + 0.15 * abs(rotation) + HIDDEN_DEG * hidden


def _is_in_doubt(rotation: Measurement) -> bool:
    """Whether no rotation and a whole one are both possible, since so little of the foot was seen."""
    moved, unsure = abs(rotation.value or 0.0), rotation.uncertainty or 0.0
    return moved <= unsure and moved + unsure >= LEAST_TURN_DEG


def find_working_side(observations: Sequence[Observation]) -> Side | None:
    """The lower side, once the person has lain for a second; None before."""
    top = find_top_side(observations)
    return None if top is None else top.other


START: Joints = {
    "head": (146, 14), "l_shoulder": (98, 42), "r_shoulder": (100, -30), "l_elbow": (112, 74), "r_elbow": (62, -54),
    "l_hand": (160, 56), "r_hand": (12, -36), "l_hip": (0, 24), "r_hip": (0, -26), "l_knee": (-20, 72), "r_knee": (-74, 4),
    "l_ankle": (-108, 70), "r_ankle": (-150, 14), "l_toe": (-118, 84), "r_toe": (-172, 20),
}  # fmt: skip
SCENE = Scene(
    START, START | {"l_ankle": (-96, 2), "l_toe": (-114, -2)},
    ("l_arm", "r_leg", "trunk", "head", "l_leg", "r_arm"), "l_leg",
    ((-142, 66), (-150, 34), (-132, 0)), ("l_hip", "r_hip"),
)  # fmt: skip


EXERCISE = Exercise(
    id="sidelying-er",
    order=20,
    title="Sidelying external rotation",
    posture=Posture.LYING,
    guide=Guide(
        purpose="Trains the small rotators deep in the hip of the lower leg, which steady the ball of the joint in its socket"
        " and keep the leg in line when you land on it.",
        feel="A small, precise effort deep in the lower buttock. Not a pull in the groin, not a push of the whole trunk.",
        start="Lie on the side that will work, facing the camera, head on the arm. Bend the hip and knee of the lower leg; lay"
        " the top leg behind it, out of the way. One hip exactly above the other.",
        movement="Keep the lower knee on the floor and lift the foot toward the ceiling, about two seconds up. Take as long to"
        " lower it.",
        avoid=(
            "Rolling the pelvis forward or backward to bring the foot higher",
            "Pulling the top hip toward the ribs",
            "Lifting the knee off the floor",
            "Flinging the foot up and letting it drop",
        ),
        stop="Stop if you feel sharp pain in the hip, groin or knee, or tingling down the leg, and ask a professional"
        " if it returns.",
    ),
    camera=replace(LYING, height_m=(0.3, 1.1)),
    scene=SCENE,
    quantities=(
        Quantity("hip_external_rotation", "Hip external rotation", sign="the foot rises", most=80.0, detectable=6.1),
        *pelvis_quantities(roll=5.9, hike=3.4),
        Quantity("knee_lift", "Knee lift", sign="the lower knee leaves the floor", most=45.0, detectable=3.9),
        UP_AND_DOWN,
    ),
    movement="hip_external_rotation",
    tempo=Tempo(2.0, 2.0),
    seen_in=lambda seen: isinstance(seen, LyingTraits) and seen.low_foot > max(0.3, 1.8 * seen.top_knee),
    segmenter=lambda movement: RepetitionDetector(FOOT_RISE, 7.0),
    works_above=False,
    guarded="pelvic_roll",
    faults=(
        Fault(
            "pelvic_roll",
            "Pelvis rolls",
            "pelvic_roll",
            Limits(10.0, 15.0),
            "from the clam: healthy people rolled 15.3 degrees without feedback and 10.8 with it"
            " (Koh & Jung 2013, J Korean Soc Phys Ther 25(5):337)",
            "Your pelvis is rolling: keep the top hip stacked over the lower one.",
            direction=0,
            priority=1,
            live_after_s=0.08,
            region=Region.PELVIS,
        ),
        HIP_HIKES,
        Fault(
            "knee_lift",
            "Knee leaves the floor",
            "knee_lift",
            Limits(5.0, 8.0),
            "our proposal; the texts' cue is qualitative",
            "Keep the lower knee on the floor: only the foot rises.",
            priority=3,
            live_margin=1.6,  # what not_pulled() takes off a lift of so much
            live_after_s=0.04,
            region=Region.LEGS,
        ),
        TOO_FAST,
    ),
    estimator=lambda context: SidelyingErEstimator(),
    find_side=find_working_side,
    keeps_side=True,
    variants=(
        Variant(
            "standard",
            "Standard",
            "Hip and knee bent, the foot starts level with the knee.",
            (20.0, 45.0),
            (VariantRef("sidelying-er", "hip-neutral"), VariantRef("sidelying-er", "table-edge")),
        ),
        Variant(
            "table-edge",
            "Over a table's edge",
            "Lie at the edge of a table with the lower leg from the knee over it: the foot hangs down and starts from full"
            " internal rotation, so that the muscles work from their full length.",
            (35.0, 75.0),
            next=(VariantRef("sidelying-er", "hip-90"),),
            posture=Posture.HANGING,
        ),
        Variant(
            "hip-neutral",
            "Hip straight",
            "The thigh in line with the trunk, only the knee bent.",
            (15.0, 40.0),
            (VariantRef("sidelying-er", "hip-90"),),
        ),
        Variant(
            "hip-90",
            "Hip bent 90 degrees",
            "The thigh at right angles to the trunk: takes the piriformis' share out of the work.",
            (20.0, 45.0),
            (VariantRef("banded-rotation", "close"),),
        ),
    ),
)
