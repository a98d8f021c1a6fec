"""Of several video streams the film is read, not its cover or its preview."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest
from av.video.stream import VideoStream
from films import moving

from formcheck.capture.video_file import VideoFile

Pictures = Sequence[np.ndarray]


def several(path: Path, *streams: tuple[str, int, Pictures]) -> Path:
    """A file of streams (codec, pictures a second, pictures)."""
    with av.open(str(path), "w") as container:
        made = []
        for codec, fps, pictures in streams:
            stream = cast(VideoStream, container.add_stream(codec, rate=fps))
            stream.height, stream.width = pictures[0].shape[:2]
            stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
            made.append(stream)
        for stream, (_, fps, pictures) in zip(made, streams, strict=True):
            for i, picture in enumerate(pictures):
                frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
                frame.pts, frame.time_base = i, Fraction(1, fps)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return path


def still(width: int, height: int) -> np.ndarray:
    return np.random.default_rng(3).integers(0, 255, (height, width, 3), np.uint8)


def film(width: int, height: int, count: int = 60) -> Pictures:
    return [moving(i, width, height) for i in range(count)]


COVER = ("mjpeg", 25, [still(320, 240)])
SLIDE = ("libx264", 25, [still(320, 240)] * 60)
FILM = ("libx264", 25, film(128, 96))
PREVIEW = ("libx264", 25, film(64, 48))
TRAILER = ("libx264", 25, film(320, 240, 10))


@pytest.mark.parametrize(
    "streams",
    [
        pytest.param((COVER, FILM), id="a cover first"),
        pytest.param((SLIDE, FILM), id="a still picture as long as the film"),
        pytest.param((PREVIEW, FILM), id="a smaller preview first"),
        pytest.param((FILM, PREVIEW), id="a smaller preview last"),
        pytest.param((TRAILER, FILM), id="a larger trailer first"),
    ],
)
@pytest.mark.parametrize("kind", ["mp4", "mkv"])
def test_the_film_is_found(tmp_path: Path, streams: tuple[tuple[str, int, Pictures], ...], kind: str) -> None:
    with VideoFile(several(tmp_path / f"a.{kind}", *streams)) as video:
        frames = list(video.frames())
    assert (video.info.width, video.info.height) == (128, 96)
    assert len(frames) == 60
    assert "2 video streams" in (video.notice or "")
    assert "128×96" in (video.notice or "")


def test_where_nothing_moves_the_larger_one_is_read(tmp_path: Path) -> None:
    small, large = ("libx264", 25, [still(64, 48)] * 50), ("libx264", 25, [still(128, 96)] * 50)
    with VideoFile(several(tmp_path / "a.mp4", small, large)) as video:
        assert video.info.width == 128


def test_one_stream_needs_no_word(tmp_path: Path) -> None:
    with VideoFile(several(tmp_path / "a.mp4", FILM)) as video:
        list(video.frames())
    assert video.notice is None
