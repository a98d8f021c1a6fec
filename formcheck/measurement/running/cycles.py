"""Mean curves of a run over the gait cycle, each side by its own: from one contact of its foot to the next.

Within a stance the pelvis' curve is the one that the stance's figure was taken from (Courses.of()). No knee is drawn: away from
midstance the joints in the picture are up to 9 degrees off, and do not show how a knee moves.
"""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from formcheck.frames import Floats
from formcheck.results import Rep, Side
from formcheck.signals.body import LAG_S

SHARES = np.linspace(0.0, 1.0, 51)
"""Of the cycle."""
STRIDE_S = (0.4, 1.8)
"""Of a quick run and of a slow walk."""
EVEN = 0.3
"""A stride may differ from the usual one by this share. Where a stance was missed two strides look like one."""
LEAST_CYCLES = 3
SEEN = 0.9
"""Share of a stride's frames."""


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
    column = {name: np.array(values) for name, values in frames.items()}
    blank = np.full(len(times), np.nan)
    tilt, lean = (column.get(name, blank) for name in ("pelvic_obliquity_right_up", "trunk_lean_left"))
    out: dict[str, dict[Side, Cycle]] = {}
    for side in Side:
        contacts = [rep.start_s for rep in reps if rep.side is side]
        found = {
            "pelvic_drop": _mean(times, -side.sign * tilt, contacts),
            "trunk_lean": _mean(times - LAG_S, side.sign * lean, contacts),
        }
        for name, curve in found.items():
            if curve is not None:
                out.setdefault(name, {})[side] = curve
    return {name: of for name, of in out.items() if len(of) == len(Side)}


def _mean(times: Floats, values: Floats, contacts: Sequence[float]) -> Cycle | None:
    known = np.isfinite(values)
    if known.sum() < len(SHARES):
        return None
    rows = []
    strides = [end_s - start_s for start_s, end_s in pairwise(contacts)]
    usual_s = statistics.median(strides) if strides else 0.0
    for start_s, stride_s in zip(contacts, strides, strict=False):
        inside = (times >= start_s) & (times <= start_s + stride_s)
        even = STRIDE_S[0] < stride_s < STRIDE_S[1] and abs(stride_s - usual_s) <= EVEN * usual_s
        if even and inside.any() and known[inside].mean() >= SEEN:
            rows.append(np.interp(start_s + SHARES * stride_s, times[known], values[known]))
    if len(rows) < LEAST_CYCLES:
        return None
    return Cycle(np.mean(rows, axis=0), np.std(rows, axis=0, ddof=1), len(rows))
