"""Single-leg pivot: pelvis and trunk turn as one over the stance foot, away from it, with the hips level."""

import math
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
from formcheck.measurement.repetition import Estimator, RepWindow, course_of, extreme
from formcheck.measurement.standing.pivoting_spine import RUNNING, at_top, spine_shown, spine_turn
from formcheck.measurement.standing.quiet_share import QuietShare
from formcheck.measurement.standing.trunk_signals import TrunkSignals
from formcheck.measurement.standing.turns import LEANING, averaged, without_drift
from formcheck.measurement.weight_bearing import frontal_angles as wb
from formcheck.measurement.weight_bearing.lifted_leg import LiftedShank, PelvisTurn, pelvis_turn
from formcheck.measurement.weight_bearing.pelvic_drop import PelvicDrop, believed_drop, largest_drop
from formcheck.results import Limits, Measurement, Side
from formcheck.signals import kinematics
from formcheck.signals.body import LEG
from formcheck.signals.traits import StandingTraits, Traits

HIDDEN = "hips or shoulders were hidden or out of the picture"
BY_TRUNK, BY_SHANK, THORAX_BY_TRUNK, SPINE = "pelvis_by_trunk", "pelvis_by_shank", "thorax_by_trunk", "spine_shown"
"""The pelvis' turn by each of two estimates, the thorax' by the trunk alone, and the spine's by all together; degrees."""
LEAST_SHOWN_DEG = 4.0
"""The curve of a spine that shows less is not scaled up to its measurement."""
LOOK_S = 0.7
"""How long one foot must be off the floor before the other is called the stance foot."""
LIFTED = 0.1
"""A foot this much higher than the other, in torso lengths, is off the floor."""
STAYS_UP = 0.15
"""The same for the middle of a repetition: 0.25 to 0.63 in 134 rendered pivots, -0.03 to 0.12 in most other movements."""
BENT_DEG = 45.0
"""Flexion of the standing knee in the world landmarks at its deepest: at most 30 in rendered pivots, 58 to 115 in real lunges and
woodchops, whose hind foot looks higher from aside."""


