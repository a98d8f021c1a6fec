"""Frames of a video file, upright, with the file's own times. Decodes ahead in a thread of its own."""

import logging
import queue
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from av.video.frame import VideoFrame

from formcheck.capture.clock import FileClock
from formcheck.capture.gaps import gaps_in_words
from formcheck.capture.opening import DECODE_ERRORS, declared_duration, mean_rate, open_video, video_stream
from formcheck.capture.slow_motion import in_words, slowed_by
from formcheck.capture.source import WHOLE, Part, SourceError, SourceInfo
from formcheck.capture.upright import Upright
from formcheck.frames import Frame, Image
from formcheck.system.language import tr

AHEAD_BYTES = 64_000_000
"""Decoded pictures waiting for their reader: bounded by memory, since a picture may have 1 or 100 MB."""

_log = logging.getLogger(__name__)


class VideoFile:
    """A FrameSource. SourceError on opening if there is no picture to be had from the file.

    mirrored: the file shows a mirror image, as selfie cameras do; it is flipped back, so that left stays left.
    part: only this part of the film; times count from its beginning.
    start_s: begin with the first frame at or after this time; times still count from the film's, or its part's, beginning.
    capture_fps: at which slow motion was filmed, None for what the file says; times are those of life, but for a part's.
    """

    def __init__(
        self, path: Path, *, mirrored: bool = False, start_s: float = 0.0, part: Part = WHOLE, capture_fps: float | None = None
    ) -> None:
        self._path = path
        self._mirrored = mirrored
        self._part = part
        self.notice: str | None = None
        """Once frames() has ended: what the user should know, such as that the file breaks off."""
        self._container = open_video(path)
        try:
            self._stream, self._others = video_stream(self._container, path)
            self._fps = mean_rate(self._stream)
            self.slowed = slowed_by(self._container, self._stream, self._fps, capture_fps)
            """How many times slower than life the film plays."""
            self._start_s = part.from_s + start_s * self.slowed
            self._clock = FileClock(self._fps)
            self._declared_s = declared_duration(self._container, self._stream)
            if self._declared_s is not None and part.from_s >= self._declared_s:
                raise SourceError(
                    tr(
                        "{name}: ends at {declared_s:.1f} s: choose a part that begins before",
                        name=path.name,
                        declared_s=self._declared_s,
                    )
                )
            self._damaged = 0
            self._seeked = False
            self._jumped = False
            self._broken = False
            self._reached_end = False
            self._pictures = self._decode()
            self._first = next(self._pictures, None)
        except BaseException:
            self._container.close()
            raise
        if self._first is None:
            self._container.close()
            raise SourceError(tr("{name}: no picture can be decoded; check that it plays, or record it again", name=path.name))
        image = self._first[0]
        self.info = SourceInfo(
            name=path.name,
            width=image.shape[1],
            height=image.shape[0],
            fps=self._fps * self.slowed,
            frames=(self._stream.frames or None) if part == WHOLE else None,
            duration_s=self._duration_s(),
        )
        self._ahead: queue.Queue[tuple[Image, float] | None] = queue.Queue(int(np.clip(AHEAD_BYTES // image.nbytes, 2, 32)))
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def frames(self) -> Iterator[Frame]:
        """All frames, once, the first at about 0 s. Ends early, with a notice, where the file breaks off."""
        if self._thread is not None or self._first is None:
            raise RuntimeError("frames() gives the frames once")
        (image, last_s), self._first = self._first, None
        self._thread = threading.Thread(target=self._read_ahead, name="video decoder", daemon=True)
        self._thread.start()
        index = 0
        if self._start_s <= last_s < self._part.to_s:
            yield Frame(image, index, self._of_life(last_s))
        while not self._stop.is_set():
            try:
                item = self._ahead.get(timeout=0.2)
            except queue.Empty:
                continue
            if item is None:
                lost = self._what_was_lost(last_s)
                words = (self._others, in_words(self.slowed, self._fps), lost, gaps_in_words(self._clock.gaps))
                self.notice = " ".join(filter(None, words)) or None
                return
            image, last_s = item
            index += 1
            yield Frame(image, index, self._of_life(last_s))

    def close(self) -> None:
        self._stop.set()
        self._first = None
        if self._thread is not None:
            if self._thread is threading.current_thread():
                return
            self._thread.join(timeout=5.0)
            if self._thread.is_alive():  # inside the decoder: closing under it would crash; the daemon thread ends with us
                return
        self._pictures.close()
        self._container.close()

    def _read_ahead(self) -> None:
        try:
            for item in self._pictures:
                if not self._put(item):
                    return
        except Exception:  # whatever it is: what was decoded so far is not lost by it
            _log.exception("decoding broke off")
            self._broken = True
        finally:
            self._put(None)

    def _put(self, item: tuple[Image, float] | None) -> bool:
        while not self._stop.is_set():
            try:
                self._ahead.put(item, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False

    def _decode(self) -> Generator[tuple[Image, float], None, None]:
        clock = self._clock
        convert = Upright(self._stream, self._mirrored)
        now_s = None
        for decoded in self._decoded():
            if now_s is not None:
                if self._landed_late(clock, decoded):
                    continue
                now_s = clock.stamp(decoded.time)
                if now_s < self._start_s:
                    continue
                if now_s >= self._part.to_s:
                    self._reached_end = True
                    return
            try:
                image = convert(decoded)
            except DECODE_ERRORS:
                self._damaged += 1
                continue
            if now_s is None:
                now_s = clock.stamp(decoded.time)
                yield image, now_s
                self._skip_to_start(decoded)
            else:
                yield image, now_s

    def _skip_to_start(self, first: VideoFrame) -> None:
        """Jump to the key frame before the start."""
        if self._start_s > 0 and self._stream.time_base and first.time is not None:
            self._jump(int((first.time + self._start_s) / self._stream.time_base))
            self._jumped = self._seeked

    def _landed_late(self, clock: FileClock, decoded: VideoFrame) -> bool:
        """Whether the jump went too far, as it does in files with a poor index: then the file is read from its beginning."""
        jumped, self._jumped = self._jumped, False
        if not jumped:
            return False
        if clock.peek(decoded.time) <= self._start_s:
            clock.jump(decoded.time)
            return False
        self._jump(0)
        clock.rewind()
        return True

    def _jump(self, tick: int) -> None:
        try:
            self._container.seek(tick, stream=self._stream)
        except DECODE_ERRORS:
            return
        self._seeked = True

    def _decoded(self) -> Iterator[VideoFrame]:
        packets = self._container.demux(self._stream)
        while True:
            if self._seeked:
                self._seeked = False
                packets = self._container.demux(self._stream)
            try:
                packet = next(packets, None)
            except DECODE_ERRORS:
                self._broken = True
                packet = None
            try:
                yield from self._stream.codec_context.decode(packet)
            except EOFError:
                return
            except DECODE_ERRORS:
                self._damaged += 1
            if packet is None:
                return

    def _duration_s(self) -> float | None:
        """Of what frames() gives, as far as the file says."""
        if self._declared_s is None:
            return None
        return self._of_life(min(self._declared_s, self._part.to_s))

    def _of_life(self, film_s: float) -> float:
        """Seconds of the film -> seconds since its part's beginning, at life's pace; as round as those of a film of its own."""
        return round((film_s - self._part.from_s) / self.slowed, 6)

    def _what_was_lost(self, last_s: float) -> str | None:
        if self._reached_end:
            return None
        closed_s = sum(gap.length_s for gap in self._clock.gaps if gap.closed and gap.length_s > 0)
        end_s = last_s + 1 / self._fps
        if self._broken or (self._declared_s is not None and end_s + closed_s < self._declared_s - 1.0):
            whole = "" if self._declared_s is None else f" of {self._declared_s:.1f} s"
            return f"The video breaks off at {end_s:.1f} s{whole}; only what comes before was used."
        if self._damaged:
            return f"{self._damaged} damaged pictures of the video were left out."
        return None
