"""A comparison of left and right in words: for a terminal, and each row's reading for whoever shows it."""

import math
from collections.abc import Sequence

from formcheck.report.comparison import MIN_REPS, ComparedRow, Comparison, SideValues
from formcheck.report.words import exercise_title, number


def text_table(comparison: Comparison) -> str:
    """The comparison for a terminal."""
    a, b = comparison.titles
    head = ("measure", f"{a}: mean (SD, n)", f"{b}: mean (SD, n)", f"{a} - {b}", "counts above", "reading")
    lines = [(r.title, _mean(r, r.left), _mean(r, r.right), *_difference(r), reading(r)) for r in comparison.rows]
    widths = [max(len(line[i]) for line in (head, *lines)) for i in range(len(head))]
    table = ["  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in (head, *lines)]
    each = [f"{r.title}: {a} {each_value(r, r.left)}; {b} {each_value(r, r.right)}" for r in comparison.rows]
    return "\n".join(
        [
            f"{exercise_title(comparison.exercise)}, {a} against {b} (estimated)",
            *table,
            "",
            "Each repetition",
            *each,
            "",
            *comparison.verdicts,
            *(f"Note: {n}" for n in comparison.notices),
        ]
    )


def reading(row: ComparedRow) -> str:
    """What a row says, in words."""
    if not row.comparable:
        return f"not compared: fewer than {MIN_REPS} repetitions measured"
    if not row.real:
        return "no difference beyond error and spread"
    if row.less_control:
        return f"{row.less_control.title} side shows less control" + (", both within the limit" if row.within_limits else "")
    if row.movement:
        return f"{row.larger.title} side moves further"
    return f"{row.larger.title} side is larger"


def each_value(row: ComparedRow, side: SideValues) -> str:
    """Every measured repetition's value."""
    return ", ".join(number(v, row.unit) for _, v in side.values) or "not measured"


def signed(value: float, unit: str) -> str:
    return ("+" if value > 0 else "") + number(value, unit)


def _mean(row: ComparedRow, side: SideValues) -> str:
    if not side.values:
        return "not measured"
    sd = "" if math.isnan(side.sd) else f"{number(side.sd, row.unit)}, "
    return f"{number(side.mean, row.unit)} ({sd}{len(side.values)})"


def _difference(row: ComparedRow) -> Sequence[str]:
    return (signed(row.difference, row.unit), number(row.threshold, row.unit)) if row.comparable else ("-", "-")
