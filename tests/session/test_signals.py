"""signals.npz: what is read is what was seen, within what the network knows; what others may have written is refused."""

import io
import math
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from formcheck.frames import LANDMARKS, CameraMotion, LegFrame, Observation, PictureFrame, PoseFrame, SurfaceFrame
from formcheck.session.layout import SIGNALS
from formcheck.session.signals import BLOCK, PART, BadSignals, SignalsWriter, finish_signals, read_signals

FRAMES = 2 * BLOCK + 70
FPS = 30


def seen(count: int = FRAMES, size: tuple[int, int] = (1280, 720)) -> list[Observation]:
    """Somebody who moves, leaves the picture in the middle, and comes back; a surface that is lost now and then."""
    chance = np.random.default_rng(7)
    walk = np.cumsum(chance.normal(0, 2.0, (count, LANDMARKS, 2)), axis=0) + np.array((600, 300))
    shift = np.cumsum(chance.normal(0, 0.01, (count, 10, 4, 2)), axis=0)
    out = []
    for i in range(count):
        away = count // 2 < i < count // 2 + 40
        xy = np.full((LANDMARKS, 2), np.nan) if away else walk[i]
        points = chance.integers(0, 9, (10, 4))
        visibility = np.where(np.isnan(xy[:, 0]), np.nan, 0.7)
        world = (xy[:, [0, 1, 0]] - 600) / 500
        pose = PoseFrame(i, i / FPS, size, xy, world, visibility, 0 if away else 2, i % 2 == 0)
        camera = CameraMotion(np.array([[0.999, 0.001 * i, 0.2 * i], [-0.001 * i, 0.999, 3.0]]), known=i % 3 > 0)
        surface = SurfaceFrame(i / FPS, np.where(points[..., None] > 0, shift[i], np.nan), points, points * 0.001, camera)
        picture = PictureFrame(100 + i / 10, 40.0, cut=i == 50, tilt_deg=math.nan if i < 40 else -2.3)
        legs = LegFrame(i / FPS, i / 50) if i % 2 else LegFrame(i / FPS, right=-i / 40)
        out.append(Observation(pose, surface, picture, legs=legs))
    return out


def write(path: Path, observations: list[Observation]) -> Path:
    writer = SignalsWriter(path, lambda act: act())
    for observation in observations:
        writer.add(observation.timestamp_s, observation)
    writer.finish()
    return path


def test_what_is_read_is_what_was_seen(tmp_path: Path) -> None:
    frames = seen()
    path = write(tmp_path / SIGNALS, frames)
    again = list(read_signals(path))
    assert [p.name for p in tmp_path.iterdir()] == [SIGNALS]
    assert [(o.timestamp_s, o.pose.people, o.pose.found, o.pose.detected) for o in again] == [
        (o.timestamp_s, o.pose.people, o.pose.found, o.pose.detected) for o in frames
    ]
    for old, new in zip(frames, again, strict=True):
        np.testing.assert_allclose(new.pose.image_xy, old.pose.image_xy, atol=0.05)
        np.testing.assert_allclose(new.pose.world_xyz, old.pose.world_xyz, atol=0.0002)
        np.testing.assert_allclose(new.pose.visibility, old.pose.visibility, atol=0.003)
        assert old.surface is not None
        assert new.surface is not None
        np.testing.assert_allclose(new.surface.shift, old.surface.shift, atol=0.0001)
        np.testing.assert_array_equal(new.surface.points, old.surface.points)
        np.testing.assert_allclose(new.still_xy, old.still_xy, atol=0.1)
        assert new.surface.camera.known is old.surface.camera.known
        assert old.legs is not None
        assert new.legs is not None
        legs = (old.legs.timestamp_s, old.legs.left, old.legs.right)
        assert (new.legs.timestamp_s, new.legs.left, new.legs.right) == pytest.approx(legs, abs=0.001, nan_ok=True)
        assert old.picture is not None
        assert new.picture is not None
        assert new.picture.cut is old.picture.cut
        light = (old.picture.brightness, old.picture.contrast)
        assert (new.picture.brightness, new.picture.contrast) == pytest.approx(light, abs=0.05)
        assert new.picture.tilt_deg == pytest.approx(old.picture.tilt_deg, abs=0.001, nan_ok=True)


