"""The pelvis of a lying person: roll and hike, running and over a repetition; the landmarks' track over a repetition."""

import math
from collections.abc import Callable, Container
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats, Observation, SurfaceFrame
from formcheck.measurement.lying.posture import PLACE_CAMERA, has_side_up, with_side_up
from formcheck.measurement.lying.surface_fit import PelvisFit, RunningPelvis, cells
from formcheck.measurement.repetition import Course, RepWindow
from formcheck.results import Measurement, Side
from formcheck.signals import kinematics
from formcheck.signals.body import exchanged
from formcheck.signals.smoothing import bridged, newest_weight
from formcheck.system.kept_words import kept

BANDS, COLUMNS, EDGE = 10, 4, 1.15
"""The trunk's cells as motion/surface.py makes them; other shapes are not read."""
ROLL_ERROR, HIKE_ERROR = (2.2, 0.20), (1.1, 0.20)
"""Standard deviation of a repetition's roll and hike: for each unit of the fit's misfit, degrees, and for each degree of the
value. Chosen on 231 repetitions of 45 rendered bodies, ideal and realistic: on the realistic ones the intervals hold in 91 to 96
% (roll) and 88 to 100 % (hike). Narrower ones, fitted to 35 others and some of these, held in 79 and 71 % of 13 new ones."""
LEAST_MISFIT = 0.5
HIKE_IN_ROLL = 0.3
"""Share of a hike that the fit takes for a roll as well (the same repetitions)."""
MOST_UNCERTAIN_DEG = 5.0
"""A roll whose fit has a larger standard deviation is not assessable."""
LEAST_SEEN = 0.45
"""Share of the trunk's cells that must be tracked. With fewer, in dark cloth, rolls of 13 and 28 degrees were read where there
was none. All other rendered repetitions but one show more."""
MOST_MISFIT, MOST_ROLL_DEG = 2.9, 60.0
"""Beyond these something other than a trunk is tracked. Rendered repetitions seen from the front fit within 2.9, but for a few in
very loose clothes, of whose hikes most were 4 to 7 degrees off; from 45 degrees toward the feet, where the thigh covers the
belly, with 3.0 to 4.1 and rolls of 49 to 85 degrees that are none."""
Z90, Z90_EITHER_WAY = 1.645, 1.960
"""Half of a 90 % interval in standard deviations. Where the larger of two directions is taken, either may err: half of a 95 %
one."""
LEAD_S = 0.22
"""How far ahead the running roll is extrapolated, to make up for the filter's delay."""
SMOOTHING_S = 0.08
MARGIN_DEG = 1.1
"""How far beyond its limit a running roll must be for a cue, degrees for each unit of the fit's misfit: half of ROLL_ERROR. A
running roll errs by so much because the drift is known only when the repetition has ended (29 rendered bodies)."""


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """The landmarks of a lying person over one repetition, smoothed, swaps undone, the camera's own motion taken out."""

    times_s: Floats
    xy: Floats
    """(n, 33, 2) px"""
    rest: Floats
    """(33, 2) px: the mean of start and end."""
    shown: Floats
    """(33,) 0-1: mean visibility. A limb behind a piece of furniture is told by it; a wrong person is not."""

    @property
    def torso_px(self) -> float:
        return kinematics.torso_length(self.rest)

    def extreme(self, values: Floats, uncertainty: Callable[[float], float]) -> Measurement:
        """Of (n,) degrees, less the straight line from start to end."""
        change = values - np.interp(self.times_s, self.times_s[[0, -1]], values[[0, -1]])
        at = int(np.argmax(change))
        value = float(change[at])
        return Measurement(value, "deg", uncertainty(value), at_s=float(self.times_s[at]))


def track(rep: RepWindow, top: Side, passed_over: Container[float] = ()) -> Track | None:
    """The repetition's landmarks; None where less than 60 % of it was seen. passed_over: the times of poses to leave out."""
    xy = np.array([with_side_up(o.still_xy, top) for o in rep.observations])
    seen = np.isfinite(xy).all(axis=(1, 2)) & np.array([o.timestamp_s not in passed_over for o in rep.observations])
    inside = slice(rep.start, rep.end + 1)
    if seen[inside].mean() < 0.6:
        return None
    times = rep.times_s
    calm = bridged(times[inside], times[seen], xy[seen].reshape(seen.sum(), -1), SMOOTHING_S).reshape(-1, *xy.shape[1:])
    shown = np.mean([visibility(o, top) for o in rep.observations[inside]], axis=0)
    return Track(times[inside], calm, (calm[0] + calm[-1]) / 2, shown)


def visibility(observation: Observation, top: Side) -> Floats:
    """(33,) 0-1, as with_side_up() has the landmarks."""
    pose = observation.pose
    seen = np.nan_to_num(pose.visibility)
    return seen if has_side_up(pose.image_xy, top) else exchanged(seen)


class Extrapolated:
    """A value extrapolated by its own speed over LEAD_S, so that a cue is not late by the filter's delay."""

    def __init__(self) -> None:
        self._last_s, self._last, self._speed = math.nan, math.nan, 0.0

    def update(self, timestamp_s: float, value: float) -> float:
        """In the value's unit; NaN where it is NaN."""
        passed_s = timestamp_s - self._last_s
        if math.isfinite(value - self._last) and passed_s > 0:
            self._speed += newest_weight(passed_s, LEAD_S) * ((value - self._last) / passed_s - self._speed)
        else:
            self._speed = 0.0
        self._last_s, self._last = timestamp_s, value
        return value + LEAD_S * self._speed


