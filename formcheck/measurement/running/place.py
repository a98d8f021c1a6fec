"""From where a runner is filmed, and whether anything can be measured from there."""

import math
from collections import deque

import numpy as np

from formcheck.frames import Landmark as L
from formcheck.frames import Observation
from formcheck.signals import kinematics
from formcheck.system.language import to_translate

WINDOW_S = 3.0
"""Two or three strides: the trunk turns to and fro within one."""
NARROW = 0.5
"""Shoulder width over torso length in the picture, median: rendered runners within 15 degrees of the belt's axis 0.66-0.71; from
45 degrees on it is less than this."""
OBLIQUE_DEG = 24.0
"""Bearing of hips and shoulders in the world landmarks, median: at most 16 for cameras within 15 degrees of the axis; it is some
10 degrees off."""
LEAST_HZ = 23.0
LEAST_FRAMES = 8

FROM_THE_SIDE = to_translate("the runner is seen from the side: film from behind, in line with the belt, at hip height")
TOO_FEW_PICTURES = to_translate(
    "fewer than 24 pictures a second came: film with 30 or more, best 60; in a live set close other programs as well"
)


EVERY_S = 0.1
"""How often the obstacle is updated."""


class Place:
    """Feed update() each frame."""

    def __init__(self) -> None:
        self.obstacle = ""
        """What keeps a run from being measured, empty where nothing does."""
        self._told_s = -math.inf
        self._held: deque[tuple[float, float, float]] = deque()
        """When; shoulder width over torso length; bearing, degrees."""

    def update(self, observation: Observation) -> None:
        xy, world = observation.pose.image_xy, observation.pose.world_xyz
        torso = kinematics.torso_length(xy)
        if not torso > 0:
            return
        width = abs(float(xy[L.LEFT_SHOULDER][0] - xy[L.RIGHT_SHOULDER][0])) / torso
        across = world[L.LEFT_SHOULDER] - world[L.RIGHT_SHOULDER] + world[L.LEFT_HIP] - world[L.RIGHT_HIP]
        bearing = math.degrees(math.atan2(across[2], abs(across[0]))) if math.isfinite(across[2]) else 0.0
        now_s = observation.timestamp_s
        self._held.append((now_s, width, bearing))
        while now_s - self._held[0][0] > WINDOW_S:
            self._held.popleft()
        if now_s - self._told_s >= EVERY_S:
            self._told_s, self.obstacle = now_s, self._tell()

    def _tell(self) -> str:
        if len(self._held) < LEAST_FRAMES:
            return ""
        times, widths, bearings = np.array(self._held).T
        if 1 / float(np.median(np.diff(times))) < LEAST_HZ:
            return TOO_FEW_PICTURES
        aside = float(np.median(widths)) < NARROW or abs(float(np.median(bearings))) > OBLIQUE_DEG
        return FROM_THE_SIDE if aside else ""
