"""Key frames are those of the moments asked for, whatever times the video starts at or jumps over."""

from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from report_cases import session
from series import write_series

from formcheck.report.folder import read_folder, write_report
from formcheck.report.key_frames import frames_at, key_frames, key_moments
from formcheck.session.file import write_session


def video(path: Path, times_s: list[float]) -> Path:
    """Each frame is black to the left of its time in tenths of a second."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"g": "20"})
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        stream.codec_context.time_base = stream.time_base = Fraction(1, 1000)
        for t in times_s:
            image = np.full((96, 160, 3), 255, np.uint8)
            image[:, : round(t * 10)] = 0
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = round(t * 1000), Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def seen(image: np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None) -> float:
    assert image is not None
    return float((image[48, :, 0] < 128).sum()) / 10


@pytest.mark.parametrize("times", [[i / 10 for i in range(150)], [i**2 / 150 for i in range(150) if i**2 / 150 < 15]])
def test_the_frame_shown_at_that_time(tmp_path: Path, times: list[float]) -> None:
    path = video(tmp_path / "v.mp4", times)
    asked = [0.0, 3.02, 7.5, 12.34, times[-1], 99.0]
    for at, image in zip(asked, frames_at(path, asked), strict=True):
        shown = max(t for t in times if t <= at + 1e-3)
        assert seen(image) == pytest.approx(shown, abs=0.11)


def test_the_worst_and_a_clean_one() -> None:
    moments = key_moments(session(4.0, 12.0, 19.0, None, 3.5), count=3)
    assert [(rep.number, at) for at, rep in moments] == [(1, 4.0), (2, 7.0), (3, 10.0)]


@pytest.mark.parametrize("content", [None, b"", b"no video at all" * 100])
def test_no_video_no_pictures(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "annotated.mp4"
    if content is not None:
        path.write_bytes(content)
    assert key_frames(path, session(12.0)) == ()


def test_a_folder_becomes_a_report(tmp_path: Path) -> None:
    folder = tmp_path / "session"
    folder.mkdir()
    write_session(folder, session(4.0, 12.0, 19.0))
    write_series(folder / "series.csv", ["pelvic_roll"], [(i / 10, {"pelvic_roll": 1.0}) for i in range(150)])
    video(folder / "annotated.mp4", [i / 10 for i in range(150)])
    found = read_folder(folder)
    assert found.series is not None
    assert len(found.series["t_s"]) == 150
    assert len(found.pictures) == 3
    write_report(folder, html=tmp_path / "r.html", pdf=tmp_path / "r.pdf")
    assert (tmp_path / "r.html").read_text().count("data:image/jpeg") == 3
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    first = cv2.imdecode(np.frombuffer(found.pictures[0].data, np.uint8), cv2.IMREAD_COLOR)
    assert first is not None


def test_a_broken_series_is_left_out(tmp_path: Path) -> None:
    write_session(tmp_path, session(4.0))
    for text in ("", "t_s,a\n1,2,3\n", "t_s\nx\n", "a\n1\n", "t_s\n2\n1\n"):
        (tmp_path / "series.csv").write_text(text)
        assert read_folder(tmp_path).series is None
