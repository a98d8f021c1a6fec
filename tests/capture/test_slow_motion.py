"""Slow motion: times are those of life, from the tag that phones write or from the rate that is named."""

from pathlib import Path

import av
import pytest
from films import make_film, moving

from formcheck.capture.source import Part, SourceError
from formcheck.capture.video_file import VideoFile


def film(path: Path, fps: int = 30, **tags: str) -> Path:
    """60 pictures, with these tags."""
    plain = make_film(path.with_name("plain.mp4"), [moving(i) for i in range(60)], fps=fps)
    with av.open(str(plain)) as source, av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as target:
        out = target.add_stream_from_template(source.streams.video[0])
        target.metadata.update({name.replace("_", "."): value for name, value in tags.items()})
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = out
                target.mux(packet)
    return path


def times(video: VideoFile) -> list[float]:
    return [frame.timestamp_s for frame in video.frames()]


def test_a_phone_s_tag_gives_the_times_of_life(tmp_path: Path) -> None:
    with VideoFile(film(tmp_path / "slow.mp4", com_android_capture_fps="240.0")) as video:
        assert times(video) == pytest.approx([i / 240 for i in range(60)], abs=1e-3)
        assert video.info.fps == pytest.approx(240)
        assert video.info.duration_s == pytest.approx(60 / 240, abs=0.01)
        assert "filmed at 240 frames a second, it plays 8.0 times slower" in (video.notice or "")


@pytest.mark.parametrize(
    ("fps", "tag"), [(30, "30.0"), (20, "60.0"), (24, "nan"), (30, "1e9"), (30, "often"), (120, "120.0"), (30, "-240")]
)
def test_other_films_play_as_life_does(tmp_path: Path, fps: int, tag: str) -> None:
    """In the dark a phone films fewer frames than its tag says; an original of 120 frames a second plays at that rate."""
    with VideoFile(film(tmp_path / "a.mp4", fps, com_android_capture_fps=tag)) as video:
        assert times(video)[-1] == pytest.approx(59 / fps, abs=2e-3)
        assert video.notice is None


def test_the_named_rate_counts_more_than_the_tag(tmp_path: Path) -> None:
    path = film(tmp_path / "slow.mp4", com_android_capture_fps="240.0")
    for fps in (120.0, 30.0):
        with VideoFile(path, capture_fps=fps) as video:
            assert times(video)[-1] == pytest.approx(59 / fps, abs=1e-3)


def test_a_part_is_named_in_the_film_s_own_time(tmp_path: Path) -> None:
    with VideoFile(film(tmp_path / "slow.mp4"), capture_fps=120.0, part=Part(0.5, 1.0)) as video:
        assert times(video) == pytest.approx([i / 120 for i in range(15)], abs=1e-3)
    with VideoFile(tmp_path / "slow.mp4", capture_fps=120.0, start_s=0.25) as video:
        assert times(video)[0] == pytest.approx(0.25, abs=1e-3)


@pytest.mark.parametrize("fps", [0.0, -5.0, 10.0, 5000.0, float("nan"), float("inf")])
def test_a_rate_that_cannot_be_is_refused(tmp_path: Path, fps: float) -> None:
    with pytest.raises(SourceError, match=r"a\.mp4: plays 30 frames a second, so it was filmed at 30 to 2000"):
        VideoFile(film(tmp_path / "a.mp4"), capture_fps=fps)
