"""One stance of a run in numbers: what landmarks and the waist show of it in the picture, from behind or in front.

Joints lag behind a runner, the waist does not: each is read at its own time. Nothing here rests on the
line between the hip landmarks, which says nothing of the pelvis' drop (r 0.03 on rendered runners).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L
from formcheck.measurement.weight_bearing import frontal_angles as wb
from formcheck.results import Measurement, Side
from formcheck.signals import kinematics
from formcheck.signals.body import LAG_S, LEG
from formcheck.system.language import to_translate

ABOUT_MID_S = 0.03
"""Values are means over this time to each side of midstance."""
LOADING = 0.65
"""Share of a stance, from contact on, in which the pelvis drops farthest."""
FPPA_OFFSET_DEG = 3.6
"""The landmarks show every runner's knee by so much too far outward: mean over ten sides of five rendered runners."""
ANKLE_OFFSET_M = 0.027
"""Step width: the ankles' landmarks lie by so much too far outward (the same runners)."""
LEAST_SEAM = 0.19
"""Torso lengths above the hip landmarks: a seam lower than that is a hem, not a waist. Rendered runners: tucked in 0.21-0.26, a
loose shirt's hem 0.13."""
LEAST_QUALITY = 0.9
SEEN = 0.7
"""Share of a stance in which something must be seen."""

HIDDEN = wb.HIDDEN
NO_WAIST = to_translate("the waist is hidden: tuck the shirt in, and wear trousers of another colour than the shirt")
FROM_FRONT = to_translate("the pelvis can only be seen from behind: film from behind, with the shirt tucked in")
NOT_FOLLOWED = to_translate("the picture about the waist was not kept with this session: analyse the film itself")
NO_STEP = to_translate("the step before was not seen")


@dataclass(frozen=True, slots=True)
class Stance:
    """The frames about one stance and its times."""

    observations: Sequence[Observation]
    side: Side
    start_s: float
    mid_s: float
    end_s: float


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
    return Measurement(value + FPPA_OFFSET_DEG, "deg", 7.0, at_s=stance.mid_s)


def trunk_lean(stance: Stance, facing: float) -> Measurement:
    """Line from mid-hip to mid-shoulder against the picture's vertical at midstance, degrees, + to the stance side."""
    value = _at_mid(stance, lambda xy: facing * stance.side.sign * wb.trunk_lean(xy))
    return Measurement(None, "deg", why=HIDDEN) if value is None else Measurement(value, "deg", 2.0, at_s=stance.mid_s)


def ankle_place(stance: Stance, facing: float) -> float | None:
    """px by which the stance ankle lies to the runner's left in the picture."""
    return _at_mid(stance, lambda xy: facing * float(xy[LEG[stance.side][2]][0]))


def step_width(stance: Stance, before: float | None, now: float | None, metres: float, torso_px: float) -> Measurement:
    """Metres from the last foot's line to this one's, negative where the feet cross. metres: the torso's length."""
    if before is None or now is None or not (metres > 0 and torso_px > 0):
        return Measurement(None, "m", why=NO_STEP if now is not None else HIDDEN)
    width = stance.side.sign * (now - before) * metres / torso_px
    return Measurement(width - ANKLE_OFFSET_M, "m", 0.03, at_s=stance.mid_s)


def pelvic_drop(stance: Stance, facing: float) -> Measurement:
    """How far the swing side of the pelvis sinks below the stance side at most in loading, degrees in the picture."""
    end_s = stance.start_s + LOADING * (stance.end_s - stance.start_s)
    waists = [o.waist for o in stance.observations if stance.start_s <= o.timestamp_s <= end_s]
    if facing > 0:
        return Measurement(None, "deg", why=FROM_FRONT)
    known = [w for w in waists if w is not None]
    if not known:
        return Measurement(None, "deg", why=NOT_FOLLOWED)
    good = [w for w in known if w.seam >= LEAST_SEAM and w.quality >= LEAST_QUALITY and math.isfinite(w.tilt_deg + w.level_deg)]
    if len(good) < SEEN * len(waists):
        return Measurement(None, "deg", why=NO_WAIST)
    drops = [-stance.side.sign * (w.tilt_deg + w.level_deg) for w in good]
    at = int(np.argmax(drops))
    return Measurement(drops[at], "deg", 1.8, at_s=good[at].timestamp_s)


def drop_now(observation: Observation, facing: float) -> float:
    """Degrees by which the right side of the pelvis is higher than the left one, of one frame; NaN where it cannot be seen."""
    waist = observation.waist
    if waist is None or not facing < 0 or not waist.seam >= LEAST_SEAM or waist.quality < LEAST_QUALITY:
        return math.nan
    return waist.tilt_deg + waist.level_deg


def _at_mid(stance: Stance, of: Callable[[Floats], float]) -> float | None:
    """Mean of what the joints show about midstance; None where they are hidden."""
    late_s = stance.mid_s + LAG_S
    near = [o for o in stance.observations if abs(o.timestamp_s - late_s) <= ABOUT_MID_S]
    values = [of(o.pose.image_xy) for o in near if kinematics.torso_length(o.pose.image_xy) > 0]
    finite = [v for v in values if math.isfinite(v)]
    return sum(finite) / len(finite) if finite and len(finite) >= SEEN * len(near) else None
