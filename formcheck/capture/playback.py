"""A video file played as if it were a camera: for the demo, for trying out, and for tests."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from formcheck.capture.live import LiveSource
from formcheck.capture.source import SourceInfo
from formcheck.capture.video_file import VideoFile


class VideoAsCamera(LiveSource):
    """A LiveSource whose frames carry the file's times. SourceError on opening, as VideoFile.

    realtime: at the file's own pace; else as fast as it can be decoded. loop: over and over, times running on.
    """

    def __init__(
        self,
        path: Path,
        *,
        realtime: bool = True,
        loop: bool = False,
        mirrored: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(path.name)
        self._open = partial(VideoFile, path, mirrored=mirrored)
        self._file = self._open()
        self._realtime = realtime
        self._loop = loop
        self._clock = clock
        self._began_s = clock()
        known = self._file.info
        self._info = SourceInfo(known.name, known.width, known.height, known.fps, None if loop else known.frames)

    def now_s(self) -> float:
        return self._clock() - self._began_s

    def close(self) -> None:
        super().close()
        self._file.close()

    def _run(self) -> None:
        offset_s = 0.0
        self._began_s = self._clock()
        while not self._stop.is_set():
            last_s = self._play(offset_s)
            if not self._loop or self._stop.is_set():
                return
            offset_s = last_s + 1 / self.info.fps
            self._file.close()
            self._file = self._open()

    def _play(self, offset_s: float) -> float:
        last_s = offset_s
        for frame in self._file.frames():
            last_s = frame.timestamp_s + offset_s
            if self._realtime and self._stop.wait(max(0.0, last_s - self.now_s())):
                break
            self._publish(frame.picture, last_s)
        return last_s
