"""Kinds of settings: what each may hold, and how it is read from a file. No Qt: gui/settings/fields.py has a widget for each.

read() gives the value, or raises ValueError, TypeError, KeyError or OverflowError for one that makes no sense.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol

MAX_TEXT = 10_000
SIZES = ((640, 480), (1280, 720), (1920, 1080))
"""Sizes of a camera's picture that are offered; a file may ask for others."""
STRICTNESS = ("strict", "standard", "lenient", "custom")

CustomLimits = Mapping[str, Mapping[str, tuple[float, float]]]
"""Exercise -> fault -> (caution, fault)."""


class Kind(Protocol):
    def read(self, value: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    def read(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValueError
        return value


@dataclass(frozen=True, slots=True)
class Text:
    """Any words."""

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or len(value) > MAX_TEXT or "\0" in value:
            raise ValueError
        return value


@dataclass(frozen=True, slots=True)
class LanguageCode(Text):
    """A language's code, or `system`. Which are offered depends on the catalogues that are shipped."""


@dataclass(frozen=True, slots=True)
class FolderPath(Text):
    """A folder; empty for the program's own choice."""


@dataclass(frozen=True, slots=True)
class FilePath(Text):
    """A file whose name fits a pattern; empty for the program's own."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values, each with the words that it is offered with."""

    options: tuple[tuple[str | int | bool, str], ...]

    def read(self, value: Any) -> str | int | bool:
        for allowed, _ in self.options:
            if type(value) is type(allowed) and value == allowed:
                return allowed
        raise ValueError


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number from 1 to `most`."""

    most: int

    def read(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= self.most:
            raise ValueError
        return value


@dataclass(frozen=True, slots=True)
class PictureSize:
    """(width, height) px."""

    def read(self, value: Any) -> tuple[int, int]:
        width, height = value
        if not all(isinstance(x, int) and not isinstance(x, bool) and 64 <= x <= 8192 for x in (width, height)):
            raise ValueError
        return width, height


@dataclass(frozen=True, slots=True)
class StrictnessPerExercise:
    """Exercise -> one of STRICTNESS."""

    def read(self, value: Any) -> Mapping[str, str]:
        found = {Text().read(exercise): strictness for exercise, strictness in dict(value).items()}
        if not all(isinstance(s, str) and s in STRICTNESS for s in found.values()):
            raise ValueError
        return MappingProxyType(found)


@dataclass(frozen=True, slots=True)
class LimitsPerExercise:
    """Limits of the user's own."""

    def read(self, value: Any) -> CustomLimits:
        text = Text()
        return MappingProxyType(
            {
                text.read(exercise): {text.read(fault): _pair(pair) for fault, pair in dict(faults).items()}
                for exercise, faults in dict(value).items()
            }
        )


def _pair(value: Any) -> tuple[float, float]:
    caution, fault = (float(x) for x in value)
    if not (-1000 <= caution <= 1000 and -1000 <= fault <= 1000):  # analysis/limits.py knows what makes sense for a fault
        raise ValueError
    return caution, fault


class Tab(StrEnum):
    """Of the settings dialog."""

    LOOK = "look"
    SET = "set"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table."""

    name: str
    kind: Kind
    tab: Tab | None
    """None: it is not in the dialog, but kept by whatever changes it."""
    words: str
    note: str
