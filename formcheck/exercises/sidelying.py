"""What the lying exercises share: who lies how, where the camera stands, and the pelvis' measurements.

The pelvis itself is measured in pelvis.py. Here: which side is up, left and right swaps undone, the camera's place read off the
lying body, and what makes a figure not assessable.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck import kinematics
from formcheck.exercises.base import RepWindow
from formcheck.exercises.pelvis import PelvisFit, RunningPelvis, cells
from formcheck.frames import Floats, Observation, SurfaceFrame
from formcheck.frames import Landmark as L
from formcheck.results import Measurement, Side

PLACE_CAMERA = "put the camera in front of you, level with the hips, with head and feet in the picture"
MOST_AZIMUTH_DEG = 25.0
"""A camera farther off front is not judged from: rendered cameras 40-45 degrees off read at least 27, those within 20 at most 23
(one of 64 read 38)."""
LYING_AZIMUTH = (1.3, -2.0)
"""Azimuth for the turn of the trunk in MediaPipe's world landmarks, which see less of it, and for none."""
ELEVATION = (52.0, -127.0, -32.0)
"""Camera height in degrees from the hip line's height and the knees' drop, torso lengths (scripts/fit_pelvis.py)."""
CALM_S = 2.0
"""Time constant of what changes only when the person lies down anew."""
BANDS, COLUMNS, EDGE = 10, 4, 1.15
"""The trunk's cells as motion/surface.py makes them; other shapes are not read."""
GAIN_ERROR = 0.2
"""Bodies are more or less deep for their length: relative standard deviation of a roll."""
HIKE_GAIN_ERROR = 0.1
FIT_ERROR = 1.3
"""Standard deviations found over those that the fit expects."""
MOST_UNCERTAIN_DEG = 5.0
"""A roll whose fit has a larger standard deviation is not assessable."""
Z90 = 1.645
STEEP = 0.85
"""Beyond this share of a lever's length its turn is no longer read off its height, but carried on in a straight line."""
LEAD_S = 0.15
"""How far the running roll is carried on."""
SMOOTHING_S = 0.08


@dataclass(frozen=True, slots=True)
class CameraView:
    """Where the camera stands, degrees, estimated from a lying body."""

    azimuth: float
    """0 straight in front, + toward the camera's right of it (the picture's right side of the body is nearer)."""
    elevation: float
    """0 level with the floor, + looking down."""
    facing: bool
    """Whether the front of the body is seen."""


def camera_view(image_xy: Floats, world_xyz: Floats) -> CameraView | None:
    """The camera's place from one lying pose (33, 2) px and (33, 3) m, about 7 degrees off in azimuth and 5 in elevation on
    rendered people; None where hips, shoulders or knees are not seen."""
    if not kinematics.torso_length(image_xy) > 0:
        return None
    head_right = 1.0 if (kinematics.mid_shoulder(image_xy) - kinematics.mid_hip(image_xy))[0] >= 0 else -1.0
    trunk = kinematics.mid_shoulder(world_xyz) - kinematics.mid_hip(world_xyz)
    azimuth = LYING_AZIMUTH[1] - LYING_AZIMUTH[0] * head_right * math.degrees(math.atan2(trunk[2], abs(trunk[0])))
    stack, drop = lying_shape(image_xy)
    if not math.isfinite(azimuth + stack + drop):
        return None
    level, of_stack, of_drop = ELEVATION
    facing = (_left_above(image_xy) > 0) == (head_right < 0)
    return CameraView(azimuth, level + of_stack * stack + of_drop * drop, facing)


