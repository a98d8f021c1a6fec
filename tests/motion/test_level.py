"""The camera's tilt: of painted rooms, and of a rendered gym that is turned by known angles."""

import math
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from formcheck.frames import LANDMARKS, Floats, Frame, Image, PoseFrame
from formcheck.motion.level import CameraLevel

RUNNERS = Path(__file__).parents[3] / "shared" / "running"
SIZE = (848, 480)
FOCAL_PX = 680.0


def nobody(time_s: float) -> PoseFrame:
    return PoseFrame(0, time_s, SIZE, np.full((LANDMARKS, 2), np.nan), np.full((LANDMARKS, 3), np.nan), np.ones(LANDMARKS))


def said_of(image: Image, seconds: float = 3.0) -> float:
    level, tilt_deg = CameraLevel(), math.nan
    for time_s in np.arange(0.0, seconds, 0.25):
        tilt_deg = level.update(Frame(image, 0, float(time_s)), nobody(float(time_s)))
    return tilt_deg


def seen(points: Floats, tilt_deg: float, pitch_deg: float) -> NDArray[np.int32]:
    """(n, 3) m, x right, y down, z away, on the picture of a camera that looks down by its pitch and is turned clockwise."""
    pitch, tilt = math.radians(pitch_deg), math.radians(tilt_deg)
    x, y, z = points.T
    down, away = y * math.cos(pitch) - z * math.sin(pitch), y * math.sin(pitch) + z * math.cos(pitch)
    u, v = FOCAL_PX * x / away, FOCAL_PX * down / away
    turned = np.stack([u * math.cos(tilt) + v * math.sin(tilt), v * math.cos(tilt) - u * math.sin(tilt)], axis=1)
    return np.round(turned + np.array(SIZE) / 2).astype(np.int32)


def room(tilt_deg: float, pitch_deg: float = 0.0) -> Image:
    """A wall with two doors and a picture, four metres away, and boards of a floor that run away from the camera."""
    image = np.full((SIZE[1], SIZE[0], 3), 190, np.uint8)
    for i in range(-6, 6):
        board = np.array([[i, 1.0, 1.5], [i + 1, 1.0, 1.5], [i + 1, 1.0, 4.0], [i, 1.0, 4.0]])
        cv2.fillPoly(image, [seen(board, tilt_deg, pitch_deg)], (90 + 20 * (i % 2), 120, 140), cv2.LINE_AA)
    for left, right, top, bottom, grey in ((-2.0, -1.2, -1.0, 1.0, 90), (1.0, 1.8, -1.0, 1.0, 120), (-0.6, 0.5, -0.9, -0.2, 60)):
        corners = np.array([[left, top, 4.0], [right, top, 4.0], [right, bottom, 4.0], [left, bottom, 4.0]])
        cv2.fillPoly(image, [seen(corners, tilt_deg, pitch_deg)], (grey, grey, grey), cv2.LINE_AA)
    return image


@pytest.mark.parametrize(("tilt_deg", "pitch_deg"), [(0.0, 0.0), (3.0, 0.0), (-5.0, 6.0), (2.0, -8.0)])
def test_a_room_tells_how_the_camera_is_tilted(tilt_deg: float, pitch_deg: float) -> None:
    assert said_of(room(tilt_deg, pitch_deg)) == pytest.approx(tilt_deg, abs=0.5)


def test_slanted_posts_and_a_floor_alone_tell_nothing() -> None:
    """As of a treadmill before a blank wall: posts that lean apart, boards in perspective."""
    image = np.full((SIZE[1], SIZE[0], 3), 190, np.uint8)
    for x, away in ((330, -18), (520, 25)):
        cv2.line(image, (x, 150), (x + away, 420), (40, 40, 40), 9, cv2.LINE_AA)
    for x in range(-600, 1500, 130):
        cv2.line(image, (424, 200), (x, 480), (90, 110, 120), 3, cv2.LINE_AA)
    assert math.isnan(said_of(image))


def test_one_picture_is_not_believed() -> None:
    assert math.isnan(said_of(room(3.0), seconds=0.6))


def test_a_camera_that_is_turned_to_and_fro_has_no_tilt() -> None:
    level = CameraLevel()
    said = [
        level.update(Frame(room(4.0 * math.sin(time_s)), 0, float(time_s)), nobody(float(time_s)))
        for time_s in np.arange(0.0, 8.0, 0.5)
    ]
    assert np.isnan(said[-6:]).all()


@pytest.mark.parametrize("name", ["dev_run_front", "dev_run_fatigue"])
@pytest.mark.parametrize("turned_deg", [0.0, -3.0])
def test_a_rendered_gym_that_is_turned(name: str, turned_deg: float) -> None:
    """Rendered with a level camera; there are posts, rails, pictures, shadows and boards."""
    if not (RUNNERS / f"{name}.mp4").exists():
        pytest.skip("needs the rendered runners beside the checkout: ../shared/running")
    _, image = cv2.VideoCapture(str(RUNNERS / f"{name}.mp4")).read()
    turn = cv2.getRotationMatrix2D((SIZE[0] / 2, SIZE[1] / 2), turned_deg, 1.15)  # positive turns counter-clockwise
    turned = cv2.warpAffine(image, turn, SIZE, flags=cv2.INTER_CUBIC)
    assert said_of(np.asarray(turned, np.uint8)) == pytest.approx(turned_deg, abs=0.5)
