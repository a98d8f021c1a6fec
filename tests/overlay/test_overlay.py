"""What is painted: the right colours in the right places, on a copy, at every size, and nothing for what is NaN."""

import time

import numpy as np
import pytest
from overlay_cases import snapshot

from formcheck.analysis.snapshot import Watching
from formcheck.exercises.contract import Exercise
from formcheck.frames import Landmark as L
from formcheck.frames import PoseFrame
from formcheck.overlay.overlay import Overlay
from formcheck.overlay.style import Style
from formcheck.results import Severity

STYLE = Style()


def plain(width: int = 640, height: int = 480) -> np.ndarray:
    return np.full((height, width, 3), 120, np.uint8)


def holds(image: np.ndarray, colour: tuple[int, int, int]) -> bool:
    return bool((image == colour).all(axis=2).any())


def scaled(pose: PoseFrame, width: int, height: int) -> PoseFrame:
    xy = pose.image_xy * (width / 640, height / 480)
    return PoseFrame(pose.index, pose.timestamp_s, (width, height), xy, pose.world_xyz, pose.visibility)


def test_paints_on_a_copy(exercise: Exercise, pose: PoseFrame) -> None:
    image = plain()
    image.setflags(write=False)
    painted = Overlay().annotate(image, pose, snapshot(Watching.MOVING), exercise)
    assert (image == 120).all()
    assert painted.shape == image.shape
    assert (painted != 120).any()


@pytest.mark.parametrize(
    ("shown", "colour"),
    [
        (snapshot(Watching.READY), STYLE.rest),
        (snapshot(Watching.MOVING), STYLE.moving),
        (snapshot(Watching.FINDING_SIDE), STYLE.unknown),
        (snapshot(Watching.MOVING, 12, Severity.CAUTION), STYLE.caution),
        (snapshot(Watching.MOVING, 22, Severity.FAULT), STYLE.fault),
    ],
)
def test_the_skeleton_has_the_colour_of_the_state(exercise: Exercise, pose: PoseFrame, shown: object, colour: object) -> None:
    painted = Overlay().annotate(plain(), pose, shown, exercise)  # type: ignore[arg-type]
    x, y = pose.image_xy[L.LEFT_KNEE].astype(int)
    assert tuple(painted[y, x]) == colour


def test_a_finding_tints_the_trunk_and_a_clean_repetition_does_not(exercise: Exercise, pose: PoseFrame) -> None:
    inside = (250, 290)  # row, column between shoulders and hips
    clean = Overlay().annotate(plain(), pose, snapshot(Watching.MOVING), exercise)
    found = Overlay().annotate(plain(), pose, snapshot(Watching.MOVING, 22, Severity.FAULT), exercise)
    assert tuple(clean[inside]) == (120, 120, 120)
    assert found[inside][2] > 150 > found[inside][0]


def test_the_finding_is_said_at_the_foot_in_its_colour(exercise: Exercise, pose: PoseFrame) -> None:
    found = Overlay().annotate(plain(), pose, snapshot(Watching.MOVING, 22, Severity.FAULT), exercise)
    quiet = Overlay().annotate(plain(), pose, snapshot(Watching.MOVING), exercise)
    assert holds(found[-20:], STYLE.fault)
    assert (quiet[-20:] == 120).all()


@pytest.mark.parametrize("watching", [Watching.NOBODY, Watching.WRONG_POSITION, Watching.FINDING_SIDE])
def test_what_is_waited_for_is_said(exercise: Exercise, watching: Watching) -> None:
    painted = Overlay().annotate(plain(), None, snapshot(watching), exercise)
    assert holds(painted[-40:], STYLE.panel)


def test_an_obstacle_is_said_before_a_finding(exercise: Exercise, pose: PoseFrame) -> None:
    shown = snapshot(Watching.MOVING, 22, Severity.FAULT, obstacle="The belly is hidden: move your arm")
    painted = Overlay().annotate(plain(), pose, shown, exercise)
    assert holds(painted[-40:], STYLE.panel)
    assert not holds(painted[-15:], STYLE.fault)


def test_the_gauge_rises_with_the_guarded_quantity(exercise: Exercise) -> None:
    def filled(roll: float) -> int:
        painted = Overlay().annotate(plain(), None, snapshot(roll=roll), exercise)
        column = painted[:, 640 - 22 - 4]  # inside the bar
        return int(sum((column == c).all(axis=1).sum() for c in (STYLE.moving, STYLE.caution, STYLE.fault)))

    levels = [filled(roll) for roll in (-5.0, 0.0, 5.0, 12.0, 18.0, 500.0)]
    assert levels[0] == levels[1] == 0
    assert levels == sorted(levels)
    assert levels[5] > levels[4] > levels[3] > levels[2] > 0
    assert filled(float("nan")) == 0


def test_nan_and_infinite_landmarks_paint_nothing(exercise: Exercise, pose: PoseFrame) -> None:
    bare = Overlay().annotate(plain(), None, snapshot(), exercise)
    for bad in (np.nan, np.inf, -np.inf, 1e300):
        xy = np.full((33, 2), bad)
        broken = PoseFrame(0, 0.0, (640, 480), xy, pose.world_xyz, pose.visibility)
        assert (Overlay().annotate(plain(), broken, snapshot(), exercise) == bare).all()


@pytest.mark.parametrize("size", [(16, 16), (64, 48), (161, 119), (360, 640), (640, 480), (1280, 720), (1920, 1080)])
def test_every_size_of_picture(exercise: Exercise, pose: PoseFrame, size: tuple[int, int]) -> None:
    width, height = size
    shown = snapshot(Watching.MOVING, 22, Severity.FAULT)
    painted = Overlay().annotate(plain(width, height), scaled(pose, width, height), shown, exercise)
    assert painted.shape == (height, width, 3)
    if height >= 360:  # capital letters of the cue: dark strokes on the finding's colour
        foot = painted[-round(0.1 * height) :]
        assert (foot.max(axis=2) < 60).sum() > 50


def test_painting_is_cheap(exercise: Exercise, pose: PoseFrame) -> None:
    overlay, image, shown = Overlay(), plain(), snapshot(Watching.MOVING, 22, Severity.FAULT)
    times = []
    for _ in range(60):
        start = time.perf_counter()
        overlay.annotate(image, pose, shown, exercise)
        times.append(time.perf_counter() - start)
    assert np.median(times) < 0.004  # 1.5 ms on an idle machine; see scripts/benchmark.py
