"""Lateral band walk: the lead foot steps out against the band, the trail foot follows without letting it go slack."""

from collections.abc import Mapping, Sequence

import numpy as np

from formcheck.counting.lateral_steps import LateralSteps
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
from formcheck.signals.traits import StandingTraits, Traits

LEADS_BY = 0.12
"""The side is told once a foot has gone this far, in torso lengths, and the other has not."""


class LateralBandWalk(Estimator):
    """Running values are signed by the set's first direction, a finished step's by its own."""

    def __init__(self, side: Side | None) -> None:
        self._side = side or Side.LEFT  # the analyzer waits until it is known
        self._walk = walking.Walk()

    def update(self, observation: Observation) -> Mapping[str, float]:
        values = self._walk.update(observation, self._side)
        return values | {"stride": 100.0 * values["gap"]}

    def evaluate(self, rep: RepWindow) -> Mapping[str, Measurement]:
        from_start = slice(rep.start, None)  # the trail foot may come too near just after the gap has closed
        return walking.evaluate(rep, self._walk, from_start, -1 if rep.side is self._side.other else 1, across=True)


def find_side(observations: Sequence[Observation]) -> Side | None:
    """The side walked to: the foot that moved sideways while the other stood."""
    feet = np.array([o.pose.image_xy[[L.LEFT_ANKLE, L.RIGHT_ANKLE], 0] for o in observations])
    torso = np.array([np.linalg.norm(o.pose.image_xy[L.LEFT_SHOULDER] - o.pose.image_xy[L.LEFT_HIP]) for o in observations])
    seen = np.isfinite(feet).all(axis=1)
    if seen.sum() < 5:
        return None
    start, now = np.median(feet[seen][: max(3, seen.sum() // 4)], axis=0), feet[seen][-3:].mean(axis=0)
    left, right = (now - start) / np.median(torso[seen])
    if left > LEADS_BY and left > 2 * abs(right):
        return Side.LEFT
    return Side.RIGHT if -right > LEADS_BY and -right > 2 * abs(left) else None


def seen_in(seen: Traits) -> bool:
    """Both feet go sideways."""
    if not isinstance(seen, StandingTraits):
        return False
    return seen.feet_across > max(0.2, 2.5 * seen.feet_along) and seen.turning_deg < 22.0


SCENE = Scene(
    BAND_STANCE,
    moved(BAND_STANCE, UPPER, (22, 6))
    | {"l_knee": (84, 92), "r_knee": (-30, 92), "l_ankle": (106, 172), "l_toe": (116, 186)},
    FRONT_TO_BACK, "l_leg", ((66, 150), (96, 128), (126, 150)), ("l_hip", "r_hip"), ("r_knee", "l_knee"),
)  # fmt: skip


EXERCISE = Exercise(
    id="lateral-band-walk",
    order=50,
    title="Lateral band walk",
    posture=Posture.STANDING,
    guide=Guide(
        purpose="Loads the outer hip of both legs at once: one pushes off, the other catches the pelvis. Runners need both "
        "to keep the pelvis level from step to step.",
        feel="A burn at the side of both hips; the back and the front of the thighs stay quiet.",
        start="Band round the shins or above the knees, feet hip-wide so that the band is already tight, knees and hips "
        "slightly bent, facing the camera.",
        movement="Step sideways with the lead foot, then bring the trail foot after it, only as far as the start width. "
        "Feet point forward, the head stays at one height.",
        avoid=(
            "Letting the feet come together so that the band goes slack",
            "Swaying with the trunk",
            "Knees falling inward",
            "The pelvis sinking",
        ),
        stop="Stop when the hip pinches or the knee hurts; if that comes back, ask a physiotherapist or doctor.",
    ),
    camera=WALKING,
    scene=SCENE,
    quantities=(*WALK_QUANTITIES, Quantity("stride", "Step out", "%", "gap between the ankles, share of the torso length")),
    movement="stride",
    seen_in=seen_in,
    guarded="trunk_lean",
    faults=WALK_FAULTS,
    estimator=lambda context: LateralBandWalk(context.side),
    find_side=find_side,
    segmenter=LateralSteps,
    uneven=True,
    pose_rate=WALK_RATE,
    variants=(
        Variant(
            "standard",
            "Band above the knees",
            "The lighter form.",
            next=(VariantRef("lateral-band-walk", "ankles"), VariantRef("single-leg-squat", "standard")),
        ),
        Variant(
            "ankles",
            "Band round the ankles",
            "The longer lever; asks more of the hips.",
            next=(VariantRef("single-leg-squat", "standard"), VariantRef("pivot", "standard")),
        ),
    ),
)