def lying_shape(image_xy: Floats) -> tuple[float, float]:
    """Torso lengths across the trunk: how far the hips stand over each other, how far the knees stand over the hips. The higher
    the camera, the less of either."""
    length = kinematics.torso_length(image_xy)
    hips = kinematics.mid_hip(image_xy)
    along = (kinematics.mid_shoulder(image_xy) - hips) / length
    up = np.array([along[1], -along[0]]) * (-1.0 if along[0] < 0 else 1.0)
    stack = abs(float((image_xy[L.LEFT_HIP] - image_xy[L.RIGHT_HIP]) @ up)) / length
    return stack, float((image_xy[[L.LEFT_KNEE, L.RIGHT_KNEE]].mean(axis=0) - hips) @ up) / length


class Lying:
    """Which side is up, frame by frame, and the landmarks with left/right swaps undone."""

    def __init__(self) -> None:
        self._lead: float | None = None
        self._last_s = -math.inf
        self._azimuth = 0.0
        self._facing = 1.0
        self.top = Side.LEFT
        """The side that is up, as far as was seen."""
        self.torso_px = math.nan
        """Torso length, calm."""

    def update(self, observation: Observation) -> tuple[Side, Floats] | None:
        """The side that is up and (33, 2) px; None while nobody is seen."""
        xy = observation.pose.image_xy
        lead = _left_above(xy)
        if not math.isfinite(lead):
            return None
        share = 1.0 if self._lead is None else 1.0 - math.exp(-(observation.timestamp_s - self._last_s) / CALM_S)
        self._last_s = observation.timestamp_s
        self._lead = lead if self._lead is None else self._lead + share * (lead - self._lead)
        length = kinematics.torso_length(xy)
        self.torso_px = length if math.isnan(self.torso_px) else self.torso_px + share * (length - self.torso_px)
        view = camera_view(xy, observation.pose.world_xyz)
        if view is not None:
            self._azimuth += share * (view.azimuth - self._azimuth)
            self._facing += share * ((1.0 if view.facing else -1.0) - self._facing)
        self.top = Side.LEFT if self._lead >= 0 else Side.RIGHT
        return self.top, upright(xy, self.top)

    @property
    def obstacle(self) -> str | None:
        """Why nothing can be judged from this camera's place, None where it can."""
        if self._facing < 0:
            return "your back is to the camera: lie so that your front faces it"
        if abs(self._azimuth) > MOST_AZIMUTH_DEG:
            return f"the camera stands too far to one side: {PLACE_CAMERA}"
        return None


_SWAP: NDArray[np.int64] = np.array(
    [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(i + (1 if i % 2 else -1) for i in range(L.LEFT_SHOULDER, L.RIGHT_FOOT_INDEX + 1))]
)


def swapped(points: Floats) -> Floats:
    """(33, d) with left and right exchanged."""
    return points[_SWAP]


def upright(xy: Floats, top: Side) -> Floats:
    """(33, 2) px with left and right exchanged where they must have been swapped: `top` is up."""
    return xy if _left_above(xy) * top.sign >= 0 else swapped(xy)


def _left_above(xy: Floats) -> float:
    """How far the left hip and shoulder lie above the right ones, torso lengths; NaN where not seen."""
    length = kinematics.torso_length(xy)
    if not length > 0:
        return math.nan
    return float(
        sum(xy[right][1] - xy[left][1] for left, right in ((L.LEFT_HIP, L.RIGHT_HIP), (L.LEFT_SHOULDER, L.RIGHT_SHOULDER)))
        / length
    )


def find_top_side(observations: Sequence[Observation]) -> Side | None:
    """The side that is up, once the person has lain for a second; None before."""
    lying = [o for o in observations if o.pose.detected and kinematics.trunk_inclination(o.pose.image_xy) > 50.0]
    lying = [o for o in lying if o.timestamp_s >= lying[-1].timestamp_s - 3.0]
    if len(lying) < 3 or lying[-1].timestamp_s - lying[0].timestamp_s < 0.8:
        return None
    lead = float(np.median([_left_above(o.pose.image_xy) for o in lying]))
    return (Side.LEFT if lead > 0 else Side.RIGHT) if abs(lead) > 0.1 else None


