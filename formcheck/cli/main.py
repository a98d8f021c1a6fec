"""The command line: arguments in, one-line reasons and exit codes out."""

import argparse
import errno
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import TypeAlias

from formcheck.cli.parser import build_parser
from formcheck.system.errors import UserError

Action: TypeAlias = Callable[[argparse.Namespace], int | None]


def run(arguments: Sequence[str]) -> int:
    """The exit code: 0, or 2 with a one-line reason on standard error for anything the user can mend."""
    options = build_parser().parse_args(arguments)
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
        return _refuse("stopped")


def load(action: str) -> Action:
    """The function that MODULE:FUNCTION names in this package."""
    module, _, function = action.partition(":")
    found: Action = getattr(importlib.import_module(f"formcheck.cli.{module}"), function)
    return found


def _refuse(reason: str) -> int:
    print(f"formcheck: {' '.join(reason.split())}", file=sys.stderr)
    return 2


def _explain(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    advice = {
        errno.ENOSPC: "the disk is full: make room and try again",
        errno.EACCES: "may not be written or read here: choose another folder",
        errno.EROFS: "lies on a read-only disk: choose another folder",
    }
    return where + advice.get(error.errno or 0, error.strerror or str(error))
