"""A film in high dynamic range is read in the brightness and colours of the ordinary film that it was made from."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from films import make_film

from formcheck.capture.video_file import VideoFile

GREYS = [0.0, 0.02, 0.09, 0.18, 0.36, 0.55]
"""Linear light, in shares of an ordinary white; all below what is compressed."""
SIDE = 64
COLOURS = [(0.35, 0.2, 0.15), (0.1, 0.3, 0.1), (0.1, 0.12, 0.35)]
"""Skin, leaf and cloth: linear R, G, B of BT.709."""


def pq(nits: np.ndarray) -> np.ndarray:
    """SMPTE ST 2084, as a fraction of the signal's range."""
    y = (nits / 10_000) ** (2610 / 16_384)
    return np.asarray(((3424 / 4096 + 2413 / 128 * y) / (1 + 2392 / 128 * y)) ** (2523 / 32))


def hlg(nits: np.ndarray) -> np.ndarray:
    """BT.2100: from light on a display of 1000 cd/m² through the inverse OOTF to the signal."""
    luminance = nits @ np.array([0.2627, 0.678, 0.0593])
    scene = nits / 1000 * np.maximum(luminance[..., None] / 1000, 1e-9) ** (1 / 1.2 - 1)
    bright = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
    return np.asarray(np.where(scene <= 1 / 12, np.sqrt(3 * scene), bright))


def bright_film(path: Path, light: np.ndarray, transfer: str) -> Path:
    """A still of patches (n, 3), linear BT.709 with 1 = 203 cd/m², in BT.2020 and 10 bits."""
    to_2020 = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.088, 0.8956]])
    nits = 203 * light @ to_2020.T
    red, _, blue = signal = np.clip(hlg(nits) if transfer == "arib-std-b67" else pq(nits), 0, 1).T
    luma = np.array([0.2627, 0.678, 0.0593]) @ signal
    planes = (64 + 876 * luma, 512 + 896 * (blue - luma) / 1.8814, 512 + 896 * (red - luma) / 1.4746)
    width = SIDE * len(light)
    with av.open(str(path), "w") as container:
        described = f"log-level=none:lossless=1:colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc"
        stream = container.add_stream("libx265", rate=25, options={"x265-params": described})
        stream.width, stream.height, stream.pix_fmt = width, SIDE, "yuv420p10le"
        for i in range(3):
            frame = av.VideoFrame(width, SIDE, "yuv420p10le")
            for plane, codes in zip(frame.planes, planes, strict=True):
                across = np.repeat(np.round(codes).astype(np.uint16), SIDE * plane.width // width)
                rows = np.zeros((plane.height, plane.line_size // 2), np.uint16)
                rows[:, : len(across)] = across
                plane.update(rows.tobytes())
            frame.pts, frame.time_base = i, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def srgb(light: np.ndarray) -> np.ndarray:
    return 255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055)


def patches(path: Path) -> np.ndarray:
    """(n, 3) R, G, B of each patch's middle, from the film's last frame."""
    with VideoFile(path) as video:
        image = list(video.frames())[-1].image
    return image[SIDE // 2, SIDE // 2 :: SIDE, ::-1].astype(float)


@pytest.mark.parametrize("transfer", ["arib-std-b67", "smpte2084"])
def test_greys_and_colours_come_back(tmp_path: Path, transfer: str) -> None:
    light = np.array([(g, g, g) for g in GREYS] + COLOURS)
    seen = patches(bright_film(tmp_path / "a.mp4", light, transfer))
    assert seen == pytest.approx(srgb(light), abs=9)


@pytest.mark.parametrize("transfer", ["arib-std-b67", "smpte2084"])
def test_what_is_brighter_than_white_is_told_apart_and_not_cut_off(tmp_path: Path, transfer: str) -> None:
    light = np.array([(g, g, g) for g in (0.5, 0.8, 1.2, 2.0, 3.5, 4.9)])
    seen = patches(bright_film(tmp_path / "a.mp4", light, transfer)).mean(axis=1)
    assert (np.diff(seen) > 2).all()
    assert seen[-1] <= 255


def test_an_ordinary_film_is_left_as_it_is(tmp_path: Path) -> None:
    picture = np.full((48, 64, 3), 118, np.uint8)
    assert patches(make_film(tmp_path / "a.mp4", [picture] * 2)).mean() == pytest.approx(118, abs=4)
