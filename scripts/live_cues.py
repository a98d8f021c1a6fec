"""Live cues held against the truth: how soon they come, which never come, and which come where there is nothing to tell."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from truth import Truth

from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Quantity
from formcheck.frames import Floats
from formcheck.results import Rep

EDGE_S = 0.3
"""A cue belongs to a repetition whose truth starts or ends by no more than this after or before the moment it speaks of."""

Told = Sequence[tuple[float, Mapping[str, float]]]
"""Of each frame the time, and of each fault that is told in it the moment that it speaks of, s."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What was told of one quantity in one repetition whose truth is clearly beyond its limit, or clearly within it."""

    quantity: str
    beyond: bool
    delay_s: float
    """After the truth's crossing of the caution limit, of one that is within after the repetition's start; infinite: no cue."""
    judged: bool
    """Whether the finished repetition was judged in it."""


def true_value(quantity: Quantity, series: Floats) -> float:
    """The extreme within the repetition less the value at its start; of a ratio to the set's start the smallest."""
    if quantity.absolute:
        return float(series.min())
    change = series - series[0]
    return float(change[np.argmax(np.abs(change))])


def cues_of_rep(
    known: Truth, exercise: str, times: Floats, truth: Mapping[str, Floats], rep: Rep | None, told: Told
) -> list[Cue]:
    """times, truth: of this repetition, (n,) s and quantity -> (n,); told: of the whole set."""
    out = []
    for gate in known.gates:
        fault = next((f for f in EXERCISES[exercise].faults if f.quantity == gate.quantity), None)
        if exercise not in gate.exercises or gate.quantity not in truth or fault is None:
            continue
        quantity, series = EXERCISES[exercise].quantity(gate.quantity), truth[gate.quantity]
        value = true_value(quantity, series)
        beyond = gate.beyond(value)
        if not (beyond or gate.within(value)):
            continue
        series = series if quantity.absolute else series - series[0]
        crossed_s = next((float(t) for t, v in zip(times, series, strict=True) if fault.passes(v, fault.limits.caution)), None)
        if beyond and crossed_s is None:
            continue
        about = (t for t, of in told if times[0] - EDGE_S <= of.get(fault.name, -math.inf) <= times[-1] + EDGE_S)
        delay_s = next(about, math.inf) - (crossed_s if beyond and crossed_s is not None else float(times[0]))
        judged = rep is not None and fault.name not in rep.not_assessable
        out.append(Cue(gate.quantity, beyond, delay_s, judged))
    return out


def cue_table(cues: Sequence[tuple[str, Cue]]) -> str:
    """cues: each with its exercise. Early cues have a negative delay; median: of the cues that came."""
    groups: dict[tuple[str, str], list[Cue]] = defaultdict(list)
    for exercise, cue in cues:
        groups[exercise, cue.quantity].append(cue)
    titles = (
        "exercise",
        "measure",
        "cases",
        "median delay s",
        "within 0.3 s",
        "no cue (not assessable)",
        "cue where none was due",
    )
    out = [f"| {' | '.join(titles)} |", "|---|---|---|---|---|---|---|"]
    for (exercise, quantity), some in groups.items():
        due = [c for c in some if c.beyond]
        came = [c.delay_s for c in due if math.isfinite(c.delay_s)]
        missing = [c for c in due if math.isinf(c.delay_s)]
        idle = [c for c in some if not c.beyond]
        median = f"{np.median(came):.2f}" if came else ""
        none = f"{len(missing)} ({sum(not c.judged for c in missing)})"
        false = f"{sum(math.isfinite(c.delay_s) for c in idle)} of {len(idle)}"
        quick = sum(delay_s <= 0.3 for delay_s in came)
        out.append(f"| {exercise} | {quantity} | {len(due)} | {median} | {quick} | {none} | {false} |")
    return "\n".join(out)