class Pivot(Estimator):
    """Turns are + away from the stance leg, drop + free side down, lean + to the stance side."""

    def __init__(self, side: Side | None) -> None:
        self._sign = 1 if side is None else side.sign
        self._trunk = TrunkSignals()
        self._quiet = QuietShare()
        self._drop = PelvicDrop(turning=True)
        self._shank, self._pelvis = LiftedShank(), PelvisTurn()
        self._shown = 0.0

    def update(self, observation: Observation) -> Mapping[str, float]:
        signals, stance = self._trunk.update(observation), Side.LEFT if self._sign > 0 else Side.RIGHT
        by_trunk = LEANING.pelvis.degrees(signals, -self._sign)
        shown = LEANING.trunk.degrees(signals, -self._sign)
        by_shank = self._shank.update(observation.pose, stance)
        pelvis = self._pelvis.update(by_trunk, by_shank)
        self._shown = self._shown if math.isnan(shown) else shown
        together = spine_shown(observation.pose, shown, by_shank, -self._sign)
        return {
            "pelvis_rotation": pelvis,
            BY_TRUNK: by_trunk,
            BY_SHANK: by_shank,
            "trunk_rotation": RUNNING * together,
            SPINE: together,
            "trunk_shown": shown,
            "thorax_rotation": pelvis + self._shown,
            **self._drop.update(observation, stance),
            "trunk_lean": wb.turning_lean(observation.pose, stance),
        }

    def evaluate(self, rep: RepWindow) -> Mapping[str, Measurement]:
        turned = self._turns(rep)
        pelvis_course, pelvis = pelvis_turn(rep, turned[BY_TRUNK], turned[BY_SHANK], HIDDEN)
        rep = replace(rep, series={**rep.series, **turned, "pelvis_rotation": pelvis_course})

        def of(name: str, half_width: float, direction: int = 1) -> Measurement:
            return extreme(rep, name, direction=direction, uncertainty=lambda v: half_width, why=HIDDEN)

        shown, thorax = of("trunk_shown", 12.0), of(THORAX_BY_TRUNK, 15.0)
        spine = shown
        if shown.value is not None and thorax.value is not None:
            spine = self._quiet.turn(shown.value, thorax.value, shown.at_s or float(rep.times_s[rep.peak]))
        spine = self._spine(rep, spine)
        rep = _with_thorax(rep, spine)
        self.course = course_of(believed_drop(rep), "pelvis_rotation", "trunk_rotation", "pelvic_drop")
        surely_turned = pelvis.value is not None and pelvis.value > (pelvis.uncertainty or 0.0)
        return {
            "pelvis_rotation": pelvis,
            "trunk_rotation": spine,
            "thorax_rotation": of("thorax_rotation", 12.0) if surely_turned else pelvis,
            "pelvic_drop": largest_drop(rep, 6.0, 0.1),
            "trunk_lean": of("trunk_lean", 4.0, 0),
        }

    def _spine(self, rep: RepWindow, quiet: Measurement) -> Measurement:
        """The spine's turn, from `quiet` (QuietShare) and from joints, surface and leg together."""
        inside = slice(rep.start, rep.end + 1)
        together = at_top(rep.times_s[inside], rep.series[SPINE][inside], rep.series["pelvis_rotation"][inside])
        return spine_turn(quiet, together, float(rep.times_s[rep.peak])) if math.isfinite(together) else quiet

    def _turns(self, rep: RepWindow) -> dict[str, Floats]:
        """The turns in this repetition as trunk and lifted shank show them."""
        pelvis, shown = (without_drift(rep.times_s, rep.series[n], rep.start, rep.end) for n in (BY_TRUNK, "trunk_shown"))
        shank, together = (rep.series[n] - rep.series[n][rep.start] for n in (BY_SHANK, SPINE))
        turned = {BY_TRUNK: pelvis, "trunk_shown": shown, THORAX_BY_TRUNK: pelvis + shown, BY_SHANK: shank, SPINE: together}
        return {name: averaged(rep.times_s, values, rep.start, rep.end) for name, values in turned.items()}


def _with_thorax(rep: RepWindow, spine: Measurement) -> RepWindow:
    """The window with the curves of spine and thorax. The spine's has the shape that was seen, scaled to its measurement."""
    together = rep.series[SPINE]
    most = float(np.nanmax(together[rep.start : rep.end + 1])) if np.isfinite(together[rep.start : rep.end + 1]).any() else 0.0
    gain = spine.value / most if spine.value is not None and most > LEAST_SHOWN_DEG else 1.0
    turned = gain * np.nan_to_num(together)
    return replace(
        rep, series={**rep.series, "trunk_rotation": turned, "thorax_rotation": rep.series["pelvis_rotation"] + turned}
    )


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


def on_one_foot(rep: RepWindow) -> bool:
    """Whether the other foot was up for most of it and the standing knee hardly bent: lunges and walks turn a pelvis too."""
    stance, free = (L.LEFT_ANKLE, L.RIGHT_ANKLE) if rep.side is Side.LEFT else (L.RIGHT_ANKLE, L.LEFT_ANKLE)
    poses = [o.pose.image_xy for o in rep.observations[rep.start : rep.end + 1]]
    lifts = [(xy[stance][1] - xy[free][1]) / kinematics.torso_length(xy) for xy in poses]
    known = [lift for lift in lifts if math.isfinite(lift)]
    if known and not float(np.median(known)) > STAYS_UP:
        return False
    leg = LEG[rep.side or Side.RIGHT]
    bends = [kinematics.flexion(o.pose.world_xyz, *leg) for o in rep.observations[rep.start : rep.end + 1]]
    return not np.isfinite(bends).any() or float(np.nanpercentile(bends, 90)) < BENT_DEG


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
    keeps_side=True,
    belongs=on_one_foot,
    segmenter=partial(RepetitionDetector, min_extent=10.0),
)
