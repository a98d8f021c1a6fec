"""Figures for other programs: one flat CSV of repetitions, one JSON of sessions, and the dictionary of their columns."""

import csv
import io
from collections.abc import Sequence

from formcheck.exercises import EXERCISES
from formcheck.report.progress import Sample
from formcheck.session.file import to_json, unnamed
from formcheck.session.notes import FORMAT as NOTES_FORMAT
from formcheck.session.tables import safe
from formcheck.system.json_format import as_json, to_text

COLUMNS = {
    "when": "date and time of the set, ISO 8601 with its offset from UTC",
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


def repetitions_csv(samples: Sequence[Sample], client: str = "") -> str:
    """One row per repetition and quantity ("long" form), columns as COLUMNS says."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    for sample in sorted(samples, key=lambda s: s.when):
        session, notes = sample.session, sample.notes
        clean = {rep.number for rep in sample.judged.reps if rep.clean}
        for rep in session.reps:
            shared = {
                "when": sample.when.isoformat(),
                "client": safe(client),
                "exercise": safe(session.exercise),
                "variant": safe(session.variant),
                "session_side": session.side or "",
                "program": safe(session.program),
                "model": safe(session.model),
                "rep": rep.number,
                "side": rep.side or "",
                "start_s": round(rep.start_s, 3),
                "peak_s": round(rep.peak_s, 3),
                "end_s": round(rep.end_s, 3),
                "excluded": str(rep.number in notes.excluded).lower(),
                "clean": str(rep.number in clean).lower(),
                "findings": safe(";".join(f"{f.fault}:{f.severity}" for f in rep.findings)),
                "overruled": safe(";".join(notes.overruled.get(rep.number, {}))),
                "not_assessable": safe(";".join(rep.not_assessable)),
            }
            for quantity, m in rep.measurements.items():
                figures = {
                    "quantity": safe(quantity),
                    "value": "" if m.value is None else round(m.value, 3),
                    "uncertainty": "" if m.uncertainty is None else round(m.uncertainty, 3),
                    "unit": safe(m.unit),
                    "why": safe(m.why or ""),
                }
                writer.writerow(shared | figures)
    return out.getvalue()


def sessions_json(samples: Sequence[Sample], client: str = "") -> str:
    """All sessions with their notes, each as its own session.json and notes.json say it."""
    data = {
        "format": "formcheck-export",
        "version": 1,
        "client": client,
        "sessions": [
            {"when": s.when.isoformat(), "session": to_json(unnamed(s.session)), "notes": as_json(NOTES_FORMAT, s.notes)}
            for s in sorted(samples, key=lambda s: s.when)
        ],
    }
    return to_text(data)


def data_dictionary() -> str:
    """docs/data-dictionary.md: what every column and quantity of the exports means."""
    lines = [
        "# Data dictionary",
        "",
        "Of the exports of figures. Made by scripts/data_dictionary.py; a test keeps this page and the program",
        "in step. All values are estimated from a camera's picture; a value that is missing was not measured, and never zero.",
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
        "largest extent usual so far. The last column holds no values: its title says what the others are relative to. A",
        "quantity is less the level on which it rests, which follows it slowly between repetitions and stands still in one: a",
        "curve has no step where a repetition starts or ends. Less its value at a repetition's start it is what that",
        "repetition is measured by.",
        "",
        "## sessions.json",
        "",
        "`format` formcheck-export, `version` 1, `client` (code), and `sessions`: a list of `when`, `session` (a session.json)",
        "and `notes` (a notes.json: pain and effort 0-10 as the person said, SOAP texts, findings that the therapist overruled",
        "by repetition and fault with the reason, excluded repetitions with the reason).",
    ]
    return "\n".join(lines) + "\n"
