"""corrections.json: what was put right by hand in a session, and the session as it is since.

session.json stays what the program found. Nobody changed anything where there is no such file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from formcheck.results import MAX_REPS, Change, Count, Hand, PutRight, Rep, Session
from formcheck.session.file import SessionFile, file_as_json, read_session, session_of, to_file, unnamed
from formcheck.session.layout import CORRECTIONS
from formcheck.session.notes import Faults, Notes
from formcheck.system.errors import UserError
from formcheck.system.files import write_atomic
from formcheck.system.json_format import Format, Text, as_json, read, to_text
from formcheck.system.language import to_translate

FORMAT = Format("formcheck-corrections", to_translate("corrections made by hand"), max_bytes=50_000_000)
MAX_CHANGES = 1_000
SAME_S = 0.002
"""A file has times to the millisecond."""


class BadCorrections(UserError):
    """corrections.json makes no sense; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The therapist's word on repetitions, as it was before a change: notes.json has it by number, and numbers change."""

    overruled: Annotated[Mapping[Count, Faults], Meta(max_length=MAX_REPS)] = field(default_factory=dict)
    excluded: Annotated[Mapping[Count, Text], Meta(max_length=MAX_REPS)] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Corrections:
    changes: Annotated[tuple[Change, ...], Meta(min_length=1, max_length=MAX_CHANGES)]
    """Oldest first."""
    judged: Annotated[tuple[Judgement, ...], Meta(max_length=MAX_CHANGES)]
    """What was judged before each change, for whoever undoes it."""
    by_hand: Annotated[Mapping[Count, Hand], Meta(max_length=MAX_REPS)]
    """Repetition -> how it was made."""
    session: SessionFile
    """As it is since."""

    def __post_init__(self) -> None:
        if len(self.judged) != len(self.changes):
            raise ValueError("as many judgements as changes were expected")


def read_corrections(folder: Path) -> Corrections | None:
    """None where nobody changed anything. BadCorrections if they make no sense."""
    path = folder / CORRECTIONS
    if not path.exists():
        return None
    return read(path, FORMAT, Corrections, lambda reason: BadCorrections(f"{path}: {reason}"))


def write_corrections(folder: Path, session: Session, judged: tuple[Judgement, ...]) -> None:
    """Write corrections.json atomically, of a session that was put right. OSError where the folder cannot be written."""
    put_right = session.put_right
    assert put_right is not None
    corrections = Corrections(put_right.changes, judged, put_right.by_hand, to_file(unnamed(session)))
    write_atomic(folder / CORRECTIONS, dump(corrections))


def dump(corrections: Corrections) -> str:
    """The content of corrections.json."""
    return to_text(as_json(FORMAT, corrections) | {"session": file_as_json(corrections.session)})


def shown_session(folder: Path) -> Session:
    """The session as it was put right by hand; as the program found it where nobody did. BadSessionFile or BadCorrections."""
    folder = folder if folder.is_dir() else folder.parent
    found, corrections = read_session(folder), read_corrections(folder)
    if corrections is None:
        return found
    session = session_of(corrections.session, folder / CORRECTIONS)
    return replace(session, video=found.video, put_right=PutRight(corrections.changes, corrections.by_hand, found))


def carried_over(
    notes: Notes,
    old: Session,
    new: Session,
    before: Judgement = Judgement(),
    *,
    apart_s: float = SAME_S,
) -> Notes:
    """Notes of `old` by the numbers of `new`: what was judged goes with repetitions that are in both.

    before: what was judged of `new` when it was there last, for repetitions that were not in between. apart_s: how far the edges
    of one repetition may be apart in the two.
    """
    overruled, excluded = dict[int, Faults](), dict[int, Text]()
    for rep in new.reps:
        number = next((r.number for r in old.reps if _is_one(r, rep, apart_s)), None)
        source = before if number is None else notes
        number = rep.number if number is None else number
        if number in source.overruled:
            overruled[rep.number] = source.overruled[number]
        if number in source.excluded:
            excluded[rep.number] = source.excluded[number]
    return replace(notes, overruled=overruled, excluded=excluded)


def _is_one(rep: Rep, other: Rep, apart_s: float) -> bool:
    return abs(rep.start_s - other.start_s) < apart_s and abs(rep.end_s - other.end_s) < apart_s
