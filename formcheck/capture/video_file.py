"""Frames of a video file, upright, with the file's own times. Decodes ahead in a thread of its own."""

import logging
import queue
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from av.video.frame import VideoFrame

from formcheck.capture.clock import FileClock
from formcheck.capture.decoding import PROCESSOR, Decoder, Decoding
from formcheck.capture.gaps import gaps_in_words
from formcheck.capture.opening import DECODE_ERRORS, declared_duration, mean_rate
from formcheck.capture.slow_motion import in_words, slowed_by
from formcheck.capture.source import WHOLE, Part, SourceError, SourceInfo
from formcheck.capture.upright import Upright
from formcheck.frames import Frame, Image, Picture
from formcheck.planes import waiting
from formcheck.system.kept_words import kept
from formcheck.system.language import to_translate, tr

CARD_FAILED = to_translate("The graphics card stopped reading the film; the processor went on from there, nothing is missing.")

_log = logging.getLogger(__name__)


class VideoFile:
    """A FrameSource. SourceError on opening if there is no picture to be had from the file.

    mirrored: the file shows a mirror image, as selfie cameras do; it is flipped back, so that left stays left.
    part: only this part of the film; times count from its beginning.
    start_s: begin with the first frame at or after this time; times still count from the film's, or its part's, beginning.
    capture_fps: at which slow motion was filmed, None for what the file says; times are those of life, but for a part's.
    decoder: one that quicker_decoder() chose for this file.
    """

    def __init__(
        self,
        path: Path,
        *,
        mirrored: bool = False,
        start_s: float = 0.0,
        part: Part = WHOLE,
        capture_fps: float | None = None,
        decoder: Decoder = PROCESSOR,
    ) -> None:
        self._path = path
        self._mirrored = mirrored
        self._part = part
        self.notice: str | None = None
        """Once frames() has ended: what the user should know, such as that the file breaks off."""
        self._decoding = Decoding(path, decoder)
        self.by_card = bool(decoder.device)
        """Whether a graphics card decodes, at least at first."""
        try:
            self._container, self._stream = self._decoding.container, self._decoding.stream
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
            self._jumped = False
            self._broken = False
            self._reached_end = False
            self._pictures = self._decode()
            self._first = next(self._pictures, None)
        except BaseException:
            self._decoding.close()
            raise
        if self._first is None:
            self._decoding.close()
            raise SourceError(tr("{name}: no picture can be decoded; check that it plays, or record it again", name=path.name))
        width, height = Frame(self._first[0], 0, 0.0).size
        self.info = SourceInfo(
            name=path.name,
            width=width,
            height=height,
            fps=self._fps * self.slowed,
            frames=(self._stream.frames or None) if part == WHOLE else None,
            duration_s=self._duration_s(),
        )
        self._ahead: queue.Queue[tuple[Image | Picture, float] | None] = queue.Queue(waiting(self.info.fps, (width, height)))
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
                card = kept(CARD_FAILED) if self._decoding.card_failed else None
                words = (self._decoding.others, in_words(self.slowed, self._fps), lost, gaps_in_words(self._clock.gaps), card)
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
        self._decoding.close()

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

    def _put(self, item: tuple[Image | Picture, float] | None) -> bool:
        while not self._stop.is_set():
            try:
                self._ahead.put(item, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False

    def _decode(self) -> Generator[tuple[Image | Picture, float], None, None]:
        clock = self._clock
        convert = Upright(self._stream, self._mirrored)
        now_s = None
        for decoded in self._decoding.pictures():
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
            self._jumped = self._decoding.jump(int((first.time + self._start_s) / self._stream.time_base))

    def _landed_late(self, clock: FileClock, decoded: VideoFrame) -> bool:
        """Whether the jump went too far, as it does in files with a poor index: then the file is read from its beginning."""
        jumped, self._jumped = self._jumped, False
        if not jumped:
            return False
        if clock.peek(decoded.time) <= self._start_s:
            clock.jump(decoded.time)
            return False
        self._decoding.jump(0)
        clock.rewind()
        return True

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
        if self._broken or self._decoding.broken or (self._declared_s is not None and end_s + closed_s < self._declared_s - 1.0):
            if self._declared_s is None:
                return kept("The video breaks off at {end_s:.1f} s; only what comes before was used.", end_s=end_s)
            return kept(
                "The video breaks off at {end_s:.1f} s of {whole_s:.1f} s; only what comes before was used.",
                end_s=end_s,
                whole_s=self._declared_s,
            )
        if damaged := self._damaged + self._decoding.damaged:
            return kept("{n} damaged pictures of the video were left out.", n=damaged)
        return None
