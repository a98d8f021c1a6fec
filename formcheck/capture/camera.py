"""A camera, chosen by name. It is opened, read and found again in a thread of its own."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import cv2

from formcheck.capture.clock import steady_s
from formcheck.capture.device_source import DeviceSource
from formcheck.capture.health import PictureHealth
from formcheck.capture.live import CameraState

RETRY_S = 1.0


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera as the system lists it."""

    index: int
    name: str
    backend: int
    """OpenCV's number of the driver interface."""


class CameraError(Exception):
    """A device that cannot be opened."""


class Device(Protocol):
    """An opened camera. The only thing here that needs hardware; tests bring their own."""

    fps: float
    """The rate it says it runs at; 0 if it does not say."""

    def read(self) -> Any:
        """Wait for the next picture; None once the device is gone."""
        ...

    def release(self) -> None: ...


OpenDevice = Callable[[CameraInfo, int, int, float], Device]
"""(which, width, height, fps wanted) -> the opened device; CameraError if it cannot be opened."""
ListCameras = Callable[[], "list[CameraInfo]"]


def list_cameras() -> list[CameraInfo]:
    """The cameras of this computer by name; may take a moment, so not in the window's thread."""
    from cv2_enumerate_cameras import enumerate_cameras

    backend = {"win32": cv2.CAP_MSMF, "darwin": cv2.CAP_AVFOUNDATION}.get(sys.platform, cv2.CAP_V4L2)
    found = [CameraInfo(camera.index, camera.name, camera.backend) for camera in enumerate_cameras(backend)]
    return sorted(found, key=lambda camera: camera.index)


class OpenCvDevice:
    """A Device by OpenCV."""

    def __init__(self, info: CameraInfo, width: int, height: int, fps: float) -> None:
        self._capture = cv2.VideoCapture(info.index, info.backend)
        if not self._capture.isOpened():
            self._capture.release()
            raise CameraError(f"{info.name} could not be opened")
        if width > 640:  # larger pictures come at full rate only compressed
            self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
        self._capture.set(cv2.CAP_PROP_FPS, fps)
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        self.fps = float(self._capture.get(cv2.CAP_PROP_FPS))

    def read(self) -> Any:
        got, image = self._capture.read()
        return image if got else None

    def release(self) -> None:
        self._capture.release()


def ask_permission() -> None:
    """macOS shows its question for the camera only on the main thread: call this there, once, before the first Camera."""
    if sys.platform == "darwin" and "OPENCV_AVFOUNDATION_SKIP_AUTH" not in os.environ:
        cv2.VideoCapture(0, cv2.CAP_AVFOUNDATION).release()
        os.environ["OPENCV_AVFOUNDATION_SKIP_AUTH"] = "1"


class Camera(DeviceSource):
    """A LiveSource from a device. Never gives up: a camera that is gone, in use or not there yet is tried again.

    width, height, fps: asked for; `info` says what came of it. mirrored: the device shows a mirror image; it is flipped back.
    """

    def __init__(
        self,
        camera: CameraInfo,
        *,
        width: int = 1280,
        height: int = 720,
        fps: float = 30.0,
        mirrored: bool = False,
        open_device: OpenDevice = OpenCvDevice,
        cameras: ListCameras = list_cameras,
        clock: Callable[[], float] = steady_s,
    ) -> None:
        super().__init__(camera.name, clock, fps=fps, mirrored=mirrored)
        self._camera = camera
        self._wanted = (width, height, fps)
        self._open_device = open_device
        self._cameras = cameras
        self._last_s = -1.0

    def _run(self) -> None:
        while not self._stop.is_set():
            device = self._opened()
            if device is None:
                self._stop.wait(RETRY_S)
                continue
            try:
                self._stream(device)
            finally:
                device.release()

    def _opened(self) -> Device | None:
        """The device, or None with the state saying why not. It may have come back under another number."""
        try:
            present = [camera for camera in self._cameras() if camera.name == self._camera.name]
            if present and self._camera not in present:
                self._camera = present[0]
            if present:
                return self._open_device(self._camera, *self._wanted)
            missing = CameraState.NONE
        except Exception as error:  # drivers raise all sorts: said in `detail`, and tried again
            self.detail = str(error)
            missing = CameraState.IN_USE
        self._state = CameraState.LOST if missing is CameraState.NONE and self._count else missing
        return None

    def _stream(self, device: Device) -> None:
        self._health = PictureHealth()
        while not self._stop.is_set():
            try:
                raw = device.read()
            except Exception as error:  # as above
                self.detail = str(error)
                raw = None
            if raw is None:
                self._state = CameraState.LOST if self._count else CameraState.IN_USE
                return
            since_s = self._heard() - (self._zero_s or 0.0)
            self._last_s = max(since_s, self._last_s + 0.001)  # a clock that is set back must not stop the frames
            self._show(raw, self._last_s, device.fps)
