"""How far the free side of the pelvis sinks, seen from the front: three witnesses, and what the middle one says.

The hip landmarks' line, the surface of the lowest trunk and the patch about the waist fail for different reasons (clothes that
slip, a shirt over the waist, a leaning trunk). On rendered single-leg squats each alone is 2.7 to 3.4 degrees off in real
clothes, the middle one 2.4, and 0.7 in painted ones (the surface alone 1.1); in pivots 3.7 and 1.1.
"""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from formcheck.frames import Floats, Observation, SurfaceFrame
from formcheck.measurement.repetition import RepWindow, extreme
from formcheck.measurement.weight_bearing import frontal_angles as wb
from formcheck.results import Measurement, Side
from formcheck.system.language import to_translate

DROP = "pelvic_drop"
WITNESSES = ("drop_hip_line", "drop_surface", "drop_waist")
UNSURE_DEG = 11.0
"""The limits of a drop lie about here: where the middle witness says less and another more than"""
SURELY_DEG = 14.0
"""this, or the middle one more and another less than"""
HARDLY_DEG = 4.0
"""this, nothing is said."""
DISAGREE = to_translate("hips, waist and clothes disagree about the pelvis: tuck in the shirt, or wear tighter clothes")


class PelvicDrop:
    """The free side's drop in degrees, + down, with a constant offset, as each witness shows it.

    What is lost for a while goes with the hip line, without a step.
    """

    def __init__(self, *, turning: bool = False) -> None:
        """turning: the trunk turns, and its lean says nothing of the hip line."""
        self._turning = turning
        self._last: SurfaceFrame | None = None
        self._waist_deg = self._hip_line = math.nan
        self._sums = dict.fromkeys(WITNESSES, 0.0)

    def update(self, observation: Observation, stance: Side) -> dict[str, float]:
        """The witnesses, and under DROP their mean, for running values: offsets do not matter to it."""
        hip_line = stance.sign * self._hip_line_deg(observation.pose.image_xy)
        line_step = _known(hip_line - self._hip_line, 0.0)
        waist_deg = math.nan if observation.waist is None else stance.sign * observation.waist.tilt_deg
        surface = observation.surface
        step = math.nan
        if surface is not None and self._last is not None:
            step = stance.sign * wb.surface_turn(observation.pose.image_xy, self._last, surface)
        steps = (line_step, _known(step, line_step), _known(waist_deg - self._waist_deg, line_step))
        if observation.waist is None:  # nobody looked: two witnesses are left
            steps = (line_step, steps[1], (line_step + steps[1]) / 2)
        for name, by in zip(WITNESSES, steps, strict=True):
            self._sums[name] += by
        self._last, self._waist_deg, self._hip_line = surface, waist_deg, hip_line
        if math.isnan(hip_line):
            return dict(series_names())
        return {**self._sums, DROP: sum(self._sums.values()) / len(WITNESSES)}

    def _hip_line_deg(self, xy: Floats) -> float:
        if self._turning:
            return wb.HIP_LINE_ALONE_GAIN * wb.hip_line_tilt(xy)
        return wb.HIP_LINE_GAIN * wb.hip_line_tilt(xy) + wb.HIP_LINE_LEAN * wb.trunk_lean(xy)


def largest_drop(rep: RepWindow, half_width: float, share: float) -> Measurement:
    """What the middle witness says of a repetition. half_width, share: of the 90 % interval, degrees and per degree."""
    inside = np.flatnonzero(np.isfinite(rep.series[DROP][rep.start : rep.end + 1])) + rep.start
    if not len(inside):
        return Measurement(None, "deg", why=wb.HIDDEN)
    changes = np.array([rep.series[name] - rep.series[name][inside[0]] for name in WITNESSES])
    middle = np.median(changes, axis=0)  # NaN where nothing is seen
    told = replace(rep, series={**rep.series, DROP: middle})
    drop = extreme(told, DROP, direction=1, uncertainty=lambda v: half_width + share * abs(v), why=wb.HIDDEN)
    if drop.value is None:
        return drop
    each = changes[:, inside].max(axis=1)
    torn = each.max() > SURELY_DEG if drop.value <= UNSURE_DEG else each.min() < HARDLY_DEG
    return Measurement(None, "deg", why=DISAGREE) if torn else drop


def series_names() -> Mapping[str, float]:
    """What update() says where the other foot carries."""
    return dict.fromkeys((*WITNESSES, DROP), math.nan)


def _known(value: float, otherwise: float) -> float:
    return otherwise if math.isnan(value) else value
