"""Poses of a live source, found in a thread of its own, one frame ahead of whoever measures and records."""

import math
import threading
from types import TracebackType
from typing import Protocol, Self

from formcheck.capture.live import CameraState, LiveSource
from formcheck.frames import Frame, PoseFrame

WAIT_S = 0.2
EARLY_S = 0.005
"""Cameras are not that punctual."""


class Follower(Protocol):
    """A tracker, of every frame or on a schedule."""

    def process(self, frame: Frame) -> PoseFrame | None:
        """None: the frame is not measured."""
        ...


class PosesAhead:
    """next() gives (frame, pose) in order. Finding waits until the last one was taken, so nothing queues up."""

    def __init__(self, source: LiveSource, follower: Follower) -> None:
        self.every_s = 0.0
        """Frames that come sooner after the last one are passed over."""
        self._source, self._follower = source, follower
        self._found: tuple[Frame, PoseFrame] | None = None
        self._error: BaseException | None = None
        self._closed = False
        self._finished = False
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._run, daemon=True, name="poses")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._news:
            self._closed = True
            self._news.notify_all()
        self._thread.join()

    @property
    def ended(self) -> bool:
        """Nothing more will come."""
        with self._news:
            return self._finished and self._found is None and self._error is None

    def next(self, timeout_s: float) -> tuple[Frame, PoseFrame] | None:
        """None if there was none in time. An error in finding poses comes out here."""
        with self._news:
            self._news.wait_for(lambda: self._found is not None or self._finished, timeout_s)
            if self._error is not None and self._found is None:
                error, self._error = self._error, None
                raise error
            found, self._found = self._found, None
            self._news.notify_all()
            return found

    def _run(self) -> None:
        try:
            last_s = -math.inf
            while not self._closed:
                try:
                    frame = self._source.async_read(WAIT_S)
                except TimeoutError:
                    if self._source.state is CameraState.ENDED:
                        break
                    continue
                if frame.timestamp_s - last_s < self.every_s - EARLY_S:
                    continue
                last_s = frame.timestamp_s
                pose = self._follower.process(frame)
                if pose is None:
                    continue
                with self._news:
                    self._news.wait_for(lambda: self._found is None or self._closed)
                    self._found = (frame, pose)
                    self._news.notify_all()
        except BaseException as error:  # handed to whoever waits: nothing is lost in the thread
            self._error = error
        with self._news:
            self._finished = True
            self._news.notify_all()
