"""How a run changes as the runner tires: each side's first against its last minute, and its course."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.measurement.running.sides import LEAST_STANCES, Z90, cadence
from formcheck.results import Rep, Side
from formcheck.system import fitted_file

MINUTE_S = 60.0
DRIFT = fitted_file.values("run_change", "within_a_run", dict[str, float])
"""Quantity -> the largest error of a change within a run, in the quantity's unit (scripts/fit_run_change.py). More stances do not
make it smaller."""
MIDSTANCE_S = 0.015
"""Error in time of one midstance. The cadence of a part depends on its first and last one."""
STRETCHES = 30
"""The most points of a course."""
STRETCH_S = 3.0
"""A point of a course is a mean over at least this time."""


@dataclass(frozen=True, slots=True)
class Change:
    """One side's measure in the first and in the last part of a run."""

    quantity: str
    side: Side | None
    """None: of both feet."""
    unit: str
    first: float
    last: float
    detectable: float
    """What the stances' scatter (90 %) and the picture may make of it. What is wrong in all stances alike cancels out."""

    @property
    def change(self) -> float:
        return self.last - self.first

    @property
    def real(self) -> bool:
        return abs(self.change) > self.detectable


def part_s(reps: Sequence[Rep]) -> float:
    """How long the first and the last part are: a minute, of a run of less than three minutes a third."""
    return min(MINUTE_S, (reps[-1].peak_s - reps[0].peak_s) / 3) if reps else 0.0


def changes(reps: Sequence[Rep], quantities: Sequence[str]) -> tuple[Change, ...]:
    """Cadence first, then each quantity's left and right; those with too few stances are left out."""
    length = part_s(reps)
    early = [rep for rep in reps if rep.peak_s <= reps[0].peak_s + length]
    late = [rep for rep in reps if rep.peak_s >= reps[-1].peak_s - length]
    found = [_cadence(early, late)]
    found += [_change(name, side, early, late) for name in quantities for side in Side]
    return tuple(change for change in found if change is not None)


def course(reps: Sequence[Rep], quantity: str, side: Side) -> list[tuple[float, float]]:
    """(time, mean over the stances about it) of one side, in order."""
    known = _known(reps, quantity, side)
    if not known:
        return []
    first_s, last_s = known[0][0], known[-1][0]
    length = max(STRETCH_S, (last_s - first_s) / STRETCHES)
    stretches: dict[int, list[tuple[float, float]]] = {}
    for at_s, value in known:
        stretches.setdefault(int((at_s - first_s) / length), []).append((at_s, value))
    return [(statistics.fmean(t for t, _ in some), statistics.fmean(v for _, v in some)) for some in stretches.values()]


def _known(reps: Sequence[Rep], quantity: str, side: Side) -> list[tuple[float, float]]:
    own = [(rep.peak_s, rep.measurements.get(quantity)) for rep in reps if rep.side is side]
    return [(t, m.value) for t, m in own if m is not None and m.value is not None]


def _change(quantity: str, side: Side, early: Sequence[Rep], late: Sequence[Rep]) -> Change | None:
    parts = [[v for _, v in _known(part, quantity, side)] for part in (early, late)]
    if min(map(len, parts)) < LEAST_STANCES:
        return None
    scatter = Z90 * sum(statistics.variance(part) / len(part) for part in parts) ** 0.5
    wide = math.hypot(scatter, DRIFT.get(quantity, 0.0))
    unit = next(m.unit for rep in (*early, *late) if (m := rep.measurements.get(quantity)) is not None)
    return Change(quantity, side, unit, statistics.fmean(parts[0]), statistics.fmean(parts[1]), wide)


def _cadence(early: Sequence[Rep], late: Sequence[Rep]) -> Change | None:
    rates = [cadence(part) for part in (early, late)]
    parts = list(zip(rates, (early, late), strict=True))
    first, last = (rate.value for rate in rates)
    if first is None or last is None:
        return None
    ends = [Z90 * 2**0.5 * MIDSTANCE_S * (rate.value or 0.0) / (part[-1].peak_s - part[0].peak_s) for rate, part in parts]
    return Change("cadence_spm", None, "steps/min", first, last, math.hypot(*ends, *(rate.uncertainty or 0.0 for rate in rates)))
