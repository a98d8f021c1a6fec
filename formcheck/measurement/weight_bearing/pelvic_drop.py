"""How far the free side of the pelvis sinks, seen from the front, by three estimates ("witnesses") that fail for different
reasons.

They are: the line of the hip landmarks, corrected for the trunk's lean; the surface of the lowest trunk; the patch about the
waist. In painted clothes surface and waist are within a degree of each other; in real ones each alone is 2.4 to 3.1 degrees off,
the line 2.1. So the line is believed, and the other two as far as they agree with each other. The waist does not show the drop of
a trunk that turns; then the mean of line and surface is taken. But clothes that swing with the turn seem to sink: the more the
surface exceeds the line, the less it weighs.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from formcheck.frames import Floats, Observation, SurfaceFrame
from formcheck.measurement.repetition import RepWindow, extreme
from formcheck.measurement.weight_bearing import frontal_angles as wb
from formcheck.results import Measurement, Side
from formcheck.signals import kinematics
from formcheck.signals.body import FOOT
from formcheck.signals.smoothing import Exponential
from formcheck.system import fitted_file
from formcheck.system.language import to_translate

DROP = "pelvic_drop"
LINE, SURFACE, WAIST = "drop_hip_line", "drop_surface", "drop_waist"
ALIKE_DEG = 3.0
"""Surface and waist that differ by so much in a repetition (root mean square) weigh half as much as when they agree."""
MORE_DEG = 3.0
"""For a trunk that turns: a surface whose largest drop exceeds the line's by so much weighs half as much as one that does not. On
116 realistic repetitions the drop is then 2.2 degrees off, with 0 of 90 false findings; by the plain mean 2.6 and 2 of 90."""
UNSURE_DEG, SURELY_DEG, HARDLY_DEG = 11.0, 14.0, 4.0
"""When the estimates contradict each other about a fault, the drop is not assessable: it reads up to UNSURE_DEG (about the
limits) and the others read more than SURELY_DEG, or it reads more and the others less than HARDLY_DEG. The others are surface and
waist; of a trunk that turns, either of line and surface."""
DISAGREE = to_translate("hips, waist and clothes disagree about the pelvis: tuck in the shirt, or wear tighter clothes")


LEVEL_HEEL, LOW_GAIN = 0.09, 10.0
"""To a low camera a level line that turns about the body seems to tilt, the shoulders' line more than the hips'. How low the
camera stands shows in how far the stance heel is below the ankle in the picture. The hips' line tilts by LOW_GAIN x the
shoulders' tilt for each torso length of that beyond LEVEL_HEEL. In 13 realistic pivots, three seen from 0.2 m, the drop is 3.2
degrees off without it, and 1.9 with it."""
CAMERA_S = 4.0
"""Time constant of the camera's height."""


@dataclass(frozen=True, slots=True)
class HipLine:
    """Degrees of drop per degree of what landmarks show (scripts/fit_drop.py); + right side lower, or to the left."""

    hips: float
    """The hip landmarks' line: it shows a half to two thirds of a drop."""
    lean: float
    """The trunk's lean, which tilts the hip line. A pelvis that sinks also makes the trunk seem to lean."""
    shoulders: float
    """The shoulders' line. It tilts when the trunk leans, but not when the pelvis sinks under a level trunk."""

    def degrees(self, xy: Floats) -> float:
        """+ right side lower, with a constant offset."""
        return self.hips * wb.hip_line_tilt(xy) + self.lean * wb.trunk_lean(xy) + self.shoulders * wb.shoulder_line_tilt(xy)


SQUATTING = fitted_file.values("standing_drop", "squatting", HipLine)
TURNING = fitted_file.values("standing_drop", "turning", HipLine)


