"""JSON files with a format and a version, from this program or from others: one way to read, check and write them.

What a file may hold is said by the type it is read into: a dataclass whose fields carry their bounds. msgspec checks it. pydantic
can do the same, but takes about four times as long to import.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeAlias, TypeVar

import msgspec
from msgspec import Meta

from formcheck.system.errors import UserError
from formcheck.system.language import to_translate, tr

T = TypeVar("T")
MAX_TEXT = 20_000
_CONTROL = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
"""Control characters, ends of lines, and those that turn the direction of writing."""

Id: TypeAlias = Annotated[str, Meta(min_length=1, max_length=100, pattern=rf"^[^{_CONTROL}]*$(?!\n)")]
"""A name within the program: an exercise, a quantity, a fault, a unit."""
Name: TypeAlias = Annotated[str, Meta(max_length=200, pattern=rf"^[^{_CONTROL}]*[^\s{_CONTROL}][^{_CONTROL}]*$(?!\n)")]
"""One line that is not blank."""
Words: TypeAlias = Annotated[str, Meta(max_length=2_000, pattern=r"^[^\x00]*$")]
"""A sentence or two."""
Text: TypeAlias = Annotated[str, Meta(max_length=MAX_TEXT, pattern=r"^[^\x00]*$")]
"""Anything a person writes."""
Uid: TypeAlias = Annotated[str, Meta(max_length=32, pattern="^[0-9a-f]{32}$")]
"""A random identifier as uuid4().hex writes it: safe as a file's name."""
Moment: TypeAlias = Annotated[datetime, Meta(tz=True)]
"""A date and time with its offset from UTC."""
Number: TypeAlias = Annotated[float, Meta(ge=-1e6, le=1e6)]

Migration: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
Refuse: TypeAlias = Callable[[str], UserError]
"""Makes the error to be raised from the reason, which is one line."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file."""

    name: str
    """What its field `format` says."""
    words: str
    """What messages call it, with its article."""
    version: int = 1
    max_bytes: int = 1_000_000
    migrations: Mapping[int, Migration] = field(default_factory=dict)
    """Version -> what makes a file of that version one of the next. Never change one that was released: add another."""


_KINDS = {
    "int": to_translate("a whole number"),
    "float": to_translate("a number"),
    "str": to_translate("a text"),
    "bool": to_translate("true or false"),
    "array": to_translate("a list"),
    "object": to_translate("an object"),
    "null": to_translate("nothing"),
    "datetime": to_translate("a date with its time"),
}
"""What msgspec calls a kind of value, and what people do."""


class _Header(msgspec.Struct):
    format: Any = None
    version: Any = None


def decode(content: bytes, form: Format, kind: type[T], refuse: Refuse) -> T:
    """The content of a file as `kind`, an older version brought to the present one."""
    if len(content) > form.max_bytes:
        raise refuse(tr("too large for {what}", what=tr(form.words)))
    try:
        header = msgspec.json.decode(content, type=_Header)
    except (ValueError, RecursionError) as error:
        raise refuse(tr("not {what} ({why})", what=tr(form.words), why=reason(error))) from error
    if header.format != form.name:
        raise refuse(tr("not {what}", what=tr(form.words)))
    if type(header.version) is not int or header.version not in (form.version, *form.migrations):
        raise refuse(
            tr(
                "written in format version {version}; this program reads version {known}: update it",
                version=f"{header.version!r:.20}",
                known=form.version,
            )
        )
    try:
        if header.version == form.version:
            return msgspec.json.decode(content, type=kind)
        return msgspec.convert(_migrated(msgspec.json.decode(content), form), kind, str_keys=True)
    except (ValueError, RecursionError) as error:
        raise refuse(
            tr("{what} with a field that is missing or wrong ({why})", what=tr(form.words), why=reason(error))
        ) from error


def read(path: Path, form: Format, kind: type[T], refuse: Refuse) -> T:
    """As decode(), of a file."""
    try:
        with path.open("rb") as file:
            content = file.read(form.max_bytes + 1)
    except OSError as error:
        raise refuse(tr("cannot be read ({why})", why=error.strerror)) from error
    return decode(content, form, kind, refuse)


def encode(form: Format, value: object) -> str:
    """The content of a file. ValueError for numbers that JSON does not know."""
    return to_text(as_json(form, value))


def as_json(form: Format, value: object) -> dict[str, Any]:
    """The same before it is text."""
    content: dict[str, Any] = plain(value)
    return {"format": form.name, "version": form.version} | content


def plain(value: object) -> Any:
    """The same in dicts, lists, texts and numbers, as it stands in JSON."""
    return msgspec.to_builtins(value, str_keys=True)


def to_text(data: object) -> str:
    """JSON as this program lays it out. ValueError for numbers that JSON does not know."""
    return json.dumps(data, indent=1, allow_nan=False) + "\n"


def check_moment(when: datetime) -> None:
    """ValueError for a date that nobody can have filmed on: sums with it would leave the calendar."""
    if not 1990 <= when.year <= 9000:
        raise ValueError(tr("a date from 1990 on was expected"))


def reason(error: Exception) -> str:
    """An error in one line; of a field, which one it is and what was expected there."""
    said, _, place = " ".join(str(error).split()).partition(" - at `")
    said = re.sub(r" matching regex .*", " of another form", said)
    said = re.sub(r"`(\w+)( \| null)?`", lambda m: tr(_KINDS.get(m[1], m[1])), said)
    said = re.sub(r"^Expected (.*?)(?:, got (.*))?$", _expected, said)
    where = place.replace("key` in `", tr("a name in ")).strip("`").replace("$.", "").replace("$", tr("the file"))
    return (f"{where}: {said}" if place else said)[:200] or type(error).__name__


def _expected(found: re.Match[str]) -> str:
    if found[2]:
        return tr("{what} was expected, not {other}", what=found[1], other=found[2])
    return tr("{what} was expected", what=found[1])


def _migrated(data: dict[str, Any], form: Format) -> dict[str, Any]:
    while data["version"] != form.version:
        try:
            data = form.migrations[data["version"]](data) | {"version": data["version"] + 1}
        except (TypeError, LookupError, AttributeError) as error:
            raise ValueError(reason(error)) from error
    return data
