"""Left against right: a side is named only where the difference exceeds what measuring and the person's own spread explain.

Differences are in the measure's own unit, never in per cent of a small angle (Bishop 2016, 10.1519/SSC.0000000000000264), and
say nothing about injury.
"""

import math
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import replace

from formcheck.analysis.two_sides import has_both_sides, of_side
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import PACE, Exercise, Fault
from formcheck.report.compared import ComparedRow, Comparison, SideValues
from formcheck.report.words import detectable_differences, exercise_title, quantities, quantity_title, ranges, variant_title
from formcheck.results import Rep, Session, Side
from formcheck.system.errors import UserError
from formcheck.system.language import tr

FEW_LEFT_OUT = 0.2
"""Share of a run's stances. If fewer than this were left out, no mean changes, and they are not listed one by one."""


def compare(left: Session, right: Session, detectable: Mapping[tuple[str, str], float] | None = None) -> Comparison:
    """Compare two sessions of one exercise; one monster walk may be given twice, for its two feet.

    A difference d = mean(left) - mean(right) is real where |d| > max(SDD, 2 s). s: within-side standard deviation, pooled.
    SDD: `detectable`, (exercise, quantity) -> value (None: the exercises' own), or else sqrt(2) times the mean half-width of
    the 90 % intervals, since the errors of two independent measurements add in squares, and a side's common error does not
    shrink with its number of repetitions. The half-width is that of a 0.9 interval, so one difference in ten between equal
    sides may pass it.
    UserError for two exercises, or a session without repetitions or without a known side.
    """
    if left.exercise != right.exercise:
        raise UserError(
            tr(
                "{exercise_title} cannot be compared with {exercise_title2}: give two sessions of the same exercise",
                exercise_title=exercise_title(left.exercise),
                exercise_title2=exercise_title(right.exercise),
            )
        )
    exercise = EXERCISES.get(left.exercise)
    if exercise is None:
        raise UserError(tr("this version does not know the exercise {exercise!r}: update formcheck", exercise=left.exercise))
    left, right = _one_sided(left, right)
    exchanged = (left.side, right.side) == (Side.RIGHT, Side.LEFT)
    runs = exercise.compares_sides and bool(left.reps and right.reps) and left != right
    left, right, notices = _sides(exercise, left, right)
    titles = (tr("left"), tr("right")) if left.side is not right.side else (tr("first"), tr("second"))
    known = {q.name for q in exercise.quantities}
    names = dict.fromkeys(q for s in (left, right) for q in quantities(s) if q in known)
    known_least = detectable_differences() if detectable is None else detectable
    if runs:
        rows = tuple(row for name in names for side in Side if (row := _run_row(exercise, name, side, left, right)) is not None)
    else:
        rows = tuple(_row(exercise, name, left, right, titles, known_least) for name in names)
    return Comparison(exercise.id, left, right, titles, rows, notices + _methods(left, right) + _left_out(rows), exchanged)


