"""The held overlay: on a picture's planes it looks as if it had been painted on the picture, and beside it nothing changes."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from overlay_cases import snapshot

from formcheck.analysis.snapshot import AnalysisState
from formcheck.exercises.contract import Exercise
from formcheck.frames import PoseFrame
from formcheck.overlay.held import HeldOverlay
from formcheck.overlay.overlay import Overlay
from formcheck.planes import parts, planes_of
from formcheck.results import Severity

FOUND = snapshot(AnalysisState.MOVING, 22, Severity.FAULT)


def room(width: int, height: int, light: int = 0) -> np.ndarray:
    """A picture of a room of soft colours."""
    x, y = np.meshgrid(np.linspace(60, 190, width), np.linspace(80, 170, height))
    return np.stack([x, y, np.full_like(x, 120 + light)], axis=2).round().astype(np.uint8)


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (480, 854)])
def test_on_planes_it_looks_as_on_the_picture(exercise: Exercise, pose: PoseFrame, size: tuple[int, int]) -> None:
    shown = replace(pose, image_size=size, image_xy=pose.image_xy * (size[0] / 640, size[1] / 480))
    image = room(*size)
    painted = Overlay().annotate(image, shown, FOUND, exercise)
    planes = planes_of(image, size)
    HeldOverlay(Overlay(), size).lay_on(planes, 1.0, shown, FOUND, exercise)
    expected, bare = planes_of(painted, size), planes_of(image, size)
    touched = (painted != image).any(axis=2)
    assert 0.01 < touched.mean() < 0.5
    for part, wanted, before, step in zip(parts(planes), parts(expected), parts(bare), (1, 2, 2), strict=True):
        here = touched[::step, ::step] if step == 1 else touched.reshape(size[1] // 2, 2, size[0] // 2, 2).any(axis=(1, 3))
        assert (part[~here] != before[~here]).mean() < 1e-4
        off = np.abs(part.astype(int) - wanted)[here]
        assert np.percentile(off, 90) <= 2, "painted as it is on the picture"
        assert np.mean(off) < 4, "but for the lines' edges"


def test_it_is_held_on_newer_pictures_until_it_is_due(exercise: Exercise, pose: PoseFrame) -> None:
    held = HeldOverlay(Overlay(), (640, 480))
    held.every_s = 0.25
    moved = replace(pose, image_xy=pose.image_xy + 40)
    newer = snapshot(AnalysisState.MOVING)
    pictures = [planes_of(room(640, 480, light), (640, 480)) for light in (0, 10, 20)]
    bare = [picture.copy() for picture in pictures]
    held.lay_on(pictures[0], 1.0, pose, FOUND, exercise)
    held.lay_on(pictures[1], 1.1, moved, newer, exercise)
    held.lay_on(pictures[2], 1.3, moved, newer, exercise)
    first, second, third = (picture != before for picture, before in zip(pictures, bare, strict=True))
    assert (first[:480] == second[:480]).mean() > 0.995, "too soon: the same in the same place, on its own picture"
    assert (first != third).mean() > 0.01, "due: what is known now"
    shown = cv2.cvtColor(pictures[1], cv2.COLOR_YUV2BGR_I420)
    assert np.abs(shown.astype(int) - room(640, 480, 10))[110:160, :100].max() <= 3, "the room as it is in this picture"


def test_nothing_is_left_of_an_earlier_one(exercise: Exercise, pose: PoseFrame) -> None:
    held, once = HeldOverlay(Overlay(), (640, 480)), HeldOverlay(Overlay(), (640, 480))
    held.lay_on(planes_of(room(640, 480), (640, 480)), 1.0, pose, FOUND, exercise)
    nobody = snapshot(AnalysisState.NOBODY)
    again, alone = planes_of(room(640, 480), (640, 480)), planes_of(room(640, 480), (640, 480))
    held.lay_on(again, 1.1, None, nobody, exercise)
    once.lay_on(alone, 1.1, None, nobody, exercise)
    assert (again == alone).all()
