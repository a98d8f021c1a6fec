"""When a standing turn can be measured: upright, over planted feet, in a large enough picture without gaps, and back at its
start.

The limits were chosen on rendered people in real clothes (26 sets, each measured by weights found on the others). Beyond them a
turn of the spine was read up to 27 degrees wrong.
"""

import numpy as np

from formcheck.frames import Landmark as L
from formcheck.measurement.repetition import RepWindow
from formcheck.measurement.standing.turns import averaged, ends, without_drift
from formcheck.results import Measurement
from formcheck.signals import kinematics
from formcheck.system.language import to_translate

LEAST_TORSO_PX = 65.0
"""With 58 px a rendered turn read 25 to 41 degrees of spine that were none."""
GAP_SURE_S, LARGEST_GAP_S = 0.16, 0.4
"""Between two pictures. Twelve rendered turns at 11 pictures a second, with gaps of 0.18 to 0.36 s, read 3 degrees wrong."""
LARGEST_TIMING_GAP_S = 0.25
"""The longest gap between two pictures when the start of a turn is timed."""
NOT_BACK_DEG, JOINTS_NOT_BACK_DEG = 30.0, 15.0
"""How far from their start pelvis, spine or thorax may seem to be at a repetition's end; and the pelvis by the joints alone. The
surface's sums drift, by up to 25 degrees in a rendered turn that had come back. The joints do not; they were off by 11 at
most."""
DRIFT_DEG = 10.0
"""The half-widths allow for this much drift. How much of the rest has happened at the top of the turn is not known; a quarter of
it is added to them, the standard deviation where every share is equally likely."""
LEAST_SEEN, LEAST_JOINTS_DEG = 0.6, 10.0
"""Share of a repetition in which the surface must be seen. If less is seen the joints must show a turn of LEAST_JOINTS_DEG, since
arms may swing alone."""
SINKS, LEANS_DEG = 0.25, 35.0
"""The most that hips may go up and down in a standing turn, torso lengths, and the most that the trunk may slope."""
LIFTS = 0.2
"""The most by which one foot may rise against the other, torso lengths. More is running on the spot, or standing on one leg."""
FEET_APART = 1.5
"""The most between the feet, torso lengths: 0.6 to 1.0 on rendered people, 2 and more in wide stances of yoga, where the trunk
leans and turns as well."""
FEET_MOVED = 25.0
"""The most by which feet may move, % of the torso length."""

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
    """Why this turn cannot be measured, in words for the user; empty where it can. The series hold pelvis_shown, trunk_shown,
    pelvis_of_joints (degrees) and feet_shift (%)."""
    why = obstacle_to_timing(rep, LARGEST_GAP_S)
    if why:
        return why
    joints = _off(rep, "pelvis_of_joints")
    return NOT_BACK if _drift(rep) > NOT_BACK_DEG or abs(joints) > JOINTS_NOT_BACK_DEG else ""


def why_unsure(rep: RepWindow, thorax: Measurement) -> str:
    """Why a turn no larger than its uncertainty is not assessable, in words for the user: it was seen badly. Empty where it is
    larger, or where it was seen well, so that there was none."""
    if thorax.value is None or abs(thorax.value) > (thorax.uncertainty or 0.0):
        return ""
    if np.diff(rep.times_s[rep.start : rep.end + 1]).max(initial=0.0) > GAP_SURE_S:
        return SELDOM
    return NOT_BACK if _drift(rep) > DRIFT_DEG else ""


def drift_unknown(rep: RepWindow) -> float:
    """Degrees that the drift of this turn adds to its half-widths: without_drift() takes it out as if it had grown evenly."""
    return float(np.nan_to_num(max(0.0, _drift(rep) - DRIFT_DEG) / 4))


def _drift(rep: RepWindow) -> float:
    """What pelvis, spine and thorax are off by at the end, the largest of them, degrees."""
    pelvis, spine = _off(rep, "pelvis_shown"), _off(rep, "trunk_shown")
    return max(abs(pelvis), abs(spine), abs(pelvis + spine))


def _off(rep: RepWindow, name: str) -> float:
    first, last = ends(rep.series[name], rep.start, rep.end)
    return last - first


def turned(rep: RepWindow) -> bool:
    """Whether more than the arms turned. Where the surface is not seen the joints have to show it."""
    if np.isfinite(rep.series["pelvis_shown"][rep.start : rep.end + 1]).mean() >= LEAST_SEEN:
        return True  # then it is measured
    joints = without_drift(rep.times_s, rep.series["pelvis_of_joints"], rep.start, rep.end)
    joints = averaged(rep.times_s, joints, rep.start, rep.end)[rep.start : rep.end + 1]
    return bool(np.nanmax(joints, initial=0.0) > LEAST_JOINTS_DEG)


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
