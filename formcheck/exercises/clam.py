"""Clam: lying on one side, knees bent, the top knee opens while the feet stay together and the pelvis stays still."""

import math
from collections.abc import Mapping

import numpy as np

from formcheck import kinematics
from formcheck.exercises.base import CameraPlace, Exercise, Fault, Guide, Quantity, RepWindow, Variant
from formcheck.exercises.sidelying import PLACE_CAMERA, Lying, Pelvis, find_top_side, leg_of, peak
from formcheck.frames import Floats, Observation
from formcheck.results import Limits, Measurement, Side

KNEE_REACH = 0.64
"""Distance of a bent knee from the line hip-ankle, torso lengths (scripts/fit_pelvis.py)."""


class ClamEstimator:
    """One session of clams."""

    def __init__(self) -> None:
        self._lying = Lying()
        self._pelvis = Pelvis(clam=True)

    def update(self, observation: Observation) -> Mapping[str, float]:
        seen = self._lying.update(observation)
        if seen is None:
            return dict.fromkeys(("hip_opening", "pelvic_roll", "pelvic_hike", "feet_gap"), math.nan)
        top, xy = seen
        opening, gap = leg_angles(xy, top)
        roll, hike = self._pelvis.update(observation, top)
        if self._lying.obstacle is not None:
            roll = hike = math.nan
        return {"hip_opening": opening, "pelvic_roll": roll, "pelvic_hike": hike, "feet_gap": gap}

    def evaluate(self, rep: RepWindow) -> Mapping[str, Measurement]:
        if self._lying.obstacle is not None:
            nothing = Measurement(None, "deg", why=self._lying.obstacle)
            return dict.fromkeys(("hip_opening", "pelvic_roll", "pelvic_hike", "feet_gap"), nothing)
        roll, hike = self._pelvis.evaluate(rep, either_way=False)
        legs = f"the top leg is not seen: {PLACE_CAMERA}"
        return {
            "hip_opening": peak(rep, "hip_opening", lambda v: 4.0 + 0.2 * abs(v), legs),
            "pelvic_roll": roll,
            "pelvic_hike": hike,
            "feet_gap": peak(rep, "feet_gap", lambda v: 4.0, legs),
        }


def leg_angles(xy: Floats, top: Side) -> tuple[float, float]:
    """Opening: turn of the top leg about its line hip-ankle, from how high the knee stands over that line. Gap: how far the
    line hip-ankle has turned upward. Degrees, with a constant offset from the camera's height."""
    hip, knee, ankle = (xy[i] for i in leg_of(top))
    length = kinematics.torso_length(xy)
    line = ankle - hip
    reach = float(np.linalg.norm(line))
    if not length > 0 or not reach > 0:
        return math.nan, math.nan
    across = np.array([line[1], -line[0]]) / reach
    height = float((knee - hip) @ across) * (1.0 if across[1] <= 0 else -1.0)
    opening = math.degrees(math.asin(float(np.clip(height / (KNEE_REACH * length), -1.0, 1.0))))
    return opening, math.degrees(math.atan2(-line[1], abs(line[0])))


EXERCISE = Exercise(
    id="clam",
    title="Clam",
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
    camera=CameraPlace(
        azimuth_deg=(-20.0, 20.0),
        height_m=(0.3, 1.0),
        distance_m=(1.8, 3.0),
        words="in front of you, level with your hips, two to three metres away, from head to feet in the picture",
    ),
    quantities=(
        Quantity("hip_opening", "Hip opening", sign="the top knee rises"),
        Quantity("pelvic_roll", "Pelvic roll", sign="the top side rolls backward"),
        Quantity("pelvic_hike", "Pelvic hike", sign="the top side moves toward the head"),
        Quantity("feet_gap", "Gap between the feet", sign="the top foot leaves the lower one"),
        Quantity("pace_s", "Shorter of rise and return", "s"),
    ),
    movement="hip_opening",
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
        ),
        Fault(
            "pelvic_hike",
            "Hip hikes",
            "pelvic_hike",
            Limits(8.0, 14.0),
            "sidelying abduction: 13.9 degrees free, 5.6 stabilised (Cynn 2006, Arch Phys Med Rehabil 87:1454)",
            "Your top hip pulls up toward the ribs: keep the waist long.",
            priority=2,
        ),
        Fault(
            "feet_apart",
            "Feet come apart",
            "feet_gap",
            Limits(5.0, 8.0),
            "our proposal; the texts' cue is qualitative",
            "Keep your feet together.",
            priority=3,
        ),
        Fault(
            "too_fast",
            "Too fast",
            "pace_s",
            Limits(0.8, 0.8, "s"),
            "Human Kinetics, Total Control: at least 2 s each way; below 0.8 s the muscles no longer control it (our reading)",
            "Slower: two seconds up, two seconds down.",
            direction=-1,
            priority=5,
        ),
    ),
    estimator=lambda side, variant: ClamEstimator(),
    find_side=find_top_side,
    lying=True,
    variants=(
        Variant("standard", "Standard", "Hips bent about 45 degrees, knees about 90.", (20.0, 50.0)),
        Variant("banded", "With a band", "The same with an elastic band above the knees.", (15.0, 45.0)),
    ),
)
