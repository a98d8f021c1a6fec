"""A raised hand, of somebody who lies."""

import numpy as np
import pytest

from formcheck.frames import LANDMARKS, Floats, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.signals.gestures import hand_raised


def pose(xy: Floats) -> PoseFrame:
    return PoseFrame(0, 0.0, (640, 480), xy, np.zeros((LANDMARKS, 3)), np.ones(LANDMARKS))


def lying(wrist: tuple[float, float]) -> PoseFrame:
    """On the side, seen from the front, with the right wrist at a place in px."""
    xy = np.full((LANDMARKS, 2), 300.0)
    xy[[L.RIGHT_SHOULDER, L.LEFT_SHOULDER]] = (230, 250), (230, 320)
    xy[[L.RIGHT_HIP, L.LEFT_HIP]] = (350, 260), (350, 320)
    xy[L.RIGHT_ELBOW] = 260, 240
    xy[L.RIGHT_WRIST] = wrist
    return pose(xy)


@pytest.mark.parametrize(("wrist", "up"), [((260, 180), True), ((290, 330), False), ((260, 270), False), ((150, 285), False)])
def test_a_hand_counts_as_raised_only_well_above_the_body(wrist: tuple[float, float], up: bool) -> None:
    assert hand_raised(lying(wrist)) is up


def test_nobody_raises_no_hand() -> None:
    assert not hand_raised(pose(np.full((LANDMARKS, 2), np.nan)))
