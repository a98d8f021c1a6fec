"""Running on a treadmill, filmed from behind or in front: the stance leg at loading and midstance. A repetition is a stance."""

import math
from collections.abc import Mapping

from formcheck.counting.stances import Stances
from formcheck.exercises.body_angle import of_own_side
from formcheck.exercises.contract import (
    CameraPlace,
    Exercise,
    Fault,
    Guide,
    PoseRate,
    Quantity,
    Region,
    SetContext,
    SetupCheck,
    Variant,
    VariantRef,
    View,
)
from formcheck.exercises.posture import Posture
from formcheck.exercises.scenes import FRONT_TO_BACK, ONE_LEG, Scene
from formcheck.exercises.shared_weight_bearing import OWN_SIDE_LEAN, OWN_SIDE_UP
from formcheck.frames import Landmark as L
from formcheck.frames import Observation
from formcheck.measurement.repetition import RepWindow
from formcheck.measurement.running import stance as st
from formcheck.measurement.running.place import Place
from formcheck.measurement.running.sides import summary
from formcheck.measurement.weight_bearing import frontal_angles as wb
from formcheck.results import Limits, Measurement, Side
from formcheck.signals import kinematics
from formcheck.signals.body import TorsoScale

JUDGED = {"pelvic_drop": "deg", "knee_valgus": "deg", "trunk_lean": "deg", "step_width": "m"}
STEP_S = 0.6
"""The foot before came down at most this long ago."""
FACING_S = 2.0
"""Which way the runner faces is told from so long about a stance."""


class Running:
    """The Estimator of a run. Left and right are the landmarks' own; from behind they lie as one's own do."""

    def __init__(self, context: SetContext) -> None:
        self._given = context.given_view
        self._place, self._scale = Place(), TorsoScale()
        self._facing = math.nan
        self._low = math.nan
        self._before: tuple[float, Side, float] | None = None
        """The last stance: when, whose, and where its ankle was, px to the runner's left."""

    @property
    def obstacle(self) -> str:
        """What keeps the run from being measured, in words for the user; empty where nothing does."""
        return self._place.obstacle or self._contradiction(self._facing)

    @property
    def seen_from(self) -> View | None:
        """None while it cannot be told."""
        if math.isnan(self._facing):
            return None
        return View.FRONT if self._facing > 0 else View.BEHIND

    def update(self, observation: Observation) -> Mapping[str, float]:
        """The joints' values of this frame; those that have a side belong to the leg whose foot is lower."""
        self._place.update(observation)
        torso, xy = self._scale.update(observation.pose), observation.pose.image_xy
        facing = st.seen_from_front((observation,))
        if math.isfinite(facing):
            self._facing = facing if math.isnan(self._facing) else self._facing + 0.02 * (facing - self._facing)
        facing = math.copysign(1.0, self._facing) if math.isfinite(self._facing) else math.nan
        down = Side.LEFT if xy[L.LEFT_ANKLE][1] > xy[L.RIGHT_ANKLE][1] else Side.RIGHT
        height = (
            -100.0 * float(kinematics.mid_hip(observation.still_xy)[1] + kinematics.mid_shoulder(observation.still_xy)[1]) / 2
        )
        if not math.isfinite(xy[L.LEFT_ANKLE][1] + xy[L.RIGHT_ANKLE][1]) or self.obstacle:
            return dict.fromkeys(("trunk_height", *JUDGED), math.nan)
        return {
            "trunk_height": height / torso,
            "pelvic_drop": -down.sign * st.drop_now(observation, facing),
            "knee_valgus": facing * wb.knee_valgus(xy, down) + st.FPPA_OFFSET_DEG,
            "trunk_lean": facing * down.sign * wb.trunk_lean(xy),
            "step_width": math.nan,
        }

    def evaluate(self, rep: RepWindow) -> Mapping[str, Measurement]:
        near = [o for o in rep.observations if abs(o.timestamp_s - rep.times_s[rep.peak]) < FACING_S]
        facing, obstacle = st.seen_from_front(near), self._place.obstacle
        why = obstacle or self._contradiction(facing) or (st.HIDDEN if math.isnan(facing) or rep.side is None else "")
        if why or rep.side is None:
            self._before = None
            return {name: Measurement(None, unit, why=why) for name, unit in JUDGED.items()}
        start_s, mid_s, end_s = (float(rep.times_s[i]) for i in (rep.start, rep.peak, rep.end))
        stance = st.Stance(rep.observations, rep.side, start_s, mid_s, end_s)
        place = st.ankle_place(stance, facing)
        before = self._before
        follows = before is not None and before[1] is not rep.side and mid_s - before[0] < STEP_S
        self._before = None if place is None else (mid_s, rep.side, place)
        return {
            "pelvic_drop": st.pelvic_drop(stance, facing),
            "knee_valgus": st.knee_valgus(stance, facing),
            "trunk_lean": st.trunk_lean(stance, facing),
            "step_width": st.step_width(
                stance, before[2] if before and follows else None, place, self._scale.metres, self._scale.px
            ),
        }

    def _contradiction(self, facing: float) -> str:
        """That the runner is seen from another side than was chosen."""
        if self._given is None or not math.isfinite(facing) or (facing > 0) == (self._given is View.FRONT):
            return ""
        seen = View.FRONT if facing > 0 else View.BEHIND
        if seen is View.FRONT:
            return "the runner is seen from the front, but the view from behind was chosen: choose the other view"
        return "the runner is seen from behind, but the view from the front was chosen: choose the other view"


