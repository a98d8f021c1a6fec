"""What a plugged-in camera and one on the network have alike: a clock, a silence that counts as a loss, and fitted pictures."""

from collections.abc import Callable
from typing import Any

import cv2

from formcheck.capture.health import PictureHealth
from formcheck.capture.live import CameraState, LiveSource
from formcheck.capture.picture import as_bgr, fit, working_size
from formcheck.capture.source import SourceInfo

SILENCE_S = 2.0
"""Without a frame for so long the camera counts as lost, even if nothing says so."""


class DeviceSource(LiveSource):
    """A LiveSource whose frames come from a device at its own pace."""

    def __init__(self, name: str, clock: Callable[[], float], *, fps: float, mirrored: bool = False) -> None:
        """fps: the rate to expect where the device says none. mirrored: the device shows a mirror image; it is flipped back."""
        super().__init__(name)
        self._clock = clock
        self._fps, self._mirrored = fps, mirrored
        self._zero_s: float | None = None
        self._heard_s = clock()
        self._size: tuple[int, int] | None = None
        self._health = PictureHealth()

    @property
    def state(self) -> CameraState:
        silent = self._clock() - self._heard_s > SILENCE_S
        return CameraState.LOST if self._state is CameraState.STREAMING and silent else self._state

    def now_s(self) -> float:
        return 0.0 if self._zero_s is None else self._clock() - self._zero_s

    def _heard(self) -> float:
        """The device gave something: when, on the clock; its first time is the frames' zero."""
        self._heard_s = self._clock()
        if self._zero_s is None:
            self._zero_s = self._heard_s
        return self._heard_s

    def _show(self, raw: Any, timestamp_s: float, device_fps: float) -> None:
        """Publish what the device gave, if it is a picture; in any case say what is wrong with it."""
        image = as_bgr(raw)
        self.trouble = self._health.update(image, timestamp_s)
        if image is None:
            return
        if self._size is None:
            self._size = working_size(image)
            self._info = SourceInfo(self._name, *self._size, device_fps if 0 < device_fps <= 240 else self._fps)
        image = fit(image, self._size)
        self._publish(cv2.flip(image, 1) if self._mirrored else image, timestamp_s)  # type: ignore[arg-type]
