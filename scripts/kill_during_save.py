"""Kills a process that saves sessions, again and again, and checks that no finished session is lost.

Usage: kill_during_save.py [--rounds 100] [--seed 1]. POSIX only (fork and SIGKILL). It shows that a killed process loses nothing;
a power cut also tests the disk, which this cannot.
"""

import argparse
import os
import random
import signal
import tempfile
import time
from pathlib import Path

from formcheck.library.store.library import Library
from formcheck.library.store.sync import open_library, sync
from formcheck.results import Limits, Measurement, Rep, Session, Side, VideoInfo
from formcheck.session.file import read_session, write_session


def session(reps: int) -> Session:
    """A set after so many repetitions."""
    done = tuple(
        Rep(i, Side.LEFT, 3.0 * i, 3.0 * i + 1, 3.0 * i + 2, {"pelvic_roll": Measurement(4.0, "deg", 2.5)}, (), {})
        for i in range(1, reps + 1)
    )
    video = VideoInfo("camera", 640, 480, 30.0, 3.0 * reps, 90 * reps)
    return Session("0.1.0", "clam", "standard", Side.LEFT, video, "full", 90 * reps, {"pelvic_roll": Limits(10, 15)}, done)


def save_for_ever(root: Path, prefix: str, pipe: int) -> None:
    """Sets that are saved repetition by repetition and then added to the library; each success is said aloud."""
    library = open_library(root)
    os.write(pipe, b"ready\n")
    number = 0
    while True:
        number += 1
        folder = library.sessions_root / f"{prefix}-{number}"
        folder.mkdir()
        for reps in range(1, 4):
            write_session(folder, session(reps))
            os.write(pipe, f"{folder.name} {reps}\n".encode())
        library.add_session(folder, keep_video=False)
        os.write(pipe, f"{folder.name} added\n".encode())


def one_round(root: Path, prefix: str, successes: int, delay_s: float) -> dict[str, str]:
    """Run the saver, kill it `delay_s` after so many successes; what it had said of each folder last."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            save_for_ever(root, prefix, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        if pipe.readline() != b"ready\n":
            raise SystemExit("the saver did not start")
        told = b"".join(pipe.readline() for _ in range(successes))
        time.sleep(delay_s)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said = (told + pipe.read()).decode().split("\n")[:-1]
    return dict(line.split(" ", 1) for line in said)


def lost(library: Library, said: dict[str, str]) -> list[str]:
    """Folders of which less is there than was said."""
    known = library.index.folders()
    out = []
    for folder, word in said.items():
        found = read_session(library.sessions_root / folder)
        if folder not in known or len(found.reps) < (3 if word == "added" else int(word)):
            out.append(folder)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    drawn = random.Random(options.seed)
    finished, missing = 0, []
    with tempfile.TemporaryDirectory() as work:
        for i in range(options.rounds):
            said = one_round(Path(work), f"round{i:03}", drawn.randint(0, 8), drawn.uniform(0.0, 0.02))
            with open_library(Path(work)) as library:
                sync(library, settled_s=0.0)
                missing += lost(library, said)
                finished += len(said)
    print(f"{options.rounds} kills, {finished} sessions saved, {len(missing)} lost {' '.join(missing)}".rstrip())
    raise SystemExit(bool(missing))


if __name__ == "__main__":
    main()
