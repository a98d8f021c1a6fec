"""Pictures for the screen look like the pictures themselves, whichever way they come."""

from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from av.video.reformatter import Colorspace

from formcheck.capture.video_file import VideoFile
from formcheck.frames import Frame
from formcheck.shrinking import fitted, shrunk


def smooth_picture(width: int, height: int) -> np.ndarray:
    x, y = np.meshgrid(np.linspace(0, 255, width), np.linspace(40, 220, height))
    return np.stack([x, y, 255 - x], axis=2).round().astype(np.uint8)


def film(path: Path, image: np.ndarray, matrix: Colorspace) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30, options={"crf": "10"})
        stream.width, stream.height, stream.pix_fmt = image.shape[1], image.shape[0], "yuv420p"
        stream.codec_context.colorspace = int(matrix)
        frame = av.VideoFrame.from_ndarray(image, format="bgr24").reformat(format="yuv420p", dst_colorspace=matrix)
        frame.pts, frame.time_base = 0, Fraction(1, 30)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("matrix", [Colorspace.ITU601, Colorspace.ITU709])
@pytest.mark.parametrize("size", [(760, 428), (320, 180), (1280, 720)])
def test_of_a_film_it_is_its_image_made_smaller(tmp_path: Path, matrix: Colorspace, size: tuple[int, int]) -> None:
    with VideoFile(film(tmp_path / "film.mp4", smooth_picture(1280, 720), matrix)) as opened:
        frame = next(opened.frames())
    shown = frame.for_screen(size)
    assert shown.shape == (size[1], size[0], 4)
    expected = cv2.resize(frame.image, size, interpolation=cv2.INTER_AREA)
    off = np.abs(shown[..., :3].astype(int) - expected)[4:-4, 4:-4]
    assert off.mean() < 2.5
    assert off.max() < 12


def test_of_a_camera_too() -> None:
    image = smooth_picture(640, 480)
    shown = Frame(image, 0, 0.0).for_screen((400, 300))
    assert np.abs(shown[..., :3].astype(int) - cv2.resize(image, (400, 300), interpolation=cv2.INTER_AREA)).max() < 4


@pytest.mark.parametrize("times", [1, 2, 3, 4, 6])
def test_each_px_is_a_mean_and_the_rest_is_cut_off(times: int) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (121, 101), dtype=np.uint8)
    small = shrunk(picture, times)
    height, width = 121 // times, 101 // times
    means = picture[: height * times, : width * times].reshape(height, times, width, times).mean(axis=(1, 3))
    assert small.shape == (height, width)
    assert np.abs(small - means).max() <= 1.0


def test_a_little_larger_is_no_trouble() -> None:
    assert fitted(smooth_picture(64, 48), (100, 76)).shape == (76, 100, 3)
