"""The knee of a leg that is stood on, in every frame: from how long the leg looks against how long it has looked on that foot."""

import math

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.measurement.weight_bearing.knee_flexion import FOOT_STRAYS, flexion_deg
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.body import LEG, TorsoScale
from formcheck.signals.smoothing import RecentQuantile

STOOD_S = 3.0
"""A foot stands that has stayed for so long. Of people who walk toward the camera no knee is known (docs/validity.md)."""
FULL_S, FULL_QUANTILE = 10.0, 0.85
"""The leg's full length: of its lengths in this time."""
LENGTH_WEIGHT = 0.7
"""The rest is what the world landmarks say: too little of a deep bend, but it does not mistake a leg that never was straight."""
DISAGREE_DEG = 30.0
"""Where the two differ by more, nothing is known: somebody who sits, say, and has not stood yet."""


class PlantedKnee:
    """Feed update() every observation of one set in order."""

    def __init__(self, side: Side) -> None:
        self._joints = LEG[side]
        self._torso = TorsoScale()
        self._foot: Floats | None = None
        self._since_s = math.inf
        self._full = RecentQuantile(FULL_S, FULL_QUANTILE)

    def update(self, observation: Observation) -> float:
        """Flexion in degrees, 0 straight; NaN where the foot has not stood for long, or cannot be told."""
        hip, knee, ankle = self._joints
        pose, now_s = observation.pose, observation.timestamp_s
        torso = self._torso.update(pose)
        both = pose.image_xy[[hip, ankle]]
        if observation.surface is not None:
            both = observation.surface.camera.undone(both)
        if not (np.isfinite(both).all() and torso > 0):
            return math.nan
        if self._foot is None or math.dist(both[1], self._foot) > FOOT_STRAYS * torso:
            self._foot, self._since_s = both[1], now_s
            self._full.reset()
        length = math.dist(both[0], both[1])
        full = self._full.update(now_s, length)
        if now_s - self._since_s < STOOD_S:
            return math.nan
        by_length = float(flexion_deg(length / full)) if full > 0 else math.nan
        by_depth = kinematics.flexion(pose.world_xyz, hip, knee, ankle)
        if not abs(by_length - by_depth) <= DISAGREE_DEG:
            return math.nan
        return LENGTH_WEIGHT * by_length + (1 - LENGTH_WEIGHT) * by_depth
