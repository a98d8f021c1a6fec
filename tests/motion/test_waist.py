"""The waist's tilt: on rendered runners against their truth, and on a painted waist that turns by known angles."""

import gzip
import json
import math
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.frames import LANDMARKS, Floats, Frame, Image, PoseFrame, WaistFrame
from formcheck.frames import Landmark as L
from formcheck.motion.waist import Waist

RUNNERS = Path(__file__).parents[3] / "shared" / "running"
JOINTS = (L.LEFT_HIP, L.RIGHT_HIP, L.LEFT_SHOULDER, L.RIGHT_SHOULDER)
SHIRT, TROUSERS, WALL = (60, 60, 200), (90, 60, 30), (150, 160, 160)
LAG_S, JITTER_PX = 0.04, 1.5
"""How far the pose network's joints lag behind a runner and shake."""


def pose(index: int, time_s: float, joints: Floats, size: tuple[int, int]) -> PoseFrame:
    """joints: (4, 2) px in the order of JOINTS."""
    image_xy = np.full((LANDMARKS, 2), np.nan)
    image_xy[list(JOINTS)] = joints
    return PoseFrame(index, time_s, size, image_xy, np.full((LANDMARKS, 3), np.nan), np.ones(LANDMARKS))


def followed_runner(name: str, seconds: float) -> tuple[list[WaistFrame], Floats]:
    """What is seen of a rendered runner, and the true tilt of the line between the hip joints in the picture, + right up."""
    if not (RUNNERS / f"{name}.mp4").exists():
        pytest.skip("needs the rendered runners beside the checkout: ../shared/running")
    truth = json.loads(gzip.decompress((RUNNERS / f"{name}.json.gz").read_bytes()))
    frames = truth["frames"][: round(seconds * truth["fps"])]
    times = np.array([f["t"] for f in frames])
    joints = np.array([[f["px"][j.name.lower()] for j in JOINTS] for f in frames])
    late = np.stack([np.interp(times - LAG_S, times, joints[:, j, k]) for j in range(4) for k in (0, 1)], axis=1)
    late += np.random.default_rng(1).normal(0.0, JITTER_PX, late.shape)
    waist, seen, film = Waist(), [], cv2.VideoCapture(str(RUNNERS / f"{name}.mp4"))
    for i, now_s in enumerate(times):
        image = np.asarray(film.read()[1], np.uint8)
        size = (image.shape[1], image.shape[0])
        seen.append(waist.update(Frame(image, i, now_s), pose(i, now_s, late[i].reshape(4, 2), size)))
    across = joints[:, 1] - joints[:, 0]  # from behind the right hip is at the picture's right
    return seen, np.degrees(np.arctan2(-across[:, 1], across[:, 0]))


@pytest.mark.parametrize("name", ["dev_run_behind_left_drop", "dev_run_behind_steady"])
def test_a_tucked_shirt_tells_how_the_pelvis_tilts(name: str) -> None:
    seen, truth = followed_runner(name, 5.0)
    tilt = np.array([w.tilt_deg + w.level_deg for w in seen])
    late = np.arange(len(seen)) > len(seen) // 3  # the mean patch has formed
    assert np.isfinite(tilt[late]).mean() > 0.98
    error = (tilt - truth)[late]
    assert np.nanmean(np.abs(error)) < 1.5
    assert np.corrcoef(tilt[late], truth[late])[0, 1] > 0.9
    assert all(w.seam > 0.2 for w in seen[-10:])


@pytest.mark.parametrize("name", ["dev_run_longshirt", "dev_run_fatigue"])
def test_a_shirt_over_the_waist_has_no_seam_there(name: str) -> None:
    seen, _ = followed_runner(name, 2.5)
    assert all(math.isnan(w.seam) or w.seam < 0.18 for w in seen)


