"""Banded rotation: standing, the band anchored at the side, pelvis, trunk and arms turn away from it as one over planted feet."""

from formcheck.counting.repetitions import RepetitionDetector
from formcheck.exercises.banded_rotation_estimator import SPINE, TURNED, BandedRotation
from formcheck.exercises.body_angle import toward_left
from formcheck.exercises.camera_places import TURNING
from formcheck.exercises.contract import BACK, OUT, PACE, Exercise, Fault, Guide, PoseRate, Quantity, Region, Variant, VariantRef
from formcheck.exercises.posture import Posture
from formcheck.exercises.scenes import FRONT_TO_BACK, STANDING, Joints, Scene
from formcheck.measurement.repetition import RepWindow
from formcheck.measurement.standing.planted import FEET_APART, stands, turned
from formcheck.measurement.standing.trunk import first_turn
from formcheck.measurement.standing.turning_body import find_variant
from formcheck.results import Limits
from formcheck.signals.traits import StandingTraits, Traits
from formcheck.tempo import Tempo


def belongs(rep: RepWindow) -> bool:
    """Standing on both feet, and more than the arms turned."""
    return stands(rep) and turned(rep)


def seen_in(seen: Traits) -> bool:
    """On both feet, which are not wide apart, and turning."""
    if not isinstance(seen, StandingTraits) or seen.feet_apart > FEET_APART:
        return False
    return seen.foot_up < 0.1 and seen.still and seen.turning_deg > 22.0 and seen.sinking < 0.12


START: Joints = STANDING | {
    "head": (-5, -148), "l_shoulder": (24, -102), "r_shoulder": (-30, -98), "l_elbow": (-8, -84), "r_elbow": (-58, -72),
    "l_hand": (-62, -88), "r_hand": (-66, -82), "l_hip": (19, 0), "r_hip": (-19, 0), "anchor": (-172, -84),
    "l_knee": (22, 92), "r_knee": (-34, 90),
}  # fmt: skip
SCENE = Scene(
    START,
    START | {
        "head": (4, -148), "l_shoulder": (34, -99), "r_shoulder": (-36, -101), "l_elbow": (52, -66), "r_elbow": (-4, -76),
        "l_hand": (36, -88), "r_hand": (30, -82), "l_hip": (22, 0), "r_hip": (-22, 0),
        "l_knee": (26, 91), "r_knee": (-28, 92),
    },
    FRONT_TO_BACK, "trunk", ((-52, -26), (0, 14), (52, -26)), ("l_hip", "r_hip"), ("anchor", "r_hand"), (-45, 30),
)  # fmt: skip


EXERCISE = Exercise(
    id="banded-rotation",
    order=30,
    title="Banded rotation",
    posture=Posture.STANDING,
    pose_rate=PoseRate(live_hz=30.0),
    guide=Guide(
        purpose="Trains the deep rotators of the hip to turn the pelvis over a planted foot, trunk and arms riding along. "
        "A runner's pelvis turns over the standing leg in the same way at every step.",
        feel="Work deep in the buttock of the side you turn to; the belly and back only keep their shape. "
        "The arms should not tire: they just hold the band.",
        start="Stand side-on to the anchor with the feet hip-wide and the knees soft, hips turned a little toward the anchor. "
        "Hold the band with both hands in front of the breastbone, at chest height.",
        movement="Start the turn from the hips and face away from the anchor: belt buckle, breastbone and hands point "
        "the same way all the time. Come back as slowly as you went, two seconds each way. Both feet stay flat where they are.",
        avoid=(
            "The chest turning on while the hips stop",
            "Pulling the band across with the arms, or bending the elbows",
            "Shoulders first, hips after",
            "Feet that lift, slide or turn",
        ),
        stop="Stop when it pinches in the groin, catches in the back or the knee twists uncomfortably; "
        "if that comes back, ask a physiotherapist or doctor.",
    ),
    camera=TURNING,
    scene=SCENE,
    quantities=(
        Quantity(
            "pelvis_rotation",
            "Pelvis rotation",
            sign="away from the anchor",
            detectable=5.6,
            most=80.0,
            angle=toward_left("pelvis_rotation_left", of_left=1),
        ),
        Quantity(
            "trunk_rotation",
            "Spine rotation (thorax on pelvis)",
            sign="the thorax ahead of the pelvis",
            detectable=7.1,
            most=60.0,
            angle=toward_left("trunk_rotation_left", of_left=1),
        ),
        Quantity("thorax_rotation", "Thorax rotation", sign="away from the anchor", most=110.0),
        Quantity(
            "arm_rotation", "Arm rotation (hands on thorax)", sign="the hands ahead of the breastbone", most=90.0, detectable=4.4
        ),
        Quantity("elbow_flexion", "Elbow flexion", sign="bending"),
        Quantity("hip_lead_s", "Lead of the hips", "s", "the pelvis starts before the thorax", detectable=0.14),
        Quantity("feet_shift", "Movement of the feet", "%", "share of the torso length by which an ankle or toe moved"),
        Quantity(PACE, "Faster way", "s"),
    ),
    movement="thorax_rotation",
    tempo=Tempo(2.0, 2.0),
    ways=(OUT, BACK),
    seen_in=seen_in,
    guarded="trunk_rotation",
    faults=(
        Fault(
            "spine_rotation",
            "Turning from the spine",
            "trunk_rotation",
            SPINE,
            "our proposal, as small as the measure's error allows; uncoached, the pelvis gives about two thirds of such a turn "
            "(Montgomery 2011, Clin Biomech 26:707)",
            "Your chest is turning more than your hips: turn from the hips.",
            priority=1,
            live_margin=2.0,
            region=Region.TRUNK,
        ),
        Fault(
            "not_hip_led",
            "Shoulders first",
            "hip_lead_s",
            Limits(-0.3, -0.3, "s"),
            "our proposal: a third of a second is as much as one sees with the naked eye",
            "Your shoulders start first: let the hips begin the turn.",
            direction=-1,
            priority=2,
        ),
        Fault(
            "arm_pull",
            "Pulling with the arms",
            "arm_rotation",
            Limits(20.0, 25.0),
            "our proposal, as small as the measure's error allows: hands off the breastbone",
            "Your arms are pulling: keep the hands in front of your breastbone.",
            priority=3,
            region=Region.ARMS,
        ),
        Fault(
            "feet_moved",
            "Feet moved",
            "feet_shift",
            Limits(15.0, 25.0, "%"),
            "our proposal",
            "Your feet are moving: keep both planted.",
            priority=4,
            region=Region.FEET,
        ),
        Fault(
            "too_fast",
            "Too fast",
            "pace_s",
            Limits(0.8, 0.8, "s"),
            "Human Kinetics, Total Control: two seconds each way; below 0.8 s the swing does the work",
            "Slow down: two seconds each way.",
            direction=-1,
            priority=9,
        ),
    ),
    estimator=lambda context: BandedRotation(context.side),
    find_side=first_turn,
    turns_to_side=True,
    segmenter=lambda movement: RepetitionDetector(TURNED),
    belongs=belongs,
    find_variant=find_variant,
    variants=(
        Variant(
            "close",
            "Hands close",
            "Hands held close to the chest: the first form to learn.",
            (15.0, 50.0),
            (VariantRef("banded-rotation", "straight"),),
        ),
        Variant(
            "straight",
            "Arms straight",
            "Arms stretched out in front: a longer lever, the advanced form.",
            (15.0, 50.0),
            (VariantRef("monster-walk", "standard"), VariantRef("lateral-band-walk", "standard")),
        ),
    ),
)
