"""Tables for the terminal."""

import unicodedata
from collections.abc import Sequence

from formcheck.analysis.clean import clean_as_seen
from formcheck.analysis.two_sides import has_both_sides
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise
from formcheck.report.words import clean_words, counted_words, fault_title, number, quantity_title, variant_title
from formcheck.results import Measurement, Rep, Session, SideFigure
from formcheck.system.kept_words import shown
from formcheck.system.language import decimals, to_translate, tr

LONGEST_TABLE = 60
"""Stances of a run that are listed here."""
SIDES = {"left": to_translate("left"), "right": to_translate("right"), "difference": to_translate("left less right")}


def print_session(session: Session) -> None:
    """The table of repetitions, and what the program wants to say about the set."""
    exercise = EXERCISES[session.exercise]
    columns = [q for q in exercise.quantities if q.unit == "deg"]
    sided = bool(session.sides) or has_both_sides(session)
    side = tr(session.side) if session.side else tr("both sides") if sided else tr("side not found")
    print(
        tr(
            "{title}, {side}, {variant}: {counted}, {clean}",
            title=tr(exercise.title),
            side=side,
            variant=variant_title(session.exercise, session.variant),
            counted=counted_words(session),
            clean=clean_words(session),
        )
    )
    rows = [
        [
            str(rep.number),
            *([tr(rep.side or "")] if sided else []),
            decimals(f"{rep.start_s:.1f}"),
            decimals(f"{rep.end_s:.1f}"),
        ]
        + [_figure(rep.measurements.get(q.name)) for q in columns]
        + [_found(session, rep, exercise)]
        for rep in session.reps[: LONGEST_TABLE if exercise.compares_sides else None]
    ]
    head = ["#", *([tr("Side")] if sided else []), tr("start s"), tr("end s"), *(tr(q.title) for q in columns)]
    print_table([*head, tr("findings")], rows)
    if session.sides:
        _print_sides(session)
    for notice in session.notices:
        print(tr("Note: {notice}", notice=shown(notice)))
    if session.looks_like:
        print(tr("To measure it as that: --exercise {looks_like}", looks_like=session.looks_like))


def _found(session: Session, rep: Rep, exercise: Exercise) -> str:
    """In one cell: the findings, or that there is none."""
    found = ", ".join(f"{fault_title(session.exercise, f.fault)} ({tr(f.severity)})" for f in rep.findings)
    return found or _verdict(rep, exercise)


def _verdict(rep: Rep, exercise: Exercise) -> str:
    """Of a repetition without a finding."""
    if not clean_as_seen(rep, exercise):
        return tr("not assessable")
    if rep.clean:
        return tr("clean")
    unseen = ", ".join(fault_title(exercise.id, fault) for fault in rep.not_assessable)
    return tr("clean in what can be seen (not {faults})", faults=unseen)


def _print_sides(session: Session) -> None:
    """The means of both sides, and the cadence."""
    run = EXERCISES[session.exercise].compares_sides
    if run and len(session.reps) > LONGEST_TABLE:
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
    print_table([tr("mean over stances") if run else tr("mean of each side"), *map(tr, SIDES.values())], rows)
    cadence = session.summary.get("cadence_spm")
    if cadence is not None and cadence.value is not None:
        print(tr("Cadence: {value:.0f} steps a minute", value=cadence.value))


def _side_figure(figure: SideFigure | None, unit: str) -> str:
    return "-" if figure is None else f"{number(figure.value, unit)} ±{number(figure.uncertainty, unit)} (n {figure.n})"


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their widest cell; nothing where there are no rows."""
    widths = [max(_columns(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows] if rows else []:
        print("  ".join(cell + " " * (width - _columns(cell)) for cell, width in zip(row, widths, strict=True)).rstrip())


def _columns(words: str) -> int:
    """How many columns of a terminal they take: a Chinese sign takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)


def _figure(measurement: Measurement | None) -> str:
    if measurement is None or measurement.value is None:
        return "-"
    return f"{round(measurement.value) + 0.0:.0f}" + (f" ±{measurement.uncertainty:.0f}" if measurement.uncertainty else "")