class Pelvis:
    """Measures the pelvis of a lying person: running, and over a finished repetition."""

    def __init__(self, *, clam: bool) -> None:
        self._fit = PelvisFit(BANDS, COLUMNS, EDGE, clam=clam)
        self._running = RunningPelvis(self._fit)
        self._ahead = Extrapolated()
        self._top = Side.LEFT
        self.margin_deg = MARGIN_DEG * MOST_MISFIT
        """How far beyond its limit the newest running roll must be for a cue, degrees."""
        self.course: Course | None = None
        """Of the repetition that was evaluated last."""

    def update(self, observation: Observation, top: Side, toward_feet: float) -> tuple[float, float]:
        """Roll and hike so far, degrees; NaN where too little is seen. toward_feet: where the camera stands, degrees."""
        self._top = top
        motion = self._running.update(readable(observation), top)
        if motion is None or self._running.seen < LEAST_SEEN:
            return self._ahead.update(observation.timestamp_s, math.nan), math.nan
        self.margin_deg = MARGIN_DEG * max(float(motion.misfit[0]), LEAST_MISFIT)
        hike = float(motion.hike[0])
        roll = float(motion.roll[0]) - (math.sin(math.radians(toward_feet)) + HIKE_IN_ROLL) * hike
        roll = self._ahead.update(observation.timestamp_s, roll)
        if motion.misfit[0] > MOST_MISFIT:
            return math.nan, math.nan
        return (
            roll if motion.roll_sd[0] < MOST_UNCERTAIN_DEG else math.nan,
            hike if motion.hike_sd[0] < MOST_UNCERTAIN_DEG / 2 else math.nan,
        )

    def evaluate(self, rep: RepWindow, toward_feet: float, *, either_way: bool) -> tuple[Measurement, Measurement]:
        """Roll and hike within the repetition, degrees. Drift is taken out: at the end the leg is back where it was.

        A hike turns the pelvis about an axis that points straight forward. A camera that stands elsewhere sees part of it as a
        roll, and that part is subtracted. either_way: whether a forward roll counts as well."""
        unseen = kept(
            "too little of your trunk's surface can be followed: {place}, arms and band off the belly", place=PLACE_CAMERA
        )
        lost = Measurement(None, "deg", why=unseen)
        moved = moved_cells(rep, self._top)
        self.course = None
        if moved is None:
            return lost, lost
        times, motion = rep.times_s[rep.start : rep.end + 1], self._fit.whole(moved)
        rolled = motion.roll - (math.sin(math.radians(toward_feet)) + HIKE_IN_ROLL) * motion.hike
        self.course = Course(times, {"pelvic_roll": rolled, "pelvic_hike": motion.hike})
        misfit = max(float(motion.misfit.max()), LEAST_MISFIT)
        roll = _extreme(times, rolled, ROLL_ERROR, misfit, either_way=either_way)
        hike = _extreme(times, motion.hike, HIKE_ERROR, misfit, either_way=False)
        seen = np.isfinite(moved).all(axis=0).mean()
        if seen < LEAST_SEEN or misfit > MOST_MISFIT or np.abs(motion.roll).max() > MOST_ROLL_DEG:
            return lost, lost
        return (
            roll if motion.roll_sd.max() < MOST_UNCERTAIN_DEG else lost,
            hike if motion.hike_sd.max() < MOST_UNCERTAIN_DEG / 2 else lost,
        )


def readable(observation: Observation) -> SurfaceFrame | None:
    """The surface's motion, where it has the bands and columns that are read here."""
    surface = observation.surface
    return surface if surface is not None and surface.shift.shape == (BANDS, COLUMNS, 2) else None


def moved_cells(rep: RepWindow, top: Side) -> Floats | None:
    """(n, cells) how far the cells moved since the repetition's start, less a straight line to its end; None without any.

    A cell that is lost for a moment is bridged, one that is lost for long is NaN."""
    frames = [readable(o) for o in rep.observations]
    blank = np.full(BANDS * COLUMNS * 2, np.nan)
    shift = np.array([blank if frame is None else cells(frame.shift, top) for frame in frames])
    times, inside = rep.times_s, slice(rep.start, rep.end + 1)
    seen = np.isfinite(shift)
    steady_cells = np.flatnonzero(seen[inside].mean(axis=0) >= 0.6)
    if not len(steady_cells):
        return None
    calm = bridged(times[inside], times, shift[:, steady_cells], SMOOTHING_S)
    way = (times[inside] - times[rep.start]) / max(
        times[rep.end] - times[rep.start], 1e-9
    )  # few frames: start and end may be one
    out = np.full((len(way), shift.shape[1]), np.nan)
    out[:, steady_cells] = calm - calm[0] - way[:, None] * (calm[-1] - calm[0])
    return out


def _extreme(times_s: Floats, values: Floats, error: tuple[float, float], misfit: float, *, either_way: bool) -> Measurement:
    at = int(np.argmax(np.abs(values) if either_way else values))
    value = float(values[at])
    wide = Z90_EITHER_WAY if either_way else Z90
    return Measurement(value, "deg", wide * math.hypot(error[0] * misfit, error[1] * value), at_s=float(times_s[at]))
