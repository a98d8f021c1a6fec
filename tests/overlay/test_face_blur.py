"""A face is covered wherever its landmarks were, and while they are lost."""

import numpy as np
import pytest

from formcheck.frames import LANDMARKS, Image, Landmark, PoseFrame
from formcheck.overlay.face_blur import CELLS, FaceBlur, blur_face, head_circle

RANDOM = np.random.default_rng(1)


def picture() -> Image:
    return RANDOM.integers(0, 255, (240, 320, 3), dtype=np.uint8)


def pose(head: tuple[float, float] | None, spread: float = 6.0) -> PoseFrame:
    """Someone upright whose face's landmarks lie around `head`; None: only the body was found."""
    xy = np.full((LANDMARKS, 2), np.nan)
    xy[[11, 12, 23, 24]] = [(150, 120), (190, 120), (155, 200), (185, 200)]
    if head is not None:
        for i in range(Landmark.NOSE, Landmark.MOUTH_RIGHT + 1):
            angle = 2 * np.pi * i / 11
            xy[i] = head + spread * np.array([np.cos(angle), np.sin(angle)])
    return PoseFrame(0, 0.0, (320, 240), xy, np.full((LANDMARKS, 3), np.nan), np.ones(LANDMARKS))


def colours(image: Image, x: int, y: int, half: int) -> int:
    patch = image[max(0, y - half) : y + half, max(0, x - half) : x + half].reshape(-1, 3)
    return len(np.unique(patch, axis=0))


def test_the_head_is_coarse_blocks_and_the_rest_is_untouched() -> None:
    image = picture()
    before = image.copy()
    out = blur_face(image, pose((170, 80)))
    assert np.array_equal(image, before), "the picture given is not changed"
    assert colours(out, 170, 80, 12) <= CELLS**2
    circle = head_circle(pose((170, 80)))
    assert circle is not None
    rows, columns = np.ogrid[:240, :320]
    outside = (columns - circle[0][0]) ** 2 + (rows - circle[0][1]) ** 2 > circle[1] ** 2
    assert np.array_equal(out[outside], image[outside])


@pytest.mark.parametrize("spread", [0.5, 3.0, 12.0])
def test_there_is_margin_in_profile_too(spread: float) -> None:
    circle = head_circle(pose((170, 80), spread))
    assert circle is not None
    assert circle[1] >= max(1.5 * spread, 0.25 * 80), "crowded landmarks do not make the head small"


@pytest.mark.parametrize("head", [(0, 0), (319, 239), (-10, 50), (1000, 1000), (170, -500)])
def test_at_the_edge_and_beyond(head: tuple[float, float]) -> None:
    assert blur_face(picture(), pose(head)).shape == (240, 320, 3)


def test_a_head_that_is_lost_stays_covered() -> None:
    hiding = FaceBlur()
    image = picture()
    assert hiding.hide(image, pose(None)) is image
    hiding.hide(image, pose((170, 80)))
    for lost in (pose(None), None):
        assert colours(hiding.hide(image, lost), 170, 80, 12) <= CELLS**2
