"""Mean curves of a run over the gait cycle, each side by its own: from one contact of its foot to the next."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from formcheck.frames import Floats
from formcheck.measurement.running.stance import FPPA_OFFSET_DEG
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


@dataclass(frozen=True, slots=True)
class Cycle:
    """One side's curve."""

    mean: Floats
    """(51,) over SHARES."""
    spread: Floats
    """(51,) standard deviation between cycles."""
    cycles: int


def cycles(reps: Sequence[Rep], frames: Mapping[str, Sequence[float]]) -> dict[str, dict[Side, Cycle]]:
    """Measure -> side -> its curve. frames: columns of angles.csv with t_s; measures that are not seen are left out."""
    times = np.array(frames["t_s"])
    out: dict[str, dict[Side, Cycle]] = {}
    for side in Side:
        for name, (late_s, values) in _signals(frames, side).items():
            curve = _mean(times - late_s, values, [rep.start_s for rep in reps if rep.side is side])
            if curve is not None:
                out.setdefault(name, {})[side] = curve
    return {name: of for name, of in out.items() if len(of) == len(Side)}


def _signals(frames: Mapping[str, Sequence[float]], side: Side) -> dict[str, tuple[float, Floats]]:
    """Measure -> by how much it lags, and its value in each frame under the side's sign."""
    column = {name: np.array(values) for name, values in frames.items()}
    blank = np.full(len(column["t_s"]), np.nan)
    return {
        "pelvic_drop": (0.0, -side.sign * column.get("pelvic_obliquity_right_up", blank)),
        "knee_valgus": (LAG_S, column.get(f"fppa_{side}", blank) + FPPA_OFFSET_DEG),
        "trunk_lean": (LAG_S, side.sign * column.get("trunk_lean_left", blank)),
    }


def _mean(times: Floats, values: Floats, contacts: Sequence[float]) -> Cycle | None:
    known = np.isfinite(values)
    if known.sum() < len(SHARES):
        return None
    rows = []
    strides = [end_s - start_s for start_s, end_s in pairwise(contacts)]
    usual_s = statistics.median(strides) if strides else 0.0
    for start_s, end_s in pairwise(contacts):
        inside = (times >= start_s) & (times <= end_s)
        if (
            STRIDE_S[0] < end_s - start_s < STRIDE_S[1]
            and abs(end_s - start_s - usual_s) <= EVEN * usual_s
            and inside.any()
            and known[inside].mean() >= SEEN
        ):
            rows.append(np.interp(start_s + SHARES * (end_s - start_s), times[known], values[known]))
    if len(rows) < LEAST_CYCLES:
        return None
    return Cycle(np.mean(rows, axis=0), np.std(rows, axis=0, ddof=1), len(rows))
