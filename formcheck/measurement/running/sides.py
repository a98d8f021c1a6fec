"""Means of a run's stances: of each side, their difference, and what the run has as a whole."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.results import Measurement, Rep, Side, SideFigure
from formcheck.system.language import to_translate

STRAY = 4.0
"""A stance farther from its side's median than so many robust standard deviations is left out: a stumble, a look aside."""
UNSURE = 1.4
"""A stance whose uncertainty is larger than the median by this factor is left out of a mean."""
LEAST_STANCES = 3
"""No mean is taken of fewer."""
LEAST_REPS = 2
"""The same for a set that changes sides, whose repetitions are few and slow."""
TOGETHER_S = 0.9
"""Midstances of both feet that follow each other within this time are one step apart."""
UNEVEN = 0.1
"""A stride that differs by more than this share from the usual one does not count for the cadence: the first, or a stumble."""
OF_BOTH = 1.1
"""Factor from a stance's uncertainty to that of the difference of the sides, as each side has an error of its own (twelve
rendered runners)."""
OF_MEAN = 0.85
"""Share of a stance's uncertainty that remains in a mean over many stances: it comes from the body and the camera."""
OF_SET = 0.8
"""Both factors for a set that changes sides, where both sides have the same camera and clothes."""
IN_LINE = {"knee_valgus": "knee_valgus_in_line"}
"""Quantity that the camera's place shifts, in opposite directions on the two sides -> the same corrected for that. Uncorrected,
left against right says more of the camera than of the runner."""
KNEES_MEAN_DEG = 3.6
"""The part of a knee's half-width that both knees share, degrees. It cancels in their difference; the rest has opposite signs on
the two sides."""
NEAR_LINE_DEG = 1.6
"""The sides are compared uncorrected only where the shift is at most this (a camera within 2 degrees of the belt's axis)."""
Z90 = 1.645
"""Half of a 90 % interval in standard deviations."""
T90 = (6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833)
"""Student's t in place of Z90 for 2 to 10 values."""


@dataclass(frozen=True, slots=True)
class _Mean:
    value: float
    scatter: float
    """Half-width of the 90 % interval that the stances' scatter leaves of the mean."""
    common: float
    """Half-width of what all stances have in common."""
    n: int


def by_sides(reps: Sequence[Rep], *, run: bool = True) -> dict[str, dict[str, SideFigure]]:
    """left, right, difference (left less right) -> measurement -> mean over the side's stances.

    run: otherwise repetitions of a set, which are few and slow: each of them belongs to the mean.
    """
    names = list(dict.fromkeys(name for rep in reps for name in rep.measurements))
    out: dict[str, dict[str, SideFigure]] = {"left": {}, "right": {}, "difference": {}}
    of_mean, of_both = (OF_MEAN, OF_BOTH) if run else (OF_SET, OF_SET)
    for name in names:
        left, right = (
            _mean([rep.measurements[name] for rep in reps if rep.side is side and name in rep.measurements], run) for side in Side
        )
        for key, mean in (("left", left), ("right", right)):
            if mean is not None:
                out[key][name] = SideFigure(mean.value, _together(mean.scatter, of_mean * mean.common), mean.n)
        if left is not None and right is not None and (not run or _comparable(name, reps)):
            common = _of_both(name, max(left.common, right.common), of_both)
            wide = _together(left.scatter, right.scatter, common)
            out["difference"][name] = SideFigure(left.value - right.value, wide, min(left.n, right.n))
    return out if out["left"] or out["right"] else {}


def _of_both(name: str, common: float, of_both: float) -> float:
    """The part of a stance's uncertainty that remains in the difference of the sides."""
    if name not in (*IN_LINE, *IN_LINE.values()):
        return of_both * common
    opposite = math.sqrt(max(0.0, common**2 - KNEES_MEAN_DEG**2))
    return min(of_both * common, 2 * opposite)


def _comparable(name: str, reps: Sequence[Rep]) -> bool:
    """Whether what is seen of the two sides may be held against each other."""
    if name not in IN_LINE:
        return True
    both = [(rep.measurements.get(name), rep.measurements.get(IN_LINE[name])) for rep in reps]
    shifts = [abs(b.value - a.value) for a, b in both if a and b and a.value is not None and b.value is not None]
    return bool(shifts) and statistics.median(shifts) <= NEAR_LINE_DEG


def cadence(reps: Sequence[Rep]) -> Measurement:
    """Steps a minute, from the time from a foot's midstance to its next: left and right steps may differ."""
    strides = [c.peak_s - a.peak_s for a, b, c in zip(reps, reps[1:], reps[2:], strict=False) if _follow(a, b) and _follow(b, c)]
    usual = statistics.median(strides) if strides else 0.0
    even = [stride for stride in strides if abs(stride - usual) <= UNEVEN * usual]
    if len(even) < LEAST_STANCES:
        return Measurement(None, "steps/min", why=to_translate("too few steps followed each other"))
    return Measurement(120.0 / statistics.fmean(even), "steps/min", 1.0)


def _follow(one: Rep, other: Rep) -> bool:
    return one.side is not other.side and 0 < other.peak_s - one.peak_s < TOGETHER_S


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


def _mean(measurements: Sequence[Measurement], run: bool) -> _Mean | None:
    known = _best([m for m in measurements if m.value is not None])
    if len(known) < (LEAST_STANCES if run else LEAST_REPS):
        return None
    kept = [m for m, keep in zip(known, _kept(known), strict=True) if keep or not run]
    values = np.array([m.value for m in kept])
    factor = Z90 if run or len(values) - 2 >= len(T90) else T90[len(values) - 2]
    scatter = factor * float(np.std(values, ddof=1)) / len(values) ** 0.5
    return _Mean(float(values.mean()), scatter, statistics.median(m.uncertainty or 0.0 for m in kept), len(kept))


def _best(known: Sequence[Measurement]) -> Sequence[Measurement]:
    """Without those that are far less certain than most: the first of a run, before the set-up is known."""
    usual = statistics.median([m.uncertainty or 0.0 for m in known]) if known else 0.0
    return [m for m in known if (m.uncertainty or 0.0) <= UNSURE * usual]


def _kept(measurements: Sequence[Measurement]) -> list[bool]:
    """Whether each belongs to the others. It always does if it differs from the median by no more than its uncertainty."""
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
