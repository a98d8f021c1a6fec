"""`formcheck live`: a whole set without a window, from a file played as a camera and from a real stream."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from streams import RtspServer, needs_ffmpeg

from formcheck.cli.main import run
from formcheck.system.resources import folder

DEMO = folder("assets") / "demo.mp4"
ROOT = Path(__file__).parents[2]


def command(out: Path, *more: str, camera: str = str(DEMO)) -> list[str]:
    return ["live", "--camera", camera, "--exercise", "clam", "--now", "--out", str(out), *more]


def session(out: Path) -> dict[str, object]:
    data: dict[str, object] = json.loads((out / "session.json").read_text())
    return data


def test_a_set_ends_at_its_repetitions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "set"
    assert run(command(out, "--reps", "2")) == 0
    said = capsys.readouterr().out
    assert " 1." in said
    assert "2 repetitions" in said
    assert " s  2 repetitions, " in said
    assert len(session(out)["reps"]) == 2  # type: ignore[arg-type]
    assert (out / "annotated.mp4").stat().st_size > 10_000


def test_a_folder_that_holds_something_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert run(command(tmp_path)) == 2
    assert "not empty" in capsys.readouterr().err


def test_a_metronome_is_for_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command(tmp_path / "set", "--metronome")) == 2
    assert "running and walking" in capsys.readouterr().err
    assert not (tmp_path / "set").exists()


@pytest.mark.parametrize("camera", ["No such camera", "http://127.0.0.1:9/video"])
def test_a_camera_that_is_not_there_is_one_line(
    camera: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formcheck.cli.live_set.FIRST_PICTURE_S", 1.0)
    assert run(command(tmp_path / "set", camera=camera)) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "set").exists()


@needs_ffmpeg
def test_ctrl_c_ends_a_set_from_a_stream_whole(tmp_path: Path) -> None:
    out = tmp_path / "set"
    with RtspServer(DEMO) as served:
        arguments = command(out, "--no-video", camera=served.url)
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        child = subprocess.Popen(
            [sys.executable, "-m", "formcheck", *arguments], stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=environment
        )
        assert child.stdout is not None
        end = time.monotonic() + 240
        while " 1." not in (line := child.stdout.readline()) and time.monotonic() < end:
            assert line, "the set ended before its first repetition"
        child.send_signal(signal.SIGINT)
        rest, _ = child.communicate(timeout=240)
    assert child.returncode == 0
    assert "repetition" in rest
    assert len(session(out)["reps"]) >= 1  # type: ignore[arg-type]
