"""What the table of commands is made of."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Option(NamedTuple):
    """One argument, as argparse's add_argument() takes it."""

    flags: tuple[str, ...]
    how: Mapping[str, Any]


class Command(NamedTuple):
    name: str
    """Of a group, two words: "library add"."""
    help: str
    action: str
    """MODULE:FUNCTION in formcheck.cli. It takes argparse's namespace and returns an exit code, or None for 0."""
    options: tuple[Option, ...] = ()
    one_of: tuple[Option, ...] = ()
    """Options of which at most one may be given."""
    epilog: str = ""


def option(*flags: str, **how: Any) -> Option:
    return Option(flags, how)
