"""`formcheck`, `formcheck open` and `formcheck demo`: the only commands that load Qt."""

import argparse
import contextlib
from pathlib import Path

from formcheck.system.display import begin_display_check
from formcheck.system.errors import UserError
from formcheck.system.language import tr
from formcheck.system.resources import folder

DEMO_EXERCISE = "clam"
DEMO_FOLDER = Path("formcheck-demo")


def window(_: argparse.Namespace) -> int:
    return _window(None)


def open_path(options: argparse.Namespace) -> int:
    path: Path | None = options.path
    if path is not None and not path.exists():
        raise UserError(tr("{path}: is not there", path=path))
    return _window(path and path.absolute())


def demo(_: argparse.Namespace) -> int:
    problem = _display_problem()
    if problem is None:
        from formcheck.gui.app import run

        return run(demo=True)
    from formcheck.cli.analyze import analyze_one
    from formcheck.exercises import EXERCISES

    print(tr("No window: {problem}. Analysing the demo clip instead.", problem=problem))
    analyze_one(folder("assets") / "demo.mp4", EXERCISES[DEMO_EXERCISE], DEMO_FOLDER)
    return 0


def _window(show: Path | None) -> int:
    problem = _display_problem()
    if problem:
        raise UserError(
            tr("the window cannot open: {problem}. The command line works without it: see formcheck --help", problem=problem)
        )
    from formcheck.gui.app import run

    return run(show=show)


def _display_problem() -> str | None:
    """Found out by a child process; what the window needs beside Qt is loaded meanwhile."""
    answer = begin_display_check()
    with contextlib.suppress(ImportError):  # said by whoever needs it
        import formcheck.run.live.run  # noqa: F401
    return answer()
