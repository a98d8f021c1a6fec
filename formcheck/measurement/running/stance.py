"""One stance of a run in numbers: what landmarks and the waist show of it in the picture, from behind or in front.

Joints lag behind a runner, the waist does not: each is read at its own time. Nothing here rests on the
line between the hip landmarks, which says nothing of the pelvis' drop (r 0.03 on rendered runners).
"""

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L
from formcheck.measurement.repetition import Course
from formcheck.measurement.weight_bearing import frontal_angles as wb
from formcheck.results import Measurement, Side
from formcheck.signals import kinematics
from formcheck.signals.body import LAG_S, LEG
from formcheck.system.language import to_translate

ABOUT_MID_S = 0.03
"""Values are means over this time to each side of midstance."""
JOINTS_S = 0.07
"""Time from midstance within which joints are read. Beyond it a knee is up to 9 degrees wrong (two rendered runners)."""
FPPA_OFFSET_DEG = 3.2
"""Landmarks show a runner's knee too far outward by this: mean over 24 sides of twelve rendered runners. A runner who is left out
is off by 2.0 on average with the others' mean, 6.9 at most."""
SEEN = 0.7
"""Share of a stance's frames in which joints or waist must be seen."""

HIDDEN = wb.HIDDEN
NO_STEP = to_translate("the step before was not seen")


@dataclass(frozen=True, slots=True)
class GaitFigures:
    """Corrections and uncertainties of a gait, found on rendered people."""

    ankle_offset_m: Mapping[float, float]
    """seen_from_front() -> how far outward of the ankles their landmarks lie, both of a step together."""
    lean_deg: Mapping[float, float]
    """seen_from_front() -> half-width of the 90 % interval of a stance's trunk lean."""
    drop_deg: float
    """Half-width of the 90 % interval of a stance's pelvic drop, which is seen only from behind."""

    pelvis_level: Callable[[Sequence[float]], float] = statistics.median
    """Finds the level among a pelvis' tilts. A runner's free side rises equally after either foot, however far it drops; a
    walker's does not (one rendered walker: a stance is 1.1 degrees off by the mean, 1.5 by the median)."""


RUN = GaitFigures({-1.0: 0.025, 1.0: 0.009}, lean_deg={-1.0: 2.0, 1.0: 3.5}, drop_deg=2.0)
"""Fifteen rendered runners; the lean from the front after one more, whose lean was 1.6 degrees off in the mean."""
WALK = GaitFigures({-1.0: 0.008, 1.0: 0.0}, lean_deg={-1.0: 3.0, 1.0: 3.5}, drop_deg=2.5, pelvis_level=statistics.fmean)
"""Five rendered walkers."""


@dataclass(frozen=True, slots=True)
class Stance:
    """The frames about one stance and its times."""

    observations: Sequence[Observation]
    side: Side
    start_s: float
    mid_s: float
    end_s: float


def course(
    stance: Stance, joints: Mapping[str, Callable[[Floats], float]], seen: Mapping[str, Callable[[Observation], float]]
) -> Course:
    """The curves of a stance at the times of its frames. joints: quantity -> its value from the joints, which lag behind, and are
    read about midstance only; seen: quantity -> its value from what does not lag."""
    inside = [o for o in stance.observations if stance.start_s <= o.timestamp_s <= stance.end_s]
    near = [o for o in stance.observations if stance.start_s <= o.timestamp_s <= stance.end_s + 2 * LAG_S]
    times, late = (np.array([o.timestamp_s for o in some]) for some in (inside, near))
    values = {
        name: np.interp(times, late - LAG_S, [of(o.pose.image_xy) for o in near], math.nan, math.nan)
        for name, of in joints.items()
    }
    for of_joints in values.values():
        of_joints[np.abs(times - stance.mid_s) > JOINTS_S] = math.nan
    return Course(times, values | {name: np.array([of(o) for o in inside]) for name, of in seen.items()})


def seen_from_front(observations: Sequence[Observation]) -> float:
    """+1 where the person's left is at the picture's right, -1 seen from behind; NaN where that cannot be told."""
    left, right = [L.LEFT_SHOULDER, L.LEFT_HIP], [L.RIGHT_SHOULDER, L.RIGHT_HIP]
    signs = [float(np.sign((o.pose.image_xy[left, 0] - o.pose.image_xy[right, 0]).sum())) for o in observations]
    known = [sign for sign in signs if sign]  # NaN stays, and is not counted below
    return float(np.sign(np.nansum(known))) or math.nan


def knee_valgus(stance: Stance, facing: float) -> Measurement:
    """Frontal-plane projection angle at midstance as the picture shows it, degrees, + inward. facing: seen_from_front()."""
    value = _at_mid(stance, lambda xy: facing * wb.knee_valgus(xy, stance.side))
    if value is None:
        return Measurement(None, "deg", why=HIDDEN)
    return Measurement(value + FPPA_OFFSET_DEG, "deg", 6.0, at_s=stance.mid_s)


def trunk_lean(stance: Stance, facing: float, uncertainty: float, tilt_deg: float = 0.0) -> Measurement:
    """Line from mid-hip to mid-shoulder against what is upright at midstance, degrees, + to the stance side. tilt_deg: by which
    what is upright leans to the left in the picture."""
    value = _at_mid(stance, lambda xy: facing * stance.side.sign * (wb.trunk_lean(xy) + tilt_deg))
    return Measurement(None, "deg", why=HIDDEN) if value is None else Measurement(value, "deg", uncertainty, at_s=stance.mid_s)


def ankle_place(stance: Stance, facing: float) -> float | None:
    """px by which the stance ankle lies to the runner's left in the picture."""
    return _at_mid(stance, lambda xy: facing * float(xy[LEG[stance.side][2]][0]))


def step_width(stance: Stance, before: float | None, now: float | None, px_per_m: float, offset_m: float) -> Measurement:
    """Metres from the last foot's line to this one's, negative where the feet cross. before, now: ankle_place() of both;
    offset_m: GaitFigures.ankle_offset_m."""
    if before is None or now is None or not px_per_m > 0:
        return Measurement(None, "m", why=NO_STEP if now is not None else HIDDEN)
    width = stance.side.sign * (now - before) / px_per_m
    return Measurement(width - offset_m, "m", 0.03, at_s=stance.mid_s)


def _at_mid(stance: Stance, of: Callable[[Floats], float]) -> float | None:
    """Mean of a value from the joints about midstance; None where they are hidden."""
    late_s = stance.mid_s + LAG_S
    near = [o for o in stance.observations if abs(o.timestamp_s - late_s) <= ABOUT_MID_S]
    values = [of(o.pose.image_xy) for o in near if kinematics.torso_length(o.pose.image_xy) > 0]
    finite = [v for v in values if math.isfinite(v)]
    return sum(finite) / len(finite) if finite and len(finite) >= SEEN * len(near) else None
