"""A file played as a camera."""

import time
from pathlib import Path

import pytest
from films import make_film, moving

from formcheck.capture.live import CameraState
from formcheck.capture.playback import VideoAsCamera
from formcheck.capture.source import SourceError


def test_plays_at_its_own_pace_and_ends(tmp_path: Path) -> None:
    path = make_film(tmp_path / "a.mp4", [moving(i) for i in range(30)])
    start = time.monotonic()
    source = VideoAsCamera(path)
    everything = source.listen()
    with source:
        shown = list(source.frames())
        assert source.state is CameraState.ENDED
    assert 0.9 < time.monotonic() - start < 2.5
    recorded = []
    while (frame := everything.get(0.0)) is not None:
        recorded.append(frame.index)
    assert recorded == list(range(30))
    assert [f.timestamp_s for f in shown] == pytest.approx([f.index / 30 for f in shown], abs=2e-3)
    assert len(shown) > 15


def test_as_fast_as_it_can(tmp_path: Path) -> None:
    path = make_film(tmp_path / "a.mp4", [moving(i) for i in range(90)])
    start = time.monotonic()
    source = VideoAsCamera(path, realtime=False)
    everything = source.listen(200)
    with source:
        while not everything.ended:
            everything.get(0.1)
    assert time.monotonic() - start < 1.5
    assert source.captured == 90


def test_over_and_over_with_times_running_on(tmp_path: Path) -> None:
    path = make_film(tmp_path / "a.mp4", [moving(i) for i in range(10)])
    source = VideoAsCamera(path, realtime=False, loop=True)
    everything = source.listen(35)
    with source:
        frames = [everything.get(2.0) for _ in range(35)]
    times = [f.timestamp_s for f in frames if f is not None]
    assert times == pytest.approx([i / 30 for i in range(35)], abs=0.01)


def test_a_bad_file_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        VideoAsCamera(tmp_path / "missing.mp4")