def best_and_worst(session: Session, count: int = 2) -> tuple[tuple[Rep, ...], tuple[Rep, ...]]:
    """The repetitions with the least and the most of the guarded quantity, most extreme first; none stands in both."""
    exercise = EXERCISES[session.exercise]
    fault = _fault(exercise, exercise.guarded)
    found = [(rep, rep.measurements.get(exercise.guarded)) for rep in session.reps]
    measured = [(rep, _compensation(exercise, fault, m.value)) for rep, m in found if m is not None and m.value is not None]
    ordered = [rep for rep, _ in sorted(measured, key=lambda pair: pair[1])]
    count = min(count, len(ordered) // 2)
    return tuple(ordered[:count]), tuple(reversed(ordered[len(ordered) - count :]))


def _one_sided(left: Session, right: Session) -> tuple[Session, Session]:
    """Of a set with both sides the side that the comparison asks for, or that the other session has not."""
    both = has_both_sides(left), has_both_sides(right)
    if both[0]:
        left = of_side(left, right.side.other if right.side else Side.LEFT)
    if both[1]:
        right = of_side(right, left.side.other if left.side else Side.RIGHT)
    return left, right


def _sides(exercise: Exercise, left: Session, right: Session) -> tuple[Session, Session, tuple[str, ...]]:
    """The sessions with their own side's repetitions; exchanged where they were given the wrong way round."""
    notices: tuple[str, ...] = ()
    if exercise.compares_sides and left.reps and right.reps and left != right:
        told = tr(
            "Two sessions: each side against the same side of the other one. A camera at another place by itself "
            "changes some figures."
        )
        return left, right, (told,)
    if exercise.find_side is None:
        left, right = of_side(left, Side.LEFT), of_side(right, Side.RIGHT)
    for session in (left, right):
        called = session.video.name or tr("a set")
        if not session.reps:
            which = tr(" of the {side} side", side=tr(session.side)) if session.side else ""
            raise UserError(
                tr("{called}: no repetition{which} was found in it, so there is nothing to compare", called=called, which=which)
            )
        if session.side is None:
            raise UserError(
                tr("{called}: its side was not found; analyse it again with --side left or --side right", called=called)
            )
    if (left.side, right.side) == (Side.RIGHT, Side.LEFT):
        left, right = right, left
        notices = (tr("The first session is of the right side and the second of the left: they were exchanged."),)
    elif left.side is right.side:
        notices = (
            tr("Both sessions are of the {side} side: this compares two sessions, not two sides.", side=tr(left.side or "")),
        )
    return left, right, notices


def _row(
    exercise: Exercise,
    name: str,
    left: Session,
    right: Session,
    titles: tuple[str, str],
    detectable: Mapping[tuple[str, str], float],
    *,
    of_means: bool = False,
) -> ComparedRow:
    fault = _fault(exercise, name)
    either = fault is not None and fault.direction == 0
    a, b = (_values(s, name, title, size=either) for s, title in zip((left, right), titles, strict=True))
    unit = next(m.unit for s in (left, right) for rep in s.reps if (m := rep.measurements.get(name)))
    title = quantity_title(exercise.id, name) + (tr(", size") if either else "")
    known = detectable.get((exercise.id, name))
    least = known if known is not None else math.sqrt(2) * (a.half_width + b.half_width) / 2
    row = ComparedRow(name, title, unit, a, b, least, None, False, name == exercise.movement, of_means)
    if fault is None or name == PACE or not row.real:  # a quick repetition is no lack of control
        return row
    of_a, of_b = _compensation(exercise, fault, a.mean), _compensation(exercise, fault, b.mean)
    if abs(of_a - of_b) <= row.threshold:
        return row
    limits = left.thresholds.get(fault.name, fault.limits)
    within = not any(fault.passes(side.mean, limits.caution) for side in (a, b))
    return replace(row, less_control=a if of_a > of_b else b, within_limits=within)


def _run_row(exercise: Exercise, name: str, side: Side, first: Session, second: Session) -> ComparedRow | None:
    """One side's means of two runs. The smallest detectable difference joins both means' uncertainties, which hold what the
    stances' scatter, the body and the camera's place may do; None where a run has no such mean."""
    figures = [session.sides.get(side.value, {}).get(name) for session in (first, second)]
    known = [figure for figure in figures if figure is not None]
    if len(known) < len(figures):
        return None
    least = math.hypot(*(figure.uncertainty for figure in known))
    own = of_side(first, side), of_side(second, side)
    row = _row(exercise, name, *own, (tr("first"), tr("second")), {(exercise.id, name): least}, of_means=True)
    titles = {Side.LEFT: tr("{title}, left", title=row.title), Side.RIGHT: tr("{title}, right", title=row.title)}
    return replace(row, title=titles[side])


def _compensation(exercise: Exercise, fault: Fault | None, value: float) -> float:
    """A value as an amount of compensation; the far side of zero is none."""
    if fault is None:
        return abs(value)
    excess = fault.excess(value)
    return excess if exercise.quantity(fault.quantity).absolute else max(0.0, excess)


def _fault(exercise: Exercise, quantity: str) -> Fault | None:
    return next((f for f in exercise.faults if f.quantity == quantity), None)


def _values(session: Session, name: str, title: str, *, size: bool) -> SideValues:
    found = [(rep.number, rep.measurements.get(name)) for rep in session.reps]
    known = [(n, m) for n, m in found if m is not None and m.value is not None]
    values = tuple((n, abs(m.value) if size else m.value) for n, m in known if m.value is not None)
    widths = [m.uncertainty for _, m in known if m.uncertainty is not None]
    left_out = tuple(n for n, m in found if m is None or m.value is None)
    return SideValues(title, values, left_out, statistics.fmean(widths) if widths else 0.0)


def _methods(left: Session, right: Session) -> tuple[str, ...]:
    """Sessions that were not measured alike are not compared unsaid."""
    pairs = [
        (tr("versions of the program"), _version(left), _version(right)),
        (tr("pose models"), left.model, right.model),
        (
            tr("variants of the exercise"),
            variant_title(left.exercise, left.variant),
            variant_title(right.exercise, right.variant),
        ),
    ]
    return tuple(
        tr("Different {what}: {a} and {b}. Part of a difference may come from that.", what=what, a=a, b=b)
        for what, a, b in pairs
        if a != b
    )


def _version(session: Session) -> str:
    by = session.followed_by
    return session.program if by is None else tr("{program} (the person was followed by {by})", program=session.program, by=by)


def _left_out(rows: Iterable[ComparedRow]) -> tuple[str, ...]:
    return tuple(
        _left_out_of(row, side)
        for row in rows
        for side in (row.left, row.right)
        if len(side.left_out) > (FEW_LEFT_OUT * len(side.values) if row.of_means else 0)
    )


def _left_out_of(row: ComparedRow, side: SideValues) -> str:
    values = {"title": row.title, "title2": side.title, "n": len(side.left_out), "ranges": ranges(side.left_out)}
    values["what"] = len(side.left_out) + len(side.values)
    if row.of_means:
        return tr("{title}, {title2}: left out as not assessable: {n} of {what} stances ({ranges}).", **values)
    return tr("{title}, {title2}: left out as not assessable: {n} of {what} repetitions ({ranges}).", **values)
