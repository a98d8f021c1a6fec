"""How far the trunk leans to the side, seen from in front or from behind.

The line from the middle of the hips to that of the shoulders shows most of it. The line of the shoulders tilts with the trunk,
and errs for other reasons. Both together are more exact than the first alone, on rendered people and on real ones with motion
capture.
"""

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.measurement.weight_bearing.frontal_angles import trunk_lean
from formcheck.signals import kinematics
from formcheck.system import fitted_file

USUAL_S, NARROW = 4.0, 0.8
"""Shoulders closer together than this share of their usual distance in this time are not trusted. Where the network takes the
back for the front, as in a backlit picture, left and right change places, and the joints run together on their way there."""


@dataclass(frozen=True, slots=True)
class Lean:
    """Degrees of lean per degree of what landmarks show (scripts/fit_lean.py)."""

    middle: float
    """The line from mid-hip to mid-shoulder."""
    shoulders: float
    """The shoulders' line."""
    hips: float
    """The hips' line: a pelvis that sinks to one side draws the middle of the hips along."""

    def degrees(self, image_xy: Floats) -> float:
        """+ to the picture's right: to the left of a person who faces the camera. Left and right may be mixed up."""
        return (
            self.middle * trunk_lean(image_xy)
            + self.shoulders * _slope(image_xy[L.LEFT_SHOULDER] - image_xy[L.RIGHT_SHOULDER])
            + self.hips * _slope(image_xy[L.LEFT_HIP] - image_xy[L.RIGHT_HIP])
        )


def _slope(line: Floats) -> float:
    """Degrees by which it falls to the picture's right."""
    across, down = line
    return math.degrees(math.atan2(math.copysign(1.0, across) * down, abs(across)))


WALKING = fitted_file.values("standing_lean", "walking", Lean)
SQUATTING = fitted_file.values("standing_lean", "squatting", Lean)


class TrunkLean:
    """Of one set, of somebody who does not turn."""

    def __init__(self, lean: Lean) -> None:
        self._lean = lean
        self._widths: deque[tuple[float, float]] = deque()

    def update(self, pose: PoseFrame) -> float:
        """Degrees as Lean says; NaN where the shoulders were not seen side by side."""
        xy = pose.image_xy
        width = float(np.linalg.norm(xy[L.LEFT_SHOULDER] - xy[L.RIGHT_SHOULDER])) / kinematics.torso_length(xy)
        if not math.isfinite(width):
            return math.nan
        self._widths.append((pose.timestamp_s, width))
        while pose.timestamp_s - self._widths[0][0] > USUAL_S:
            self._widths.popleft()
        usual = float(np.median([w for _, w in self._widths]))
        return self._lean.degrees(xy) if width > NARROW * usual else math.nan
