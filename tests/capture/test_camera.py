"""Cameras that come and go, are taken by others, hang, and lie about time; none of it on hardware."""

import contextlib
import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from fake_device import PATIENCE_S, WEBCAM, FakeSystem, noisy, until

from formcheck.capture import camera as camera_module
from formcheck.capture import device_source
from formcheck.capture.camera import Camera, list_cameras
from formcheck.capture.live import CameraState


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera_module, "RETRY_S", 0.02)
    monkeypatch.setattr(device_source, "SILENCE_S", 0.3)


@pytest.fixture
def system() -> FakeSystem:
    return FakeSystem()


def opened(system: FakeSystem, **options: Any) -> Camera:
    return Camera(WEBCAM, open_device=system.open, cameras=system.cameras, **options)


def test_frames_carry_rising_times_from_capture(system: FakeSystem) -> None:
    ticks = itertools.count(33_333)
    with opened(system, width=320, height=240, clock=lambda: 0.003 * next(ticks)) as camera:
        frames = [camera.async_read(PATIENCE_S) for _ in range(10)]
    times = np.array([f.timestamp_s for f in frames])
    assert times[0] < 1.0
    assert (np.diff(times) > 0).all()
    assert times / 0.003 == pytest.approx(np.round(times / 0.003), abs=1e-6)  # none of another clock


def test_what_was_asked_for_is_read_back(system: FakeSystem) -> None:
    with opened(system, width=1280, height=720, fps=60) as camera:
        camera.async_read(PATIENCE_S)
        assert list(system.asked or ()) == [1280, 720, 60]
        assert camera.info == replace(camera.info, width=320, height=240, fps=100.0)


def test_the_newest_frame_wins_and_the_recorder_gets_every_one(system: FakeSystem) -> None:
    with opened(system) as camera:
        everything = camera.listen(room=100_000)
        first = camera.async_read(PATIENCE_S)
        until(lambda: camera.captured > first.index + 7)
        later = camera.async_read(PATIENCE_S)
        assert later.index > first.index + 5
        assert camera.skipped == later.index - first.index - 1
        recorded = [everything.get(PATIENCE_S) for _ in range(20)]
    indices = [f.index for f in recorded if f is not None]
    assert indices == list(range(indices[0], indices[0] + 20))
    assert everything.dropped == 0


def test_a_listener_that_lags_is_bounded_and_counts_its_drops(system: FakeSystem) -> None:
    with opened(system) as camera:
        slow = camera.listen(room=3)
        until(lambda: slow.dropped >= 5)
        assert [slow.get(0.1) is not None for _ in range(3)] == [True] * 3
    while slow.get(0.1):
        pass
    assert slow.ended


def test_read_latest_refuses_an_old_frame(system: FakeSystem) -> None:
    with opened(system) as camera:
        camera.async_read(PATIENCE_S)
        assert camera.read_latest(PATIENCE_S).index >= 0
        system.unplug()
        until(lambda: camera.state is CameraState.LOST)
        time.sleep(0.1)
        with pytest.raises(TimeoutError):
            camera.read_latest(0.05)
        with contextlib.suppress(TimeoutError):
            camera.async_read(0.05)  # one may not have been taken yet
        with pytest.raises(TimeoutError):
            camera.async_read(0.05)


def test_unplugged_and_plugged_in_again_under_another_number(system: FakeSystem) -> None:
    with opened(system) as camera:
        before = camera.async_read(PATIENCE_S)
        system.unplug()
        until(lambda: camera.state is CameraState.LOST)
        until(lambda: system.devices[0].released)
        system.index, system.present = 3, True
        until(lambda: camera.state is CameraState.STREAMING)
        after = camera.async_read(PATIENCE_S)
        assert after.timestamp_s > before.timestamp_s
        assert after.index > before.index


def test_in_use_until_the_other_program_lets_go(system: FakeSystem) -> None:
    system.in_use = True
    with opened(system) as camera:
        until(lambda: camera.state is CameraState.IN_USE)
        assert camera.detail == "busy"
        system.in_use = False
        assert camera.async_read(PATIENCE_S)
        until(lambda: camera.state is CameraState.STREAMING)


def test_no_camera_until_one_comes(system: FakeSystem) -> None:
    system.present = False
    with opened(system) as camera:
        until(lambda: camera.state is CameraState.NONE)
        system.present = True
        assert camera.async_read(PATIENCE_S)


def test_a_driver_that_hangs_counts_as_lost_and_does_not_hold_up_closing(system: FakeSystem) -> None:
    forever, let_go = threading.Event(), []

    def picture(index: int) -> np.ndarray:
        if index > 3:
            let_go.append(forever.wait(PATIENCE_S))
        return noisy(index)

    system.picture = picture
    camera = opened(system).start()
    until(lambda: camera.state is CameraState.LOST)
    camera.close()
    assert not let_go  # it hangs still
    assert camera.state is CameraState.ENDED
    forever.set()


