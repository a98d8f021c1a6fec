"""Where the camera stands beside the body, sideways from straight in front: one estimate for people who lie, one for those who
stand. The set-up check, the judging of a repetition and the documents all go by these two and their limits.
"""

import math
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.signals import kinematics
from formcheck.signals.body import left_above
from formcheck.system import fitted_file

LYING_LIMIT_DEG = 32.0
"""A camera that reads farther off front of somebody who lies is not judged from. Of 126 rendered bodies those seen from within 20
degrees read at most 28 (and one clip 32), those from 40 or more at least 33, but for one that read 28."""
STANDING_LIMIT_DEG = 26.0
"""The same for somebody who stands. Of 46 rendered and real sets those within 20 degrees read at most 18, those at 36 and more at
least 33."""
FOOT_LENGTH = 0.45
"""Heel to toe in torso lengths as the landmarks place them (rendered clips)."""


def limit_deg(*, lies: bool) -> float:
    """The largest reading from which anything is judged."""
    return LYING_LIMIT_DEG if lies else STANDING_LIMIT_DEG


def off_front_deg(pose: PoseFrame, *, lies: bool) -> float:
    """How far off front the camera stands, in size, as one frame says it; NaN where it cannot be told."""
    if not lies:
        return abs(standing_azimuth(pose, kinematics.torso_length(pose.image_xy)))
    view = lying_view(pose.image_xy, pose.world_xyz)
    return math.nan if view is None else abs(view.toward_feet)


@dataclass(frozen=True, slots=True)
class Azimuth:
    """What scripts/fit_lying.py finds."""

    azimuth: tuple[float, float, float]
    """Azimuth of the camera before somebody who lies, degrees, + toward the feet: per degree that the line from ankles to
    shoulders runs away from the camera in MediaPipe's world landmarks, per degree that the trunk rises toward the head in the
    picture, and where neither does."""


FITTED = fitted_file.values("lying_legs", "camera", Azimuth)


@dataclass(frozen=True, slots=True)
class LyingView:
    """From where somebody who lies is seen."""

    toward_feet: float
    """Azimuth of the camera, degrees: 0 straight in front, + on the side where the feet are."""
    facing: bool
    """Whether the front of the body is seen."""


def lying_view(image_xy: Floats, world_xyz: Floats) -> LyingView | None:
    """From one lying pose (33, 2) px and (33, 3) m, about 7 degrees off in azimuth on rendered people; None where shoulders, hips
    or ankles are not seen."""
    if not kinematics.torso_length(image_xy) > 0:
        return None
    of_body, of_tilt, level = FITTED.azimuth
    away, tilt = lying_slopes(image_xy, world_xyz)
    toward_feet = of_body * away + of_tilt * tilt + level
    if not math.isfinite(toward_feet):
        return None
    head_right = bool((kinematics.mid_shoulder(image_xy) - kinematics.mid_hip(image_xy))[0] >= 0)
    return LyingView(toward_feet, facing=(left_above(image_xy) > 0) != head_right)


def lying_slopes(image_xy: Floats, world_xyz: Floats) -> tuple[float, float]:
    """Degrees: how much farther from the camera the shoulders seem than the ankles, along the body in the world landmarks; how
    much higher than the hips, along the trunk in the picture. Landmarks see depth poorly, and least of all the trunk's alone."""
    body = kinematics.mid_shoulder(world_xyz) - (world_xyz[L.LEFT_ANKLE] + world_xyz[L.RIGHT_ANKLE]) / 2
    trunk = kinematics.mid_shoulder(image_xy) - kinematics.mid_hip(image_xy)
    return math.degrees(math.atan2(body[2], abs(body[0]))), math.degrees(math.atan2(-trunk[1], abs(trunk[0])))


def standing_azimuth(pose: PoseFrame, torso_px: float) -> float:
    """Degrees by which the camera stands to the left of straight in front of a standing person, as that person sees it.

    The mean of three signs, each some 6 degrees off: where the feet point in the picture, where they point in the world
    landmarks, and how far the hip line is turned there. What is not seen is left out; NaN where nothing is.
    """
    x, world = pose.image_xy[:, 0] / torso_px, pose.world_xyz
    toes = (x[L.LEFT_FOOT_INDEX] + x[L.RIGHT_FOOT_INDEX] - x[L.LEFT_HEEL] - x[L.RIGHT_HEEL]) / 2
    feet = world[L.LEFT_FOOT_INDEX] + world[L.RIGHT_FOOT_INDEX] - world[L.LEFT_HEEL] - world[L.RIGHT_HEEL]
    hips = world[L.LEFT_HIP] - world[L.RIGHT_HIP]
    signs = [
        -float(np.degrees(np.arcsin(np.clip(toes / FOOT_LENGTH, -1.0, 1.0)))),
        -_bearing(feet[0], -feet[2]),
        -_bearing(hips[2], hips[0]),
    ]
    known = [sign for sign in signs if math.isfinite(sign)]
    return sum(known) / len(known) if known else math.nan


def _bearing(sideways: float, ahead: float) -> float:
    """Degrees off straight ahead; NaN where there is no direction."""
    return math.degrees(math.atan2(sideways, ahead)) if sideways or ahead else math.nan
