"""Clam: lying on one side, knees bent, the top knee opens while the feet stay together and the pelvis stays still.

`ClamEstimator` measures, and `EXERCISE` says what counts as a fault. The sums are in measurement/lying/: pelvis.py reads roll and
hike from the trunk's surface, upper_leg.py reads the leg's opening and the gap between the feet from landmarks.
"""

import math
from collections.abc import Mapping

import numpy as np

from formcheck.counting.repetitions import RepetitionDetector
from formcheck.exercises.camera_places import LYING
from formcheck.exercises.contract import Exercise, Fault, Guide, Quantity, Region, Variant, VariantRef
from formcheck.exercises.posture import Posture
from formcheck.exercises.scenes import Joints, Scene
from formcheck.exercises.shared_lying import HIP_HIKES, TOO_FAST, UP_AND_DOWN, pelvis_quantities
from formcheck.frames import Floats, Observation
from formcheck.measurement.lying.pelvis import Extrapolated, Pelvis, track, visibility
from formcheck.measurement.lying.posture import PLACE_CAMERA, STRAIGHT_KNEE_DEG, Lying, bends_top_knee, find_top_side
from formcheck.measurement.lying.upper_leg import USUAL_REACH, feet_gap, opened, opening_of
from formcheck.measurement.repetition import Estimator, RepWindow
from formcheck.results import Limits, Measurement, Side
from formcheck.signals import kinematics
from formcheck.signals.body import LEG
from formcheck.signals.smoothing import Follower
from formcheck.signals.traits import LyingTraits, Traits
from formcheck.system.kept_words import kept
from formcheck.tempo import Tempo

LEAST_SHOWN = 0.6
"""Visibility (0-1) of the top ankle below which its place is a guess."""
ANKLE_S = 2.0
"""Time constant of the top ankle's resting place."""
MEASURED = ("hip_opening", "pelvic_roll", "pelvic_hike", "feet_gap")
"""All in degrees."""
KNEE_RISE = "knee_rise"
"""Repetitions are counted by it: the mean, in degrees, of two openings, one from the ankle as it is seen and one from its resting
place. In a clam the foot lies still."""


class ClamEstimator(Estimator):
    """Measures one set. update() gives the values of a frame, evaluate() those of a finished repetition."""

    def __init__(self) -> None:
        self._lying = Lying()
        self._pelvis = Pelvis(clam=True)
        self._gap = Extrapolated()
        self._rest: Floats | None = None
        """(33, 2) px: the landmarks when the set began."""
        self._ankle = Follower(ANKLE_S)

    def update(self, observation: Observation) -> Mapping[str, float]:
        seen = self._lying.update(observation)
        if seen is None:
            return dict.fromkeys((*MEASURED, KNEE_RISE), math.nan)
        top, xy = seen
        roll, hike = self._pelvis.update(observation, top, self._lying.toward_feet)
        self._rest = xy if self._rest is None else self._rest
        gap = self._gap.update(observation.timestamp_s, feet_gap(xy, self._rest, top))
        if visibility(observation, top)[LEG[top][2]] < LEAST_SHOWN:
            gap = math.nan
        if self._lying.obstacle is not None:
            roll = hike = gap = math.nan
        reach_px = USUAL_REACH * self._lying.torso_px
        opening = opening_of(xy, top, reach_px)
        rise = (opening + opening_of(self._with_resting_ankle(xy, top, observation.timestamp_s), top, reach_px)) / 2
        if self._lying.not_on_the_side:
            rise = math.nan
        return {"hip_opening": opening, "pelvic_roll": roll, "pelvic_hike": hike, "feet_gap": gap, KNEE_RISE: rise}

    def _with_resting_ankle(self, xy: Floats, top: Side, now_s: float) -> Floats:
        """(33, 2) px: the landmarks with the top ankle where it has been lately, seen from the hips."""
        ankle = LEG[top][2]
        from_hips = xy[ankle] - kinematics.mid_hip(xy)
        resting = self._ankle.update(now_s, {"x": float(from_hips[0]), "y": float(from_hips[1])})
        out = xy.copy()
        out[ankle] = kinematics.mid_hip(xy) + np.array([resting["x"], resting["y"]])
        return out

    @property
    def margins(self) -> Mapping[str, float]:
        return {"pelvic_roll": self._pelvis.margin_deg}

    @property
    def obstacle(self) -> str | None:
        straight = "the top knee is straight: this is no clam; bend your hips about 45 degrees and your knees about 90"
        return self._lying.obstacle or (straight if self._lying.knee_is_straight(self._lying.top) else None)

    def evaluate(self, rep: RepWindow) -> Mapping[str, Measurement]:
        self.course = None
        if self._lying.obstacle is not None:
            return dict.fromkeys(MEASURED, Measurement(None, "deg", why=self._lying.obstacle))
        roll, hike = self._pelvis.evaluate(rep, self._lying.toward_feet, either_way=False)
        self.course = self._pelvis.course
        opening, gap = self._opening_and_gap(rep)
        return {"hip_opening": opening, "pelvic_roll": roll, "pelvic_hike": hike, "feet_gap": gap}

    def _opening_and_gap(self, rep: RepWindow) -> tuple[Measurement, Measurement]:
        top = self._lying.top
        seen = track(rep, top)
        if seen is None:
            lost = Measurement(None, "deg", why=kept("the top leg is not seen: {place}", place=PLACE_CAMERA))
            return lost, lost
        opening = opened(seen, top)
        if seen.shown[LEG[top][2]] < LEAST_SHOWN:
            return opening, Measurement(None, "deg", why=kept("the top foot is hidden: {place}", place=PLACE_CAMERA))
        gaps = np.array([feet_gap(xy, seen.rest, top) for xy in seen.xy])
        return opening, seen.extreme(gaps, lambda gap: 3.0 + 0.1 * abs(gap))


