"""A recording whose program is killed plays to within one second of the end. scripts/kill_recordings.py does it 200 times."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.capture.video_file import VideoFile
from formcheck.recording.video_writer import FRAGMENT_S

PROGRAM = Path(__file__).parent / "record_until_killed.py"
ROOT = Path(__file__).parents[2]


def killed_after(path: Path, seconds: float, fps: float, *options: str) -> list[float]:
    """Record, kill -9 once pictures of so many seconds were handed over; returns the times of those that were."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(PROGRAM), str(path), str(fps), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "ready"
        said = [child.stdout.readline()]
        while float(said[-1]) < seconds:
            said.append(child.stdout.readline())
        child.kill()
        said += child.stdout.readlines()
    return [float(line) for line in said if line.endswith("\n")]  # the last may be torn


@pytest.mark.parametrize(("seconds", "fps"), [(1.3, 30), (2.2, 30), (2.9, 12), (3.3, 3)])
def test_it_plays_to_within_a_second_of_the_end(tmp_path: Path, seconds: float, fps: float) -> None:
    path = tmp_path / "a.mp4"
    handed_over = killed_after(path, seconds, fps, "patient")
    with VideoFile(path) as video:
        times = [f.timestamp_s for f in video.frames()]
    lacking = len(handed_over) - len(times)
    assert times == pytest.approx([time_s - handed_over[0] for time_s in handed_over[: len(times)]], abs=0.002)
    assert lacking <= 3 + FRAGMENT_S * fps
