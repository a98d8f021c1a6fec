"""Puts what validate.py --rows wrote of several sets of clips side by side, as docs/validity.md shows it.

    python scripts/side_by_side.py untouched=ROWS.json seen=ROWS.json ideal=ROWS.json

Prints how many sets were counted exactly, a row for each measure of each exercise, and of every set of clips what is judged in
all: caught, false, how often the interval holds, how much is not assessable. Only cameras within 20° of front; the counts of
clips without a difficulty (the ideal ones) hold oblique ones too. How far the arms turn is told of large pulls only, and is
left out of what is not assessable.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from truth import Gate, Truth

from formcheck.exercises import EXERCISES

COUNTED_TOGETHER = {"lateral-band-walk": "walks", "monster-walk": "walks"}
SELDOM_TOLD = "arm_rotation"


@dataclass(frozen=True, slots=True)
class Compared:
    """One quantity of one true repetition: what is true, what was said, and whether it was flagged."""

    gate: Gate
    quantity: str
    truth: float
    value: float | None
    uncertainty: float
    flagged: bool
    difficulty: str

    @property
    def error(self) -> float:
        return abs((self.value or 0.0) - self.truth)


class ClipSet:
    """One file of validate.py --rows."""

    def __init__(self, name: str, clips: Sequence[dict[str, Any]]) -> None:
        self.name, self._clips = name, clips

    def counts(self, group: str) -> str:
        mine = [c for c in self._clips if _group(c["exercise"]) == group and (c["front"] or not c["difficulty"])]
        return f"{sum(c['counted'] == c['true_count'] for c in mine)} of {len(mine)}"

    @property
    def exact(self) -> str:
        groups = sorted({_group(c["exercise"]) for c in self._clips})
        parts = [self.counts(group).split(" of ") for group in groups]
        return f"{sum(int(p[0]) for p in parts)} of {sum(int(p[1]) for p in parts)}"

    def compared(self, gates: Sequence[Gate], group: str = "", quantity: str = "") -> list[Compared]:
        """Of all gated quantities in front of the camera, or of one group's one quantity."""
        return [
            Compared(gate, r["quantity"], r["truth"], r["value"], r["uncertainty"] or 0.0, r["flagged"], clip["difficulty"])
            for clip in self._clips
            if clip["front"] and group in ("", _group(clip["exercise"]))
            for r in clip["rows"]
            for gate in gates
            if clip["exercise"] in gate.exercises and r["quantity"] == gate.quantity and quantity in ("", r["quantity"])
        ]


def _group(exercise: str) -> str:
    return COUNTED_TOGETHER.get(exercise, exercise)


def counts_table(sets: Sequence[ClipSet], groups: Sequence[str]) -> Iterator[str]:
    yield f"| | {' | '.join(groups)} | all |"
    yield "|---" * (len(groups) + 2) + "|"
    for each in sets:
        yield f"| {each.name} | {' | '.join(each.counts(g) for g in groups)} | {each.exact} |"


def measures_table(sets: Sequence[ClipSet], gates: Sequence[Gate], groups: Sequence[str]) -> Iterator[str]:
    yield "| | " + " | ".join(f"{s.name}: measured | error | caught, false | interval holds" for s in sets) + " |"
    yield "|---" * (4 * len(sets) + 1) + "|"
    for group in groups:
        for quantity in dict.fromkeys(g.quantity for g in gates if group in map(_group, g.exercises)):
            cells = [_cells(each.compared(gates, group, quantity)) for each in sets]
            yield f"| {group} {quantity} | {' | '.join(cells)} |"


def _cells(rows: Sequence[Compared]) -> str:
    told = [r for r in rows if r.value is not None]
    if not told:
        return f"{len(told)} of {len(rows)} | | | "
    gate = told[0].gate
    digits = 1 if EXERCISES[gate.exercises[0]].quantity(gate.quantity).unit == "deg" else 2
    held = np.mean([r.error <= r.uncertainty for r in told])
    error = np.mean([r.error for r in told])
    return f"{len(told)} of {len(rows)} | {error:.{digits}f} | {_caught_and_false(told)} | {held:.0%}"


def _caught_and_false(told: Sequence[Compared]) -> str:
    present = [r.flagged for r in told if r.gate.beyond(r.truth)]
    absent = [r.flagged for r in told if r.gate.within(r.truth)]
    judged = any(r.gate.present is not None for r in told)
    return f"{sum(present)} of {len(present)}, {sum(absent)} of {len(absent)}" if judged else ""


def judged_in_all(each: ClipSet, gates: Sequence[Gate]) -> str:
    rows = each.compared(gates)
    told = [r for r in rows if r.value is not None]
    held = np.mean([r.error <= r.uncertainty for r in told])
    beyond = np.mean([r.error > 2 * r.uncertainty for r in told])
    silent = [
        f"{np.mean([r.value is None for r in mine]):.0%} of {difficulty or 'all'}"
        for difficulty in dict.fromkeys(sorted((r.difficulty for r in rows), reverse=True))
        if (mine := [r for r in rows if r.difficulty == difficulty and r.quantity != SELDOM_TOLD])
    ]
    return (
        f"{each.name}: counted exactly {each.exact}; caught, false {_caught_and_false(told)}; interval holds {held:.0%}, off by"
        f" more than twice {beyond:.1%}; not assessable {', '.join(silent)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="NAME=ROWS.json")
    named = [text.partition("=") for text in parser.parse_args().sets]
    sets = [ClipSet(name, json.loads(Path(file).read_text())) for name, _, file in named]
    gates = Truth().gates
    seen = {_group(e) for gate in gates for e in gate.exercises}
    groups = [g for g in dict.fromkeys(map(_group, EXERCISES)) if g in seen and any(s.compared(gates, g) for s in sets)]
    print("\n".join([*counts_table(sets, groups), "", *measures_table(sets, gates, groups), ""]))
    print("\n".join(judged_in_all(each, gates) for each in sets))


if __name__ == "__main__":
    main()