def test_a_minute_takes_a_few_hundred_kilobytes(tmp_path: Path) -> None:
    """Of a body that moves smoothly: noise cannot be made small."""
    frames = []
    for i, observation in enumerate(seen(60 * FPS)):
        phase = np.sin(2 * np.pi * i / 90 + np.arange(LANDMARKS))
        xy = 300 + 40 * np.stack([phase, phase**2], axis=1) + np.random.default_rng(i).normal(0, 0.2, (LANDMARKS, 2))
        pose = PoseFrame(i, i / FPS, (1280, 720), xy, np.repeat(xy[:, :1] / 500, 3, axis=1), np.full(LANDMARKS, 0.99))
        assert observation.surface is not None
        shift = np.full((10, 4, 2), phase[0] / 10)
        frames.append(Observation(pose, SurfaceFrame(i / FPS, shift, observation.surface.points, np.zeros((10, 4)))))
    assert write(tmp_path / SIGNALS, frames).stat().st_size < 500_000


def test_pictures_of_another_size_and_frames_without_a_surface(tmp_path: Path) -> None:
    frames = seen(20) + [Observation(o.pose, None) for o in seen(40, (640, 480))[20:]]
    again = list(read_signals(write(tmp_path / SIGNALS, frames)))
    assert [o.pose.image_size for o in again] == [o.pose.image_size for o in frames]
    assert [o.surface is None for o in again] == [False] * 20 + [True] * 20
    assert all(a.timestamp_s < b.timestamp_s for a, b in pairwise(again))


def test_what_a_crash_left_is_read_up_to_where_it_is_torn(tmp_path: Path) -> None:
    writer = SignalsWriter(tmp_path / SIGNALS, lambda act: act())
    for observation in seen():
        writer.add(observation.timestamp_s, observation)
    part = tmp_path / PART
    part.write_bytes(part.read_bytes()[:-1000])
    finish_signals(tmp_path / SIGNALS)
    assert len(list(read_signals(tmp_path / SIGNALS))) == BLOCK
    assert not part.exists()


def test_a_disk_without_room_costs_the_signals_only(tmp_path: Path) -> None:
    def no_room(_act: Callable[[], None]) -> None:
        pass

    writer = SignalsWriter(tmp_path / SIGNALS, no_room)
    for observation in seen():
        writer.add(observation.timestamp_s, observation)
    writer.finish()
    assert list(tmp_path.iterdir()) == []


def npy(array: object) -> bytes:
    content = io.BytesIO()
    np.save(content, np.array(array))
    return content.getvalue()


def huge() -> bytes:
    content = io.BytesIO()
    np.lib.format.write_array_header_1_0(content, {"descr": "<f8", "fortran_order": False, "shape": (10**12,)})  # type: ignore[no-untyped-call]
    return content.getvalue() + b"abc"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("format.npy", npy("formcheck-signals 9")),
        ("format.npy", None),
        ("00000.times_s.npy", npy([1.0, 0.5])),
        ("00000.times_s.npy", npy([np.nan] * BLOCK)),
        ("00000.times_s.npy", huge()),
        ("00000.times_s.npy", npy([object()])),
        ("00000.image_xy.npy", npy(np.zeros((2, 33, 2, 5), np.uint8))),
        ("00000.image_xy.npy", npy(np.zeros((2, 33, 2, BLOCK)))),
        ("00000.image_xy.npy", b"no array"),
        ("00000.size.npy", npy([0, -5])),
        ("00000.size.npy", npy(["a", "b"])),
        ("00000.points.npy", None),
        ("00000.points.npy", npy(3)),
        ("00000.shift_known.npy", npy([1, 2, 3])),
        ("00001.times_s.npy", npy(np.zeros(BLOCK))),
        ("00000.cut.npy", npy([True])),
        ("00000.cut.npy", None),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = write(tmp_path / SIGNALS, seen())
    with zipfile.ZipFile(path) as source:
        members = {n: source.read(n) for n in source.namelist()} | {name: content}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for member, data in members.items():
            if data is not None:
                target.writestr(member, data)
    with pytest.raises(BadSignals) as caught:
        list(read_signals(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("damage", ["none", "text", "cut", "bomb"])
def test_broken_files_are_refused(tmp_path: Path, damage: str) -> None:
    path = tmp_path / SIGNALS
    if damage == "text":
        path.write_text("no signals")
    elif damage == "cut":
        path.write_bytes(write(path, seen()).read_bytes()[:-2000])
    elif damage == "bomb":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            target.writestr("format.npy", b"\0" * 50_000_000)
    with pytest.raises(BadSignals):
        list(read_signals(path))
