"""The command line: arguments in, one-line reasons and exit codes out. Heavy imports wait until a command needs them."""

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from formcheck import __version__
from formcheck.cli import commands
from formcheck.cli import library as library_commands
from formcheck.system.errors import UserError

EXERCISE_IDS = (
    "clam",
    "sidelying-er",
    "banded-rotation",
    "single-leg-squat",
    "lateral-band-walk",
    "monster-walk",
    "pivot",
)
"""Spelled out, since the table of exercises loads numpy, which --help need not wait for."""


def run(arguments: Sequence[str]) -> int:
    """The exit code: 0, or 2 with a one-line reason on standard error for anything the user can mend."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except UserError as error:
        return _refuse(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has left: nobody to tell
        return 0
    except OSError as error:
        return _refuse(_explain(error))
    except KeyboardInterrupt:
        return _refuse("stopped")


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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="formcheck",
        description="Watches hip exercises through a camera and says whether the pelvis stayed still. "
        "Without a command it opens the window.",
        epilog=commands.DISCLAIMER,
    )
    parser.add_argument("--version", action="version", version=f"formcheck {__version__}")
    parser.set_defaults(command=commands.window)
    sub = parser.add_subparsers(title="commands", metavar="COMMAND")

    demo = sub.add_parser("demo", help="the shipped clip, played as a live session; without a display, analysed")
    demo.set_defaults(command=commands.demo)

    analyze = sub.add_parser("analyze", help="analyse a video, or a folder of videos", epilog=commands.DISCLAIMER)
    analyze.add_argument("video", type=Path, metavar="VIDEO", help="a file; a folder: each video in it, into DIR/NAME")
    analyze.add_argument("--exercise", required=True, metavar="ID", help=f"one of {', '.join(EXERCISE_IDS)}")
    analyze.add_argument("--side", choices=("left", "right"), help="the working side; found from the video when left out")
    analyze.add_argument("--variant", metavar="V", help="the exercise's variant; its first, or the one seen, when left out")
    analyze.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the session's files go")
    analyze.add_argument("--no-video", action="store_true", help="write no annotated video")
    analyze.add_argument("--blur-face", action="store_true", help="make the person unrecognisable in the annotated video")
    analyze.add_argument("--mirrored", action="store_true", help="the video is mirrored, as selfie cameras do")
    analyze.set_defaults(command=commands.analyze)

    cameras = sub.add_parser("cameras", help="cameras by name")
    cameras.set_defaults(command=commands.cameras)

    models = sub.add_parser("models", help="the pose models that are present")
    models.add_argument("--path", action="store_true", help="print the default model's file, fetching it if need be")
    models.set_defaults(command=commands.models)

    report = sub.add_parser("report", help="a report of a session")
    report.add_argument("session", type=Path, metavar="SESSION_DIR")
    report.add_argument("--pdf", type=Path, metavar="FILE")
    report.add_argument("--html", type=Path, metavar="FILE")
    report.set_defaults(command=commands.report)

    compare = sub.add_parser("compare", help="left against right")
    compare.add_argument("left", type=Path, metavar="LEFT_DIR")
    compare.add_argument("right", type=Path, metavar="RIGHT_DIR")
    compare.add_argument("--pdf", type=Path, metavar="FILE", help="write it as a report with figures and pictures")
    compare.add_argument("--html", type=Path, metavar="FILE", help="the same as one HTML file")
    compare.set_defaults(command=commands.compare)

    library_commands.add_commands(sub)

    recover = sub.add_parser("recover", help="live sets that were cut off by a crash or a power cut: list, keep or discard them")
    what = recover.add_mutually_exclusive_group()
    what.add_argument("--keep", action="store_true", help="finish their files as far as they were written")
    what.add_argument("--discard", action="store_true", help="delete them with their videos")
    recover.set_defaults(command=commands.recover)

    doctor = sub.add_parser("doctor", help="check cameras, model, codecs, display and disk")
    doctor.set_defaults(command=commands.doctor)
    return parser
