"""What a person saw of a film without the program's findings: one file for each person, session and time of looking."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

from msgspec import Meta

from formcheck.exercises import EXERCISES
from formcheck.results import MAX_QUANTITIES, MAX_REPS, Count, Rep, Session
from formcheck.system.errors import UserError
from formcheck.system.files import write_export
from formcheck.system.json_format import Format, Id, Name, encode, read
from formcheck.system.language import to_translate

FORMAT = Format("formcheck-rating", to_translate("a rating of a film"), max_bytes=2_000_000)


class BadRating(UserError):
    """The file is no rating; the message says why in one line."""


class Verdict(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    UNSURE = "unsure"
    """It cannot be told from this film."""


Faults: TypeAlias = Annotated[Mapping[Id, Verdict], Meta(max_length=MAX_QUANTITIES)]
OfReps: TypeAlias = Annotated[Mapping[Count, Faults], Meta(max_length=MAX_REPS)]


@dataclass(frozen=True, slots=True)
class Rating:
    rater: Name
    """A code."""
    session: Id
    """session_key(): the same set has the same, wherever its folder lies."""
    exercise: Id
    verdicts: OfReps
    """Repetition -> fault -> what the person saw."""
    program: OfReps
    """The same of the program, a caution counting as present."""


def faults_of(session: Session) -> dict[str, str]:
    """Fault -> its title, of the session's exercise."""
    return {fault.name: fault.title for fault in EXERCISES[session.exercise].faults}


def session_key(session: Session) -> str:
    """A digest of the exercise, the side and the repetitions' times."""
    times = [f"{rep.number}:{rep.start_s:.2f}-{rep.end_s:.2f}" for rep in session.reps]
    return hashlib.sha256("|".join([session.exercise, str(session.side), *times]).encode()).hexdigest()[:32]


def rating_of(session: Session, rater: str, verdicts: Mapping[int, Mapping[str, Verdict]]) -> Rating:
    names = faults_of(session)
    program = {rep.number: {name: _said(rep, name) for name in names} for rep in session.reps}
    return Rating(rater, session_key(session), session.exercise, verdicts, program)


def write_rating(path: Path, rating: Rating) -> None:
    """OSError where it cannot be written."""
    write_export(path, encode(FORMAT, rating))


def read_rating(path: Path) -> Rating:
    """BadRating where the file is none."""
    return read(path, FORMAT, Rating, lambda reason: BadRating(f"{path}: {reason}"))


def _said(rep: Rep, fault: str) -> Verdict:
    if fault in rep.not_assessable:
        return Verdict.UNSURE
    return Verdict.PRESENT if any(f.fault == fault for f in rep.findings) else Verdict.ABSENT
