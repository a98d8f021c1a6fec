"""What a standing turn must be like to be measured: upright, over planted feet, seen often and large enough, and gone back.

The limits were chosen on rendered people in real clothes (26 sets, each measured by weights found on the others): beyond them a
turn of the spine was read up to 27 degrees wrong.
"""

import numpy as np

from formcheck.frames import Landmark as L
from formcheck.measurement.repetition import RepWindow
from formcheck.signals import kinematics
from formcheck.system.language import to_translate

LEAST_TORSO_PX = 65.0
"""With 58 px a rendered turn read 25 to 41 degrees of spine that were none."""
LARGEST_GAP_S = 0.16
"""Between two pictures: in 0.2 s a turn goes by 15 degrees, and what swings cannot be told from the trunk any more."""
LARGEST_TIMING_GAP_S = 0.25
"""The same for when a turn began, where this much is told from none."""
NOT_BACK_DEG, THORAX_NOT_BACK_DEG = 10.0, 12.0
"""What pelvis, spine or thorax may seem to be off at a repetition's end from where they began."""
SINKS, LEANS_DEG = 0.25, 35.0
"""Torso lengths by which the hips may go up or down, and the trunk's slope, of somebody who stands and turns."""
LIFTS = 0.2
"""Torso lengths by which one foot may rise against the other: the feet of who runs on the spot, or stands on one leg, do."""
FEET_APART = 1.5
"""Torso lengths between the feet of who stands to turn at most: 0.6 to 1.0 on rendered people, 2 and more in the wide stances of
yoga, whose trunk leans and turns over them."""
FEET_MOVED = 25.0
"""% of the torso length."""

SMALL = to_translate("the body is too small in the picture: come closer, or choose a higher resolution")
SELDOM = to_translate("there were too few pictures a second: more light, or another camera")
NOT_BACK = to_translate("the turn did not come back to where it began")
STEPPED = to_translate("the feet moved: a turn is measured over planted feet")


def obstacle_to_timing(rep: RepWindow, largest_gap_s: float = LARGEST_TIMING_GAP_S) -> str:
    """Why it cannot be said when this turn began, in words for the user; empty where it can. The series hold feet_shift (%)."""
    seen = slice(rep.start, rep.end + 1)
    lengths = [length for o in rep.observations[seen] if (length := kinematics.torso_length(o.pose.image_xy)) > 0]
    if lengths and float(np.median(lengths)) < LEAST_TORSO_PX:
        return SMALL
    if np.diff(rep.times_s[seen]).max(initial=0.0) > largest_gap_s:
        return SELDOM
    feet = rep.series["feet_shift"][seen]
    return STEPPED if np.nan_to_num(feet - feet[0]).max() > FEET_MOVED else ""


def obstacle(rep: RepWindow) -> str:
    """Why this turn cannot be measured, in words for the user; empty where it can. The series hold pelvis_rotation, trunk_shown
    (degrees) and feet_shift (%)."""
    why = obstacle_to_timing(rep, LARGEST_GAP_S)
    if why:
        return why
    pelvis, spine = (float(rep.series[n][rep.end] - rep.series[n][rep.start]) for n in ("pelvis_rotation", "trunk_shown"))
    if max(abs(pelvis), abs(spine)) > NOT_BACK_DEG or abs(pelvis + spine) > THORAX_NOT_BACK_DEG:
        return NOT_BACK
    return ""


def stands(rep: RepWindow) -> bool:
    """Whether the person stood upright on both feet all along: no squat, bending, running or lunge, no step onto one leg."""
    xy = np.array([o.pose.image_xy for o in rep.observations[rep.start : rep.end + 1]])
    trunk = np.array([kinematics.mid_shoulder(p) - kinematics.mid_hip(p) for p in xy])
    height = np.array([kinematics.mid_hip(p)[1] for p in xy])
    seen = np.isfinite(trunk).all(axis=1)
    if not seen.any():
        return True  # what is not seen is no other movement
    trunk, height = trunk[seen], height[seen]
    slope = np.degrees(np.arctan2(np.abs(trunk[:, 0]), -trunk[:, 1]))
    sunk = np.percentile(height, 95) - np.percentile(height, 5)
    torso = np.median(np.linalg.norm(trunk, axis=1))
    feet = xy[seen][:, L.LEFT_ANKLE] - xy[seen][:, L.RIGHT_ANKLE]
    feet = feet[np.isfinite(feet).all(axis=1)]
    lifts = np.ptp(np.percentile(feet[:, 1], (5, 95))) if len(feet) else 0.0
    apart = np.median(np.abs(feet[:, 0])) if len(feet) else 0.0
    return bool(max(sunk / SINKS, lifts / LIFTS, apart / FEET_APART) < torso and np.percentile(slope, 90) < LEANS_DEG)
