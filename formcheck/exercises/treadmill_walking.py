"""Walking on a treadmill, filmed from behind or in front: the stance leg at loading and midstance. A repetition is a stance."""

from formcheck.counting.walking_stances import WalkingStances
from formcheck.exercises.contract import (
    CameraPlace,
    Exercise,
    Fault,
    Guide,
    Quantity,
    Region,
    SetupCheck,
    Variant,
    VariantRef,
)
from formcheck.exercises.posture import Posture
from formcheck.exercises.scenes import FRONT_TO_BACK, ONE_LEG, Scene
from formcheck.exercises.shared_running import ON_TREADMILL, WalkingOnTreadmill
from formcheck.exercises.shared_weight_bearing import OWN_SIDE_LEAN, OWN_SIDE_UP
from formcheck.measurement.running.pelvis import LEAST_ZERO_S
from formcheck.measurement.running.sides import summary
from formcheck.results import Limits, View

SCENE = Scene(
    ONE_LEG,
    ONE_LEG | {"r_knee": (-14, 88), "r_ankle": (-20, 74), "r_toe": (-22, 90), "l_ankle": (14, 178), "l_toe": (18, 193)},
    FRONT_TO_BACK, "l_leg", ((-88, 0), (-92, 12), (-88, 26)), ("l_hip", "r_hip"),
)  # fmt: skip

EXERCISE = Exercise(
    id="treadmill-walking",
    order=95,
    title="Treadmill walking",
    posture=Posture.WALKING,
    guide=Guide(
        purpose="Shows how the deep hip muscles hold the pelvis level while one leg takes the weight, for those who do not run, "
        "or not yet again. The other exercises of this program train them for it.",
        feel="Nothing is asked of you: walk as you always do. After a minute or two your stride is your usual one.",
        start="Stand on the treadmill with the shirt tucked in and trousers of another colour than the shirt, the camera behind "
        "you at hip height and in line with the belt.",
        movement="Walk at your usual speed for a minute or longer, looking ahead, hands off the rails.",
        avoid=(
            "The free side of the pelvis sinking at each step",
            "The trunk leaning over the leg that stands",
            "Feet that cross the middle line",
        ),
        stop="Stop when it hurts, when you are dizzy or out of breath; pain that comes back belongs to a physiotherapist or "
        "doctor.",
    ),
    camera=CameraPlace(
        azimuth_deg=(-15.0, 15.0),
        height_m=(0.7, 1.1),
        distance_m=(2.0, 4.0),
        words="Put the camera behind the treadmill at hip height, in line with the belt, head and feet in the picture; tuck the "
        "shirt in.",
        behind=True,
    ),
    scene=SCENE,
    quantities=(
        Quantity("trunk_height", "Trunk height", "%", "up, of the torso's length"),
        Quantity("pelvic_drop", "Pelvic drop", sign="free side down", most=25.0, absolute=True, angle=OWN_SIDE_UP),
        Quantity("trunk_lean", "Trunk lean", sign="to the stance side", most=40.0, absolute=True, angle=OWN_SIDE_LEAN),
        Quantity("step_width", "Step width", "m", "negative: the feet cross", absolute=True),
    ),
    movement="trunk_height",
    guarded="pelvic_drop",
    guarded_after_s=LEAST_ZERO_S,
    faults=(
        Fault(
            "pelvic_drop",
            "Pelvis drops",
            "pelvic_drop",
            Limits(7.0, 10.0),
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
            Limits(0.0, -0.03, "m"),
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
            Limits(7.0, 10.0),
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
    views=(View.BEHIND, View.FRONT),
    checks=(SetupCheck.LIGHT, SetupCheck.PERSON, SetupCheck.POSITION, SetupCheck.IN_FRAME, SetupCheck.DISTANCE),
    hand_signal=None,
    pose_rate=ON_TREADMILL,
    cue_every=16,
    sees_waist=True,
    sees_level=True,
    compares_sides=True,
    summary=summary,
    summary_quantities=(Quantity("cadence_spm", "Cadence", "steps/min", absolute=True),),
)
