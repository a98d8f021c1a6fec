"""A camera without hardware: gives what a test tells it to, when it is told to."""

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from formcheck.capture.camera import CameraError, CameraInfo

WEBCAM = CameraInfo(0, "Webcam", 200)
PATIENCE_S = 30.0
"""How long a test waits for what must come: only a failing one waits so long, and a busy computer fails none."""


class FakeDevice:
    def __init__(self, fps: float, picture: Callable[[int], Any]) -> None:
        self.fps = fps
        self.released = False
        self.gone = threading.Event()
        self._picture = picture
        self._count = 0

    def read(self) -> Any:
        if self.gone.wait(1 / self.fps):
            return None
        self._count += 1
        return self._picture(self._count)

    def release(self) -> None:
        self.released = True


class FakeSystem:
    """A computer with one camera socket."""

    def __init__(self, picture: Callable[[int], Any] | None = None, fps: float = 100.0) -> None:
        self.present = True
        self.in_use = False
        self.index = 0
        self.fps = fps
        self.picture = picture or noisy
        self.devices: list[FakeDevice] = []
        self.asked: tuple[int, int, float] | None = None

    def cameras(self) -> list[CameraInfo]:
        return [CameraInfo(self.index, WEBCAM.name, WEBCAM.backend)] if self.present else []

    def open(self, info: CameraInfo, width: int, height: int, fps: float) -> FakeDevice:
        if self.in_use or info.index != self.index:
            raise CameraError("busy")
        self.asked = (width, height, fps)
        self.devices.append(FakeDevice(self.fps, self.picture))
        return self.devices[-1]

    def unplug(self) -> None:
        self.present = False
        self.devices[-1].gone.set()


def noisy(index: int, width: int = 320, height: int = 240) -> np.ndarray:
    return np.random.default_rng(index).integers(60, 200, (height, width, 3), np.uint8)


def until(condition: Callable[[], bool], timeout_s: float = PATIENCE_S) -> None:
    end_s = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end_s, "it did not happen in time"
        time.sleep(0.005)
