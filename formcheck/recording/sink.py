"""A video writer in a thread of its own, so that encoding overlaps with finding the pose."""

import contextlib
import queue
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from formcheck.frames import Image
from formcheck.planes import Planes
from formcheck.recording.video_writer import RecordingError
from formcheck.system.language import tr

WAITING = 60
"""Pictures that may wait to be encoded: two seconds of a stalled disk."""


class Writer(Protocol):
    """A VideoWriter, or what stands in its place."""

    @property
    def path(self) -> Path: ...

    @property
    def frames(self) -> int: ...

    @property
    def notice(self) -> str | None: ...

    def write(self, picture: Image | Planes, timestamp_s: float) -> None: ...

    def close(self) -> None: ...


class BackgroundWriter:
    """Takes (image, time) from any one thread and hands it to a Writer in its own.

    A recording that fails does not stop what else goes on: write() then does nothing, and `failure` says why, once and for all.
    Pictures must not be changed after they were handed over; one that is handed over as a function is made in that thread.
    """

    def __init__(self, writer: Writer, *, live: bool, waiting: int = WAITING) -> None:
        """live: drop (and count) a picture rather than make the caller wait when the encoder lags behind."""
        self.dropped = 0
        self.failure: RecordingError | None = None
        self._writer = writer
        self._closed = False
        self._live = live
        self._queue: queue.Queue[tuple[Image | Planes | Callable[[], Planes], float] | None] = queue.Queue(waiting)
        self._thread = threading.Thread(target=self._run, name=f"recording {writer.path.name}", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def frames(self) -> int:
        """Pictures written so far."""
        return self._writer.frames

    @property
    def notice(self) -> str | None:
        return self._writer.notice

    @property
    def waiting(self) -> int:
        """Pictures handed over and not yet written: a measure of how far the encoder lags."""
        return self._queue.qsize()

    def write(self, picture: Image | Planes | Callable[[], Planes], timestamp_s: float) -> None:
        """Never raises; returns at once when live, else when there is room."""
        if self.failure is not None or self._closed:
            return
        try:
            self._queue.put((picture, timestamp_s), block=not self._live)
        except queue.Full:
            self.dropped += 1

    def close(self) -> None:
        """Write what waits and finish the file; may be called twice. Look at `failure` afterwards."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join()

    def abandon(self) -> None:
        """Finish the file without what waits: there is no room for it."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._queue.get_nowait()
        self.close()

    def _run(self) -> None:
        while (item := self._queue.get()) is not None:
            if self.failure is None:  # after a failure go on taking: the caller may wait for room
                self._attempt(partial(self._write, *item))
        self._attempt(self._writer.close)

    def _write(self, picture: Image | Planes | Callable[[], Planes], timestamp_s: float) -> None:
        self._writer.write(picture() if callable(picture) else picture, timestamp_s)

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except RecordingError as error:
            self.failure = self.failure or error
        except Exception as error:  # whatever it is, it must not end the thread and leave the caller waiting
            self.failure = self.failure or RecordingError(
                tr("{path}: the recording stopped ({error!r})", path=self._writer.path, error=error)
            )
