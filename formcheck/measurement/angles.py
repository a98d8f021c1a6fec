"""Angles of the whole body in one frame, the same for every exercise: the columns of angles.csv.

They are absolute, not changes since a repetition's start, and NaN where they cannot be assessed. No single frame shows CHANGES:
an exercise that measures them within its repetitions fills them in.
"""

import math
from collections.abc import Mapping

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.measurement.running.pelvis import PelvisTilt
from formcheck.measurement.running.stance import seen_from_front
from formcheck.measurement.weight_bearing.frontal_angles import knee_valgus, trunk_lean
from formcheck.measurement.weight_bearing.planted_knee import PlantedKnee
from formcheck.measurement.weight_bearing.trunk_lean import WALKING
from formcheck.results import Side
from formcheck.signals.body import LEG
from formcheck.signals.camera_angle import STANDING_LIMIT_DEG, standing_azimuth
from formcheck.signals.kinematics import flexion, torso_length, trunk_inclination
from formcheck.signals.smoothing import Exponential

ANGLES = (
    "trunk_lean_left",
    "pelvic_obliquity_right_up",
    "pelvis_rotation_left",
    "trunk_rotation_left",
    "knee_flexion_left",
    "knee_flexion_right",
    "fppa_left",
    "fppa_right",
    "pelvic_roll",
    "pelvic_hike",
)
"""In degrees. The name says which way is positive; FPPA (frontal-plane projection angle of the knee in the picture): + inward."""


CHANGES = frozenset({"pelvic_obliquity_right_up", "pelvis_rotation_left", "trunk_rotation_left", "pelvic_roll", "pelvic_hike"})
"""Those of ANGLES that exercises measure as changes within their repetitions (analysis/courses.py)."""

FACING_S = 1.0
"""Time constant of which way the person faces: turning round for a moment does not count."""
AZIMUTH_S = 4.0
"""Time constant of where the camera stands: longer than a turn of the body."""
UPRIGHT_DEG = 45.0
"""A trunk that is inclined by more lies, and faces neither toward the camera nor away from it."""


class BodyAngles:
    """Feed update() every observation of one set in order; it returns the angles of each."""

    def __init__(self, *, of_run: bool = False) -> None:
        """of_run: a run or a walk, where swinging arms tilt the shoulders' line, so that the lean is read without it."""
        self._of_run = of_run
        self._facing = Exponential(FACING_S)
        self._azimuth = Exponential(AZIMUTH_S)
        self._knees = {side: PlantedKnee(side) for side in Side}
        self._pelvis = PelvisTilt()
        self._tilt_deg = 0.0

    def update(self, observation: Observation) -> Mapping[str, float]:
        """Name -> degrees, for those of ANGLES that this frame shows."""
        pose = observation.pose
        if not pose.detected:
            return {}
        facing = self._facing_now(observation)
        knees = {f"knee_flexion_{side}": self._knee(observation, side) for side in Side}
        waist = self._pelvis.update(observation, facing)
        frontal = {
            "trunk_lean_left": facing * (self._lean(pose.image_xy) + self._tilt(observation)),
            **{f"fppa_{side}": facing * knee_valgus(pose.image_xy, side) for side in Side},
        }
        return {
            **({} if facing > 0 and self._from_aside(observation) else frontal),
            **({"pelvic_obliquity_right_up": waist} if math.isfinite(waist) else {}),
            **{name: deg for name, deg in knees.items() if math.isfinite(deg)},
        }

    def _lean(self, xy: Floats) -> float:
        upright = trunk_inclination(xy) < UPRIGHT_DEG
        return WALKING.degrees(xy) if upright and not self._of_run else trunk_lean(xy)

    def _tilt(self, observation: Observation) -> float:
        """Degrees by which upright edges of the room lean to the left in the picture, as last known; 0 before that."""
        if observation.picture is not None and math.isfinite(observation.picture.tilt_deg):
            self._tilt_deg = observation.picture.tilt_deg
        return self._tilt_deg

    def _knee(self, observation: Observation, side: Side) -> float:
        """Flexion in degrees, 0 straight: of a standing person from the leg's length, of a lying one from the world landmarks."""
        if trunk_inclination(observation.pose.image_xy) >= UPRIGHT_DEG:
            return flexion(observation.pose.world_xyz, *LEG[side])
        return self._knees[side].update(observation)

    def _from_aside(self, observation: Observation) -> bool:
        """Whether the camera stands so far aside of an upright person that bending forward looks like leaning."""
        xy = observation.pose.image_xy
        torso = torso_length(xy)
        upright = torso > 0 and trunk_inclination(xy) < UPRIGHT_DEG
        now = standing_azimuth(observation.pose, torso) if upright else math.nan
        azimuth = self._azimuth.update(observation.timestamp_s, np.array(now))
        return azimuth is not None and abs(float(azimuth)) > STANDING_LIMIT_DEG

    def _facing_now(self, observation: Observation) -> float:
        """-1 where an upright person has been seen from behind for a while, else +1."""
        upright = trunk_inclination(observation.pose.image_xy) < UPRIGHT_DEG
        seen = np.array(seen_from_front((observation,)) if upright else 1.0)
        facing = self._facing.update(observation.timestamp_s, seen)
        return -1.0 if facing is not None and facing < 0 else 1.0
