"""The trunk's surface and the background on pictures whose motion is known."""

import time
from dataclasses import replace

import cv2
import numpy as np
import pytest

from formcheck.frames import LANDMARKS, Floats, Frame, Image, PoseFrame, SurfaceFrame
from formcheck.frames import Landmark as L
from formcheck.motion.background import Background
from formcheck.motion.cells import BANDS, COLUMNS
from formcheck.motion.surface import TrunkSurface

TORSO = 100.0
RATE = 25.0


def texture(size: tuple[int, int], seed: int) -> Image:
    rng = np.random.default_rng(seed)
    noise = cv2.GaussianBlur(rng.integers(0, 255, (size[1], size[0]), dtype=np.uint8), (0, 0), 1.5)
    return np.asarray(cv2.normalize(noise, np.empty_like(noise), 30, 220, cv2.NORM_MINMAX), np.uint8)


ROOM, SHIRT = texture((640, 480), 1), texture((640, 480), 2)


def picture(trunk: tuple[float, float] = (0.0, 0.0), camera: tuple[float, float] = (0.0, 0.0), scale: float = 1.0) -> Image:
    """The shirt moved by `trunk` px inside the trunk's outline, all of it by `camera` px."""

    def moved(image: Image, by: tuple[float, float]) -> Image:
        shift = np.array([[1, 0, by[0]], [0, 1, by[1]]], np.float32)
        return np.asarray(cv2.warpAffine(image, shift, (640, 480), borderMode=cv2.BORDER_REFLECT), np.uint8)

    grey = ROOM.copy()
    grey[190:290, 200:330] = moved(SHIRT, trunk)[190:290, 200:330]
    image = cv2.cvtColor(moved(grey, camera), cv2.COLOR_GRAY2BGR)
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale), np.uint8) if scale != 1 else np.asarray(image, np.uint8)


def pose(index: int, *, scale: float = 1.0, swapped: bool = False, jitter: float = 0.0) -> PoseFrame:
    """Lying, head at the left, left side up; arms away from the trunk."""
    xy = np.full((LANDMARKS, 2), 100.0)
    xy[L.LEFT_HIP], xy[L.RIGHT_HIP] = (315, 220), (315, 260)
    xy[L.LEFT_SHOULDER], xy[L.RIGHT_SHOULDER] = (315 - TORSO, 210), (315 - TORSO, 270)
    if swapped:
        xy[[L.LEFT_HIP, L.RIGHT_HIP, L.LEFT_SHOULDER, L.RIGHT_SHOULDER]] = xy[
            [L.RIGHT_HIP, L.LEFT_HIP, L.RIGHT_SHOULDER, L.LEFT_SHOULDER]
        ]
    xy = (xy + jitter * np.sin(index)) * scale
    return PoseFrame(index, index / RATE, (640, 480), xy, np.zeros((LANDMARKS, 3)), np.ones(LANDMARKS))


def nobody(index: int) -> PoseFrame:
    blank = np.full((LANDMARKS, 3), np.nan)
    return PoseFrame(index, index / RATE, (640, 480), blank[:, :2], blank, blank[:, 0])


def followed(motions: list[tuple[float, float]], **looks: float) -> list[SurfaceFrame]:
    surface = TrunkSurface()
    scale = looks.get("scale", 1.0)
    return [
        surface.update(Frame(picture(by, scale=scale), i, i / RATE), pose(i, scale=scale, jitter=looks.get("jitter", 0.0)))
        for i, by in enumerate(motions)
    ]


def change(frames: list[SurfaceFrame]) -> tuple[float, float]:
    """Median over the cells, along the trunk and across it, torso lengths."""
    moved = np.nanmedian(frames[-1].shift - frames[2].shift, axis=(0, 1))
    return float(moved[0]), float(moved[1])


@pytest.mark.parametrize(
    ("path", "along", "across"),
    [
        ([(0.0, -0.4 * i) for i in range(30)], 0.0, 27 * 0.4 / TORSO),  # up in the picture: toward the left, upper side
        ([(0.0, 0.7 * i) for i in range(20)], 0.0, -17 * 0.7 / TORSO),
        ([(-0.5 * i, 0.0) for i in range(20)], 17 * 0.5 / TORSO, 0.0),  # toward the head
        ([(0.0, 0.0)] * 20, 0.0, 0.0),
    ],
)
def test_follows_the_shirt(path: list[tuple[float, float]], along: float, across: float) -> None:
    assert change(followed(path)) == pytest.approx((along, across), abs=0.004)


