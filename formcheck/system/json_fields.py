"""Reads fields of JSON files that others may have written: a value of the expected kind and size, or ValueError."""

import json
import math
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from formcheck.system.errors import UserError

T = TypeVar("T")
MAX_TEXT = 20_000
MAX_ITEMS = 10_000
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)


def parse(
    content: bytes,
    words: str,
    form: tuple[str, int],
    read: Callable[[dict[str, Any]], T],
    refuse: Callable[[str], UserError],
) -> T:
    """Read JSON whose format and version are `form` by `read`.

    Raises what refuse(reason) makes, in one line; `words` names the kind of file.
    """
    try:
        data = json.loads(content.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise refuse(f"not {words} ({_short(error)})") from error
    if not isinstance(data, dict) or data.get("format") != form[0]:
        raise refuse(f"not {words}")
    if data.get("version") != form[1]:
        raise refuse(f"written in format version {data.get('version')!r:.20}; this program reads version {form[1]}: update it")
    try:
        return read(data)
    except _UNREADABLE as error:
        raise refuse(f"{words} with a field that is missing or wrong ({_short(error)})") from error


def read_limited(path: Path, limit: int, refuse: Callable[[str], UserError]) -> bytes:
    """A file's content if it is not larger than `limit` bytes."""
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise refuse(f"cannot be read ({error.strerror})") from error
    if len(content) > limit:
        raise refuse("too large")
    return content


def text(value: Any, limit: int = MAX_TEXT) -> str:
    if not isinstance(value, str) or len(value) > limit or "\0" in value:
        raise ValueError(f"a text was expected, not {value!r:.40}")
    value.encode("utf-8")  # lone surrogates: UnicodeEncodeError is a ValueError
    return value


def name(value: Any) -> str:
    """A text that is not empty and has one line."""
    words = text(value, 200).strip()
    if not words or not words.isprintable():
        raise ValueError(f"a name was expected, not {value!r:.40}")
    return words


def number(value: Any, low: float = -1e9, high: float = 1e9) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or not low <= value <= high:
        raise ValueError(f"a number from {low:g} to {high:g} was expected, not {value!r:.40}")
    return float(value)


def count(value: Any, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"a whole number from {low} to {high} was expected, not {value!r:.40}")
    return value


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"true or false was expected, not {value!r:.40}")
    return value


def items(value: Any, limit: int = MAX_ITEMS) -> list[Any]:
    if not isinstance(value, list) or len(value) > limit:
        raise ValueError(f"a list of at most {limit} was expected")
    return value


def uid(value: Any) -> str:
    """A random identifier as uuid4().hex writes it: safe as a file's name."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]{32}", value):
        raise ValueError(f"an identifier was expected, not {value!r:.40}")
    return UUID(hex=value).hex


def moment(value: Any) -> datetime:
    """A date and time with its offset from UTC."""
    when = datetime.fromisoformat(text(value, 40))
    if when.tzinfo is None or not 1990 <= when.year <= 9000:
        raise ValueError("a date with its time zone was expected")
    return when


def optional(value: Any, read: Callable[[Any], T]) -> T | None:
    return None if value is None else read(value)


def _no_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not a number")


def _short(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:160]
