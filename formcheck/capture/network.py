"""A camera on the network as a live source: opened, read with the newest picture first, and found again by itself."""

from collections.abc import Callable
from typing import Any, Protocol

from formcheck.capture.address import CameraAddress
from formcheck.capture.clock import steady_s
from formcheck.capture.health import PictureHealth
from formcheck.capture.live import CameraState, LiveSource
from formcheck.capture.network_stream import NetworkStream, StreamError
from formcheck.capture.picture import as_bgr, fit, working_size
from formcheck.capture.source import SourceInfo
from formcheck.capture.stream_clock import StreamClock

RETRY_S = 1.0
WRONG_PASSWORD_RETRY_S = 30.0
"""Cameras lock an account after a few wrong passwords."""
GONE = (CameraState.UNREACHABLE, CameraState.REFUSED)
"""What a camera looks like that was switched off while it was in use."""
SILENCE_S = 2.0
"""Without a picture for so long the camera counts as lost."""
CATCH_UP_S, CAUGHT_UP_S = 0.25, 0.1
"""How far behind the stream's own clock decoding may fall before pictures are left out, and until when they are."""


class Stream(Protocol):
    """An opened connection, as NetworkStream is one."""

    fps: float

    def pictures(self) -> Any: ...

    def skip_ahead(self, skip: bool) -> None: ...

    def close(self) -> None: ...


class NetworkCamera(LiveSource):
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
        super().__init__(name)
        self._address, self._password = address, password
        self._open_stream = open_stream
        self._clock = clock
        self._zero_s: float | None = None
        self._heard_s = clock()
        self._size: tuple[int, int] | None = None
        self._times = StreamClock()
        self._health = PictureHealth()

    @property
    def state(self) -> CameraState:
        silent = self._clock() - self._heard_s > SILENCE_S
        return CameraState.LOST if self._state is CameraState.STREAMING and silent else self._state

    def now_s(self) -> float:
        return 0.0 if self._zero_s is None else self._clock() - self._zero_s

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
            self._take(picture, stream_s, stream.fps)
            limit_s = CAUGHT_UP_S if behind else CATCH_UP_S
            if (self._times.behind_s > limit_s) != behind:
                behind = not behind
                stream.skip_ahead(behind)

    def _take(self, raw: Any, stream_s: float | None, fps: float) -> None:
        arrival_s = self._heard_s = self._clock()
        if self._zero_s is None:
            self._zero_s = arrival_s
        image = None if raw is None else as_bgr(raw)
        timestamp_s = self._times.stamp(stream_s, arrival_s)
        self.trouble = self._health.update(image, timestamp_s)
        if image is None:
            return
        if self._size is None:
            self._size = working_size(image)
            self._info = SourceInfo(self._name, *self._size, fps if 0 < fps <= 240 else 30.0)
        fitted = fit(image, self._size)
        self._publish(fitted, timestamp_s)
