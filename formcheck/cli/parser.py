"""argparse's parser, built from the table of commands."""

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from formcheck import __version__
from formcheck.cli.command import Command
from formcheck.cli.library_table import GROUPS
from formcheck.cli.table import COMMANDS
from formcheck.cli.words import DISCLAIMER
from formcheck.system.language import tr

WINDOW = "window:window"
"""What is done without a command."""


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
    parser.add_argument("--version", action="version", version=f"formcheck {__version__}")
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
