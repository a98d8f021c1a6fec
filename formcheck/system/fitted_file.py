"""Numbers that were fitted to clips: one JSON file for each script that fits them, in formcheck/fitted/.

A file says what its numbers are measured in, which command made it, from which clips and when, and how far off clips that were
left out were measured. The program reads the values only.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from formcheck.system import json_format
from formcheck.system.errors import UserError
from formcheck.system.files import write_atomic
from formcheck.system.json_format import Format, Id, Words
from formcheck.system.language import to_translate, tr
from formcheck.system.resources import PACKAGE

T = TypeVar("T")
FOLDER = PACKAGE / "fitted"
FITTED = Format("formcheck-fitted", to_translate("fitted numbers"))

Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """How far off repetitions of clips are that the fit did not see: clips are left out in turn."""

    error: Annotated[float, Meta(ge=0.0)]
    """Mean absolute error."""
    unit: Id
    repetitions: Annotated[int, Meta(ge=1)] | None
    """None where it was not written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What one script found."""

    command: Words
    """Makes the file again, from the project's folder."""
    made_on: date
    clips: dict[Id, Sha256]
    """Name and SHA-256 of each video; empty where the clips are not kept, which the note then says."""
    left_out: dict[Id, LeftOut]
    """By quantity."""
    note: Words
    units: dict[Id, dict[Id, Words]]
    """By part and name, as the values."""
    values: dict[Id, dict[Id, Any]]
    """By the part of the program that uses them."""


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.json"


@cache
def read(name: str) -> Fit:
    """`name`: of the file, without its ending. UserError where the installation is damaged."""
    return json_format.read(
        path_of(name),
        FITTED,
        Fit,
        lambda why: UserError(tr("{path_of}: {why}. Install the program again.", path_of=path_of(name), why=why)),
    )


def values(name: str, part: str, kind: type[T]) -> T:
    """One part's values as a dataclass with these fields."""
    try:
        return msgspec.convert(read(name).values[part], kind)
    except (KeyError, msgspec.ValidationError) as error:
        raise UserError(
            tr("{path_of}, {part}: {error}. Install the program again.", path_of=path_of(name), part=part, error=error)
        ) from error


def write(name: str, fit: Fit) -> None:
    write_atomic(path_of(name), json_format.encode(FITTED, fit))


def hashes(videos: Iterable[Path]) -> dict[str, str]:
    """What `Fit.clips` holds for these."""
    return {video.stem: hashlib.sha256(video.read_bytes()).hexdigest() for video in sorted(videos)}


def changes(old: Mapping[str, Any], new: Mapping[str, Any], place: str = "") -> list[str]:
    """A line for each number that a refit would change: where it stands, what it is, what it would become."""
    lines: list[str] = []
    for key in sorted(old.keys() | new.keys()):
        here, before, after = f"{place}{key}", old.get(key), new.get(key)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            lines += changes(before, after, f"{here}.")
        elif json_format.plain(before) != json_format.plain(after):
            lines.append(f"{here}: {before} -> {after}")
    return lines
