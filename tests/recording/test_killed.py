"""A recording whose program is killed plays to within one second of the end. scripts/kill_recordings.py does it 200 times."""

import os
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from formcheck.capture.video_file import VideoFile

PROGRAM = Path(__file__).parent / "record_until_killed.py"
ROOT = Path(__file__).parents[2]


def killed_after(path: Path, seconds: float, fps: float) -> float:
    """Record, kill -9; returns the time of the last frame that the program had handed over."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(PROGRAM), str(path), str(fps)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "ready"
        time.sleep(seconds)
        child.kill()
        said = child.stdout.read().splitlines()
    return float(said[-1] if "." in said[-1] else said[-2])


@pytest.mark.parametrize(("seconds", "fps"), [(1.3, 30), (2.2, 30), (2.9, 12), (3.3, 3)])
def test_it_plays_to_within_a_second_of_the_end(tmp_path: Path, seconds: float, fps: float) -> None:
    path = tmp_path / "a.mp4"
    last_s = killed_after(path, seconds, fps)
    assert last_s > seconds - 0.8
    with VideoFile(path) as video:
        times = [f.timestamp_s for f in video.frames()]
    assert times[-1] > last_s - 1.0
    steps = [b - a for a, b in pairwise(times)]
    assert sorted(steps)[len(steps) // 2] == pytest.approx(1 / fps, rel=0.1)
