"""What the lying exercises share: who lies how, the pelvis' roll and hike from the trunk's surface, angles of the working leg.

The model is geometry with a few fitted numbers (scripts/fit_pelvis.py). A surface point at depth r before the axis of a roll
moves by r·roll across the trunk; bands near the hip line follow the pelvis, bands near the shoulders the chest, which may
follow the pelvis or not. A hike turns the pelvis in the picture: it shears the low bands along the trunk and drops all above
them toward the floor. The working leg drags at the lowest bands only. A least-squares fit of these few motions to what the
bands did, step by step, gives roll and hike.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from formcheck import kinematics
from formcheck.exercises.base import RepWindow
from formcheck.frames import Floats, Observation, SurfaceFrame
from formcheck.frames import Landmark as L
from formcheck.results import Measurement, Side

PLACE_CAMERA = "put the camera in front of you, level with the hips, the whole body in the picture"

RISE = (
    (0.0028, 0.0027, 0.0020, 0.0013, 0.0002, 0.0, 0.0, 0.0, 0.0, 0.0),
    (0.0, 0.0, 0.0008, 0.0018, 0.0033, 0.0035, 0.0041, 0.0044, 0.0040, 0.0033),
    (-0.0014, -0.0032, -0.0042, -0.0047, -0.0049, -0.0052, -0.0052, -0.0051, -0.0050, -0.0047),
    (0.0012, 0.0003, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    (0.0010, 0.0006, 0.0002, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
)
"""Torso lengths toward the top side per degree, for each tenth of the trunk from the hip line up, of: the pelvis' roll, the
chest's roll, the pelvis' hike, the clam's opening, the lift of the lower knee."""
SHEAR = (
    (0.0,) * 10,
    (0.0,) * 10,
    (0.0028, 0.0025, 0.0024, 0.0014, 0.0007, 0.0, 0.0, 0.0, 0.0, 0.0),
    (-0.0004, -0.0002, -0.0001, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    (-0.0004, -0.0004, -0.0004, -0.0002, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
)
"""The same for the motion toward the head, per half width of the trunk toward the top side."""
RISE_NOISE = (0.024, 0.014, 0.007, 0.008, 0.012, 0.007, 0.006, 0.0045, 0.0045, 0.008)
SHEAR_NOISE = (0.012, 0.010, 0.008, 0.010, 0.008, 0.0075, 0.006, 0.006, 0.006, 0.006)
"""Standard deviation of what the fit leaves, over a repetition."""
LEG_NOISE_DEG = 6.0
PRIOR_DEG = (12.0, 6.0, 35.0, 8.0)
"""Standard deviations of roll, hike, opening, knee lift: what a fit without points falls back to zero with."""
CHEST_SHARE, CHEST_SPREAD = 0.5, 0.25
"""How much of the pelvis' roll the chest takes, and how much that varies between people."""
GAIN_ERROR = 0.15
"""Bodies are more or less deep for their length: relative standard deviation of the roll."""
MOST_UNCERTAIN_DEG = 6.0
"""Beyond this standard deviation roll or hike are not assessable."""
Z90 = 1.645

Solved: TypeAlias = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Pelvis:
    """The pelvis' motion so far, degrees, NaN where it cannot be told; standard deviations of it over a repetition."""

    roll: float
    """+ top side backward, away from the way the body faces."""
    hike: float
    """+ top side toward the head."""
    roll_sd: float
    hike_sd: float


class PelvisMotion:
    """Sums the pelvis' motion step by step from the trunk's surface and the working leg's angles."""

    def __init__(self) -> None:
        self._templates = np.concatenate([np.array(RISE).T, np.array(SHEAR).T, np.eye(5)[3:]])
        self._variance = np.array([*RISE_NOISE, *SHEAR_NOISE, LEG_NOISE_DEG, LEG_NOISE_DEG]) ** 2
        roll, hike, opening, lift = np.square(PRIOR_DEG)
        self._prior = np.diag([roll, (CHEST_SHARE**2 + CHEST_SPREAD**2) * roll, hike, opening, lift])
        self._prior[0, 1] = self._prior[1, 0] = CHEST_SHARE * roll
        self._last: SurfaceFrame | None = None
        self._leg = np.full(2, np.nan)
        self._sum = np.zeros(5)

    def update(self, surface: SurfaceFrame | None, top: Side, opening: float = math.nan, lift: float = math.nan) -> Pelvis:
        """top: the side that is up in the picture. opening, lift: the leg's angles in degrees, where known."""
        leg = np.array([opening, lift])
        if surface is None or self._last is None:
            self._last, self._leg = surface, leg
            return Pelvis(math.nan, math.nan, math.inf, math.inf)
        step = np.concatenate([_bands(surface.shift - self._last.shift, top), leg - self._leg])
        self._last, self._leg = surface, leg
        motion, covariance = self._solve(step)
        self._sum += motion
        roll_sd, hike_sd = math.sqrt(covariance[0, 0]), math.sqrt(covariance[2, 2])
        return Pelvis(
            float(self._sum[0]) if roll_sd < MOST_UNCERTAIN_DEG else math.nan,
            float(self._sum[2]) if hike_sd < 0.6 * MOST_UNCERTAIN_DEG else math.nan,
            roll_sd,
            hike_sd,
        )

    def _solve(self, step: Floats) -> Solved:
        """Least squares with priors: the motions that explain what was seen, and their covariance."""
        seen = np.isfinite(step)
        model = self._templates[seen]
        spread = model @ self._prior
        gain = np.linalg.solve(spread @ model.T + np.diag(self._variance[seen]), spread).T
        return gain @ step[seen], self._prior - gain @ spread


def _bands(step: Floats, top: Side) -> Floats:
    """(bands, columns, 2) -> (2·bands,): rise of each band toward the top side, then its shear; NaN where not seen."""
    rise, along = step[..., 1] * top.sign, step[..., 0]
    columns = step.shape[1]
    place = (np.arange(columns) + 0.5) * 2 / columns - 1
    place = np.where(np.isfinite(along), place * top.sign, np.nan)
    count = np.isfinite(along).sum(axis=1)
    some, several = np.maximum(count, 1), count > 1
    centred = place - (np.nansum(place, axis=1) / some)[:, None]
    slope = np.nansum(centred * along, axis=1) / np.where(several, np.nansum(centred**2, axis=1), 1.0)
    return np.concatenate([np.where(count > 0, np.nansum(rise, axis=1) / some, np.nan), np.where(several, slope, np.nan)])


class Lying:
    """Which side is up, frame by frame, and the landmarks with left/right swaps undone."""

    def __init__(self) -> None:
        self._lead: float | None = None
        self._last_s = -math.inf

    def update(self, observation: Observation) -> tuple[Side, Floats] | None:
        """The side that is up and (33, 2) px; None while nobody is seen."""
        xy = observation.pose.image_xy
        lead = _left_above(xy)
        if not math.isfinite(lead):
            return None
        if self._lead is None:
            self._lead = lead
        share = 1.0 - math.exp(-min(observation.timestamp_s - self._last_s, 1.0) / 2.0)
        self._last_s = observation.timestamp_s
        self._lead += share * (lead - self._lead)
        top = Side.LEFT if self._lead >= 0 else Side.RIGHT
        return top, xy if lead * top.sign >= 0 else swapped(xy)


_SWAP: NDArray[np.int64] = np.array(
    [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(i + (1 if i % 2 else -1) for i in range(L.LEFT_SHOULDER, L.RIGHT_FOOT_INDEX + 1))]
)


def swapped(points: Floats) -> Floats:
    """(33, d) with left and right exchanged."""
    return points[_SWAP]


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


def level(rep: RepWindow, name: str) -> Floats:
    """(end - start + 1,) the series within the repetition less a straight line from its start to its end: what stays there is
    drift, for the leg is back where it was."""
    values = rep.series[name][rep.start : rep.end + 1]
    times = rep.times_s[rep.start : rep.end + 1]
    finite = np.flatnonzero(np.isfinite(values))
    if not len(finite):
        return values
    first, last = finite[0], finite[-1]
    return values - np.interp(times, times[[first, last]], values[[first, last]])


def peak(
    rep: RepWindow, name: str, uncertainty: Callable[[float], float], why: str, *, direction: int = 1, levelled: bool = True
) -> Measurement:
    """The series' extreme within the repetition: direction +1 the largest, 0 the largest in size with its sign."""
    values = level(rep, name) if levelled else rep.series[name][rep.start : rep.end + 1] - rep.series[name][rep.start]
    finite = np.isfinite(values)
    if finite.mean() < 0.6:
        return Measurement(None, "deg", why=why)
    at = int(np.nanargmax(values if direction else np.abs(values)))
    value = float(values[at])
    return Measurement(value, "deg", uncertainty(value), at_s=float(rep.times_s[rep.start + at]))
