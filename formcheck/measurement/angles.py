"""Angles of the whole body in one frame, the same for every exercise: the columns of angles.csv.

They are absolute, not changes since a repetition's start, and NaN where they cannot be assessed.
"""

from collections.abc import Mapping

from formcheck.frames import Observation
from formcheck.measurement.weight_bearing.frontal_angles import knee_valgus, trunk_lean
from formcheck.results import Side
from formcheck.signals.body import LEG
from formcheck.signals.kinematics import flexion

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


class BodyAngles:
    """Feed update() every observation of one set in order; it returns the angles of each."""

    def update(self, observation: Observation) -> Mapping[str, float]:
        """Those of ANGLES that are known of this frame."""
        pose = observation.pose
        if not pose.detected:
            return {}
        return {
            "trunk_lean_left": trunk_lean(pose.image_xy),
            **{f"knee_flexion_{side}": flexion(pose.world_xyz, *LEG[side]) for side in Side},
            **{f"fppa_{side}": knee_valgus(pose.image_xy, side) for side in Side},
        }
