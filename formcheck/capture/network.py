"""A camera on the network as a live source: opened, read with the newest picture first, and found again by itself."""

from collections.abc import Callable
from typing import Any, Protocol

from formcheck.capture.address import CameraAddress
from formcheck.capture.clock import steady_s
from formcheck.capture.device_source import DeviceSource
from formcheck.capture.health import PictureHealth
from formcheck.capture.live import CameraState
from formcheck.capture.network_stream import NetworkStream, StreamError
from formcheck.capture.stream_clock import StreamClock

RETRY_S = 1.0
WRONG_PASSWORD_RETRY_S = 30.0
"""Cameras lock an account after a few wrong passwords."""
GONE = (CameraState.UNREACHABLE, CameraState.REFUSED)
"""What a camera looks like that was switched off while it was in use."""
USUAL_FPS = 30.0
CATCH_UP_S, CAUGHT_UP_S = 0.25, 0.1
"""How far behind the stream's own clock decoding may fall before pictures are left out, and until when they are."""


class Stream(Protocol):
    """An opened connection, as NetworkStream is one."""

    fps: float

    def pictures(self) -> Any: ...

    def skip_ahead(self, skip: bool) -> None: ...

    def close(self) -> None: ...


class NetworkCamera(DeviceSource):
    """A LiveSource from an address. It never gives up: a camera that is away is tried again.

    name: what the user calls it. password: empty where the address has no user.
    """

    def __init__(
        self,
        name: str,
        address: CameraAddress,
        password: str = "",
        *,
        open_stream: Callable[[CameraAddress, str], Stream] = NetworkStream,
        clock: Callable[[], float] = steady_s,
    ) -> None:
        super().__init__(name, clock, fps=USUAL_FPS)
        self._address, self._password = address, password
        self._open_stream = open_stream
        self._times = StreamClock()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                stream = self._open_stream(self._address, self._password)
            except StreamError as error:
                self.detail = f"{self._address.host}: {error.state}"
                self._state = CameraState.LOST if self._count and error.state in GONE else error.state
                self._stop.wait(WRONG_PASSWORD_RETRY_S if error.state is CameraState.WRONG_PASSWORD else RETRY_S)
                continue
            before = self._count
            try:
                self._read(stream)
            finally:
                stream.close()
            if not self._stop.is_set() and self._count == before:  # else: a torn picture; it goes on at once
                self._state = CameraState.LOST if self._count else CameraState.NO_VIDEO
                self._stop.wait(RETRY_S)

    def _read(self, stream: Stream) -> None:
        self._times.restart()
        self._health = PictureHealth()
        behind = False
        for picture, stream_s in stream.pictures():
            if self._stop.is_set():
                return
            self._show(picture, self._times.stamp(stream_s, self._heard()), stream.fps)
            limit_s = CAUGHT_UP_S if behind else CATCH_UP_S
            if (self._times.behind_s > limit_s) != behind:
                behind = not behind
                stream.skip_ahead(behind)
