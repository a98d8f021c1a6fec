"""Mean curves of a run over the gait cycle, each side by its own: from one contact of its foot to the next.

They hold what the stances were measured by (Courses.stances()): in a stance a curve is what its figure was taken from.
"""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from formcheck.frames import Floats
from formcheck.results import Rep, Side
from formcheck.signals.body import LAG_S

SHARES = np.linspace(0.0, 1.0, 51)
"""Of the cycle."""
STRIDE_S = (0.4, 1.8)
"""Of a quick run and of a slow walk."""
EVEN = 0.3
"""A stride differs from the usual one by this share at most: where a stance was missed two strides look like one."""
LEAST_CYCLES = 3
SEEN = 0.9
KNEES = ("knee_valgus_in_line", "knee_valgus")
"""Followed from contact to toe-off: what the picture shows of a knee that swings is no angle in the frontal plane. The first of
them that is known is shown: the other says more of the camera's place than of the knee."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """One side's curve."""

    shares: Floats
    """(n,) of the cycle, from 0 on; of a knee up to toe-off."""
    mean: Floats
    """(n,)"""
    spread: Floats
    """(n,) standard deviation between cycles."""
    cycles: int


def cycles(reps: Sequence[Rep], frames: Mapping[str, Sequence[float]]) -> dict[str, dict[Side, Cycle]]:
    """Measure -> side -> its curve. frames: columns of series.csv and angles.csv; measures that are not seen are left out."""
    times = np.array(frames["t_s"])
    column = {name: np.array(values) for name, values in frames.items()}
    blank = np.full(len(times), np.nan)
    out: dict[str, dict[Side, Cycle]] = {}
    for side in Side:
        own = [rep for rep in reps if rep.side is side]
        contacts = [rep.start_s for rep in own]
        tilt, lean = (column.get(name, blank) for name in ("pelvic_obliquity_right_up", "trunk_lean_left"))
        found = {"pelvic_drop": _mean(times, -side.sign * tilt, contacts)}
        stands, until = _stances(times, own), _toe_off(own)
        for name in KNEES:
            found[name] = _mean(times, np.where(stands, column.get(name, blank), np.nan), contacts, until)
        found["trunk_lean"] = _mean(times - LAG_S, side.sign * lean, contacts)
        for name, curve in found.items():
            if curve is not None:
                out.setdefault(name, {})[side] = curve
    both = {name: of for name, of in out.items() if len(of) == len(Side)}
    if all(name in both for name in KNEES):
        del both[KNEES[1]]
    return both


def _stances(times: Floats, own: Sequence[Rep]) -> NDArray[np.bool_]:
    """Whether each time lies in a stance."""
    edges = np.array([edge for rep in own for edge in (rep.start_s, rep.end_s)])
    passed = np.searchsorted(edges, times, side="right")
    return np.asarray(passed % 2 == 1, np.bool_)


def _toe_off(own: Sequence[Rep]) -> float:
    """As a share of the cycle."""
    stands = [(one.end_s - one.start_s) / (after.start_s - one.start_s) for one, after in pairwise(own)]
    return min(1.0, statistics.median(stands)) if stands else 1.0


def _mean(times: Floats, values: Floats, contacts: Sequence[float], until: float = 1.0) -> Cycle | None:
    """until: the share of the cycle that is looked at."""
    known, shares = np.isfinite(values), SHARES[: np.searchsorted(SHARES, until, side="right")]
    if known.sum() < len(shares):
        return None
    rows = []
    strides = [end_s - start_s for start_s, end_s in pairwise(contacts)]
    usual_s = statistics.median(strides) if strides else 0.0
    for start_s, stride_s in zip(contacts, strides, strict=False):
        inside = (times >= start_s) & (times <= start_s + until * stride_s)
        even = STRIDE_S[0] < stride_s < STRIDE_S[1] and abs(stride_s - usual_s) <= EVEN * usual_s
        if even and inside.any() and known[inside].mean() >= SEEN:
            rows.append(np.interp(start_s + shares * stride_s, times[known], values[known]))
    if len(rows) < LEAST_CYCLES:
        return None
    return Cycle(shares, np.mean(rows, axis=0), np.std(rows, axis=0, ddof=1), len(rows))
