"""What people add to a session: pain and effort, the therapist's judgement of findings, and SOAP notes.

Kept in notes.json beside session.json, so that the program's own finding always stays as it was.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from formcheck.results import Session
from formcheck.system.errors import UserError
from formcheck.system.files import write_atomic

FORMAT = "formcheck-notes"
VERSION = 1
NAME = "notes.json"
MAX_BYTES = 5_000_000
MAX_TEXT = 20_000


class BadNotesFile(UserError):
    """notes.json makes no sense; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Notes:
    """All optional; an empty text is one that nobody wrote."""

    pain_before: int | None = None
    """0-10, as the person said."""
    pain_after: int | None = None
    effort: int | None = None
    """0-10, as the person said."""
    subjective: str = ""
    objective: str = ""
    """Stands beside the O that is filled from the measurements."""
    assessment: str = ""
    plan: str = ""
    overruled: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """Repetition -> fault -> why the therapist disagrees with the finding."""
    excluded: Mapping[int, str] = field(default_factory=dict)
    """Repetition -> why it does not count."""


def judged(session: Session, notes: Notes) -> Session:
    """The session as the therapist sees it: excluded repetitions and overruled findings left out."""
    reps = tuple(
        replace(
            rep,
            findings=tuple(f for f in rep.findings if f.fault not in notes.overruled.get(rep.number, {})),
            not_assessable={f: why for f, why in rep.not_assessable.items() if f not in notes.overruled.get(rep.number, {})},
        )
        for rep in session.reps
        if rep.number not in notes.excluded
    )
    return replace(session, reps=reps)


def write_notes(folder: Path, notes: Notes) -> None:
    """Write notes.json atomically. OSError where the folder cannot be written."""
    write_atomic(folder / NAME, dump(notes))


def read_notes(folder: Path) -> Notes:
    """The notes of a session folder; empty ones where nobody wrote any. BadNotesFile if they make no sense."""
    path = folder / NAME
    if not path.exists():
        return Notes()
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadNotesFile(f"{path}: too large for notes")
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise BadNotesFile(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise BadNotesFile(f"{path}: not notes of a session ({error!r:.200})") from error


def dump(notes: Notes) -> str:
    """The content of notes.json."""
    return json.dumps(to_json(notes), indent=1, allow_nan=False) + "\n"


def to_json(notes: Notes) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "pain_before": notes.pain_before,
        "pain_after": notes.pain_after,
        "effort": notes.effort,
        "subjective": notes.subjective,
        "objective": notes.objective,
        "assessment": notes.assessment,
        "plan": notes.plan,
        "overruled": {str(rep): dict(faults) for rep, faults in notes.overruled.items()},
        "excluded": {str(rep): why for rep, why in notes.excluded.items()},
    }


def from_json(data: Any) -> Notes:
    """The reverse of to_json(); BadNotesFile, KeyError, TypeError or ValueError for what it could not have written."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadNotesFile("not notes of a session")
    if data.get("version") != VERSION:
        raise BadNotesFile(f"notes of version {data.get('version')!r:.20}, this program reads version {VERSION}: update it")
    return Notes(
        pain_before=_scale(data.get("pain_before")),
        pain_after=_scale(data.get("pain_after")),
        effort=_scale(data.get("effort")),
        subjective=_text(data.get("subjective", "")),
        objective=_text(data.get("objective", "")),
        assessment=_text(data.get("assessment", "")),
        plan=_text(data.get("plan", "")),
        overruled={
            _rep(rep): {_text(k): _text(v) for k, v in faults.items()} for rep, faults in data.get("overruled", {}).items()
        },
        excluded={_rep(rep): _text(why) for rep, why in data.get("excluded", {}).items()},
    )


def _scale(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or not 0 <= value <= 10:
        raise ValueError("pain and effort go from 0 to 10")
    return round(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise ValueError("a text was expected")
    return value


def _rep(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise ValueError("a repetition's number was expected")
    return int(value)
