"""Tables for the terminal."""

from collections.abc import Sequence

from formcheck.exercises import EXERCISES
from formcheck.results import Measurement, Session


def print_session(session: Session) -> None:
    """The table of repetitions, and what the program wants to say about the set."""
    exercise = EXERCISES[session.exercise]
    shown = [q for q in exercise.quantities if q.unit == "deg"]
    print(
        f"{exercise.title}, {session.side or 'side not found'}, {session.variant}: {len(session.reps)} repetitions, "
        f"{session.clean_reps} clean"
    )
    rows = [
        [str(rep.number), f"{rep.start_s:.1f}", f"{rep.end_s:.1f}"]
        + [_figure(rep.measurements.get(q.name)) for q in shown]
        + [", ".join(f"{f.fault} ({f.severity})" for f in rep.findings) or ("clean" if rep.clean else "not assessable")]
        for rep in session.reps
    ]
    print_table(["#", "start s", "end s", *(q.title for q in shown), "findings"], rows)
    for notice in session.notices:
        print(f"Note: {notice}")
    if session.looks_like:
        print(f"To measure it as that: --exercise {session.looks_like}")


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their widest cell; nothing where there are no rows."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows] if rows else []:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _figure(measurement: Measurement | None) -> str:
    if measurement is None or measurement.value is None:
        return "-"
    return f"{measurement.value:.0f}" + (f" ±{measurement.uncertainty:.0f}" if measurement.uncertainty else "")