def leg_of(side: Side) -> tuple[int, int, int]:
    """Hip, knee, ankle."""
    return (L.LEFT_HIP, L.LEFT_KNEE, L.LEFT_ANKLE) if side is Side.LEFT else (L.RIGHT_HIP, L.RIGHT_KNEE, L.RIGHT_ANKLE)


def turn(share: float) -> float:
    """Degrees a lever has turned whose end stands over its axis by this share of its length. Goes on rising beyond the
    lever's length, which an estimate may pass: a movement cut off there would look like rest."""
    inside = min(max(share, -STEEP), STEEP)
    return math.degrees(math.asin(inside) + (share - inside) / math.sqrt(1 - STEEP**2))


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """The landmarks of a lying person over one repetition, smoothed, swaps undone, the camera's own motion taken out."""

    times_s: Floats
    xy: Floats
    """(n, 33, 2) px"""
    rest: Floats
    """(33, 2) px: the mean of start and end."""

    @property
    def torso_px(self) -> float:
        return kinematics.torso_length(self.rest)

    def extreme(self, values: Floats, uncertainty: Callable[[float], float]) -> Measurement:
        """Of (n,) degrees, less the straight line from start to end."""
        change = values - np.interp(self.times_s, self.times_s[[0, -1]], values[[0, -1]])
        at = int(np.argmax(change))
        value = float(change[at])
        return Measurement(value, "deg", uncertainty(value), at_s=float(self.times_s[at]))


def track(rep: RepWindow, top: Side) -> Track | None:
    """The repetition's landmarks; None where less than 60 % of it was seen."""
    xy = np.array([upright(o.pose.image_xy, top) - _camera_px(o) for o in rep.observations])
    seen = np.isfinite(xy).all(axis=(1, 2))
    inside = slice(rep.start, rep.end + 1)
    if seen[inside].mean() < 0.6:
        return None
    times = rep.times_s
    calm = _smooth(times[inside], times[seen], xy[seen].reshape(seen.sum(), -1)).reshape(-1, *xy.shape[1:])
    return Track(times[inside], calm, (calm[0] + calm[-1]) / 2)


def _camera_px(observation: Observation) -> Floats:
    return np.zeros(2) if observation.surface is None else observation.surface.background_px


def _smooth(at_s: Floats, times_s: Floats, values: Floats) -> Floats:
    """(m,), (n,), (n, k) -> (m, k): a Gaussian mean of the values around each time, bridged where there are none."""
    weight = np.exp(-0.5 * ((at_s[:, None] - times_s[None, :]) / SMOOTHING_S) ** 2)
    total = weight.sum(axis=1)
    mean = weight @ values / np.maximum(total, 1e-12)[:, None]
    for i in np.flatnonzero(total < 0.1):
        mean[i] = [np.interp(at_s[i], times_s, column) for column in values.T]
    return mean  # type: ignore[no-any-return]


class Lead:
    """A value carried on by its own speed for a moment, so that a warning does not come late by the running filter's lag."""

    def __init__(self) -> None:
        self._last_s, self._last, self._speed = math.nan, math.nan, 0.0

    def update(self, timestamp_s: float, value: float) -> float:
        passed_s = timestamp_s - self._last_s
        if math.isfinite(value - self._last) and passed_s > 0:
            share = 1.0 - math.exp(-passed_s / LEAD_S)
            self._speed += share * ((value - self._last) / passed_s - self._speed)
        else:
            self._speed = 0.0
        self._last_s, self._last = timestamp_s, value
        return value + LEAD_S * self._speed


