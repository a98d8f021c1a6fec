"""Pictures that come but show nothing: named when it lasts, not before, and never for a good picture."""

from collections.abc import Callable

import numpy as np
import pytest
from fake_device import noisy

from formcheck.capture.health import PictureHealth, Trouble

NOISE = [noisy(i) for i in range(8)]


def fresh(index: int) -> np.ndarray:
    """None is like the one before."""
    return NOISE[index % len(NOISE)]


def watch(picture: Callable[[int], np.ndarray | None], fps: float = 30.0, seconds: float = 4.0) -> Trouble | None:
    health = PictureHealth()
    trouble = None
    for i in range(round(fps * seconds)):
        trouble = health.update(picture(i), i / fps)
    return trouble


FIRES = [
    (lambda i: np.full((240, 320, 3), i % 3, np.uint8), Trouble.DARK),  # lens cover on, sensor noise only
    (lambda i: np.full((240, 320, 3), 128, np.uint8), Trouble.BLANK),  # the grey of a driver without a signal
    (lambda i: np.broadcast_to(np.array([0, 135, 0], np.uint8), (240, 320, 3)), Trouble.BLANK),  # the green of another
    (lambda i: NOISE[7], Trouble.FROZEN),
    (lambda i: noisy(i, 160, 120), Trouble.SMALL),
    (lambda i: None, Trouble.DAMAGED),
]
QUIET = [
    fresh,
    lambda i: fresh(i) // 8 + 12,  # a dim room
    lambda i: np.repeat(fresh(i)[:, :, :1], 3, axis=2),  # an infrared camera: grey, but a picture
    lambda i: fresh(i // 2),  # every frame twice: a camera at half its rate
    lambda i: None if i % 10 == 3 else fresh(i),  # one bad frame in ten
]


@pytest.mark.parametrize(("picture", "trouble"), FIRES)
def test_named_when_it_lasts(picture: Callable[[int], np.ndarray | None], trouble: Trouble) -> None:
    assert watch(picture) is trouble
    assert watch(picture, seconds=1.5) is None


@pytest.mark.parametrize("picture", QUIET)
def test_quiet_on_good_pictures(picture: Callable[[int], np.ndarray | None]) -> None:
    assert watch(picture) is None


@pytest.mark.parametrize(("fps", "trouble"), [(3, Trouble.SLOW), (8, Trouble.SLOW), (12, None), (15, None), (60, None)])
def test_a_low_rate_is_named(fps: float, trouble: Trouble | None) -> None:
    assert watch(fresh, fps, 6.0) is trouble


def test_it_is_over_when_the_cause_goes() -> None:
    assert watch(lambda i: NOISE[7] if i < 100 else fresh(i), seconds=5) is None


def test_the_rate_is_measured() -> None:
    health = PictureHealth()
    for i in range(40):
        health.update(fresh(i), i / 12)
    assert health.fps == pytest.approx(12, rel=0.01)
