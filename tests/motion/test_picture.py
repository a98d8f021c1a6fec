"""A cut is told from what moves, from light that changes, and from a stream with gaps."""

import numpy as np
import pytest

from formcheck.frames import Floats, Frame, Image
from formcheck.motion.picture import PictureWatch


def scene(seed: int) -> Image:
    """Large patches of grey."""
    patches: Floats = np.random.default_rng(seed).uniform(40, 200, (9, 12, 1))
    return np.ascontiguousarray(np.kron(patches, np.ones((40, 40, 3))).astype(np.uint8))


def cuts(images: list[Image], step_s: float = 1 / 30) -> list[int]:
    watch = PictureWatch()
    return [i for i, image in enumerate(images) if watch.update(Frame(image, i, i * step_s)).cut]


def test_a_cut_is_found_where_it_is() -> None:
    assert cuts([scene(1)] * 5 + [scene(2)] * 5) == [5]


def test_what_moves_in_the_picture_is_no_cut() -> None:
    images = []
    for i in range(10):
        image = scene(1)
        image[100:300, 20 * i : 20 * i + 120] = 250
        images.append(image)
    assert cuts(images) == []


@pytest.mark.parametrize("factor", [0.5, 1.25])
def test_light_that_changes_is_no_cut(factor: float) -> None:
    changed = np.clip(scene(1).astype(float) * factor, 0, 255).astype(np.uint8)
    assert cuts([scene(1)] * 3 + [changed] * 3) == []


def test_after_a_gap_another_picture_is_no_cut() -> None:
    assert cuts([scene(1), scene(2)], step_s=2.0) == []


def test_light_is_measured() -> None:
    dark = PictureWatch().update(Frame(np.full((120, 160, 3), 7, np.uint8), 0, 0.0))
    assert dark.brightness == pytest.approx(7, abs=0.5)
    assert dark.contrast == pytest.approx(0, abs=0.5)
