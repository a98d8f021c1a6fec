"""A live source: one thread fills one newest-frame slot. Who shows or analyses takes the newest and never makes the camera
wait; who records listens and gets every frame."""

import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator
from enum import StrEnum
from types import TracebackType
from typing import Self

from formcheck.capture.health import Trouble
from formcheck.capture.source import SourceInfo
from formcheck.frames import Frame, Image, Picture


class CameraState(StrEnum):
    OPENING = "opening"
    STREAMING = "streaming"
    IN_USE = "in use"
    """Another program has the camera."""
    LOST = "lost"
    """It gave pictures and is gone, or no longer gives any; it is looked for until it returns."""
    NONE = "none"
    """There is no such camera; it is looked for until it comes."""
    UNREACHABLE = "unreachable"
    """Nothing answers at a network camera's address; it is tried again."""
    REFUSED = "refused"
    """Something answers there and does not give the picture."""
    WRONG_PASSWORD = "wrong password"
    NO_VIDEO = "not a video"
    """What comes from the address is no video."""
    ENDED = "ended"
    """A played file came to its end, or the source was closed."""


class Listener:
    """Every frame since listening began, in a bounded queue; those that found no room are counted."""

    def __init__(self, room: int) -> None:
        self.dropped = 0
        self._room = room
        self._waiting: deque[Frame] = deque()
        self._changed = threading.Condition()
        self._ended = False

    def get(self, timeout_s: float) -> Frame | None:
        """The next frame; None if none came in time or none will come any more (see `ended`)."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._ended, timeout_s)
            return self._waiting.popleft() if self._waiting else None

    @property
    def waiting(self) -> int:
        """Frames that wait to be taken."""
        return len(self._waiting)

    @property
    def ended(self) -> bool:
        """No frame waits and none will come."""
        with self._changed:
            return self._ended and not self._waiting

    def _put(self, frame: Frame) -> None:
        with self._changed:
            if len(self._waiting) < self._room:
                self._waiting.append(frame)
                self._changed.notify_all()
            else:
                self.dropped += 1

    def _end(self) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify_all()


class LiveSource(ABC):
    """A FrameSource that runs on its own clock from start() to close()."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._info: SourceInfo | None = None
        self._newest: Frame | None = None
        self._taken = -1
        self._count = 0
        self._changed = threading.Condition()
        self._listeners: list[Listener] = []
        self._stop = threading.Event()
        self._state = CameraState.OPENING
        self._thread = threading.Thread(target=self._guarded_run, name=f"camera {name}", daemon=True)
        self.skipped = 0
        """Frames that async_read() and frames() passed over because a newer one was there."""
        self.trouble: Trouble | None = None
        """What is wrong with the pictures, if anything."""
        self.detail = ""
        """What went wrong last, for the log."""

    @abstractmethod
    def _run(self) -> None:
        """Publish frames until _stop is set; runs in the source's thread."""

    @abstractmethod
    def now_s(self) -> float:
        """The present moment on the frames' clock."""

    def start(self) -> Self:
        """Begin; returns at once. The source opens in its thread."""
        if not self._thread.ident:
            self._thread.start()
        return self

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stop; returns within 2 s even where a driver hangs (its thread then ends with the program)."""
        self._stop.set()
        with self._changed:
            self._changed.notify_all()
        if self._thread.ident and self._thread is not threading.current_thread():
            self._thread.join(timeout=2.0)
        self._end()

    @property
    def state(self) -> CameraState:
        return self._state

    @property
    def info(self) -> SourceInfo:
        """As read back from the device; sizes are 0 before it has opened."""
        return self._info or SourceInfo(self._name, 0, 0, 0.0)

    @property
    def captured(self) -> int:
        """Frames so far."""
        return self._count

    def read_latest(self, max_age_s: float) -> Frame:
        """The newest frame, at once, seen before or not. TimeoutError if there is none, or none as young."""
        with self._changed:
            frame = self._newest
        if frame is None or self.now_s() - frame.timestamp_s > max_age_s:
            raise TimeoutError(f"{self._name}: no frame younger than {max_age_s:g} s")
        return frame

    def async_read(self, timeout_s: float) -> Frame:
        """The newest frame not yet taken, waiting for it if need be. TimeoutError if none came in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._has_new() or self._stop.is_set() or self._over(), timeout_s)
            if self._newest is None or not self._has_new():
                raise TimeoutError(f"{self._name}: no new frame within {timeout_s:g} s")
            self.skipped += self._newest.index - self._taken - 1 if self._taken >= 0 else 0
            self._taken = self._newest.index
            return self._newest

    def frames(self) -> Iterator[Frame]:
        """The newest frames, one after the other, until the source ends or is closed; waits through any loss."""
        while not self._stop.is_set():
            try:
                yield self.async_read(0.2)
            except TimeoutError:
                if self._over():
                    return

    def listen(self, room: int = 90) -> Listener:
        """Every frame from now on, for a recorder; `room` frames may wait."""
        listener = Listener(room)
        with self._changed:
            if self._over():
                listener._end()
            self._listeners.append(listener)
        return listener

    def _has_new(self) -> bool:
        return self._newest is not None and self._newest.index > self._taken

    def _over(self) -> bool:
        return self._state is CameraState.ENDED

    def _publish(self, picture: Image | Picture, timestamp_s: float) -> None:
        with self._changed:
            frame = Frame(picture, self._count, timestamp_s)
            self._count += 1
            self._newest = frame
            self._state = CameraState.STREAMING
            self._changed.notify_all()
            listeners = list(self._listeners)
        for listener in listeners:
            listener._put(frame)

    def _guarded_run(self) -> None:
        try:
            self._run()
        except Exception as error:  # an error must not be lost in the thread: whoever waits is woken and can see it
            self.detail = repr(error)
        finally:
            self._end()

    def _end(self) -> None:
        with self._changed:
            self._state = CameraState.ENDED
            self._changed.notify_all()
            listeners = list(self._listeners)
        for listener in listeners:
            listener._end()
