"""Which leg carries a person who stands on one, seen from the front."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L
from formcheck.measurement.repetition import RepWindow
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.body import LEG
from formcheck.signals.camera_angle import STANDING_LIMIT_DEG, standing_azimuth

LENGTH_WEIGHT = 0.7
"""Torso lengths of plumb distance that a leg longer by a factor e is worth. With 0.6-0.8 no frame of the rendered squats, their
true joints seen from -20 to 20 degrees, takes the wrong leg; with the plumb line alone up to a third do."""
CARRIES_BY = 0.11
"""left_carries() beyond this, either way, shows which leg is the stance leg."""
LIFTED_S = 0.5
"""The score is the median over this time."""
STOOD_ON, STOOD_ON_ASIDE, STILL_STOOD_ON, ASIDE = 0.04, CARRIES_BY, -0.05, 1.2
"""left_carries() for the stance leg where a squat begins, seen from the front and not, where it has ended, and, seen from the
front, with the other leg held out sideways: 0.2 to 0.73 at both ends of most rendered and real squats, 0.05 to 0.14 where the
free foot hangs beside the other one (three of 29 rendered bodies); a lunge seen from aside begins at 0.09, steps of a walk end at
-0.47 to 0."""
EDGE_S = 0.15
STEPS = 0.6
"""Torso lengths that the stance foot goes in a step, seen from the front: 1.3 in a walk, at most 0.14 in squats, and 0.42 in one
whose legs were mixed up for a moment."""
CROSSES = 0.5
"""Torso lengths that the free foot goes past the stance foot, seen from the front: 1.1 and 1.2 in curtsy lunges; in real and
rendered squats it stays 0.2 and more on its own side."""
FREE_MOVES, FREE_HIGHER = 0.1, 0.3
"""Torso lengths: on_one_leg() says of what."""
FREE_MOVES_ASIDE, STANDS_ALONE = 0.14, 0.53
"""The first where the camera stands aside, where the hind foot of a lunge looks higher, and left_carries() at the beginning of a
squat that needs no such sign. Real woodchops and lunges with a twist: 0.13 and 0.45 at most; real squats seen from the side:
0.23 and 0.62 at least; rendered ones, their true joints seen from 40 to 90 degrees: 0.14 at least."""
UPRIGHT_DEG, PLAINLY_ASIDE_DEG = 20.0, 45.0
"""The trunk's inclination in the picture at both ends of a squat, seen from less far aside than the second: at most 9 in real and
rendered squats (15 where one came up from a lean of 41); 26 and 27 where somebody bends to the floor on one leg and comes up."""


def on_one_leg(rep: RepWindow) -> bool:
    """Whether it was done on the stance leg alone: that leg carries at its ends, and the other foot is far higher in the picture
    or does not stay where it was.

    In two-legged squats of real people it moves by 0.08 torso lengths at most and is 0.25 higher (seen from 39 degrees aside); in
    rendered single-leg squats it moves by more, but for two of 60, and is 0.35 to 0.65 higher. Seen from aside the height says
    nothing: the foot has to move, or the stance leg to carry plainly.
    """
    if rep.side is None:
        return True
    before, after = (rep.side.sign * _at(rep, i, left_carries) for i in (rep.start, rep.end))
    azimuth = abs(_azimuth(rep))
    front, aside = azimuth < STANDING_LIMIT_DEG, azimuth >= STANDING_LIMIT_DEG
    if azimuth < PLAINLY_ASIDE_DEG and max(_at(rep, i, _inclination) for i in (rep.start, rep.end)) > UPRIGHT_DEG:
        return False
    if before < (STOOD_ON if front else STOOD_ON_ASIDE) or after < STILL_STOOD_ON or (before > ASIDE and front):
        return False
    xy = np.array([o.pose.image_xy for o in rep.observations[rep.start : rep.end + 1]])
    free, stance = (xy[:, LEG[side][2]] for side in (rep.side.other, rep.side))
    lengths = np.array([kinematics.torso_length(p) for p in xy])
    seen = np.isfinite(free).all(axis=1) & np.isfinite(stance).all(axis=1) & (lengths > 0)
    if not seen.any():
        return True  # what is not seen is no other movement
    torso = float(np.median(lengths[seen]))
    moved, stepped = (_way(foot[seen]) / torso for foot in (free, stance))
    if aside:
        return bool(moved > FREE_MOVES_ASIDE or before > STANDS_ALONE)
    crossed = float(np.percentile(rep.side.sign * (free - stance)[seen, 0], 90)) / torso
    if front and (stepped > STEPS or crossed > CROSSES):
        return False
    higher = abs(float(np.median(free[seen, 1] - stance[seen, 1]))) / torso
    return bool(moved > FREE_MOVES or higher > FREE_HIGHER)


def _way(places: Floats) -> float:
    """(n, 2) px -> how far they lie apart, without the farthest."""
    return float(np.linalg.norm(np.ptp(np.percentile(places, (5, 95), axis=0), axis=0)))


def _azimuth(rep: RepWindow) -> float:
    """Where the camera stands at the beginning, degrees; NaN where it is not seen."""
    pose = rep.observations[rep.start].pose
    return standing_azimuth(pose, kinematics.torso_length(pose.image_xy))


def _inclination(observation: Observation) -> float:
    return kinematics.trunk_inclination(observation.pose.image_xy)


def _at(rep: RepWindow, index: int, value: Callable[[Observation], float]) -> float:
    """The value about a frame of the window."""
    at_s = rep.times_s[index]
    return float(np.median([value(o) for o in rep.observations if abs(o.timestamp_s - at_s) <= EDGE_S]))


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