def test_a_shaking_skeleton_over_a_still_shirt_is_no_motion() -> None:
    assert change(followed([(0.0, 0.0)] * 25, jitter=3.0)) == pytest.approx((0.0, 0.0), abs=0.002)


def test_the_same_in_a_larger_picture_and_at_no_more_cost() -> None:
    path = [(0.0, -0.4 * i) for i in range(20)]
    assert change(followed(path, scale=2.5)) == pytest.approx((0.0, 17 * 0.4 / TORSO), abs=0.004)
    images = {scale: [picture((0.0, -0.4 * i), scale=scale) for i in range(20)] for scale in (1.5, 3.0)}

    def cost(scale: float) -> float:
        surface, began = TrunkSurface(), time.process_time()
        for i, image in enumerate(images[scale]):
            surface.update(Frame(image, i, i / RATE), pose(i, scale=scale))
        return time.process_time() - began

    assert min(cost(3.0) for _ in range(3)) < 2.5 * min(cost(1.5) for _ in range(3))  # four times the pixels


def test_a_sum_does_not_jump_when_names_are_swapped() -> None:
    surface = TrunkSurface()
    frames = [surface.update(Frame(picture((0.0, -0.4 * i)), i, i / RATE), pose(i, swapped=10 <= i < 16)) for i in range(30)]
    assert change(frames) == pytest.approx((0.0, 27 * 0.4 / TORSO), abs=0.006)
    steps = np.diff(np.array([np.nanmedian(f.shift[..., 1]) for f in frames[1:]]))
    assert np.nanmax(np.abs(steps)) < 0.02


def test_nothing_is_measured_where_nobody_is() -> None:
    surface = TrunkSurface()
    for i in range(3):
        frame = surface.update(Frame(picture(), i, i / RATE), nobody(i))
        assert np.isnan(frame.shift).all()
        assert frame.points.sum() == 0


def test_plain_clothes_have_no_points() -> None:
    surface = TrunkSurface()
    plain = np.full((480, 640, 3), 40, np.uint8)
    frames = [surface.update(Frame(plain, i, i / RATE), pose(i)) for i in range(4)]
    assert frames[-1].shift.shape == (BANDS, COLUMNS, 2)
    assert frames[-1].points.sum() == 0


def test_comes_back_after_the_person_was_away() -> None:
    surface = TrunkSurface()
    poses = [pose(i) for i in range(5)] + [nobody(i) for i in range(5, 40)] + [pose(i) for i in range(40, 60)]
    frames = [surface.update(Frame(picture((0.0, -0.3 * i)), i, i / RATE), p) for i, p in enumerate(poses)]
    assert np.isnan(frames[39].shift).all()
    moved = np.nanmedian(frames[59].shift[..., 1] - frames[43].shift[..., 1])
    assert moved == pytest.approx(16 * 0.3 / TORSO, abs=0.004)


def test_odd_pictures_do_no_harm() -> None:
    surface = TrunkSurface()
    for i, shape in enumerate([(480, 640), (48, 64), (481, 641), (480, 640), (2, 2)]):
        surface.update(Frame(np.zeros((*shape, 3), np.uint8), i, i / RATE), pose(i))


def shaken(image: Image, motion: Floats) -> Image:
    """The picture as a camera sees it that has moved by (2, 3) `motion`."""
    return np.asarray(cv2.warpAffine(image, motion, (image.shape[1], image.shape[0]), borderMode=cv2.BORDER_REFLECT), np.uint8)


def similarity(shift: tuple[float, float], turn_deg: float = 0.0, zoom: float = 1.0) -> Floats:
    matrix = cv2.getRotationMatrix2D((320, 240), turn_deg, zoom)
    matrix[:, 2] += shift
    return np.asarray(matrix, np.float64)


