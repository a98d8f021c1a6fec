"""Banded rotation: standing, the band anchored at the side, pelvis, trunk and arms turn away from it as one over planted feet."""

from collections.abc import Mapping, Sequence

import numpy as np

from formcheck.exercises import standing
from formcheck.exercises.base import Exercise, Fault, Guide, Quantity, RepWindow, Variant, extreme
from formcheck.frames import Landmark as L
from formcheck.frames import Observation
from formcheck.results import Limits, Measurement, Side

TURN_DEG = 12.0
"""The side is told from the first turn that goes this far."""
STRAIGHT_REACH = 0.77
"""Shoulders to hands as a share of the arms' length: 0.5-0.7 with hands close, 0.82-0.98 with straight arms (rendered clips)."""
HIDDEN = "hips, shoulders or hands were hidden or out of the picture"


class BandedRotation:
    """The Estimator. + is away from the anchor, in the direction of the turn."""

    def __init__(self, side: Side | None) -> None:
        self._sign = 1 if side is None else side.sign

    def update(self, observation: Observation) -> Mapping[str, float]:
        world = observation.pose.world_xyz
        pelvis = standing.line_yaw(world, L.LEFT_HIP, L.RIGHT_HIP)
        thorax = standing.line_yaw(world, L.LEFT_SHOULDER, L.RIGHT_SHOULDER)
        return {
            "pelvis_rotation": self._sign * pelvis,
            "trunk_rotation": self._sign * (thorax - pelvis),
            "arm_rotation": self._sign * (standing.hands_yaw(world) - thorax),
            "elbow_flexion": standing.elbow_flexion(world),
            "hip_lead_s": float("nan"),
            "feet_shift": 0.0,
        }

    def evaluate(self, rep: RepWindow) -> Mapping[str, Measurement]:
        def of(name: str, half_width: float, direction: int = 0, unit: str = "deg") -> Measurement:
            return extreme(rep, name, unit, direction=direction, uncertainty=lambda v: half_width, why=HIDDEN)

        return {
            "pelvis_rotation": of("pelvis_rotation", 20.0, 1),
            "trunk_rotation": of("trunk_rotation", 25.0),
            "arm_rotation": of("arm_rotation", 20.0),
            "elbow_flexion": of("elbow_flexion", 20.0),
            "feet_shift": of("feet_shift", 5.0, unit="%"),
            "hip_lead_s": Measurement(None, "s", why="the start of the turn was not seen clearly enough"),
        }


def find_side(observations: Sequence[Observation]) -> Side | None:
    """The side first turned to, once the shoulders have left their rest by TURN_DEG."""
    turns = standing.shoulder_turns(observations)
    turns = turns[np.isfinite(turns)]
    if len(turns) < 5:
        return None
    change = turns[-3:].mean() - np.median(turns[: max(5, len(turns) // 2)])
    if abs(change) < TURN_DEG:
        return None
    return Side.LEFT if change > 0 else Side.RIGHT


def find_variant(observations: Sequence[Observation]) -> str | None:
    """Arms straight or hands close to the chest."""
    reach = standing.reach(observations)
    if not np.isfinite(reach):
        return None
    return "straight" if reach > STRAIGHT_REACH else "close"


EXERCISE = Exercise(
    id="banded-rotation",
    title="Banded rotation",
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
    camera=standing.IN_FRONT,
    quantities=(
        Quantity("pelvis_rotation", "Pelvis rotation", sign="away from the anchor"),
        Quantity("trunk_rotation", "Spine rotation (thorax on pelvis)", sign="the thorax ahead of the pelvis"),
        Quantity("arm_rotation", "Arm rotation (hands on thorax)", sign="the hands ahead of the breastbone"),
        Quantity("elbow_flexion", "Elbow flexion", sign="bending"),
        Quantity("hip_lead_s", "Lead of the hips", "s", "the pelvis starts before the thorax"),
        Quantity("feet_shift", "Movement of the feet", "%", "share of the torso length by which an ankle or toe moved"),
        Quantity("pace_s", "Faster way", "s"),
    ),
    movement="pelvis_rotation",
    guarded="trunk_rotation",
    faults=(
        Fault(
            "spine_rotation",
            "Turning from the spine",
            "trunk_rotation",
            Limits(10.0, 15.0),
            "our proposal; uncoached, the pelvis gives about two thirds of such a turn (Montgomery 2011, Clin Biomech 26:707)",
            "Your chest is turning more than your hips: turn from the hips.",
            priority=1,
        ),
        Fault(
            "not_hip_led",
            "Shoulders first",
            "hip_lead_s",
            Limits(-0.2, -0.3, "s"),
            "our proposal: a third of a second is as much as one sees with the naked eye",
            "Your shoulders start first: let the hips begin the turn.",
            direction=-1,
            priority=2,
        ),
        Fault(
            "arm_pull",
            "Pulling with the arms",
            "arm_rotation",
            Limits(12.0, 15.0),
            "our proposal: hands 15 degrees off the breastbone",
            "Your arms are pulling: keep the hands in front of your breastbone.",
            direction=0,
            priority=3,
        ),
        Fault(
            "feet_moved",
            "Feet moved",
            "feet_shift",
            Limits(15.0, 25.0, "%"),
            "our proposal",
            "Your feet are moving: keep both planted.",
            priority=4,
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
    estimator=lambda side, variant: BandedRotation(side),
    find_side=find_side,
    find_variant=find_variant,
    lying=False,
    min_extent=8.0,
    variants=(
        Variant("close", "Hands close", "Hands held close to the chest: the first form to learn.", (15.0, 50.0)),
        Variant("straight", "Arms straight", "Arms stretched out in front: a longer lever, the advanced form.", (15.0, 50.0)),
    ),
)
