"""Kills a program in the middle of a live set, at random moments, and recovers what it left.

    python scripts/kill_sets.py [--times 200] [--seed 0]

The program is tests/support/recovery_cases.py: a set of clams at 30 pictures a second with its film. It must be found again;
no repetition it had told of may be lacking, and its film must play to within one second of the end. Exit 0 if all did.
A program that was killed before it told of its first picture may leave a folder with nothing to read; those are counted.
"""

import argparse
import math
import sys
import tempfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from recovery_cases import NOTHING, Killed, killed_after

from formcheck.capture.video_file import VideoFile
from formcheck.run.live.recovery import cut_off_sets, keep
from formcheck.session.file import read_session


def lacking(sessions: Path, last: Killed) -> tuple[int, float]:
    """(repetitions, seconds of film) that are not there after the recovery."""
    found = cut_off_sets(sessions)
    if not found:
        return last.reps, 0.0 if last is NOTHING else math.inf
    keep(found[0].folder)
    reps = len(read_session(found[0].folder).reps)
    film_path = found[0].folder / "annotated.mp4"
    if not film_path.exists():
        return last.reps - reps, last.time_s
    with VideoFile(film_path) as film:
        return last.reps - reps, last.time_s - max(frame.timestamp_s for frame in film.frames())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    told, lost, early, late = 0, 0, 0, []
    for i in range(1, options.times + 1):
        with tempfile.TemporaryDirectory() as folder:
            last = killed_after(Path(folder) / "sessions", float(rng.uniform(0.1, 4.0)))
            told += last.reps
            early += last is NOTHING
            reps, seconds = lacking(Path(folder) / "sessions", last)
            lost += max(0, reps)
            late.append(seconds)
            if reps > 0 or seconds > 1.0:
                print(f"killed after {last.time_s:.2f} s: {reps} repetitions and {seconds:.2f} s of film are lacking", flush=True)
        if i % 50 == 0:
            print(f"{i} kills, {lost} of {told} repetitions lost so far", flush=True)
    print(
        f"{options.times} kills: {lost} of {told} repetitions lost; {sum(s > 1.0 for s in late)} films lack more than a second, "
        f"{np.mean(late):.2f} s on average, {max(late):.2f} s at most; {early} were killed before their first picture was done"
    )
    return 1 if lost or max(late) > 1.0 else 0


if __name__ == "__main__":
    sys.exit(main())
