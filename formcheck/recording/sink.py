"""A video writer in a thread of its own, so that encoding overlaps with finding the pose."""

import contextlib
import queue
import threading
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import Self

from formcheck.frames import Image
from formcheck.recording.video_writer import RecordingError, VideoWriter
from formcheck.system.language import tr

WAITING = 60
"""Pictures that may wait to be encoded: two seconds of a stalled disk."""


class BackgroundWriter:
    """Takes (image, time) from any one thread and hands it to a VideoWriter in its own.

    A recording that fails does not stop what else goes on: write() then does nothing, and `failure` says why, once and for all.
    Images must not be changed after they were handed over.
    """

    def __init__(self, writer: VideoWriter, *, live: bool, waiting: int = WAITING) -> None:
        """live: drop (and count) a picture rather than make the caller wait when the encoder lags behind."""
        self.dropped = 0
        self.failure: RecordingError | None = None
        self._writer = writer
        self._closed = False
        self._live = live
        self._queue: queue.Queue[tuple[Image, float] | None] = queue.Queue(waiting)
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

    def write(self, image: Image, timestamp_s: float) -> None:
        """Never raises; returns at once when live, else when there is room."""
        if self.failure is not None or self._closed:
            return
        try:
            self._queue.put((image, timestamp_s), block=not self._live)
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
                self._attempt(partial(self._writer.write, *item))
        self._attempt(self._writer.close)

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except RecordingError as error:
            self.failure = self.failure or error
        except Exception as error:  # whatever it is, it must not end the thread and leave the caller waiting
            self.failure = self.failure or RecordingError(
                tr("{path}: the recording stopped ({error!r})", path=self._writer.path, error=error)
            )
