"""Whose session it was and when: record.json beside session.json, so that a library can be rebuilt from its folders."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from formcheck.session.layout import OWNERSHIP
from formcheck.system.errors import UserError
from formcheck.system.files import write_atomic
from formcheck.system.json_format import Format, Moment, Uid, Words, check_moment, encode, read
from formcheck.system.language import to_translate

FORMAT = Format("formcheck-record", to_translate("a session's record"), max_bytes=100_000)


class BadOwnership(UserError):
    """record.json makes no sense; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a set is, and what of a plan it is: uids, all None for a set of the computer's owner's own."""

    client: Uid | None = None
    plan: Uid | None = None
    item: Uid | None = None


@dataclass(frozen=True, slots=True)
class Ownership:
    uid: Uid
    """Identifies the session wherever its folder goes."""
    when: Moment
    """When the set was recorded, with its offset from UTC."""
    client: Uid | None = None
    """The client's uid; None in runner mode."""
    plan: Uid | None = None
    """The uid of the plan it was done for."""
    item: Uid | None = None
    """The uid of the plan's item."""
    mended: Annotated[tuple[Words, ...], Meta(max_length=1_000)] = ()
    """What was put right afterwards, a sentence each, oldest first: reports say it."""
    source: Words | None = None
    """What the film was called, of a client's session: there it stands nowhere else, and it is never handed on."""

    def __post_init__(self) -> None:
        check_moment(self.when)


def write_ownership(folder: Path, ownership: Ownership) -> None:
    """Write record.json atomically. OSError where the folder cannot be written."""
    write_atomic(folder / OWNERSHIP, dump(ownership))


def read_ownership(folder: Path) -> Ownership | None:
    """Whose the session of a folder is, None where that is not said. BadOwnership if it makes no sense."""
    path = folder / OWNERSHIP
    if not path.exists():
        return None
    return read(path, FORMAT, Ownership, lambda reason: BadOwnership(f"{path}: {reason}"))


def dump(ownership: Ownership) -> str:
    """The content of record.json."""
    return encode(FORMAT, ownership)