SCENE = Scene(
    ONE_LEG,
    ONE_LEG | {"r_knee": (-20, 86), "r_ankle": (-24, 70), "r_toe": (-26, 88), "l_ankle": (14, 178), "l_toe": (18, 193)},
    FRONT_TO_BACK, "l_leg", ((-88, 0), (-92, 12), (-88, 26)), ("l_hip", "r_hip"),
)  # fmt: skip

EXERCISE = Exercise(
    id="running",
    order=90,
    title="Running",
    posture=Posture.RUNNING,
    guide=Guide(
        purpose="Shows what the deep hip muscles have to do at every step: hold the pelvis level and the thigh from turning in "
        "while one leg takes the whole weight. The other exercises of this program train them for it.",
        feel="Nothing is asked of you: run as you always do. After a minute or two your stride is your usual one.",
        start="Stand on the treadmill with the shirt tucked in and trousers of another colour than the shirt, the camera behind "
        "you at hip height and in line with the belt.",
        movement="Run at your usual speed for a minute or longer, looking ahead, hands off the rails.",
        avoid=(
            "The free side of the pelvis sinking at each landing",
            "The knee falling inward as the leg takes the weight",
            "Feet that cross the middle line",
        ),
        stop="Stop when it hurts, when you are dizzy or out of breath; running pain that comes back belongs to a physiotherapist "
        "or doctor.",
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
        Quantity("knee_valgus", "Knee valgus (FPPA)", sign="inward", most=40.0, absolute=True, angle=of_own_side("fppa")),
        Quantity("trunk_lean", "Trunk lean", sign="to the stance side", most=40.0, absolute=True, angle=OWN_SIDE_LEAN),
        Quantity("step_width", "Step width", "m", "negative: the feet cross", absolute=True),
    ),
    movement="trunk_height",
    guarded="pelvic_drop",
    faults=(
        Fault(
            "pelvic_drop",
            "Pelvis drops",
            "pelvic_drop",
            Limits(7.0, 10.0),
            "Bramah 2018 (10.1177/0363546518793657): injured runners drop farther, each degree raises the odds; 4-6 degrees are "
            "usual. Where the limits lie between the two is our proposal",
            "Keep the pelvis level: short, light steps.",
            priority=1,
            region=Region.PELVIS,
        ),
        Fault(
            "knee_valgus",
            "Knee falls inward",
            "knee_valgus",
            Limits(12.0, 17.0),
            "our proposal: 10 degrees as in the single-leg squat (Munro 2012, J Sport Rehabil 21:7), and what the camera's place "
            "alone makes of a knee that is straight",
            "Keep the knees apart as you land.",
            priority=2,
            region=Region.LEGS,
        ),
        Fault(
            "crossover",
            "Feet cross the middle line",
            "step_width",
            Limits(0.0, -0.03, "m"),
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
            Limits(7.0, 10.0),
            "our proposal; rendered runners lean by 1-4 degrees",
            "Keep your chest above your pelvis.",
            direction=0,
            priority=4,
            region=Region.TRUNK,
        ),
    ),
    estimator=Running,
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
    views=(View.BEHIND, View.FRONT),
    checks=(SetupCheck.LIGHT, SetupCheck.PERSON, SetupCheck.POSITION, SetupCheck.IN_FRAME, SetupCheck.DISTANCE),
    hand_signal=None,
    pose_rate=PoseRate(60.0, 30.0, 60.0),
    cue_every=16,
    sees_waist=True,
    compares_sides=True,
    summary=summary,
    summary_quantities=(Quantity("cadence_spm", "Cadence", "steps/min", absolute=True),),
)
