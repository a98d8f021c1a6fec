"""A program of its own, killed by test_killed.py: records at a camera's pace and says what it has handed over.

python record_until_killed.py FILM FPS [patient]

patient: waits until each picture is written before the next, as on a computer that keeps up however busy this one is.
"""

import sys
import time
from pathlib import Path

import numpy as np

from formcheck.recording.sink import BackgroundWriter
from formcheck.recording.video_writer import VideoWriter


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(path: Path, fps: float, *, patient: bool) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (8, 240, 320, 3), np.uint8)
    with BackgroundWriter(VideoWriter(path, (320, 240), fps_hint=30), live=True) as writer:
        start = time.monotonic()
        say("ready")
        index = 0
        while True:
            time.sleep(max(0.0, start + index / fps - time.monotonic()))
            while patient and writer.frames < index:
                time.sleep(0.001)
            now = time.monotonic() - start
            writer.write(noise[index % 8], now)
            say(f"{now:.4f}")
            index += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), patient="patient" in sys.argv[3:])
