"""Tables for the terminal."""

from collections.abc import Sequence

from formcheck.exercises import EXERCISES
from formcheck.report.words import number, quantity_title
from formcheck.results import Measurement, Session, SideFigure
from formcheck.system.language import tr

LONGEST_TABLE = 60
"""Stances of a run that are listed here."""
SIDES = {"left": "left", "right": "right", "difference": "left less right"}


def print_session(session: Session) -> None:
    """The table of repetitions, and what the program wants to say about the set."""
    exercise = EXERCISES[session.exercise]
    shown = [q for q in exercise.quantities if q.unit == "deg"]
    side = session.side or ("both sides" if session.sides else "side not found")
    print(
        tr(
            "{title}, {side}, {variant}: {n} repetitions, {clean_reps} clean",
            title=exercise.title,
            side=side,
            variant=session.variant,
            n=len(session.reps),
            clean_reps=session.clean_reps,
        )
    )
    rows = [
        [str(rep.number), *([rep.side or ""] if session.sides else []), f"{rep.start_s:.1f}", f"{rep.end_s:.1f}"]
        + [_figure(rep.measurements.get(q.name)) for q in shown]
        + [", ".join(f"{f.fault} ({f.severity})" for f in rep.findings) or ("clean" if rep.clean else "not assessable")]
        for rep in session.reps[: LONGEST_TABLE if session.sides else None]
    ]
    print_table(["#", *(["side"] if session.sides else []), "start s", "end s", *(q.title for q in shown), "findings"], rows)
    if session.sides:
        _print_sides(session)
    for notice in session.notices:
        print(tr("Note: {notice}", notice=notice))
    if session.looks_like:
        print(tr("To measure it as that: --exercise {looks_like}", looks_like=session.looks_like))


def _print_sides(session: Session) -> None:
    """The means of both sides, and the cadence."""
    if len(session.reps) > LONGEST_TABLE:
        print(tr("... and {what} more, in reps.csv", what=len(session.reps) - LONGEST_TABLE))
    units = {name: m.unit for rep in session.reps for name, m in rep.measurements.items()}
    rows = [
        [
            quantity_title(session.exercise, name),
            *(_side_figure(session.sides.get(key, {}).get(name), units[name]) for key in SIDES),
        ]
        for name in dict.fromkeys(name for of in session.sides.values() for name in of)
    ]
    print()
    print_table(["mean over stances", *SIDES.values()], rows)
    cadence = session.summary.get("cadence_spm")
    if cadence is not None and cadence.value is not None:
        print(tr("Cadence: {value:.0f} steps a minute", value=cadence.value))


def _side_figure(figure: SideFigure | None, unit: str) -> str:
    return "-" if figure is None else f"{number(figure.value, unit)} ±{number(figure.uncertainty, unit)} (n {figure.n})"


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their widest cell; nothing where there are no rows."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows] if rows else []:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _figure(measurement: Measurement | None) -> str:
    if measurement is None or measurement.value is None:
        return "-"
    return f"{round(measurement.value) + 0.0:.0f}" + (f" ±{measurement.uncertainty:.0f}" if measurement.uncertainty else "")