class Pelvis:
    """Measures the pelvis of a lying person: running, and over a finished repetition."""

    def __init__(self, *, clam: bool) -> None:
        self._fit = PelvisFit(BANDS, COLUMNS, EDGE, clam=clam)
        self._running = RunningPelvis(self._fit)
        self._lead = Lead()
        self._top = Side.LEFT

    def update(self, observation: Observation, top: Side) -> tuple[float, float]:
        """Roll and hike so far, degrees; NaN where too little is seen."""
        self._top = top
        roll, hike, roll_sd, hike_sd = self._running.update(steady(observation), top)
        roll = self._lead.update(observation.timestamp_s, roll)
        return (
            roll if roll_sd < MOST_UNCERTAIN_DEG else math.nan,
            hike if hike_sd < MOST_UNCERTAIN_DEG / 2 else math.nan,
        )

    def evaluate(self, rep: RepWindow, *, either_way: bool) -> tuple[Measurement, Measurement]:
        """Roll and hike within the repetition, its drift taken out: at its end the leg is back where it was.

        either_way: whether a forward roll counts as well."""
        unseen = f"too little of your trunk's surface can be followed: {PLACE_CAMERA}, arms and band off the belly"
        lost = Measurement(None, "deg", why=unseen)
        moved = moved_cells(rep, self._top)
        if moved is None:
            return lost, lost
        times, motion = rep.times_s[rep.start : rep.end + 1], self._fit.whole(moved)
        roll = _extreme(times, motion.roll, motion.roll_sd, GAIN_ERROR, either_way=either_way)
        hike = _extreme(times, motion.hike, motion.hike_sd, HIKE_GAIN_ERROR, either_way=False)
        return (
            roll if motion.roll_sd.max() < MOST_UNCERTAIN_DEG else lost,
            hike if motion.hike_sd.max() < MOST_UNCERTAIN_DEG / 2 else lost,
        )


def steady(observation: Observation) -> SurfaceFrame | None:
    """The surface's motion less the camera's."""
    surface, xy = observation.surface, observation.pose.image_xy
    length = kinematics.torso_length(xy)
    if surface is None or surface.shift.shape != (BANDS, COLUMNS, 2):
        return None
    if not length > 0 or not surface.background_px.any():
        return surface
    along = (kinematics.mid_shoulder(xy) - kinematics.mid_hip(xy)) / length
    across = np.array([along[1], -along[0]])
    left = xy[L.LEFT_HIP] + xy[L.LEFT_SHOULDER] - xy[L.RIGHT_HIP] - xy[L.RIGHT_SHOULDER]
    axes = np.stack([along, across if across @ left >= 0 else -across])
    shift = surface.shift - axes @ surface.background_px / length
    return SurfaceFrame(surface.timestamp_s, shift, surface.points, surface.spread, surface.background_px)


def moved_cells(rep: RepWindow, top: Side) -> Floats | None:
    """(n, cells) how far the cells moved since the repetition's start, less a straight line to its end; None without any.

    A cell that is lost for a moment is bridged, one that is lost for long is NaN."""
    frames = [steady(o) for o in rep.observations]
    blank = np.full(BANDS * COLUMNS * 2, np.nan)
    shift = np.array([blank if frame is None else cells(frame.shift, top) for frame in frames])
    times, inside = rep.times_s, slice(rep.start, rep.end + 1)
    seen = np.isfinite(shift)
    steady_cells = np.flatnonzero(seen[inside].mean(axis=0) >= 0.6)
    if not len(steady_cells):
        return None
    out = np.full((rep.end + 1 - rep.start, shift.shape[1]), np.nan)
    for cell in steady_cells:
        good = seen[:, cell]
        bridged = _smooth(times[inside], times[good], shift[good, cell][:, None])[:, 0]
        out[:, cell] = bridged - np.interp(times[inside], times[[rep.start, rep.end]], bridged[[0, -1]])
    return out


def _extreme(times_s: Floats, values: Floats, sd: Floats, gain_error: float, *, either_way: bool) -> Measurement:
    at = int(np.argmax(np.abs(values) if either_way else values))
    value = float(values[at])
    return Measurement(value, "deg", Z90 * math.hypot(FIT_ERROR * float(sd[at]), gain_error * value), at_s=float(times_s[at]))