class PelvicDrop:
    """The free side's drop in degrees, + down, with a constant offset, by each estimate.

    An estimate that is lost for a while follows the hip line, without a step.
    """

    def __init__(self, *, turning: bool = False) -> None:
        """turning: the trunk turns."""
        self._line = TURNING if turning else SQUATTING
        self._turning = turning
        self._last: SurfaceFrame | None = None
        self._waist_deg = self._hip_line = math.nan
        self._heel = Exponential(CAMERA_S)
        self._seeming = math.nan
        self._sums = dict.fromkeys((LINE, SURFACE) if turning else (LINE, SURFACE, WAIST), 0.0)

    def update(self, observation: Observation, stance: Side) -> dict[str, float]:
        """The estimates by name, and the running value as DROP; each with an offset of its own."""
        hip_line = stance.sign * self._line.degrees(observation.pose.image_xy)
        line_step = _known(hip_line - self._hip_line, 0.0)
        surface_step = _known(self._surface_step(observation, stance), line_step)
        seeming_step = self._seeming_step(observation, stance) if self._turning else 0.0
        self._sums[LINE] += line_step - seeming_step
        self._sums[SURFACE] += surface_step - seeming_step
        if not self._turning:
            self._sums[WAIST] += self._waist_step(observation, stance, line_step, surface_step)
        self._hip_line = hip_line
        if math.isnan(hip_line):
            return dict.fromkeys((*self._sums, DROP), math.nan)
        now = (self._sums[LINE] + self._sums[SURFACE]) / 2 if self._turning else self._sums[LINE]
        return {**self._sums, DROP: now}

    def _surface_step(self, observation: Observation, stance: Side) -> float:
        before, self._last = self._last, observation.surface
        if before is None or self._last is None:
            return math.nan
        return stance.sign * wb.surface_turn(observation.pose.image_xy, before, self._last)

    def _seeming_step(self, observation: Observation, stance: Side) -> float:
        """Change of the drop that a low camera shows where there is none, degrees."""
        xy = observation.pose.image_xy
        ankle, heel, _ = FOOT[stance]
        torso = kinematics.torso_length(xy)
        below = (xy[heel][1] - xy[ankle][1]) / torso if torso > 0 else math.nan
        heel_now = self._heel.update(observation.timestamp_s, np.array(below))
        seeming = seeming_drop(LEVEL_HEEL if heel_now is None else float(heel_now), wb.shoulder_line_tilt(xy))
        before, self._seeming = self._seeming, stance.sign * seeming
        return _known(self._seeming - before, 0.0)

    def _waist_step(self, observation: Observation, stance: Side, line_step: float, surface_step: float) -> float:
        if observation.waist is None:  # nobody looked: two witnesses are left
            return (line_step + surface_step) / 2
        before, self._waist_deg = self._waist_deg, stance.sign * observation.waist.tilt_deg
        return _known(self._waist_deg - before, line_step)


def seeming_drop(heel: float, shoulders: float) -> float:
    """Drop in degrees that a low camera shows of a level pelvis that turns. heel: how far it is below the ankle, torso lengths;
    shoulders: tilt of the shoulders' line, degrees."""
    return LOW_GAIN * max(0.0, heel - LEVEL_HEEL) * shoulders


def believed_drop(rep: RepWindow) -> RepWindow:
    """The same, with what is believed of the repetition's drop in place of the running value."""
    inside = _seen(rep)
    if not len(inside):
        return rep
    changes = _changes(rep, inside)
    return replace(rep, series={**rep.series, DROP: _believed(changes, changes[:, inside])})


def largest_drop(rep: RepWindow, half_width: float, share: float) -> Measurement:
    """The largest drop in a repetition, degrees, + free side down. half_width, share: of the 90 % interval, degrees and per
    degree."""
    inside = _seen(rep)
    if not len(inside):
        return Measurement(None, "deg", why=wb.HIDDEN)
    changes = _changes(rep, inside)
    drop = extreme(believed_drop(rep), DROP, direction=1, uncertainty=lambda v: half_width + share * abs(v), why=wb.HIDDEN)
    if drop.value is None:
        return drop
    others = changes[-2:, inside].max(axis=1)  # of a squat those that are not the line
    torn = others.min() > SURELY_DEG if drop.value <= UNSURE_DEG else others.max() < HARDLY_DEG
    if len(changes) < 3:
        torn = others.max() > SURELY_DEG if drop.value <= UNSURE_DEG else others.min() < HARDLY_DEG
    return Measurement(None, "deg", why=DISAGREE) if torn else drop


def _seen(rep: RepWindow) -> NDArray[np.intp]:
    """Indices of the repetition's frames in which the drop is known."""
    return np.flatnonzero(np.isfinite(rep.series[DROP][rep.start : rep.end + 1])) + rep.start


def _changes(rep: RepWindow, inside: NDArray[np.intp]) -> Floats:
    """(witnesses, n) degrees since the first of these frames."""
    names = [name for name in (LINE, SURFACE, WAIST) if name in rep.series]
    return np.array([rep.series[name] - rep.series[name][inside[0]] for name in names])


def _believed(changes: Floats, inside: Floats) -> Floats:
    """(witnesses, n), the same within the repetition -> (n,) what is believed."""
    line = changes[0]
    if len(changes) < 3:
        more = max(0.0, float(np.nanmax(inside[1]) - np.nanmax(inside[0])))
        return np.asarray(line + 0.5 / (1.0 + (more / MORE_DEG) ** 2) * (changes[1] - line))
    apart = float(np.sqrt(np.mean((inside[1] - inside[2]) ** 2)))
    weight = 1.0 / (1.0 + (apart / ALIKE_DEG) ** 2)
    return np.asarray(line + weight * (np.median(changes, axis=0) - line))


def series_names() -> Mapping[str, float]:
    """What update() returns where the other foot carries: the same names, NaN."""
    return dict.fromkeys((LINE, SURFACE, WAIST, DROP), math.nan)


def _known(value: float, otherwise: float) -> float:
    return otherwise if math.isnan(value) else value
