"""Figures for other programs: one flat CSV of repetitions, one JSON of sessions, and the dictionary of their columns."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from formcheck.exercises import EXERCISES
from formcheck.report.progress import Sample
from formcheck.report.spreadsheet import PLAIN, Cell, CsvStyle, Sheet, csv_text
from formcheck.results import Session
from formcheck.session.file import to_json, unnamed
from formcheck.session.notes import FORMAT as NOTES_FORMAT
from formcheck.system.json_format import as_json, plain, to_text

COLUMNS = {
    "when": "date and time of the set where it was done, to the second",
    "utc_offset_h": "by how many hours that clock is ahead of UTC",
    "client": "the client's code (a pseudonym); empty in runner mode",
    "exercise": "exercise id",
    "variant": "variant of the exercise",
    "session_side": "the side the session was done with: left, right or empty",
    "program": "version of formcheck that measured it: compare only figures of the same version",
    "model": "pose model",
    "rep": "number of the repetition within its session",
    "side": "the repetition's side",
    "start_s": "where the movement first passes 5 % of its own extent, seconds from the video's start",
    "peak_s": "where the movement is largest, seconds",
    "end_s": "where the movement last passes 5 % of its own extent, seconds",
    "by_hand": "added, split, merged or moved: how the repetition was marked by hand; empty where the program found it",
    "excluded": "true where the therapist excluded the repetition",
    "clean": "true where nothing was found and everything could be seen, after the therapist's judgement",
    "findings": "fault:severity, separated by semicolons, as the program found them",
    "overruled": "findings with which the therapist disagreed, separated by semicolons",
    "not_assessable": "faults that could not be judged, separated by semicolons: not the same as clean",
    "quantity": "the measured quantity of this row: one row per repetition and quantity",
    "value": "estimated extreme within the repetition less its value at the start; empty where not measured",
    "uncertainty": "half-width of the 90 % interval of value, same unit",
    "unit": "deg, s, ratio or %",
    "why": "why there is no value",
}
"""Column -> meaning, of repetitions_csv()."""


def repetitions_csv(samples: Sequence[Sample], client: str = "", style: CsvStyle = PLAIN) -> str:
    """One row per repetition and quantity ("long" form), columns as COLUMNS says."""
    return csv_text(repetition_sheet(samples, client), style)


def repetition_sheet(samples: Sequence[Sample], client: str = "") -> Sheet:
    """One row per repetition and quantity ("long" form), columns as COLUMNS says."""
    rows: list[Mapping[str, Cell]] = []
    for sample in sorted(samples, key=lambda s: s.when):
        session, notes = sample.session, sample.notes
        by_hand = session.put_right.by_hand if session.put_right else {}
        clean = {rep.number for rep in sample.judged.reps if rep.clean}
        for rep in session.reps:
            shared: dict[str, Cell] = {
                "when": sample.when,
                "utc_offset_h": (sample.when.utcoffset() or timedelta()).total_seconds() / 3600,
                "client": client,
                "exercise": session.exercise,
                "variant": session.variant,
                "session_side": session.side or "",
                "program": session.program,
                "model": session.model,
                "rep": rep.number,
                "side": rep.side or "",
                "start_s": round(rep.start_s, 3),
                "peak_s": round(rep.peak_s, 3),
                "end_s": round(rep.end_s, 3),
                "by_hand": by_hand.get(rep.number, ""),
                "excluded": str(rep.number in notes.excluded).lower(),
                "clean": str(rep.number in clean).lower(),
                "findings": ";".join(f"{f.fault}:{f.severity}" for f in rep.findings),
                "overruled": ";".join(notes.overruled.get(rep.number, {})),
                "not_assessable": ";".join(rep.not_assessable),
            }
            for quantity, m in rep.measurements.items():
                figures: dict[str, Cell] = {
                    "quantity": quantity,
                    "value": None if m.value is None else round(m.value, 3),
                    "uncertainty": None if m.uncertainty is None else round(m.uncertainty, 3),
                    "unit": m.unit,
                    "why": m.why or "",
                }
                rows.append(shared | figures)
    head = tuple(COLUMNS)
    return Sheet("repetitions", head, [[_typed(name, row.get(name)) for name in head] for row in rows])


def session_sheets(samples: Sequence[Sample], client: str = "") -> tuple[Sheet, ...]:
    """A workbook of sessions: one sheet with a row per session, one with the repetitions."""
    head = (
        "when", "client", "exercise", "variant", "side", "repetitions", "clean", "seconds", "pain_before", "pain_after", "effort",
    )  # fmt: skip
    rows = [
        (
            s.when, client, s.session.exercise, s.session.variant, s.session.side or "", len(s.judged.reps), s.judged.clean_reps,
            round(s.session.video.duration_s, 1), s.notes.pain_before, s.notes.pain_after, s.notes.effort,
        )
        for s in sorted(samples, key=lambda s: s.when)
    ]  # fmt: skip
    return Sheet("sessions", head, rows), repetition_sheet(samples, client)


def _typed(column: str, cell: Cell) -> Cell:
    return cell == "true" if column in ("excluded", "clean") else cell


def sessions_json(samples: Sequence[Sample], client: str = "") -> str:
    """All sessions with their notes, each as its own session.json and notes.json say it."""
    data = {
        "format": "formcheck-export",
        "version": 1,
        "client": client,
        "sessions": [
            {
                "when": s.when.isoformat(),
                "session": to_json(unnamed(s.session)),
                "notes": as_json(NOTES_FORMAT, s.notes),
                **_put_right(unnamed(s.session)),
            }
            for s in sorted(samples, key=lambda s: s.when)
        ],
    }
    return to_text(data)


def _put_right(session: Session) -> dict[str, Any]:
    if session.put_right is None:
        return {}
    changes, by_hand = plain(session.put_right.changes), plain(session.put_right.by_hand)
    return {"put_right": {"changes": changes, "by_hand": by_hand, "found": to_json(session.put_right.found)}}


def data_dictionary() -> str:
    """docs/data-dictionary.md: what every column and quantity of the exports means."""
    lines = [
        "# Data dictionary",
        "",
        "Of the exports of figures. CSV files are UTF-8 with a byte order mark; separator and decimal sign are a choice. The",
        "same tables are the sheets of an .xlsx, with typed cells. Made by scripts/data_dictionary.py; a test keeps this page",
        "and the program in step. All values are estimated from a camera's picture; a value that is missing was not measured,",
        "and never zero.",
        "",
        "## repetitions.csv: one row per repetition and quantity",
        "",
        "| column | meaning |",
        "|---|---|",
        *(f"| {name} | {meaning} |" for name, meaning in COLUMNS.items()),
        "",
        "## Quantities",
        "",
        "| exercise | quantity | unit | title | a positive value means |",
        "|---|---|---|---|---|",
        *(f"| {e.id} | {q.name} | {q.unit} | {q.title} | {q.sign or '-'} |" for e in EXERCISES.values() for q in e.quantities),
        "",
        "## Faults",
        "",
        "The limits that were used stand in each session and report.",
        "",
        "| exercise | fault | title | judged by | unit |",
        "|---|---|---|---|---|",
        *(f"| {e.id} | {f.name} | {f.title} | {f.quantity} | {f.limits.unit} |" for e in EXERCISES.values() for f in e.faults),
        "",
        "## series.csv of a session folder: one row per frame",
        "",
        "`t_s`: seconds from the video's start; the exercise's quantities as running values; `phase`: 0 at rest to 1 at the",
        "largest extent usual so far; of a run how far the gait cycle has gone, 0 at a contact of the left foot to 1 at its",
        "next, empty until six stances were seen. The last column holds no values: its title says what the others are",
        "relative to. Each quantity is given relative to its level at rest. That level follows the quantity slowly between",
        "repetitions and is constant within one, so that a curve has no step where a repetition starts or ends. A repetition",
        "is measured by the curve less its value at the repetition's start. In a run or a walk, quantities that belong to a",
        "side have values only within that side's stances, as they were measured when the set had ended: the largest",
        "`pelvic_drop` of a stance's loading is that stance's figure.",
        "",
        "## sessions.json",
        "",
        "`format` formcheck-export, `version` 1, `client` (code), and `sessions`: a list of `when`, `session` (a session.json)",
        "and `notes` (a notes.json: pain and effort 0-10 as the person said, SOAP texts, findings that the therapist overruled",
        "by repetition and fault with the reason, excluded repetitions with the reason). Of a session that was put right by hand",
        "`session` is what came of it, and `put_right` holds the `changes` with when each was made, `by_hand` (repetition: how",
        "it was marked) and `found`, the session as the program had found it.",
    ]
    return "\n".join(lines) + "\n"
