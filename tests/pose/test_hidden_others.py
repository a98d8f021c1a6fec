"""Who lies before somebody whom the network prefers stays followed, once both are known. The network is played."""

from pathlib import Path

import numpy as np
import pytest

from formcheck.frames import LANDMARKS, Floats, Frame, Image
from formcheck.frames import Landmark as L
from formcheck.pose import tracker as module
from formcheck.pose.landmarker import Pose
from formcheck.pose.person import choose_lying, lies
from formcheck.pose.tracker import PoseTracker

FPS = 10
WHITE = 255


def body(hips: tuple[float, float], shoulders: tuple[float, float]) -> Floats:
    """(33, 2) px: a trunk 40 px wide, the head beyond it, the legs at the hips."""
    low, high = np.array(hips), np.array(shoulders)
    along = (high - low) / np.linalg.norm(high - low)
    across = 20 * np.array([-along[1], along[0]])
    xy = np.tile(low, (LANDMARKS, 1))
    xy[:11] = high + 40 * along
    xy[L.LEFT_SHOULDER], xy[L.RIGHT_SHOULDER] = high + across, high - across
    xy[L.LEFT_HIP], xy[L.RIGHT_HIP] = low + across, low - across
    return xy


LYING, KNEELING = body((220.0, 340.0), (360.0, 340.0)), body((280.0, 260.0), (280.0, 130.0))


def pose(xy: Floats) -> Pose:
    return Pose(xy.copy(), np.zeros((LANDMARKS, 3)), np.ones(LANDMARKS))


class PrefersUpright:
    """The network from picture to picture: who kneels is seen as long as nothing covers the white shirt."""

    on_graphics_card = False

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def next(self, rgb: Image, _timestamp_s: float) -> Pose:
        return pose(KNEELING if rgb[195, 280, 0] == WHITE else LYING)

    def forget(self, *_: object) -> None:
        pass

    def close(self) -> None:
        pass


class SeesBothSeldom:
    """The single picture: one look in three shows both."""

    def __init__(self, *_: object) -> None:
        self._looks = 0

    def everybody(self, _rgb: Image) -> list[Pose]:
        self._looks += 1
        return [pose(KNEELING), pose(LYING)] if self._looks % 3 == 0 else [pose(KNEELING)]

    def others(self, _rgb: Image, _followed: Floats) -> list[Floats]:
        return [KNEELING]

    def close(self) -> None:
        pass


def test_who_was_lost_to_another_is_followed_with_that_one_painted_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "Landmarker", lambda *_: None)
    monkeypatch.setattr(module, "VideoLandmarker", PrefersUpright)
    monkeypatch.setattr(module, "Finder", SeesBothSeldom)
    image = np.zeros((480, 640, 3), np.uint8)
    image[130:261, 260:301] = WHITE
    with PoseTracker(Path("no model"), choose_lying) as tracker:
        followed = [lies(tracker.process(Frame(image, i, i / FPS)).image_xy) for i in range(30 * FPS)]
    assert all(followed[15 * FPS :])