def painted(tilt_deg: float, shift: tuple[float, float] = (0.0, 0.0), zoom: float = 1.0) -> Image:
    """A shirt over trousers, seen from behind, turned about the waist by tilt_deg, + right up."""
    size = (round(320 * zoom), round(240 * zoom))
    image = np.full((size[1], size[0], 3), WALL, np.uint8)
    turn = cv2.getRotationMatrix2D((0, 0), tilt_deg, zoom)[:, :2]
    for colour, corners in (
        (SHIRT, [(-26, -90), (26, -90), (24, 0), (-24, 0)]),
        (TROUSERS, [(-24, 0), (24, 0), (30, 60), (-30, 60)]),
    ):
        outline = np.array(corners) @ turn.T + zoom * (np.array([160, 110]) + shift)
        cv2.fillPoly(image, [np.round(16 * outline).astype(np.int32)], colour, cv2.LINE_AA, shift=4)
    noise = np.random.default_rng(abs(hash((tilt_deg, shift))) % 1000).normal(0.0, 3.0, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def joints_of(zoom: float = 1.0) -> Floats:
    """Hips a quarter of the torso below the seam; from behind the left ones are at the picture's left."""
    return zoom * np.array([[150.0, 134], [170, 134], [140, 38], [180, 38]])


def followed(images: list[Image], zoom: float = 1.0, step_s: float = 1 / 30) -> list[WaistFrame]:
    waist = Waist()
    size = (images[0].shape[1], images[0].shape[0])
    return [waist.update(Frame(m, i, i * step_s), pose(i, i * step_s, joints_of(zoom), size)) for i, m in enumerate(images)]


SWAY = [6.0 * math.sin(2 * math.pi * i / 22) + 2.0 for i in range(66)]


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_the_painted_waists_tilt_and_its_sign(zoom: float) -> None:
    seen = followed([painted(t, (0.3 * t, abs(t)), zoom) for t in SWAY], zoom)
    said = np.array([w.tilt_deg + w.level_deg for w in seen[40:]])
    assert np.abs(said - SWAY[40:]).max() < 1.0
    assert np.median([w.quality for w in seen[1:]]) > 0.95
    assert seen[-1].seam == pytest.approx(24 / 96, abs=0.03)


def test_light_that_changes_is_no_tilt() -> None:
    images = [np.clip(painted(3.0).astype(float) * f, 0, 255).astype(np.uint8) for f in np.linspace(1.0, 0.6, 40)]
    assert np.ptp([w.tilt_deg for w in followed(images)[1:]]) < 0.5


def test_a_waist_of_one_colour_has_no_seam_and_no_level() -> None:
    plain = np.full((240, 320, 3), 90, np.uint8)
    seen = followed([plain] * 40)
    assert all(math.isnan(w.seam) and math.isnan(w.level_deg) for w in seen)


def test_nothing_is_said_where_nobody_is_and_another_zero_after_a_gap() -> None:
    waist, nobody = Waist(), np.full((4, 2), np.nan)
    for i, tilt in enumerate(SWAY):
        waist.update(Frame(painted(tilt), i, i / 30), pose(i, i / 30, joints_of(), (320, 240)))
    away = [waist.update(Frame(painted(0.0), i, 3 + i / 30), pose(i, 3 + i / 30, nobody, (320, 240))) for i in range(40)]
    assert all(math.isnan(w.tilt_deg) and w.quality == 0.0 for w in away)
    back = [waist.update(Frame(painted(5.0), i, 6 + i / 30), pose(i, 6 + i / 30, joints_of(), (320, 240))) for i in range(40)]
    assert abs(back[-1].tilt_deg) < 0.5
    assert back[-1].tilt_deg + back[-1].level_deg == pytest.approx(5.0, abs=0.7)


def test_a_waist_at_the_pictures_edge_does_no_harm() -> None:
    joints = joints_of() + np.array([150.0, 100.0])
    for image in (painted(0.0), painted(0.0)[:30, :30]):
        waist = Waist()
        size = (image.shape[1], image.shape[0])
        seen = [waist.update(Frame(image, i, i / 30), pose(i, i / 30, joints, size)) for i in range(5)]
        assert all(w.quality <= 1.0 for w in seen)


def test_cost_does_not_grow_with_the_picture() -> None:
    def spent(zoom: float) -> float:
        waist, images, best = Waist(), [painted(t, zoom=zoom) for t in SWAY[:12]], math.inf
        for i, image in enumerate(images):
            start = time.perf_counter()
            size = (image.shape[1], image.shape[0])
            waist.update(Frame(image, i, i / 30), pose(i, i / 30, joints_of(zoom), size))
            best = min(best, time.perf_counter() - start) if i else best
        return best

    assert spent(4.0) < 4 * spent(1.0)  # sixteen times the pixels
