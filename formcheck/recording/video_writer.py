"""Writes an MP4 that plays at true speed, and up to its last moments even when the program is killed.

Frames keep their own times (a camera in the dark gives 12 a second, not the 30 it promised). The file is written in fragments
that are each playable at once, and becomes an ordinary MP4 when it is closed. Not here: what is painted on the pictures, and
what happens in other threads.
"""

import contextlib
import errno
import os
import time
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import av.error
from av.codec.hwaccel import HWAccel
from av.container import OutputContainer
from av.video.stream import VideoStream

from formcheck.frames import Colours, Image
from formcheck.planes import Planes, even, planes_of
from formcheck.recording.remux import finish
from formcheck.system.errors import UserError
from formcheck.system.files import PRIVATE
from formcheck.system.kept_words import kept
from formcheck.system.language import tr

TICKS = 90_000
"""Time steps in a second, as in MPEG."""
FRAGMENT_S = 0.25
"""A killed recording lacks at most this much and two frames, on a machine that keeps up."""
LEAST_SHARED_PX = 32
"""A smaller picture is copied for the encoder, which wants longer rows."""
ENCODERS = ("libx264", "libopenh264", "h264_videotoolbox", "h264_mf", "mpeg4")
"""In order of preference; PyAV's own wheels hold the first."""
_OPTIONS = {"libx264": {"preset": "ultrafast", "tune": "zerolatency", "qp": "24", "threads": "1"}}
"""One quantiser for all pictures: to keep a quality ("crf") x264 looks at each twice, which takes half as long again."""
_OF_QUALITY = {"qp", "qp_i", "global_quality"}
SEEK_FRAMES = 120
"""Pictures from one that stands alone to the next, at most: so many are decoded, 0.1 s, to show one of them."""
_LOOK_S = 1.0


CARDS: Mapping[str, Mapping[str, str]] = {
    "h264_nvenc": {"preset": "p1", "rc": "constqp", "qp": "24"},
    "h264_qsv": {"preset": "veryfast", "global_quality": "24"},
    "h264_videotoolbox": {"realtime": "1"},
    "h264_amf": {"usage": "transcoding", "quality": "speed", "rc": "cqp", "qp_i": "24", "qp_p": "24"},
    "h264_mf": {"hw_encoding": "1"},
    "h264_vaapi": {"rc_mode": "CQP", "qp": "24"},
}
"""Encoders of graphics cards, as FFmpeg names them, with the quality and pace asked of them. None was tried on a card: we have
none."""


class RecordingError(UserError):
    """The recording cannot go on. The message says in one line why, and what to do."""


