"""Turns of a standing body in degrees: pelvis, thorax and hands about the vertical, + to the person's left."""

from collections.abc import Sequence

import numpy as np

from formcheck.exercises.base import CameraPlace
from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L

IN_FRONT = CameraPlace(
    azimuth_deg=(-25.0, 25.0),
    height_m=(0.8, 1.4),
    distance_m=(2.2, 3.5),
    words="Put the camera straight in front of you at hip to chest height, about three steps away, head and feet in the picture.",
)


def line_yaw(world: Floats, left: int, right: int) -> float:
    """Turn of the line right-left out of the picture, degrees, + when its left end goes back; (33, 3) world landmarks."""
    line = world[left] - world[right]
    return float(np.degrees(np.arctan2(line[2], line[0])))


def hands_yaw(world: Floats) -> float:
    """Direction of the hands' middle from the shoulders' middle, degrees, 0 toward the camera, + to the person's left."""
    hands = (world[L.LEFT_WRIST] + world[L.RIGHT_WRIST] - world[L.LEFT_SHOULDER] - world[L.RIGHT_SHOULDER]) / 2
    return float(np.degrees(np.arctan2(hands[0], -hands[2])))


def elbow_flexion(world: Floats) -> float:
    """Mean flexion of both elbows, degrees, 0 straight."""
    angles = []
    for shoulder, elbow, wrist in (
        (L.LEFT_SHOULDER, L.LEFT_ELBOW, L.LEFT_WRIST),
        (L.RIGHT_SHOULDER, L.RIGHT_ELBOW, L.RIGHT_WRIST),
    ):
        u, v = world[elbow] - world[shoulder], world[wrist] - world[elbow]
        angles.append(np.degrees(np.arccos(np.clip(u @ v / (np.linalg.norm(u) * np.linalg.norm(v)), -1.0, 1.0))))
    return float(np.mean(angles))


def shoulder_turns(observations: Sequence[Observation]) -> Floats:
    """(n,) the shoulder line's turn in each observation, NaN where nobody was seen."""
    return np.array([line_yaw(o.pose.world_xyz, L.LEFT_SHOULDER, L.RIGHT_SHOULDER) for o in observations])


def reach(observations: Sequence[Observation]) -> float:
    """Median distance shoulders to hands as a share of the arms' length, from the world landmarks."""
    world = np.array([o.pose.world_xyz for o in observations])
    if not len(world) or not np.isfinite(world[:, L.LEFT_WRIST]).any():
        return float("nan")
    hands = (world[:, L.LEFT_WRIST] + world[:, L.RIGHT_WRIST] - world[:, L.LEFT_SHOULDER] - world[:, L.RIGHT_SHOULDER]) / 2
    joints = np.stack(
        [world[:, [L.LEFT_SHOULDER, L.LEFT_ELBOW, L.LEFT_WRIST]], world[:, [L.RIGHT_SHOULDER, L.RIGHT_ELBOW, L.RIGHT_WRIST]]]
    )
    arm = np.linalg.norm(np.diff(joints, axis=2), axis=-1).sum(axis=2).mean(axis=0)
    return float(np.nanmedian(np.linalg.norm(hands, axis=1) / arm))
