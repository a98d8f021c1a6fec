"""A comparison of left and right in words: for a terminal, and each row's reading for whoever shows it."""

import math
from collections.abc import Sequence

from formcheck.report.compared import MIN_REPS, ComparedRow, Comparison, SideValues
from formcheck.report.words import exercise_title, number
from formcheck.system.language import tr, trn


def text_table(comparison: Comparison) -> str:
    """The comparison for a terminal."""
    a, b = comparison.titles
    head = (
        tr("Measure"),
        tr("{a}: mean (SD, n)", a=a),
        tr("{b}: mean (SD, n)", b=b),
        f"{a} - {b}",
        tr("counts above"),
        tr("Reading"),
    )
    lines = [(r.title, _mean(r, r.left), _mean(r, r.right), *_difference(r), reading(r)) for r in comparison.rows]
    widths = [max(len(line[i]) for line in (head, *lines)) for i in range(len(head))]
    table = ["  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in (head, *lines)]
    each = [f"{r.title}: {a} {each_value(r, r.left)}; {b} {each_value(r, r.right)}" for r in comparison.rows]
    return "\n".join(
        [
            tr("{exercise_title}, {a} against {b} (estimated)", exercise_title=exercise_title(comparison.exercise), a=a, b=b),
            *table,
            *(() if comparison.runs else ("", tr("Each repetition"), *each)),
            "",
            *comparison.verdicts,
            *(tr("Note: {n}", n=n) for n in comparison.notices),
        ]
    )


def reading(row: ComparedRow) -> str:
    """What a row says, in words."""
    if not row.comparable:
        return tr("not compared: fewer than {min_reps} repetitions measured", min_reps=MIN_REPS)
    if not row.real:
        least = tr("less than the smallest detectable difference")
        return least if row.of_means else tr("no difference beyond error and spread")
    if row.of_means:
        return tr("larger in the first session") if row.difference > 0 else tr("larger in the second session")
    if row.less_control:
        return tr("{title} side shows less control", title=row.less_control.title) + (
            tr(", both within the limit") if row.within_limits else ""
        )
    if row.movement:
        return tr("{title} side moves further", title=row.larger.title)
    return tr("{title} side is larger", title=row.larger.title)


def each_value(row: ComparedRow, side: SideValues) -> str:
    """Every measured repetition's value; of a run, which has hundreds, how many there are."""
    if row.of_means:
        return trn("{n} stance", "{n} stances", len(side.values))
    return ", ".join(number(v, row.unit) for _, v in side.values) or tr("not measured")


def signed(value: float, unit: str) -> str:
    return ("+" if value > 0 else "") + number(value, unit)


def _mean(row: ComparedRow, side: SideValues) -> str:
    if not side.values:
        return tr("not measured")
    sd = "" if math.isnan(side.sd) else f"{number(side.sd, row.unit)}, "
    return f"{number(side.mean, row.unit)} ({sd}{len(side.values)})"


def _difference(row: ComparedRow) -> Sequence[str]:
    return (signed(row.difference, row.unit), number(row.threshold, row.unit)) if row.comparable else ("-", "-")
