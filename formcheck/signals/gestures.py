"""Signals that a person gives with the hands."""

import numpy as np

from formcheck.frames import Landmark as L
from formcheck.frames import PoseFrame
from formcheck.signals import kinematics

ABOVE = 0.4
"""Torso lengths by which a raised hand is above head, shoulders and hips."""


def hand_raised(pose: PoseFrame) -> bool:
    """Whether a hand is held up: well above the head when upright, well above the trunk when lying."""
    xy = pose.image_xy
    torso = kinematics.torso_length(xy)
    if not np.isfinite(torso):
        return False
    wrists, elbows = xy[[L.LEFT_WRIST, L.RIGHT_WRIST], 1], xy[[L.LEFT_ELBOW, L.RIGHT_ELBOW], 1]
    highest = np.fmin.reduce(xy[[L.NOSE, L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.LEFT_HIP, L.RIGHT_HIP], 1])
    return bool(np.any((wrists < highest - ABOVE * torso) & (wrists < elbows)))
