"""A file played as a camera."""

import itertools
from pathlib import Path

import pytest
from fake_device import PATIENCE_S
from films import make_film, moving

from formcheck.capture.live import CameraState
from formcheck.capture.playback import VideoAsCamera
from formcheck.capture.source import SourceError


def test_plays_at_its_own_pace_and_ends(tmp_path: Path) -> None:
    path = make_film(tmp_path / "a.mp4", [moving(i) for i in range(30)])
    source = VideoAsCamera(path)
    everything, early_s, recorded = source.listen(), [], []
    with source:
        while not everything.ended:
            if (frame := everything.get(PATIENCE_S)) is not None:
                early_s.append(frame.timestamp_s - source.now_s())
                recorded.append(frame)
        assert source.state is CameraState.ENDED
    assert [f.index for f in recorded] == list(range(30))
    assert [f.timestamp_s for f in recorded] == pytest.approx([i / 30 for i in range(30)], abs=2e-3)
    assert max(early_s) < 0.001


def test_as_fast_as_it_can(tmp_path: Path) -> None:
    """A film of three hours."""
    path = make_film(tmp_path / "a.mp4", [moving(i) for i in range(90)], [120.0 * i for i in range(90)])
    source = VideoAsCamera(path, realtime=False)
    everything = source.listen(200)
    with source:
        taken = list(itertools.takewhile(lambda frame: frame is not None, (everything.get(PATIENCE_S) for _ in range(91))))
        assert everything.ended
    assert len(taken) == source.captured == 90


def test_over_and_over_with_times_running_on(tmp_path: Path) -> None:
    path = make_film(tmp_path / "a.mp4", [moving(i) for i in range(10)])
    source = VideoAsCamera(path, realtime=False, loop=True)
    everything = source.listen(35)
    with source:
        frames = [everything.get(PATIENCE_S) for _ in range(35)]
    times = [f.timestamp_s for f in frames if f is not None]
    assert times == pytest.approx([i / 30 for i in range(35)], abs=0.01)


def test_a_bad_file_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        VideoAsCamera(tmp_path / "missing.mp4")
