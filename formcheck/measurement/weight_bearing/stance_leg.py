"""Which leg carries a person who stands on one, seen from the front."""

import math
from collections.abc import Sequence

import numpy as np

from formcheck.frames import Landmark as L
from formcheck.frames import Observation
from formcheck.measurement.repetition import RepWindow
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.body import LEG

LENGTH_WEIGHT = 0.7
"""Torso lengths of plumb distance that a leg longer by a factor e is worth. With 0.6-0.8 no frame of the rendered squats, their
true joints seen from -20 to 20 degrees, takes the wrong leg; with the plumb line alone up to a third do."""
CARRIES_BY = 0.11
"""The stance leg is told from this score on."""
LIFTED_S = 0.5
FREE_MOVES, FREE_HIGHER = 0.1, 0.3
"""Torso lengths: on_one_leg() says of what."""


def on_one_leg(rep: RepWindow) -> bool:
    """Whether the other foot was off the floor: it is far higher in the picture, or does not stay where it was.

    In two-legged squats of real people it moves by 0.08 torso lengths at most and is 0.25 higher (seen from 39 degrees aside); in
    rendered single-leg squats it moves by more, but for two of 60, and is 0.35 to 0.65 higher.
    """
    if rep.side is None:
        return True
    xy = np.array([o.pose.image_xy for o in rep.observations[rep.start : rep.end + 1]])
    free, stance = (xy[:, LEG[side][2]] for side in (rep.side.other, rep.side))
    lengths = np.array([kinematics.torso_length(p) for p in xy])
    seen = np.isfinite(free).all(axis=1) & np.isfinite(stance).all(axis=1) & (lengths > 0)
    if not seen.any():
        return True  # what is not seen is no other movement
    torso = float(np.median(lengths[seen]))
    moved = np.linalg.norm(np.ptp(np.percentile(free[seen], (5, 95), axis=0), axis=0)) / torso
    higher = abs(float(np.median(free[seen, 1] - stance[seen, 1]))) / torso
    return bool(moved > FREE_MOVES or higher > FREE_HIGHER)


def find_stance(observations: Sequence[Observation]) -> Side | None:
    """The stance leg: the foot under the pelvis, on the leg that is not bent off the ground.

    Not the one whose ankle is lower: a foot held forward is lower in the picture than the one stood on. Each sign fails alone: a
    foot held behind comes near the plumb line when the camera stands aside, a leg held forward looks long.
    """
    last_s = observations[-1].timestamp_s
    recent = [o for o in observations if last_s - o.timestamp_s <= LIFTED_S]
    if last_s - observations[0].timestamp_s < LIFTED_S or not all(o.pose.detected for o in recent):
        return None
    score = float(np.median([left_carries(o) for o in recent]))
    if not abs(score) > CARRIES_BY:
        return None
    return Side.LEFT if score > 0 else Side.RIGHT


def left_carries(observation: Observation) -> float:
    """Positive where the left leg carries: its foot nearer to the pelvis' plumb line, in torso lengths, and the leg longer."""
    longer = math.log(_leg_px(observation, Side.LEFT) / _leg_px(observation, Side.RIGHT))
    return _nearer_left(observation) + LENGTH_WEIGHT * longer


def _nearer_left(observation: Observation) -> float:
    """By how many torso lengths the left ankle is nearer to the plumb line through the pelvis than the right one."""
    xy = observation.pose.image_xy
    plumb = kinematics.mid_hip(xy)[0]
    left, right = abs(xy[L.LEFT_ANKLE][0] - plumb), abs(xy[L.RIGHT_ANKLE][0] - plumb)
    return float((right - left) / kinematics.torso_length(xy))


def _leg_px(observation: Observation, side: Side) -> float:
    hip, _, ankle = LEG[side]
    return max(1.0, float(np.linalg.norm(observation.pose.image_xy[ankle] - observation.pose.image_xy[hip])))
