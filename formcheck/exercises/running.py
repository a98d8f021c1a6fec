"""Running on a treadmill, filmed from behind or in front: the stance leg at loading and midstance. A repetition is a stance."""

from formcheck.counting.stances import Stances
from formcheck.exercises import shared_treadmill as treadmill
from formcheck.exercises.body_angle import of_own_side
from formcheck.exercises.contract import Exercise, Fault, Guide, Quantity, Region, Variant, VariantRef
from formcheck.exercises.posture import Posture
from formcheck.exercises.treadmill_estimator import ON_TREADMILL, OnTreadmill
from formcheck.measurement.running.pelvis import LEAST_ZERO_S
from formcheck.measurement.running.sides import summary
from formcheck.results import Limits

EXERCISE = Exercise(
    id="running",
    order=90,
    title="Running",
    posture=Posture.RUNNING,
    guide=Guide(
        purpose="Shows what the deep hip muscles have to do at every step: hold the pelvis level and the thigh from turning in "
        "while one leg takes the whole weight. The other exercises of this program train them for it.",
        feel="Nothing is asked of you: run as you always do. After a minute or two your stride is your usual one.",
        start=treadmill.START,
        movement="Run at your usual speed for a minute or longer, looking ahead, hands off the rails.",
        avoid=(
            "The free side of the pelvis sinking at each landing",
            "The knee falling inward as the leg takes the weight",
            "Feet that cross the middle line",
        ),
        stop="Stop when it hurts, when you are dizzy or out of breath; running pain that comes back belongs to a physiotherapist "
        "or doctor.",
    ),
    camera=treadmill.CAMERA,
    scene=treadmill.scene({"r_knee": (-20, 86), "r_ankle": (-24, 70), "r_toe": (-26, 88)}),
    quantities=(
        treadmill.TRUNK_HEIGHT,
        treadmill.PELVIC_DROP,
        Quantity("knee_valgus_in_line", "Knee valgus (FPPA)", sign="inward", most=40.0, absolute=True),
        Quantity("knee_valgus", "Knee valgus as seen", sign="inward", most=40.0, absolute=True, angle=of_own_side("fppa")),
        treadmill.TRUNK_LEAN,
        treadmill.STEP_WIDTH,
    ),
    movement="trunk_height",
    guarded="pelvic_drop",
    guarded_after_s=LEAST_ZERO_S,
    faults=(
        Fault(
            "pelvic_drop",
            "Pelvis drops",
            "pelvic_drop",
            treadmill.DROP_LIMITS,
            "Bramah 2018 (10.1177/0363546518793657): injured runners drop farther, each degree raises the odds; 4-6 degrees are "
            "usual. Where the limits lie between the two is our proposal",
            "Keep the pelvis level: short, light steps.",
            priority=1,
            region=Region.PELVIS,
            leads_to=(
                VariantRef("clam", "standard"),
                VariantRef("single-leg-squat", "standard"),
                VariantRef("lateral-band-walk", "standard"),
            ),
        ),
        Fault(
            "knee_valgus",
            "Knee falls inward",
            "knee_valgus_in_line",
            Limits(12.0, 17.0),
            "our proposal: 10 degrees as in the single-leg squat (Munro 2012, J Sport Rehabil 21:7), and what the camera's place "
            "alone makes of a knee that is straight",
            "Keep the knees apart as you land.",
            priority=2,
            region=Region.LEGS,
            leads_to=(
                VariantRef("sidelying-er", "standard"),
                VariantRef("banded-rotation", "close"),
                VariantRef("pivot", "standard"),
            ),
        ),
        Fault(
            "crossover",
            "Feet cross the middle line",
            "step_width",
            treadmill.CROSSOVER_LIMITS,
            "Meardon 2012 (10.1080/14763141.2012.699547): narrower steps strain the iliotibial band more. The limit is our "
            "proposal",
            "Run with your feet a little further apart.",
            direction=-1,
            priority=3,
            region=Region.FEET,
        ),
        Fault(
            "trunk_lean",
            "Trunk leans",
            "trunk_lean",
            treadmill.LEAN_LIMITS,
            "our proposal; rendered runners lean by 1-4 degrees",
            "Keep your chest above your pelvis.",
            direction=0,
            priority=4,
            region=Region.TRUNK,
        ),
    ),
    estimator=OnTreadmill,
    find_side=None,
    segmenter=Stances,
    uneven=True,
    variants=(
        Variant(
            "standard",
            "Treadmill",
            "At your usual speed, for a minute or longer.",
            next=(VariantRef("clam", "standard"), VariantRef("single-leg-squat", "standard"), VariantRef("pivot", "standard")),
        ),
    ),
    views=treadmill.VIEWS,
    checks=treadmill.CHECKS,
    hand_signal=None,
    pose_rate=ON_TREADMILL,
    cue_every=treadmill.CUE_EVERY,
    sees_waist=True,
    sees_level=True,
    sees_legs=True,
    compares_sides=True,
    summary=summary,
    summary_quantities=(treadmill.CADENCE,),
)
