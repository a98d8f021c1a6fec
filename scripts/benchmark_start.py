"""Measures how long the program takes to start: to the first live picture of the demo clip, and to the words of --help.

    python scripts/benchmark_start.py [--rounds 5]

Needs a display (xvfb-run makes one). Each round is a new process; the first, which reads from the disk, is left out. Wall time
depends on what else the computer does; processor time is printed beside it.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

import numpy as np

from formcheck.system.opencv_qt import clean_environment

DEMO = """
import os, sys, threading, time

def watch():
    while not hasattr(sys.modules.get("formcheck.gui.video.picture"), "PictureView"):
        time.sleep(0.005)
    view = sys.modules["formcheck.gui.video.picture"].PictureView
    show = view.show_picture
    def shown(self, picture):
        show(self, picture)
        if picture is not None:
            self.repaint()
            os._exit(0)
    view.show_picture = shown

threading.Thread(target=watch, daemon=True).start()
from formcheck.cli.main import run
run(["demo"])
"""
HELP = "from formcheck.cli.main import run; run(['--help'])"
COMMANDS = {"formcheck demo, to the first live picture": DEMO, "formcheck --help": HELP}


def timed(command: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    """(wall, processor) seconds of a process and its children."""
    before, began_s = os.times(), time.monotonic()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    wall_s, after = time.monotonic() - began_s, os.times()
    spent = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return wall_s, spent


def start_times(title: str, code: str, rounds: int) -> str:
    """A line: median, least and most of so many rounds after the first."""
    with tempfile.TemporaryDirectory() as home:
        environment = clean_environment() | dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), home)
        times = np.array([timed([sys.executable, "-c", code], environment) for _ in range(rounds + 1)])[1:]
    wall_s, spent_s = np.median(times, axis=0)
    return f"{title}: {wall_s:.2f} s ({times[:, 0].min():.2f}-{times[:, 0].max():.2f}), processor {spent_s:.2f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for title, code in COMMANDS.items():
        print(start_times(title, code, options.rounds))


if __name__ == "__main__":
    main()
