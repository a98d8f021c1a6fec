"""Kills a recording program at random moments and checks that the film plays to within one second of the end.

    python scripts/kill_recordings.py [--times 200] [--seed 0]

The program is tests/recording/record_until_killed.py, at 30, 12 and 3 frames a second. Exit 0 if every film did.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "recording"))
from test_killed import killed_after

from formcheck.capture.source import SourceError
from formcheck.capture.video_file import VideoFile


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    lacking = []
    with tempfile.TemporaryDirectory() as folder:
        for i in range(options.times):
            path = Path(folder) / f"{i}.mp4"
            last_s = killed_after(path, float(rng.uniform(1.0, 4.0)), float(rng.choice([30, 12, 3])))[-1]
            try:
                with VideoFile(path) as film:
                    end_s = max(frame.timestamp_s for frame in film.frames())
            except SourceError:
                end_s = 0.0
            lacking.append(last_s - end_s)
            path.unlink()
            if (i + 1) % 50 == 0:
                print(f"{i + 1} kills, a film lacks at most {max(lacking):.2f} s so far", flush=True)
    late = sum(missing > 1.0 for missing in lacking)
    print(
        f"{options.times} kills: {late} films lack more than a second; lacking on average {np.mean(lacking):.2f} s, "
        f"at most {max(lacking):.2f} s"
    )
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
