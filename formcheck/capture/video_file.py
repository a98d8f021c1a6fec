"""Frames of a video file, upright, with the file's own times. Decodes ahead in a thread of its own."""

import queue
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import av
import av.error
import numpy as np
from av.container import InputContainer
from av.sidedata.sidedata import Type as SideDataType
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from av.video.stream import VideoStream

from formcheck.capture.clock import FileClock
from formcheck.capture.source import SourceError, SourceInfo
from formcheck.frames import Frame, Image

MAX_PIXELS = 8192 * 8192
MAX_SIDE = 1920
"""A phone's 4K is made smaller while it is converted: no landmark gets better by it, and everything takes four times as long."""
AHEAD_BYTES = 64_000_000
"""Decoded pictures waiting for their reader: bounded by memory, since a picture may have 1 or 100 MB."""
ATTACHED_PICTURE = 0x400
"""FFmpeg's disposition bit of a cover picture in a sound file."""

_DECODE_ERRORS = (av.error.FFmpegError, ValueError, MemoryError)


class VideoFile:
    """A FrameSource. SourceError on opening if there is no picture to be had from the file.

    mirrored: the file shows a mirror image, as selfie cameras do; it is flipped back, so that left stays left.
    start_s: begin with the first frame at or after this time; times still count from the file's first frame.
    """

    def __init__(self, path: Path, *, mirrored: bool = False, start_s: float = 0.0) -> None:
        self._path = path
        self._mirrored = mirrored
        self._start_s = start_s
        self.notice: str | None = None
        """Once frames() has ended: what the user should know, such as that the file breaks off."""
        self._container = _open(path)
        try:
            self._stream = _video_stream(self._container, path)
            self._declared_s = _declared_duration(self._container, self._stream)
            self._damaged = 0
            self._seeked = False
            self._jumped = False
            self._broken = False
            self._pictures = self._decode()
            self._first = next(self._pictures, None)
        except BaseException:
            self._container.close()
            raise
        if self._first is None:
            self._container.close()
            raise SourceError(f"{path.name}: no picture can be decoded; check that it plays, or record it again")
        image = self._first[0]
        self.info = SourceInfo(
            name=path.name,
            width=image.shape[1],
            height=image.shape[0],
            fps=_mean_rate(self._stream),
            frames=self._stream.frames or None,
            duration_s=self._declared_s,
        )
        self._ahead: queue.Queue[tuple[Image, float] | None] = queue.Queue(int(np.clip(AHEAD_BYTES // image.nbytes, 2, 32)))
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def frames(self) -> Iterator[Frame]:
        """All frames, once; the first is at 0 s. Ends early, with a notice, where the file breaks off."""
        if self._thread is not None or self._first is None:
            raise RuntimeError("frames() gives the frames once")
        (image, last_s), self._first = self._first, None
        self._thread = threading.Thread(target=self._read_ahead, name="video decoder", daemon=True)
        self._thread.start()
        index = 0
        if self._start_s <= last_s:
            yield Frame(image, index, last_s)
        while not self._stop.is_set():
            try:
                item = self._ahead.get(timeout=0.2)
            except queue.Empty:
                continue
            if item is None:
                self.notice = self._what_was_lost(last_s)
                return
            image, last_s = item
            index += 1
            yield Frame(image, index, last_s)

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
        clock = FileClock(_mean_rate(self._stream))
        convert = _Upright(self._stream, self._mirrored)
        now_s = None
        for decoded in self._decoded():
            if now_s is not None:
                if self._landed_late(clock, decoded):
                    continue
                now_s = clock.stamp(decoded.time)
                if now_s < self._start_s:
                    continue
            try:
                image = convert(decoded)
            except _DECODE_ERRORS:
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
        except _DECODE_ERRORS:
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
            except _DECODE_ERRORS:
                self._broken = True
                packet = None
            try:
                yield from self._stream.codec_context.decode(packet)
            except EOFError:
                return
            except _DECODE_ERRORS:
                self._damaged += 1
            if packet is None:
                return

    def _what_was_lost(self, last_s: float) -> str | None:
        end_s = last_s + 1 / self.info.fps
        if self._broken or (self._declared_s is not None and end_s < self._declared_s - 1.0):
            whole = "" if self._declared_s is None else f" of {self._declared_s:.1f} s"
            return f"The video breaks off at {end_s:.1f} s{whole}; only what comes before was used."
        if self._damaged:
            return f"{self._damaged} damaged pictures of the video were left out."
        return None


class _Upright:
    """Decoded picture -> BGR image: turned by its rotation metadata, square pixels, not too large, the size of the first."""

    def __init__(self, stream: VideoStream, mirrored: bool) -> None:
        self._stream = stream
        self._mirrored = mirrored
        self._matrix: tuple[int, int, int, int] | None = None
        self._size: tuple[int, int] | None = None

    def __call__(self, decoded: VideoFrame) -> Image:
        if self._matrix is None or self._size is None:
            self._matrix = _display_matrix(decoded)
            self._size = self._working_size(decoded)
        width, height = self._size
        same = (decoded.width, decoded.height) == self._size
        how = None if same else Interpolation.BILINEAR  # a third of the time of the default
        image = decoded.reformat(width=width, height=height, format="bgr24", interpolation=how).to_ndarray()
        a, b, c, d = self._matrix
        if abs(b) > abs(a):
            image, right, down = image.transpose(1, 0, 2), c, b
        else:
            right, down = a, d
        image = image[:: -1 if down < 0 else 1, :: -1 if (right < 0) != self._mirrored else 1]
        return np.ascontiguousarray(image)

    def _working_size(self, decoded: VideoFrame) -> tuple[int, int]:
        if decoded.width * decoded.height > MAX_PIXELS:
            raise ValueError("picture too large")
        ratio = float(self._stream.sample_aspect_ratio or 1)
        if not 0.25 < ratio < 4 or abs(ratio - 1) < 0.02:
            ratio = 1.0
        width, height = decoded.width * ratio, float(decoded.height)
        scale = min(1.0, MAX_SIDE / max(width, height))
        return max(1, round(width * scale)), max(1, round(height * scale))


def _display_matrix(decoded: VideoFrame) -> tuple[int, int, int, int]:
    """(a, b, c, d): a picture's point (x, y) is shown at (a x + c y, b x + d y), as the phone that recorded it says."""
    side_data = next((data for data in cast(Any, decoded.side_data) if data.type == SideDataType.DISPLAYMATRIX), None)
    if side_data is None:
        return 1, 0, 0, 1
    m = np.frombuffer(bytes(side_data), np.int32)
    a, b, c, d = (int(m[i]) for i in (0, 1, 3, 4))
    return (a, b, c, d) if a * d - b * c else (1, 0, 0, 1)


def _open(path: Path) -> InputContainer:
    if path.is_dir():
        raise SourceError(f"{path}: is a folder; name the video file in it")
    if not path.exists():
        raise SourceError(f"{path}: there is no such file")
    try:
        if path.stat().st_size == 0:
            raise SourceError(f"{path.name}: the file is empty; copy or record it again")
        # Only this file is read: a playlist in it must not make the program open others, least of all from the network.
        container = av.open(str(path.absolute()), options={"protocol_whitelist": "file", "max_pixels": str(MAX_PIXELS)})
    except PermissionError as error:
        raise SourceError(f"{path}: may not be read; check the file's permissions") from error
    except (*_DECODE_ERRORS, OSError) as error:
        raise SourceError(f"{path.name}: is not a video, or is damaged from the start; check that it plays") from error
    return container


def _video_stream(container: InputContainer, path: Path) -> VideoStream:
    if "tty" in container.format.name.split(","):
        raise SourceError(f"{path.name}: is a text file, not a video")
    stream = next((s for s in container.streams.video if not int(s.disposition) & ATTACHED_PICTURE), None)
    if stream is None:
        kind = "only sound" if container.streams.audio else "no video"
        raise SourceError(f"{path.name}: holds {kind}; choose a file with pictures")
    if stream.codec_context is None:
        raise SourceError(f"{path.name}: its video format cannot be decoded here; convert it to H.264")
    stream.thread_type = "AUTO"
    stream.codec_context.options = {"max_pixels": str(MAX_PIXELS)}
    return stream


def _declared_duration(container: InputContainer, stream: VideoStream) -> float | None:
    if stream.duration and stream.time_base:
        seconds = float(stream.duration * stream.time_base)
    elif container.duration:
        seconds = container.duration / av.time_base
    else:
        return None
    return seconds if 0 < seconds < 7 * 24 * 3600 else None


def _mean_rate(stream: VideoStream) -> float:
    for rate in (stream.average_rate, stream.guessed_rate):
        if rate and 0.1 <= rate <= 1000:
            return float(rate)
    return 30.0
