"""What people add to a session: pain and effort, the therapist's judgement of findings, and SOAP notes.

Kept in notes.json beside session.json, so that the program's own finding always stays as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, TypeAlias

from msgspec import Meta

from formcheck.results import MAX_QUANTITIES, MAX_REPS, Count, Session
from formcheck.session.layout import NOTES
from formcheck.system.errors import UserError
from formcheck.system.files import write_atomic
from formcheck.system.json_format import Format, Id, Text, encode, read
from formcheck.system.language import to_translate

FORMAT = Format("formcheck-notes", to_translate("notes of a session"), max_bytes=5_000_000)

Scale: TypeAlias = Annotated[int, Meta(ge=0, le=10)]
"""0-10, as the person said."""
Faults: TypeAlias = Annotated[Mapping[Id, Text], Meta(max_length=MAX_QUANTITIES)]


class BadNotesFile(UserError):
    """notes.json makes no sense; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Notes:
    """All optional; an empty text is one that nobody wrote."""

    pain_before: Scale | None = None
    pain_after: Scale | None = None
    effort: Scale | None = None
    subjective: Text = ""
    objective: Text = ""
    """Stands beside the O that is filled from the measurements."""
    assessment: Text = ""
    plan: Text = ""
    overruled: Annotated[Mapping[Count, Faults], Meta(max_length=MAX_REPS)] = field(default_factory=dict)
    """Repetition -> fault -> why the therapist disagrees with the finding."""
    excluded: Annotated[Mapping[Count, Text], Meta(max_length=MAX_REPS)] = field(default_factory=dict)
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
    write_atomic(folder / NOTES, dump(notes))


def read_notes(folder: Path) -> Notes:
    """The notes of a session folder; empty ones where nobody wrote any. BadNotesFile if they make no sense."""
    path = folder / NOTES
    if not path.exists():
        return Notes()
    return read(path, FORMAT, Notes, lambda reason: BadNotesFile(f"{path}: {reason}"))


def dump(notes: Notes) -> str:
    """The content of notes.json."""
    return encode(FORMAT, notes)
