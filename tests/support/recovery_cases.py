"""A program of its own, killed by run/test_recovery.py: a live set of clams at a camera's pace, which says what it has done.
It waits for its film, as on a computer that keeps up however busy this one is.

python recovery_cases.py SESSIONS_FOLDER
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
FPS, REP_S = 30, 1.2
CLIENT = "c0ffee00c0ffee00c0ffee00c0ffee00"
"""Whose set it is."""


def main(sessions: Path) -> None:
    from live_cases import clam_set, opening, picture

    from formcheck.session.ownership import Owner

    live = clam_set(sessions, owner=Owner(CLIENT))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    start = time.monotonic()
    index = 0
    while True:
        time.sleep(max(0.0, start + index / FPS - time.monotonic()))
        while live.backlog > 0:
            time.sleep(0.001)
        frame = picture(index, index / FPS)
        update = live.feed(frame, opening(frame, REP_S))
        sys.stdout.write(f"{frame.timestamp_s:.4f} {len(update.result.snapshot.reps)}\n")
        sys.stdout.flush()
        index += 1


@dataclass(frozen=True)
class Killed:
    """What the program said last."""

    time_s: float
    reps: int


NOTHING = Killed(0.0, 0)
"""It was killed before it said anything."""


def killed_after(sessions: Path, seconds: float, *, told_s: float = 0.0) -> Killed:
    """Run a set and kill -9 the program so many seconds after it was ready and had told of a picture of told_s."""
    command = [sys.executable, str(Path(__file__)), str(sessions)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment()) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "ready"
        said: list[list[str]] = []
        while told_s > (float(said[-1][0]) if said else 0.0):
            said.append(child.stdout.readline().split())
        time.sleep(seconds)
        child.kill()
        said += [line.split() for line in child.stdout.read().split("\n")[:-1]]  # the last may be torn
    return Killed(float(said[-1][0]), int(said[-1][1])) if said else NOTHING


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": f"{HERE.parents[1]}{os.pathsep}{HERE}"}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