@pytest.mark.parametrize(
    "nudge",
    [
        similarity((8.0, -5.0)),
        similarity((0.0, 0.0), turn_deg=1.5),
        similarity((3.0, 2.0), turn_deg=-1.0, zoom=1.03),
    ],
    ids=["shift", "turn", "shift, turn and zoom"],
)
def test_the_background_tells_how_the_camera_was_nudged(nudge: Floats) -> None:
    background = Background()
    images = [picture((0.0, -0.4 * i)) for i in range(40)]
    told = [
        background.update(Frame(shaken(image, nudge) if i > 15 else image, i, i / RATE), pose(i))
        for i, image in enumerate(images)
    ]
    assert all((motion.matrix == np.eye(2, 3)).all() for motion in told[:15])
    room = np.array([[60.0, 60.0], [600.0, 60.0], [60.0, 420.0], [600.0, 420.0]])
    seen = room @ nudge[:, :2].T + nudge[:, 2]
    assert told[-1].undone(seen) == pytest.approx(room, abs=0.7)
    assert told[-1].known


def test_a_hand_held_camera_is_taken_out_of_the_shirts_motion() -> None:
    surface, frames = TrunkSurface(), []
    for i in range(40):
        sway = similarity((6 * np.sin(i / 6), 4 * np.sin(i / 9)), turn_deg=np.sin(i / 8), zoom=1 + 0.01 * np.sin(i / 7))
        held = pose(i)
        xy = held.image_xy @ sway[:, :2].T + sway[:, 2]
        frames.append(surface.update(Frame(shaken(picture((0.0, -0.3 * i)), sway), i, i / RATE), replace(held, image_xy=xy)))
    assert change(frames) == pytest.approx((0.0, 37 * 0.3 / TORSO), abs=0.012)


def test_a_television_is_not_the_camera() -> None:
    background = Background()
    for i in range(40):
        image = picture()
        image[20:110, 40:240] = np.roll(image[20:110, 40:240], 3 * i, axis=1)
        told = background.update(Frame(image, i, i / RATE), pose(i))
    assert np.abs(told.undone(np.array([[600.0, 400.0], [20.0, 450.0]])) - [[600.0, 400.0], [20.0, 450.0]]).max() < 0.5


def test_a_background_that_is_lost_is_not_known() -> None:
    background, rng = Background(), np.random.default_rng(5)
    for i in range(10):
        background.update(Frame(picture(), i, i / RATE), pose(i))
    noise = rng.integers(0, 255, (480, 640, 3), dtype=np.uint8)
    assert not background.update(Frame(noise, 10, 10 / RATE), pose(10)).known


@pytest.mark.parametrize("grain", [0.5, 2.0])
def test_a_plain_wall_is_no_camera_that_moves(grain: float) -> None:
    """What a corner finder finds on it is grain, which nobody can follow. grain: standard deviation, of 255."""
    background, rng = Background(), np.random.default_rng(8)
    wall = np.full((480, 640, 3), 220.0) + np.linspace(-15, 15, 640)[None, :, None]
    for i in range(20):
        grainy = np.clip(wall + rng.normal(0, grain, (480, 640, 1)), 0, 255).astype(np.uint8)
        told = background.update(Frame(grainy, i, i / RATE), pose(i))
        assert told.known
        assert (told.matrix == np.eye(2, 3)).all()


def test_a_still_camera_is_exactly_still() -> None:
    background, rng = Background(), np.random.default_rng(3)
    for i in range(60):
        noisy = np.clip(picture() + rng.normal(0, 6, (480, 640, 3)), 0, 255).astype(np.uint8)
        assert (background.update(Frame(noisy, i, i / RATE), pose(i)).matrix == np.eye(2, 3)).all()


@pytest.mark.parametrize("stops", [0.5, 1.0])
def test_light_that_swings_is_no_motion(stops: float) -> None:
    surface, frames = TrunkSurface(), []
    for i in range(50):
        gain = 0.45 * 2 ** (stops * np.sin(2 * np.pi * 0.5 * i / RATE))
        lit = np.clip(picture() * gain + 10, 0, 255).astype(np.uint8)
        frames.append(surface.update(Frame(lit, i, i / RATE), pose(i)))
    moved = np.array([np.nanmedian(f.shift, axis=(0, 1)) for f in frames[2:]])
    assert np.abs(moved - moved[0]).max() < 0.003
    room = np.array([[20.0, 20.0], [620.0, 460.0]])
    assert frames[-1].camera.undone(room) == pytest.approx(room, abs=0.2)
