"""The program's own drawings: every exercise has one, nothing is cut off, and what they show is what the tables say."""

import numpy as np
import pytest

from formcheck.exercises import EXERCISES
from formcheck.exercises.scenes import Scene
from formcheck.frames import Image
from formcheck.overlay.board import DARK, LIGHT
from formcheck.overlay.camera_place import draw_camera_place
from formcheck.overlay.figures import draw_position

SIZE = (320, 240)


def share(image: Image, colour: tuple[int, int, int]) -> float:
    """Of the picture in about this colour."""
    return float((np.abs(image.astype(int) - colour).max(axis=2) < 12).mean())


def scene_of(exercise: str) -> Scene:
    scene = EXERCISES[exercise].scene
    assert scene is not None
    return scene


def test_every_exercise_is_drawn() -> None:
    assert all(e.scene is not None for e in EXERCISES.values())


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("exercise", EXERCISES)
def test_positions(exercise: str, dark: bool) -> None:
    paints = DARK if dark else LIGHT
    start, end = (draw_position(EXERCISES[exercise], moment, SIZE, dark) for moment in ("start", "end"))
    for image in (start, end):
        assert image.shape == (240, 320, 3)
        assert image.dtype == np.uint8
        assert share(image, paints.ground) > 0.4
        assert share(image, paints.accent) > 0.01  # what works
        assert share(image, paints.body) > 0.03
        assert (share(image, paints.band) > 0.003) == bool(scene_of(exercise).band)
    assert share(end, paints.ghost) > 0.001  # where it started
    assert np.abs(start.astype(int) - end).max() > 50


@pytest.mark.parametrize("exercise", EXERCISES)
def test_nothing_is_cut_off(exercise: str) -> None:
    """Only the floor reaches the picture's edges."""
    for moment in ("start", "end"):
        image = draw_position(EXERCISES[exercise], moment, SIZE)  # type: ignore[arg-type]
        rim = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])[None]
        assert share(rim, LIGHT.ground) + share(rim, LIGHT.floor) > 0.97


@pytest.mark.parametrize("exercise", EXERCISES)
def test_only_the_working_leg_moves_when_lying(exercise: str) -> None:
    scene = scene_of(exercise)
    assert set(scene.start) == set(scene.end)
    if EXERCISES[exercise].posture.lies:
        moved = {joint for joint in scene.start if scene.start[joint] != scene.end[joint]}
        assert moved <= {"l_knee", "l_ankle", "l_toe"}


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("size", [(320, 200), (640, 300)])
def test_camera_places(exercise: str, size: tuple[int, int]) -> None:
    image = draw_camera_place(EXERCISES[exercise].camera, EXERCISES[exercise].posture.lies, size)
    assert image.shape == (size[1], size[0], 3)
    assert share(image, LIGHT.accent) > 0.002  # two cameras
    assert share(image, LIGHT.ghost) > 0.005  # where it may stand


def test_camera_place_shows_the_exercise_s_own_figures() -> None:
    narrow, wide = (draw_camera_place(EXERCISES[e].camera, False, SIZE) for e in ("lateral-band-walk", "banded-rotation"))
    assert share(wide, LIGHT.ghost) > share(narrow, LIGHT.ghost)
