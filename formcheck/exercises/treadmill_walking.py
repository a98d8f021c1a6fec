"""Walking on a treadmill, filmed from behind or in front: the stance leg at loading and midstance. A repetition is a stance."""

from formcheck.counting.walking_stances import WalkingStances
from formcheck.exercises import shared_treadmill as treadmill
from formcheck.exercises.contract import Exercise, Fault, Guide, Region, Variant, VariantRef
from formcheck.exercises.posture import Posture
from formcheck.exercises.treadmill_estimator import ON_TREADMILL, WalkingOnTreadmill
from formcheck.measurement.running.pelvis import LEAST_ZERO_S
from formcheck.measurement.running.sides import summary

EXERCISE = Exercise(
    id="treadmill-walking",
    order=95,
    title="Treadmill walking",
    posture=Posture.WALKING,
    guide=Guide(
        purpose="Shows how the deep hip muscles hold the pelvis level while one leg takes the weight, for those who do not run, "
        "or not yet again. The other exercises of this program train them for it.",
        feel="Nothing is asked of you: walk as you always do. After a minute or two your stride is your usual one.",
        start=treadmill.START,
        movement="Walk at your usual speed for a minute or longer, looking ahead, hands off the rails.",
        avoid=(
            "The free side of the pelvis sinking at each step",
            "The trunk leaning over the leg that stands",
            "Feet that cross the middle line",
        ),
        stop="Stop when it hurts, when you are dizzy or out of breath; pain that comes back belongs to a physiotherapist or "
        "doctor.",
    ),
    camera=treadmill.CAMERA,
    scene=treadmill.scene({"r_knee": (-14, 88), "r_ankle": (-20, 74), "r_toe": (-22, 90)}),
    quantities=(treadmill.TRUNK_HEIGHT, treadmill.PELVIC_DROP, treadmill.TRUNK_LEAN, treadmill.STEP_WIDTH),
    movement="trunk_height",
    guarded="pelvic_drop",
    guarded_after_s=LEAST_ZERO_S,
    faults=(
        Fault(
            "pelvic_drop",
            "Pelvis drops",
            "pelvic_drop",
            treadmill.DROP_LIMITS,
            "our proposal: as in running",
            "Keep the pelvis level over the leg that stands.",
            priority=1,
            region=Region.PELVIS,
            leads_to=(VariantRef("clam", "standard"), VariantRef("single-leg-squat", "standard")),
        ),
        Fault(
            "crossover",
            "Feet cross the middle line",
            "step_width",
            treadmill.CROSSOVER_LIMITS,
            "our proposal: as in running",
            "Walk with your feet a little further apart.",
            direction=-1,
            priority=2,
            region=Region.FEET,
        ),
        Fault(
            "trunk_lean",
            "Trunk leans",
            "trunk_lean",
            treadmill.LEAN_LIMITS,
            "our proposal: as in running",
            "Keep your chest above your pelvis.",
            direction=0,
            priority=3,
            region=Region.TRUNK,
        ),
    ),
    estimator=WalkingOnTreadmill,
    find_side=None,
    segmenter=WalkingStances,
    uneven=True,
    variants=(
        Variant(
            "standard",
            "Treadmill",
            "At your usual speed, for a minute or longer.",
            next=(VariantRef("clam", "standard"), VariantRef("single-leg-squat", "standard")),
        ),
    ),
    views=treadmill.VIEWS,
    checks=treadmill.CHECKS,
    hand_signal=None,
    pose_rate=ON_TREADMILL,
    cue_every=treadmill.CUE_EVERY,
    sees_waist=True,
    sees_level=True,
    compares_sides=True,
    summary=summary,
    summary_quantities=(treadmill.CADENCE,),
)
