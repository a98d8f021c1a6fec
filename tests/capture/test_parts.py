"""A part of a film: its frames, with times from its own beginning."""

from pathlib import Path

import pytest
from films import make_film, moving

from formcheck.capture.source import Part, SourceError
from formcheck.capture.video_file import VideoFile


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return make_film(tmp_path / "a.mp4", [moving(i) for i in range(120)], g=12)


@pytest.mark.parametrize(
    ("from_s", "to_s", "numbers"), [(1.0, 2.5, range(30, 75)), (0.0, 0.5, range(15)), (3.5, 60.0, range(105, 120))]
)
def test_the_part_s_frames(film: Path, from_s: float, to_s: float, numbers: range) -> None:
    with VideoFile(film) as video:
        whole = [frame.image for frame in video.frames()]
    with VideoFile(film, part=Part(from_s, to_s)) as video:
        frames = list(video.frames())
    assert [f.timestamp_s for f in frames] == pytest.approx([n / 30 - from_s for n in numbers], abs=1e-3)
    assert all((f.image == whole[n]).all() for f, n in zip(frames, numbers, strict=True))
    assert video.notice is None
    assert video.info.duration_s == pytest.approx(min(to_s, 4.0) - from_s, abs=0.05)


def test_a_start_within_the_part_counts_from_the_part_s_beginning(film: Path) -> None:
    with VideoFile(film, part=Part(1.0, 3.0), start_s=0.5) as video:
        times = [f.timestamp_s for f in video.frames()]
    assert (times[0], times[-1]) == pytest.approx((0.5, 59 / 30), abs=1e-3)


def test_a_part_after_the_end_is_refused(film: Path) -> None:
    with pytest.raises(SourceError, match=r"ends at 4\.0 s"):
        VideoFile(film, part=Part(from_s=9.0))
