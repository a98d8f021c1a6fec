"""Flexion of a stance leg's knee in every frame, from the leg's length in the picture over its full length on that foot."""

import math

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.measurement.weight_bearing.knee_flexion import FOOT_STRAYS, flexion_deg
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.body import LEG, TorsoScale
from formcheck.signals.smoothing import RecentQuantile

STOOD_S = 3.0
"""A foot that has stayed for this long stands. Of people who walk toward the camera no knee is measured (docs/validity.md)."""
FULL_S, FULL_QUANTILE = 10.0, 0.85
"""The leg's full length is this quantile of its lengths in this time."""
LENGTH_WEIGHT = 0.7
"""Weight of the leg's length; the world landmarks have the rest. These read too little of a deep bend, but are right about a leg
that has never been straight."""
DISAGREE_DEG = 30.0
"""Where the two differ by more the result is NaN: somebody who sits and has not stood yet, for example."""


class PlantedKnee:
    """Feed update() every observation of one set in order."""

    def __init__(self, side: Side) -> None:
        self._joints = LEG[side]
        self._torso = TorsoScale()
        self._foot: Floats | None = None
        self._since_s = math.inf
        self._full = RecentQuantile(FULL_S, FULL_QUANTILE)

    def update(self, observation: Observation) -> float:
        """Flexion in degrees, 0 straight; NaN where the foot has not stood for long, or the two readings disagree."""
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
