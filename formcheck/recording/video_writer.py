"""Writes an MP4 that plays at true speed, and up to its last moments even when the program is killed.

Frames keep their own times (a camera in the dark gives 12 a second, not the 30 it promised). The file is written in fragments
that are each playable at once, and becomes an ordinary MP4 when it is closed. Not here: what is painted on the pictures, and
what happens in other threads.
"""

import contextlib
import errno
import os
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import av.error
import cv2
import numpy as np
from av.container import OutputContainer
from av.video.stream import VideoStream

from formcheck.frames import Image
from formcheck.recording.remux import finish
from formcheck.system.errors import UserError
from formcheck.system.files import PRIVATE
from formcheck.system.language import tr

TICKS = 90_000
"""Time steps in a second, as in MPEG."""
FRAGMENT_S = 0.25
"""A killed recording lacks at most this much and two frames, on a machine that keeps up."""
LEAST_SHARED_PX = 32
"""A smaller picture is copied for the encoder, which wants longer rows."""
ENCODERS = ("libx264", "libopenh264", "h264_videotoolbox", "h264_mf", "mpeg4")
"""In order of preference; PyAV's own wheels hold the first."""
_OPTIONS = {"libx264": {"preset": "ultrafast", "tune": "zerolatency", "crf": "23", "threads": "1"}}
_LOOK_S = 1.0


class RecordingError(UserError):
    """The recording cannot go on. The message says in one line why, and what to do."""


class VideoWriter:
    """A sink for (image, time). Use it from one thread; RecordingError on opening or from write()."""

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        *,
        fps_hint: float = 30.0,
        encoders: Sequence[str] = ENCODERS,
        mode: int = PRIVATE,
    ) -> None:
        """size: (width, height) px of the pictures; fps_hint: about how many come in a second; mode: the file's permissions."""
        self.path = path
        self.frames = 0
        self.notice: str | None = None
        """What the user should know, such as that the usual encoder is missing."""
        self._size = size
        self._even = (size[0] + size[0] % 2, size[1] + size[1] % 2)
        self._last_tick = -1
        self._looked_s = time.monotonic()
        self._container: OutputContainer | None = None
        try:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, mode))
            self._container = av.open(str(path.absolute()), "w", format="mp4", options=_fragments())
            self._stream = self._add_stream(self._container, fps_hint, encoders)
            self._container.start_encoding()
        except (av.error.FFmpegError, OSError, ValueError) as error:
            self._abandon()
            with contextlib.suppress(OSError):
                path.unlink()
            raise _explained(path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def write(self, image: Image, timestamp_s: float) -> None:
        """Add a picture (H, W, 3) BGR; one of another size is fitted. Times that do not rise are nudged on."""
        if self._container is None:
            raise RecordingError(tr("{name}: the recording has ended", name=self.path.name))
        uncopied = min(self._even) >= LEAST_SHARED_PX
        frame_of = av.VideoFrame.from_numpy_buffer if uncopied else av.VideoFrame.from_ndarray
        frame = frame_of(self._yuv(image), format="yuv420p")
        tick = max(self._last_tick + 1, round(timestamp_s * TICKS))
        frame.pts = tick
        frame.time_base = Fraction(1, TICKS)
        try:
            self._look_for_file()
            self._container.mux(self._stream.encode(frame))
        except (av.error.FFmpegError, OSError) as error:
            self._abandon()
            raise _explained(self.path, error) from error
        self._last_tick = tick
        self.frames += 1

    def close(self) -> None:
        """Finish the file; may be called twice. Without a picture it is removed. RecordingError if its end fails."""
        if self._container is None:
            return
        container, self._container = self._container, None
        try:
            if self.frames:
                container.mux(self._stream.encode(None))
            container.close()
        except (av.error.FFmpegError, OSError) as error:
            raise _explained(self.path, error) from error
        finally:
            if not self.frames:
                self.path.unlink(missing_ok=True)
        if self.frames:
            finish(self.path)

    def _add_stream(self, container: OutputContainer, fps_hint: float, encoders: Sequence[str]) -> VideoStream:
        name = next((name for name in encoders if _can_encode(name)), None)
        if name is None:
            raise ValueError("no video encoder is installed")
        if name != encoders[0]:
            self.notice = f"The encoder {encoders[0]} is missing; the video is written with {name}."
        rate = Fraction(fps_hint if 1 <= fps_hint <= 240 else 30).limit_denominator(1001)
        stream: VideoStream = container.add_stream(name, rate=rate, options=_OPTIONS.get(name, {}))  # type: ignore[assignment]
        stream.width, stream.height = self._even
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, TICKS if name != "mpeg4" else 60_000)  # MPEG-4 counts in 16 bits
        stream.codec_context.gop_size = max(1, round(rate))  # a second: seeking in the review stays quick
        stream.codec_context.max_b_frames = 0
        if name not in _OPTIONS:
            stream.bit_rate = max(1_000_000, self._even[0] * self._even[1] * 6)
        return stream

    def _yuv(self, image: Image) -> Image:
        height, width = image.shape[:2]
        if (width, height) != self._size:
            image = cv2.resize(image, self._size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
        right, below = self._even[0] - self._size[0], self._even[1] - self._size[1]
        if right or below:
            image = np.pad(image, ((0, below), (0, right), (0, 0)), mode="edge")
        return cv2.cvtColor(image, cv2.COLOR_BGR2YUV_I420)  # type: ignore[return-value]

    def _look_for_file(self) -> None:
        """Writing into a removed file goes on without an error, and leaves nothing."""
        now_s = time.monotonic()
        if now_s - self._looked_s >= _LOOK_S:
            self._looked_s = now_s
            if not self.path.exists():
                raise FileNotFoundError(errno.ENOENT, "removed")

    def _abandon(self) -> None:
        container, self._container = self._container, None
        if container is not None:
            with contextlib.suppress(av.error.FFmpegError, OSError):  # said already
                container.close()


def _fragments() -> dict[str, str]:
    return {
        "movflags": "empty_moov+default_base_moof+frag_keyframe",
        "frag_duration": str(round(FRAGMENT_S * 1e6)),
        "flush_packets": "1",
    }


def _can_encode(name: str) -> bool:
    try:
        return av.codec.Codec(name, "w").is_encoder
    except av.error.FFmpegError:
        return False
    except ValueError:
        return False


def _explained(path: Path, error: Exception) -> RecordingError:
    number = getattr(error, "errno", None)
    advice = {
        errno.ENOSPC: "the disk is full; what was recorded so far is kept. Make room to record on",
        errno.EFBIG: "the file has become too large; what was recorded so far is kept",
        errno.ENOENT: "its folder was removed; choose another to record on",
        errno.EACCES: "may not be written; choose another folder",
        errno.EROFS: "lies on a read-only disk; choose another folder",
    }
    reason = advice.get(number or 0) or f"the video cannot be written ({getattr(error, 'strerror', None) or error})"
    return RecordingError(f"{path}: {reason}")
