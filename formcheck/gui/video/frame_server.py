"""Gives the picture of a video at any time, for playing, scrubbing and stepping. Decodes in a thread of its own."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QThread, Signal

from formcheck.capture.video_file import VideoFile
from formcheck.frames import Frame
from formcheck.system.errors import UserError

CACHE_BYTES = 160_000_000
AHEAD_S = 1.5
"""A wanted time this far on is reached by decoding; farther, by starting anew there."""

log = logging.getLogger(__name__)


class FrameServer(QThread):
    """request() a time; `ready` brings the frame that is shown at it. Only the newest request counts."""

    ready = Signal(object)
    """Frame"""
    failed = Signal(str)

    def __init__(
        self,
        video: Path,
        times_s: np.ndarray | None,
        parent: QObject | None = None,
        *,
        open_file: Callable[..., VideoFile] = VideoFile,
    ) -> None:
        """times_s: the frames' times, rising, where they are known; steps then hit each frame. open_file: as VideoFile()."""
        super().__init__(parent)
        self._video, self._open_file = video, open_file
        self._times_s = times_s
        self._wanted_s: float | None = None
        self._closed = False
        self._news = threading.Condition()
        self._cache: OrderedDict[int, Frame] = OrderedDict()
        self._file: VideoFile | None = None
        self._frames: Iterator[Frame] = iter(())
        self._last: Frame | None = None

    def request(self, time_s: float) -> None:
        with self._news:
            self._wanted_s = max(0.0, time_s)
            self._news.notify_all()

    def close(self) -> None:
        """Stop; returns when the thread has let go of the file."""
        with self._news:
            self._closed = True
            self._news.notify_all()
        self.wait(5_000)

    def run(self) -> None:
        try:
            while True:
                with self._news:
                    self._news.wait_for(lambda: self._closed or self._wanted_s is not None)
                    if self._closed:
                        return
                    wanted_s, self._wanted_s = self._wanted_s or 0.0, None
                frame = self._at(wanted_s)
                if frame is not None:
                    self.ready.emit(frame)
        except (UserError, OSError) as error:
            self.failed.emit(str(error))
        finally:
            self._reopen(None)

    def _at(self, time_s: float) -> Frame | None:
        """The last frame at or before the time."""
        key = self._key(time_s)
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        if self._last is None or not self._last.timestamp_s - 1e-6 <= time_s <= self._last.timestamp_s + AHEAD_S:
            self._reopen(time_s)
        found = self._last
        while found is None or self._key(found.timestamp_s) < key:
            following = next(self._frames, None)
            if following is None or self._superseded():
                break
            self._keep(following)
            if self._key(following.timestamp_s) > key and found is not None:
                break
            found = following
        return found

    def _key(self, time_s: float) -> int:
        """The frame's place: its index where the times are known, else the time in hundredths."""
        if self._times_s is None or not len(self._times_s):
            return round(time_s * 100)
        return max(0, int(np.searchsorted(self._times_s, time_s + 0.002, side="right")) - 1)

    def _superseded(self) -> bool:
        with self._news:
            return self._closed

    def _keep(self, frame: Frame) -> None:
        self._last = frame = Frame(frame.image, frame.index, frame.timestamp_s)  # the image alone: it will be shown
        self._cache[self._key(frame.timestamp_s)] = frame
        while len(self._cache) * frame.image.nbytes > CACHE_BYTES:
            self._cache.popitem(last=False)

    def _reopen(self, time_s: float | None) -> None:
        if self._file is not None:
            self._file.close()
        self._file, self._last = None, None
        self._frames = iter(())
        if time_s is not None:
            self._file = self._open_file(self._video, start_s=max(0.0, time_s - 0.25))
            self._frames = self._file.frames()
