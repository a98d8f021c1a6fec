"""Single-leg pivot: pelvis and trunk turn as one over the stance foot, away from it, with the hips level."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from formcheck.counting.repetitions import RepetitionDetector
from formcheck.exercises.body_angle import toward_left
from formcheck.exercises.camera_places import TURNING
from formcheck.exercises.contract import Exercise, Fault, Guide, PoseRate, Quantity, Region
from formcheck.exercises.posture import Posture
from formcheck.exercises.scenes import FRONT_TO_BACK, ONE_LEG, Joints, Scene
from formcheck.exercises.shared_weight_bearing import OWN_SIDE_LEAN, OWN_SIDE_UP
from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L
from formcheck.measurement.repetition import RepWindow, extreme
from formcheck.measurement.standing.trunk_signals import TrunkSignals
from formcheck.measurement.standing.turns import LEANING, Spine, settled
from formcheck.measurement.weight_bearing import frontal_angles as wb
from formcheck.measurement.weight_bearing.pelvic_drop import PelvicDrop, largest_drop
from formcheck.results import Limits, Measurement, Side
from formcheck.signals.traits import StandingTraits, Traits
from formcheck.system.language import to_translate

HIDDEN = "hips or shoulders were hidden or out of the picture"
LOOK_S = 0.7
"""How long one foot must be off the floor before the other is called the stance foot."""
LIFTED = 0.1
"""A foot this much higher than the other, in torso lengths, is off the floor."""


SPINE_UNSURE = (8.0, 18.0)
"""Degrees: on rendered people in real clothes readings between these came from spines that turned by 0 and by 25."""
UNSURE = to_translate("hips and chest turned too much alike to say how far the one turned on the other")


class Pivot:
    """The Estimator. Turns are + away from the stance leg, drop + free side down, lean + to the stance side."""

    def __init__(self, side: Side | None) -> None:
        self._sign = 1 if side is None else side.sign
        self._trunk = TrunkSignals()
        self._spine = Spine(LEANING)
        self._drop = PelvicDrop(turning=True)

    def update(self, observation: Observation) -> Mapping[str, float]:
        signals, xy = self._trunk.update(observation), observation.pose.image_xy
        pelvis = LEANING.pelvis.degrees(signals, -self._sign)
        shown = LEANING.trunk.degrees(signals, -self._sign)
        return {
            "pelvis_rotation": pelvis,
            "trunk_rotation": float(self._spine.turn(np.array(shown), np.array(pelvis + shown))),
            "trunk_shown": shown,
            "thorax_rotation": pelvis + shown,
            **self._drop.update(observation, Side.LEFT if self._sign > 0 else Side.RIGHT),
            "trunk_lean": self._sign * wb.trunk_lean(xy),
        }

    def evaluate(self, rep: RepWindow) -> Mapping[str, Measurement]:
        rep = replace(rep, series={**rep.series, **self._turns(rep)})

        def of(name: str, half_width: float, direction: int = 1) -> Measurement:
            return extreme(rep, name, direction=direction, uncertainty=lambda v: half_width, why=HIDDEN)

        spine = of("trunk_rotation", 12.0)
        unsure = spine.value is not None and SPINE_UNSURE[0] < spine.value < SPINE_UNSURE[1]
        return {
            "pelvis_rotation": of("pelvis_rotation", 12.0),
            "trunk_rotation": Measurement(None, "deg", why=UNSURE) if unsure else spine,
            "thorax_rotation": of("thorax_rotation", 15.0),
            "pelvic_drop": largest_drop(rep, 8.0, 0.0),
            "trunk_lean": of("trunk_lean", 6.0, 0),
        }

    def _turns(self, rep: RepWindow) -> dict[str, Floats]:
        """The turns in this repetition, by what this body showed in it and in those before."""
        pelvis, shown = (settled(rep.times_s, rep.series[n], rep.start, rep.end) for n in ("pelvis_rotation", "trunk_shown"))
        inside = slice(rep.start, rep.end + 1)
        self._spine.learn(shown[inside] - shown[rep.start], (pelvis + shown)[inside] - (pelvis + shown)[rep.start])
        trunk = self._spine.turn(shown, pelvis + shown)
        return {"pelvis_rotation": pelvis, "trunk_rotation": trunk, "thorax_rotation": pelvis + trunk}


def find_side(observations: Sequence[Observation]) -> Side | None:
    """The stance leg: the side of the foot that stays on the floor while the other is up."""
    recent = [o.pose.image_xy for o in observations if o.timestamp_s >= observations[-1].timestamp_s - LOOK_S]
    if observations[-1].timestamp_s - observations[0].timestamp_s < LOOK_S:
        return None
    lifts = [(xy[L.LEFT_ANKLE, 1] - xy[L.RIGHT_ANKLE, 1]) / np.ptp(xy[[L.LEFT_HIP, L.LEFT_SHOULDER], 1]) for xy in recent]
    lift = float(np.median(lifts))
    if not abs(lift) > LIFTED:
        return None
    return Side.LEFT if lift > 0 else Side.RIGHT


def seen_in(seen: Traits) -> bool:
    """On one leg, and turning."""
    return (
        isinstance(seen, StandingTraits) and seen.foot_up > 0.9 and seen.still and seen.turning_deg > 18.0 and seen.sinking < 0.13
    )


START: Joints = ONE_LEG | {
    "head": (5, -148), "l_shoulder": (34, -98), "r_shoulder": (-30, -102), "l_elbow": (60, -56), "r_elbow": (-44, -60),
    "l_hand": (26, -84), "r_hand": (16, -80), "l_hip": (20, 0), "r_hip": (-20, 0), "r_knee": (-14, 88), "r_ankle": (-40, 128),
    "r_toe": (-50, 144),
}  # fmt: skip
SCENE = Scene(
    START,
    START | {
        "head": (-6, -148), "l_shoulder": (30, -102), "r_shoulder": (-36, -98), "l_elbow": (38, -60), "r_elbow": (-62, -56),
        "l_hand": (-18, -84), "r_hand": (-28, -80), "r_knee": (-44, 86), "r_ankle": (-24, 126), "r_toe": (-22, 142),
    },
    FRONT_TO_BACK, "l_leg", ((48, -26), (0, 14), (-52, -26)), ("l_hip", "r_hip"), turn_deg=(30, -40),
)  # fmt: skip


EXERCISE = Exercise(
    id="pivot",
    order=70,
    title="Single-leg pivot",
    posture=Posture.STANDING,
    pose_rate=PoseRate(live_hz=30.0),
    guide=Guide(
        purpose="Trains the rotators of the standing hip to steer the pelvis over one foot while it stays level, "
        "as in every stride of a run.",
        feel="Steady work at the back and side of the standing hip. The foot grips the floor, the knee looks ahead.",
        start="Stand on one leg with the knee a little bent, the other foot lifted behind you, hands joined before the chest. "
        "Turn the pelvis a little toward the standing leg.",
        movement="Turn pelvis and chest together away from the standing leg, over a foot that stays put, then come back slowly. "
        "Keep both hip bones at one height.",
        avoid=(
            "The free hip sinking",
            "The chest turning on beyond the hips",
            "Leaning over the standing leg",
        ),
        stop="Stop when the knee twists uncomfortably, the groin pinches or you cannot keep your balance; hold on to something, "
        "and ask a physiotherapist or doctor if it comes back.",
    ),
    camera=TURNING,
    scene=SCENE,
    quantities=(
        Quantity(
            "pelvis_rotation",
            "Pelvis rotation",
            sign="away from the standing leg",
            most=80.0,
            angle=toward_left("pelvis_rotation_left", of_left=-1),
        ),
        Quantity(
            "trunk_rotation",
            "Spine rotation (thorax on pelvis)",
            sign="the thorax ahead of the pelvis",
            most=60.0,
            angle=toward_left("trunk_rotation_left", of_left=-1),
        ),
        Quantity("thorax_rotation", "Thorax rotation", sign="away from the standing leg", most=110.0),
        Quantity("pelvic_drop", "Contralateral pelvic drop", sign="free side down", most=25.0, angle=OWN_SIDE_UP),
        Quantity("trunk_lean", "Ipsilateral trunk lean", sign="to the standing side", most=50.0, angle=OWN_SIDE_LEAN),
    ),
    movement="thorax_rotation",
    seen_in=seen_in,
    guarded="pelvic_drop",
    faults=(
        Fault(
            "pelvic_drop",
            "Pelvis sinking",
            "pelvic_drop",
            Limits(11.0, 15.0),
            "controls in a single-leg squat 7.4±3.8°, plus one and two deviations (Nakagawa 2012, 10.2519/jospt.2012.3987)",
            "Your free hip is sinking: keep both hip bones level.",
            priority=1,
            region=Region.PELVIS,
        ),
        Fault(
            "spine_rotation",
            "Turning from the spine",
            "trunk_rotation",
            Limits(12.0, 15.0),
            "our proposal; uncoached, the pelvis gives two thirds of a standing turn (Montgomery 2011, Clin Biomech 26:707)",
            "Your chest is turning more than your hips: turn them as one.",
            priority=2,
            region=Region.TRUNK,
        ),
        Fault(
            "trunk_lean",
            "Leaning over the standing leg",
            "trunk_lean",
            Limits(10.0, 13.0),
            "controls in a single-leg squat 6.7±3.0° (Nakagawa 2012): mean and one, two standard deviations",
            "You are leaning sideways: keep your chest over your hips.",
            priority=3,
            region=Region.TRUNK,
        ),
    ),
    estimator=lambda context: Pivot(context.side),
    find_side=find_side,
    sees_waist=True,
    segmenter=partial(RepetitionDetector, min_extent=10.0),
)
