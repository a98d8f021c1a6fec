"""Monster walk: forward or backward in small steps, feet kept apart against the band. Each step is a repetition."""

import math
from collections.abc import Mapping
from functools import partial

import numpy as np

from formcheck.counting.steps import StepDetector
from formcheck.exercises.camera_places import WALKING
from formcheck.exercises.contract import Exercise, Guide, Quantity, Variant, VariantRef
from formcheck.exercises.posture import Posture
from formcheck.exercises.scenes import BAND_STANCE, FRONT_TO_BACK, UPPER, Scene, moved
from formcheck.exercises.shared_weight_bearing import WALK_FAULTS, WALK_QUANTITIES, WALK_RATE
from formcheck.frames import Landmark as L
from formcheck.frames import Observation
from formcheck.measurement.repetition import Estimator, RepWindow
from formcheck.measurement.weight_bearing import walking
from formcheck.results import Measurement, Side
from formcheck.signals import kinematics
from formcheck.signals.smoothing import Exponential

FOOT_SMOOTHING_S = 0.2
FORGOTTEN_S = 1.0
"""Feet that were not seen for longer may have gone anywhere: they are taken up afresh."""
SHIFT_S = 0.4
"""The weight shifts, and the trunk leans, up to this long before the foot is seen to go."""
FEET = [L.LEFT_ANKLE, L.RIGHT_ANKLE]


class MonsterWalk(Estimator):
    """Sides change from step to step: running values are the left's, a finished step's its own.

    The camera stands, so the foot that carries keeps its place in the picture. The way the left foot has gone less the right
    one's rises with every step of the left foot and falls with every one of the right, however the foot is lifted.
    """

    def __init__(self) -> None:
        self._walk = walking.Walk()
        self._feet = Exponential(FOOT_SMOOTHING_S)
        self._travel = 0.0
        self._stepped_s = -math.inf
        """When the last step ended."""

    def update(self, observation: Observation) -> Mapping[str, float]:
        return self._walk.update(observation, Side.LEFT) | {"foot_travel": self._travelled(observation)}

    def _travelled(self, observation: Observation) -> float:
        xy, now_s = observation.pose.image_xy, observation.timestamp_s
        if now_s - self._feet.last_s > FORGOTTEN_S:
            self._feet.reset()
        before, now = self._feet.value, self._feet.update(now_s, xy[FEET])
        if now is None or not np.isfinite(xy[FEET]).all():
            return math.nan
        left, right = np.linalg.norm(now - (now if before is None else before), axis=1)
        self._travel += 100.0 * float(left - right) / kinematics.torso_length(xy)
        return self._travel

    def evaluate(self, rep: RepWindow) -> Mapping[str, Measurement]:
        from_s = max(self._stepped_s, rep.times_s[rep.start] - SHIFT_S)
        self._stepped_s = float(rep.times_s[rep.end])
        step = slice(int(np.searchsorted(rep.times_s, from_s)), rep.end + 1)
        return walking.evaluate(rep, self._walk, step, -1 if rep.side is Side.RIGHT else 1)


SCENE = Scene(
    BAND_STANCE,
    moved(BAND_STANCE, UPPER, (4, 6))
    | {"l_knee": (48, 104), "l_ankle": (52, 198), "l_toe": (60, 216), "r_knee": (-38, 92)},
    FRONT_TO_BACK, "l_leg", ((84, 150), (92, 178), (94, 212)), ("l_hip", "r_hip"), ("r_knee", "l_knee"),
)  # fmt: skip


EXERCISE = Exercise(
    id="monster-walk",
    order=60,
    title="Monster walk",
    posture=Posture.STANDING,
    guide=Guide(
        purpose="Keeps both hips working against the band while the weight goes from foot to foot, as it does in running.",
        feel="The sides of both hips, all the time: the band never rests.",
        start="Band round the shins or above the knees, feet wider than the hips so that the band is tight, knees and hips "
        "bent, facing the camera.",
        movement="Small steps toward the camera or away from it, left and right in turn. The feet stay as far apart as at the "
        "start; the trunk stays over the pelvis.",
        avoid=("Feet drifting together", "Swaying from side to side", "Knees falling inward", "The pelvis sinking"),
        stop="Stop when the hip pinches or the knee hurts; if that comes back, ask a physiotherapist or doctor.",
    ),
    camera=WALKING,
    scene=SCENE,
    quantities=(
        *WALK_QUANTITIES,
        Quantity("foot_travel", "Way of the feet", "%", "left foot's way less the right one's, of the torso"),
    ),
    movement="foot_travel",
    guarded="trunk_lean",
    faults=WALK_FAULTS,
    estimator=lambda context: MonsterWalk(),
    find_side=None,
    segmenter=partial(StepDetector, sides=(Side.LEFT, Side.RIGHT)),
    uneven=True,
    pose_rate=WALK_RATE,
    belongs=walking.toward_camera,
    variants=(
        Variant(
            "standard",
            "Band above the knees",
            "The lighter form.",
            next=(VariantRef("monster-walk", "ankles"), VariantRef("single-leg-squat", "standard")),
        ),
        Variant(
            "ankles",
            "Band round the ankles",
            "The longer lever; asks more of the hips.",
            next=(VariantRef("single-leg-squat", "standard"), VariantRef("pivot", "standard")),
        ),
    ),
)