def test_a_driver_that_raises_is_tried_again(system: FakeSystem) -> None:
    raised: list[int] = []

    def picture(index: int) -> np.ndarray:
        if index == 3 and not raised:
            raised.append(index)
            raise RuntimeError("driver trouble")
        return noisy(index)

    system.picture = picture
    with opened(system) as camera:
        until(lambda: camera.captured > 6)
        assert len(system.devices) == 2
        assert "driver trouble" in camera.detail


def test_a_clock_that_jumps_does_not_turn_frames_back(system: FakeSystem) -> None:
    def clock() -> Iterator[float]:
        now = 100.0
        while True:
            now += 0.01
            yield now
            if 100.5 < now < 101:
                now = 50.0

    ticks = clock()
    with opened(system, clock=lambda: next(ticks)) as camera:
        everything = camera.listen(room=500)
        until(lambda: camera.captured > 60)
    times = []
    while (frame := everything.get(0.0)) is not None:
        times.append(frame.timestamp_s)
    assert len(times) > 50
    assert (np.diff(times) > 0).all()


def test_frames_ends_when_the_camera_is_closed(system: FakeSystem) -> None:
    camera = opened(system).start()
    seen: list[int] = []

    def watch() -> None:
        seen.extend(f.index for f in camera.frames())

    watcher = threading.Thread(target=watch)
    watcher.start()
    until(lambda: len(seen) > 3)
    camera.close()
    watcher.join(PATIENCE_S)
    assert not watcher.is_alive()
    camera.close()


def test_mirrored_is_flipped_back(system: FakeSystem) -> None:
    bright_left = np.zeros((240, 320, 3), np.uint8)
    bright_left[:, :160] = 200
    system.picture = lambda index: bright_left + np.uint8(index % 5)
    with opened(system, mirrored=True) as camera:
        image = camera.async_read(PATIENCE_S).image
    assert image[:, 200:].mean() > 190
    assert image[:, :100].mean() < 10


@pytest.mark.parametrize(
    "odd",
    [
        lambda: np.zeros((0, 0, 3), np.uint8),
        lambda: np.zeros((2, 2, 3), np.uint8),
        lambda: np.zeros((240, 320, 2), np.uint8),
        lambda: np.zeros((240, 320, 3), np.float32),
        lambda: np.zeros((2, 240, 320, 3), np.uint8),
        lambda: "no picture",
    ],
)
def test_what_is_no_picture_is_left_out(system: FakeSystem, odd: Any) -> None:
    system.picture = lambda index: odd() if index % 2 else noisy(index)
    with opened(system) as camera:
        frames = [camera.async_read(PATIENCE_S) for _ in range(4)]
    assert all(f.image.shape == (240, 320, 3) for f in frames)


@pytest.mark.parametrize(
    ("other", "shape"),
    [
        (lambda i: noisy(i)[:, :, 0], "grey"),
        (lambda i: noisy(i)[:, :, :1], "one channel"),
        (lambda i: np.dstack([noisy(i), noisy(i)[:, :, :1]]), "with alpha"),
        (lambda i: noisy(i).astype(np.uint16) * 256, "16 bit"),
        (lambda i: noisy(i, 240, 320), "turned in mid-session"),
        (lambda i: noisy(i, 641, 479), "odd-sized"),
        (lambda i: noisy(i, 3840, 2160), "huge"),
    ],
)
def test_pictures_of_another_kind_are_made_to_fit(system: FakeSystem, other: Any, shape: str) -> None:  # noqa: ARG001
    others = [other(i) for i in range(2)]  # made beforehand: a huge one of noise takes longer than the program's work on it
    system.picture = lambda index: noisy(index) if index < 3 else others[index % 2]
    with opened(system) as camera:
        until(lambda: camera.captured > 5)
        image = camera.read_latest(PATIENCE_S).image
    assert image.shape == (240, 320, 3)
    assert image.dtype == np.uint8
    assert image.max() > 50


def test_a_huge_camera_picture_is_worked_with_at_a_smaller_size(system: FakeSystem) -> None:
    pictures = [noisy(i, 3840, 2160) for i in range(2)]
    system.picture = lambda index: pictures[index % 2]
    system.fps = 20
    with opened(system) as camera:
        assert camera.async_read(PATIENCE_S).image.shape == (1080, 1920, 3)
        assert (camera.info.width, camera.info.height) == (1920, 1080)


def test_listing_cameras_never_fails() -> None:
    assert isinstance(list_cameras(), list)