def seen_in(seen: Traits) -> bool:
    """Lying, the top knee bent, and rising more than the lower foot does."""
    return (
        isinstance(seen, LyingTraits) and seen.top_knee_deg > STRAIGHT_KNEE_DEG and seen.top_knee > max(0.2, 1.5 * seen.low_foot)
    )


START: Joints = {
    "head": (-146, 10), "l_shoulder": (-100, -33), "r_shoulder": (-98, 39), "l_elbow": (-84, 18), "r_elbow": (-112, 70),
    "l_hand": (-104, 62), "r_hand": (-162, 52), "l_hip": (0, -24), "r_hip": (0, 26), "l_knee": (70, 24), "r_knee": (76, 54),
    "l_ankle": (136, 24), "r_ankle": (134, 48), "l_toe": (160, 26), "r_toe": (160, 54),
}  # fmt: skip
SCENE = Scene(
    START, START | {"l_knee": (84, -42)}, ("r_arm", "r_leg", "trunk", "head", "l_leg", "l_arm"), "l_leg",
    ((92, 4), (104, -24), (98, -64)), ("l_hip", "r_hip"),
)  # fmt: skip


EXERCISE = Exercise(
    id="clam",
    order=10,
    title="Clam",
    posture=Posture.LYING,
    guide=Guide(
        purpose="Trains the deep muscles behind the hip that turn the thigh outward. In running they keep the thigh from falling"
        " inward under you at each landing.",
        feel="Work deep in the buttock of the top leg. It should not burn in the front of the hip or in the lower back.",
        start="Lie on your side facing the camera, head on the arm, hips bent about 45 degrees and knees about 90. One hip, one"
        " knee and one foot exactly above the other. Rest the top hand lightly on the floor.",
        movement="Keep the feet together and open the top knee toward the ceiling as far as the pelvis stays still, about two"
        " seconds up. Take as long to lower it.",
        avoid=(
            "Rolling the top hip backward to bring the knee higher",
            "Pulling the top hip toward the ribs",
            "Letting the feet come apart",
            "Flinging the knee up and letting it drop",
        ),
        stop="Stop if you feel sharp pain in the hip, groin or back, or tingling down the leg, and ask a professional"
        " if it returns.",
    ),
    camera=LYING,
    scene=SCENE,
    quantities=(
        Quantity("hip_opening", "Hip opening", sign="the top knee rises", most=100.0, detectable=19.1),
        *pelvis_quantities(roll=5.4, hike=1.9),
        Quantity("feet_gap", "Gap between the feet", sign="the top foot leaves the lower one", most=60.0, detectable=0.4),
        UP_AND_DOWN,
    ),
    movement="hip_opening",
    tempo=Tempo(2.0, 2.0),
    seen_in=seen_in,
    segmenter=lambda movement: RepetitionDetector(KNEE_RISE),
    guarded="pelvic_roll",
    faults=(
        Fault(
            "pelvic_roll",
            "Pelvis rolls back",
            "pelvic_roll",
            Limits(10.0, 15.0),
            "healthy people rolled 15.3 degrees without feedback and 10.8 with it"
            " (Koh & Jung 2013, J Korean Soc Phys Ther 25(5):337)",
            "Your pelvis is rolling back: keep the top hip stacked.",
            priority=1,
            live_after_s=0.08,
            region=Region.PELVIS,
        ),
        HIP_HIKES,
        Fault(
            "feet_apart",
            "Feet come apart",
            "feet_gap",
            Limits(5.0, 8.0),
            "our proposal; the texts' cue is qualitative",
            "Keep your feet together.",
            priority=3,
            live_margin=1.0,
            live_after_s=0.04,
            region=Region.FEET,
        ),
        TOO_FAST,
    ),
    estimator=lambda context: ClamEstimator(),
    belongs=bends_top_knee,
    find_side=find_top_side,
    keeps_side=True,
    variants=(
        Variant(
            "standard",
            "Standard",
            "Hips bent about 45 degrees, knees about 90.",
            (20.0, 50.0),
            (VariantRef("sidelying-er", "standard"), VariantRef("clam", "banded")),
        ),
        Variant(
            "banded",
            "With a band",
            "The same with an elastic band above the knees.",
            (15.0, 45.0),
            (VariantRef("sidelying-er", "standard"),),
        ),
    ),
)
