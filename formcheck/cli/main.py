"""The command line: arguments in, one-line reasons and exit codes out."""

import argparse
import errno
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from formcheck.cli.parser import argparses_words, build_parser
from formcheck.system.errors import UserError
from formcheck.system.language import tr, use_language
from formcheck.system.log_file import log_to_file, log_unforeseen
from formcheck.system.settings import load_settings

Action: TypeAlias = Callable[[argparse.Namespace], int | None]


UNFORESEEN = 70
"""Exit code for an error that nobody thought of, as sysexits.h has it for "software"."""


def run(arguments: Sequence[str]) -> int:
    """The exit code: 0; 2 with a one-line reason on standard error for anything the user can mend; else UNFORESEEN."""
    if sys.stdout is None or sys.stderr is None:  # the start menu's program on Windows has nobody to tell
        sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as it runs
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a name that the terminal or the file cannot hold is no reason to stop
            stream.reconfigure(errors="backslashreplace")
    use_language(load_settings()[0].language)
    with argparses_words():
        options = build_parser().parse_args(arguments)
    log_to_file()
    try:
        return load(options.action)(options) or 0
    except UserError as error:
        return _refuse(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has left: nobody to tell
        return 0
    except OSError as error:
        return _refuse(_explain(error))
    except KeyboardInterrupt:
        return _refuse(tr("stopped"))
    except Exception as error:
        return _unforeseen(error)


def load(action: str) -> Action:
    """The function that MODULE:FUNCTION names in this package."""
    module, _, function = action.partition(":")
    found: Action = getattr(importlib.import_module(f"formcheck.cli.{module}"), function)
    return found


def _refuse(reason: str) -> int:
    print(tr("formcheck: {what}", what=" ".join(reason.split())), file=sys.stderr)
    return 2


def _unforeseen(error: Exception) -> int:
    place = log_unforeseen(error)
    what = f"{type(error).__name__}: {' '.join(str(error).split())[:100]}"
    if place:
        said = tr(
            "formcheck: something unforeseen happened ({what}); what was finished before is kept; the details are in {place}",
            what=what,
            place=place,
        )
    else:
        said = tr(
            "formcheck: something unforeseen happened ({what}); what was finished before is kept; no log could be written",
            what=what,
        )
    print(said, file=sys.stderr)
    return UNFORESEEN


def _explain(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    advice = {
        errno.ENOSPC: tr("the disk is full: make room and try again"),
        errno.EACCES: tr("may not be written or read here: choose another folder"),
        errno.EROFS: tr("lies on a read-only disk: choose another folder"),
    }
    return where + advice.get(error.errno or 0, error.strerror or str(error))
