"""Means of a run's stances: of each side, their difference, and what the run has as a whole."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from formcheck.results import Measurement, Rep, Side, SideFigure

STRAY = 4.0
"""A stance farther from its side's median than so many robust standard deviations is left out: a stumble, a look aside."""
LEAST_STANCES = 3
"""A mean of fewer is none."""
TOGETHER_S = 0.6
"""Midstances that follow each other within this time are one step apart."""
UNEVEN = 0.1
"""A step that differs by more than this share from the usual one is no step of the run's: its first, or a stumble."""
OF_BOTH = 0.8
"""Share of a stance's uncertainty that stays in the difference of the sides: a camera off the belt's axis shifts knees apart."""
OF_MEAN = 0.8
"""Share of a stance's uncertainty that no mean over stances takes away: it is the body's and the camera's own."""
Z90 = 1.645


@dataclass(frozen=True, slots=True)
class _Mean:
    value: float
    scatter: float
    """Half-width of the 90 % interval that the stances' scatter leaves of the mean."""
    common: float
    """Half-width of what all stances have in common."""
    n: int


def by_sides(reps: Sequence[Rep]) -> dict[str, dict[str, SideFigure]]:
    """left, right, difference (left less right) -> measurement -> mean over the side's stances."""
    names = list(dict.fromkeys(name for rep in reps for name in rep.measurements))
    out: dict[str, dict[str, SideFigure]] = {"left": {}, "right": {}, "difference": {}}
    for name in names:
        left, right = (
            _mean([rep.measurements[name] for rep in reps if rep.side is side and name in rep.measurements]) for side in Side
        )
        for key, mean in (("left", left), ("right", right)):
            if mean is not None:
                out[key][name] = SideFigure(mean.value, _together(mean.scatter, OF_MEAN * mean.common), mean.n)
        if left is not None and right is not None:
            common = OF_BOTH * max(left.common, right.common)
            wide = _together(left.scatter, right.scatter, common)
            out["difference"][name] = SideFigure(left.value - right.value, wide, min(left.n, right.n))
    return out if out["left"] or out["right"] else {}


def cadence(reps: Sequence[Rep]) -> Measurement:
    """Steps a minute, from the time between midstances."""
    mids = [rep.peak_s for rep in reps]
    together = [b - a for a, b in pairwise(mids) if 0 < b - a < TOGETHER_S]
    usual = statistics.median(together) if together else 0.0
    steps = [step for step in together if abs(step - usual) <= UNEVEN * usual]
    if len(steps) < LEAST_STANCES:
        return Measurement(None, "steps/min", why="too few steps followed each other")
    return Measurement(60.0 / statistics.fmean(steps), "steps/min", 1.0)


def course(reps: Sequence[Rep], name: str, side: Side) -> tuple[float, float] | None:
    """Mean of a side's first and of its last minute (of a shorter run: of its first and last third); None for too few."""
    stances = [(rep.peak_s, rep.measurements[name].value) for rep in reps if rep.side is side and name in rep.measurements]
    known = [(t, v) for t, v in stances if v is not None]
    if len(known) < 2 * LEAST_STANCES:
        return None
    first_s, last_s = known[0][0], known[-1][0]
    part_s = min(60.0, (last_s - first_s) / 3)
    early, late = [v for t, v in known if t <= first_s + part_s], [v for t, v in known if t >= last_s - part_s]
    return statistics.fmean(early), statistics.fmean(late)


def strays(reps: Sequence[Rep]) -> int:
    """Stances that were left out of a mean."""
    out = set()
    for side in Side:
        for name in {n for rep in reps for n in rep.measurements}:
            own = [(r.number, m) for r in reps if r.side is side and (m := r.measurements.get(name)) and m.value is not None]
            if own:
                kept = _kept([m for _, m in own])
                out |= {number for (number, _), keep in zip(own, kept, strict=True) if not keep}
    return len(out)


def _mean(measurements: Sequence[Measurement]) -> _Mean | None:
    known = [m for m in measurements if m.value is not None]
    if len(known) < LEAST_STANCES:
        return None
    kept = [m for m, keep in zip(known, _kept(known), strict=True) if keep]
    values = np.array([m.value for m in kept])
    scatter = Z90 * float(np.std(values, ddof=1)) / len(values) ** 0.5
    return _Mean(float(values.mean()), scatter, statistics.median(m.uncertainty or 0.0 for m in kept), len(kept))


def _kept(measurements: Sequence[Measurement]) -> list[bool]:
    """Whether each belongs to the others. One that the median lies within the uncertainty of always does."""
    values = [m.value or 0.0 for m in measurements]
    middle = statistics.median(values)
    away = [abs(value - middle) for value in values]
    far = STRAY * 1.4826 * statistics.median(away)
    return [a <= max(far, m.uncertainty or 0.0) for a, m in zip(away, measurements, strict=True)]


def _together(*widths: float) -> float:
    return float(sum(w * w for w in widths) ** 0.5)


def summary(reps: Sequence[Rep]) -> Mapping[str, Measurement]:
    """Of the whole run."""
    return {"cadence_spm": cadence(reps)}