class EncoderError(RecordingError):
    """The encoder failed, not the file."""


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
        colours: Colours | None = None,
        card: str = "",
    ) -> None:
        """size: (width, height) px of the pictures; fps_hint: about how many come in a second; mode: the file's permissions.

        colours: what the planes that are written mean; None: BT.601, as those of images.
        card: one of CARDS that encodes in place of the encoders.
        """
        self.path = path
        self.frames = 0
        self.encoded = 0
        """How many of the frames the encoder has given back; the others it still holds."""
        self.notice: str | None = None
        """What the user should know, such as that the usual encoder is missing."""
        self._size = size
        self._even, self._colours, self._card = even(size), colours, card
        self._last_tick = -1
        self._looked_s = time.monotonic()
        self._container: OutputContainer | None = None
        try:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, mode))
            self._container = av.open(str(path.absolute()), "w", format="mp4", options=_fragments())
            self._stream = self._add_stream(self._container, fps_hint, encoders)
            self._container.start_encoding()
        except (av.error.FFmpegError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
            self._abandon()
            with contextlib.suppress(OSError):
                path.unlink()
            raise _explained(path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def write(self, picture: Image | Planes, timestamp_s: float) -> None:
        """Add a picture: (H, W, 3) BGR, one of another size is fitted, or planes of the film's size with even edges, which must
        not be changed afterwards. Times that do not rise are nudged on."""
        if self._container is None:
            raise RecordingError(tr("{name}: the recording has ended", name=self.path.name))
        uncopied = min(self._even) >= LEAST_SHARED_PX
        frame_of = av.VideoFrame.from_numpy_buffer if uncopied else av.VideoFrame.from_ndarray
        frame = frame_of(picture if picture.ndim == 2 else planes_of(picture, self._size), format="yuv420p")
        tick = max(self._last_tick + 1, round(timestamp_s * TICKS))
        frame.pts = tick
        frame.time_base = Fraction(1, TICKS)
        try:
            self._look_for_file()
            self._mux(self._container, frame)
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
                self._mux(container, None)
            container.close()
        except EncoderError:
            with contextlib.suppress(av.error.FFmpegError, OSError):
                container.close()
            raise
        except (av.error.FFmpegError, OSError) as error:
            raise _explained(self.path, error) from error
        finally:
            if not self.frames:
                self.path.unlink(missing_ok=True)
        if self.frames:
            finish(self.path)

    def _mux(self, container: OutputContainer, frame: av.VideoFrame | None) -> None:
        try:
            packets = self._stream.encode(frame)
        except (av.error.FFmpegError, OSError, RuntimeError) as error:
            self._abandon()
            raise EncoderError(str(_explained(self.path, error))) from error
        self.encoded += len(packets)
        container.mux(packets)

    def _add_stream(self, container: OutputContainer, fps_hint: float, encoders: Sequence[str]) -> VideoStream:
        name = next((name for name in (self._card, *encoders) if can_encode(name)), None)
        if name is None or (self._card and name != self._card):
            raise ValueError("no video encoder is installed")
        if name not in (self._card, encoders[0]):
            self.notice = kept(
                "The encoder {wanted} is missing; the video is written with {used}.", wanted=encoders[0], used=name
            )
        rate = Fraction(fps_hint if 1 <= fps_hint <= 1000 else 30).limit_denominator(1001)
        options = dict(CARDS[name] if self._card else _OPTIONS.get(name, {}))
        device = HWAccel("vaapi") if self._card == "h264_vaapi" else None
        stream: VideoStream = container.add_stream(name, rate=rate, options=options, hwaccel=device)  # type: ignore[assignment]
        stream.width, stream.height = self._even
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, TICKS if name != "mpeg4" else 60_000)  # MPEG-4 counts in 16 bits
        stream.codec_context.gop_size = max(1, min(round(rate), SEEK_FRAMES))  # a second: seeking in the review stays quick
        stream.codec_context.max_b_frames = 0
        if self._colours is not None:
            stream.codec_context.color_primaries = self._colours.primaries
            stream.codec_context.color_trc = self._colours.transfer
            stream.codec_context.colorspace = self._colours.matrix
        if not options.keys() & _OF_QUALITY:
            stream.bit_rate = max(1_000_000, self._even[0] * self._even[1] * 6)
        return stream

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


def can_encode(name: str) -> bool:
    try:
        return av.codec.Codec(name, "w").is_encoder
    except av.error.FFmpegError:
        return False
    except ValueError:
        return False


def _explained(path: Path, error: Exception) -> RecordingError:
    number = getattr(error, "errno", None)
    advice = {
        errno.ENOSPC: tr("the disk is full; what was recorded so far is kept. Make room to record on"),
        errno.EFBIG: tr("the file has become too large; what was recorded so far is kept"),
        errno.ENOENT: tr("its folder was removed; choose another to record on"),
        errno.EACCES: tr("may not be written; choose another folder"),
        errno.EROFS: tr("lies on a read-only disk; choose another folder"),
    }
    reason = advice.get(number or 0) or tr("the video cannot be written ({why})", why=getattr(error, "strerror", None) or error)
    return RecordingError(f"{path}: {reason}")
