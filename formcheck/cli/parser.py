"""argparse's parser, built from the table of commands."""

import argparse
import gettext
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from formcheck import __version__
from formcheck.cli.command import Command
from formcheck.cli.library_table import GROUPS
from formcheck.cli.table import COMMANDS
from formcheck.cli.words import DISCLAIMER
from formcheck.system.language import DOMAIN, catalogues, language, to_translate, tr

ARGPARSE = (
    to_translate("usage: "),
    to_translate("positional arguments"),
    to_translate("options"),
    to_translate("show this help message and exit"),
    to_translate("%(prog)s: error: %(message)s\n"),
    to_translate("argument %(argument_name)s: %(message)s"),
    to_translate("the following arguments are required: %s"),
    to_translate("one of the arguments %s is required"),
    to_translate("unrecognized arguments: %s"),
    to_translate("not allowed with argument %s"),
    to_translate("expected one argument"),
    to_translate("expected at least one argument"),
    to_translate("expected at most one argument"),
    to_translate("invalid choice: %(value)r (choose from %(choices)s)"),
    to_translate("invalid %(type)s value: %(value)r"),
    to_translate("ambiguous option: %(option)s could match %(matches)s"),
    to_translate("ignored explicit argument %r"),
)
"""What argparse says of itself; it looks its words up with gettext (see `argparses_words`)."""
WINDOW = "window:window"
"""What is done without a command."""


@contextmanager
def argparses_words() -> Iterator[None]:
    """Within it argparse speaks the user's language: gettext looks for this domain in the language that the environment names."""
    before = os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, catalogues())
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language()
    try:
        yield
    finally:
        gettext.textdomain("messages")
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def build_parser(commands: Sequence[Command] = COMMANDS) -> argparse.ArgumentParser:
    """The namespace it returns holds the command's action, MODULE:FUNCTION, as `action`."""
    parser = argparse.ArgumentParser(
        prog="formcheck",
        description=tr(
            "Watches hip exercises through a camera and says whether the pelvis stayed still. "
            "Without a command it opens the window."
        ),
        epilog=tr(DISCLAIMER),
    )
    words = tr("show program's version number and exit")
    parser.add_argument("--version", action="version", version=f"formcheck {__version__}", help=words)
    parser.set_defaults(action=WINDOW)
    top = parser.add_subparsers(title=tr("commands"), metavar="COMMAND")
    groups = {}
    for command in commands:
        group, _, name = command.name.rpartition(" ")
        if group and group not in groups:
            of_group = top.add_parser(group, help=tr(GROUPS[group]))
            groups[group] = of_group.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
        place = groups[group] if group else top
        _add_options(place.add_parser(name, help=tr(command.help), epilog=tr(command.epilog) or None), command)
    return parser


def _add_options(parser: argparse.ArgumentParser, command: Command) -> None:
    for flags, how in command.options:
        parser.add_argument(*flags, **_translated(how))
    if command.one_of:
        exclusive = parser.add_mutually_exclusive_group()
        for flags, how in command.one_of:
            exclusive.add_argument(*flags, **_translated(how))
    parser.set_defaults(action=command.action)


def _translated(how: Mapping[str, Any]) -> dict[str, Any]:
    """An argument's words in the user's language; what is typed stays as it is."""
    return {name: tr(value) if name == "help" and value else value for name, value in how.items()}
