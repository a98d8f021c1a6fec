"""What a standing trunk shows of its turns, seen from the front: signals of pelvis and thorax, and their sum in degrees.

Landmarks alone misjudge such a turn by 13 degrees (docs/validity.md): their depth is a guess. Two things in the picture do
not lie. The skin and clothes in front of the axis of a turn move sideways by r·dψ, low on the trunk with the pelvis, high
with the thorax. And the lines hip-hip and shoulder-shoulder grow narrower with cos ψ. The landmarks' depth adds the sense.
All are lengths in torso lengths; scripts/fit_rotation.py finds the weights on rendered people (turns.py holds them).
The head and the knees are left out: they follow the trunk in the renders, but need not in life.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats, Observation, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.body import FOOT
from formcheck.signals.smoothing import Exponential

TURN_DEG, TURN_S = 10.0, 4.0
"""The first turn of the thorax that goes this far within this time shows the side."""
GLANCES = 30
"""Frames of that time that are looked at, about."""
DEPTH_GAIN, SURFACE_GAIN = 0.5, 0.24
"""Torso lengths per radian of a turn: depth of the shoulder line, sideways motion of the lower chest (rendered clips)."""
FEET_S = 4.0
"""Time constant of where the feet have been lately."""


@dataclass(frozen=True, slots=True, eq=False)
class ArmSignals:
    """Where the arms are, seen from the shoulders; + to the person's left."""

    hands: float
    """Middle of the wrists beside the middle of the shoulders in the picture, torso lengths."""
    elbows: float
    """The same for the elbows."""
    flexion: float
    """Mean flexion of the elbows in the world landmarks, degrees, 0 straight."""


def arms(pose: PoseFrame, torso: float) -> ArmSignals:
    """torso: length in px."""
    x, world = pose.image_xy[:, 0] / torso, pose.world_xyz

    def beside(left: int, right: int) -> float:
        return float(x[left] + x[right] - x[L.LEFT_SHOULDER] - x[L.RIGHT_SHOULDER]) / 2

    bends = [
        kinematics.flexion(world, L.LEFT_SHOULDER, L.LEFT_ELBOW, L.LEFT_WRIST),
        kinematics.flexion(world, L.RIGHT_SHOULDER, L.RIGHT_ELBOW, L.RIGHT_WRIST),
    ]
    return ArmSignals(
        hands=beside(L.LEFT_WRIST, L.RIGHT_WRIST),
        elbows=beside(L.LEFT_ELBOW, L.RIGHT_ELBOW),
        flexion=float(np.mean(bends)),
    )


RIDERS = ("nose before the ears", "nose before the shoulders", "hands", "elbows", "hands in the world")
"""What a turning thorax carries along. Where these lie is good enough to count repetitions."""


def riders(pose: PoseFrame, torso: float) -> Floats:
    """(RIDERS,) torso lengths, but for the last, which is in metres; + to the person's left. torso: length in px."""
    x, world, held = pose.image_xy[:, 0] / torso, pose.world_xyz, arms(pose, torso)
    shoulders = float(x[L.LEFT_SHOULDER] + x[L.RIGHT_SHOULDER]) / 2
    ears = float(x[L.LEFT_EAR] + x[L.RIGHT_EAR]) / 2
    wrists = world[L.LEFT_WRIST, 0] + world[L.RIGHT_WRIST, 0] - world[L.LEFT_SHOULDER, 0] - world[L.RIGHT_SHOULDER, 0]
    return np.array([x[L.NOSE] - ears, x[L.NOSE] - shoulders, held.hands, held.elbows, wrists / 2])


def reach(observations: Sequence[Observation]) -> float:
    """Median distance shoulders to hands as a share of the arms' length, from the world landmarks."""
    shares = [_reach(o.pose.world_xyz) for o in observations]
    return float(np.nanmedian(shares)) if np.isfinite(shares).any() else float("nan")


class Mean:
    """The mean of a stream's finite values so far, NaN before the first."""

    def __init__(self) -> None:
        self.value = float("nan")
        self._count = 0

    def update(self, value: float) -> float:
        if np.isfinite(value):
            self._count += 1
            self.value = value if self._count == 1 else self.value + (value - self.value) / self._count
        return self.value


def _reach(world: Floats) -> float:
    left = world[[L.LEFT_SHOULDER, L.LEFT_ELBOW, L.LEFT_WRIST]]
    right = world[[L.RIGHT_SHOULDER, L.RIGHT_ELBOW, L.RIGHT_WRIST]]
    arm = sum(float(np.linalg.norm(np.diff(side, axis=0), axis=1).sum()) for side in (left, right)) / 2
    return float(np.linalg.norm(left[2] + right[2] - left[0] - right[0])) / 2 / max(arm, 1e-9)


class FeetShift:
    """How far the foot that moved most is from where the feet have been lately, in % of the torso length."""

    def __init__(self) -> None:
        self._home = Exponential(FEET_S)

    def update(self, pose: PoseFrame, torso: float) -> float:
        feet = np.stack([pose.image_xy[list(foot)].mean(axis=0) for foot in FOOT.values()]) / torso
        home = self._home.update(pose.timestamp_s, feet)
        return float("nan") if home is None else float(100.0 * np.linalg.norm(feet - home, axis=1).max())


def first_turn(observations: Sequence[Observation]) -> Side | None:
    """The side to which the thorax first turned by TURN_DEG from where it had been, by chest surface and shoulder depth."""
    recent = [o for o in observations if o.timestamp_s >= observations[-1].timestamp_s - TURN_S]
    recent = recent[:: -max(1, len(recent) // GLANCES)][::-1]  # asked anew with every frame: it must be quick
    turns = np.array([_rough_turn(o) for o in recent])
    now = np.array([o.timestamp_s for o in recent])
    before, after = turns[now < now[-1] - 0.6 * TURN_S], turns[now > now[-1] - 0.3]
    if np.isfinite(before).sum() < 3 or np.isfinite(after).mean() < 0.5:
        return None
    change = float(np.nanmedian(after) - np.nanmedian(before))
    if abs(change) < TURN_DEG:
        return None
    return Side.LEFT if change > 0 else Side.RIGHT


def _rough_turn(observation: Observation) -> float:
    """Degrees to the left, any offset: mean of the shoulder line's depth and the sideways motion of belly and lower chest."""
    world, surface = observation.pose.world_xyz, observation.surface
    depth = float(world[L.LEFT_SHOULDER, 2] - world[L.RIGHT_SHOULDER, 2]) / kinematics.torso_length(world)
    turn = float(np.degrees(depth / DEPTH_GAIN))
    if surface is None:
        return turn
    cells = surface.shift[2:6, 1:3, 1]
    if not np.isfinite(cells).any():
        return float("nan")
    xy = observation.pose.image_xy
    axis = (0.6 * kinematics.mid_hip(xy)[0] + 0.4 * kinematics.mid_shoulder(xy)[0]) / kinematics.torso_length(xy)
    return (turn + float(np.degrees((np.nanmean(cells) - axis) / SURFACE_GAIN))) / 2
