"""A film's pictures in order: read from the file, jumped to, decoded by the processor or by a graphics card."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from av.codec.hwaccel import HWAccel
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from formcheck.capture.opening import DECODE_ERRORS, open_video, video_stream

CARD_ERRORS = (*DECODE_ERRORS, OSError, RuntimeError, NotImplementedError)
"""What PyAV raises where a graphics card cannot be used."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Decoder:
    """Who decodes."""

    device: str = ""
    """A graphics card's interface as FFmpeg names it; empty for the processor."""
    pixels: str = ""
    """The kind of picture, as FFmpeg names it, into which a card's are brought: what the processor's decoder gives."""

    def opened(self) -> HWAccel | None:
        return HWAccel(self.device, allow_software_fallback=False) if self.device else None


PROCESSOR = Decoder()


class Decoding:
    """SourceError on opening, or what CARD_ERRORS says of a card. Where a card fails on the way the processor goes on."""

    def __init__(self, path: Path, decoder: Decoder = PROCESSOR) -> None:
        self.damaged = 0
        """Pictures that could not be decoded."""
        self.broken = False
        """The file could not be read to its end."""
        self.card_failed = False
        """A graphics card gave up on the way."""
        self._path, self._decoder = path, decoder
        self._jumped = False
        self._last: int | None = None
        """Tick of the last picture since the last jump."""
        self._given: int | None = None
        """Tick up to which a card's pictures were given before it failed."""
        self._bring = VideoReformatter()
        self._open()

    def _open(self) -> None:
        self.container = open_video(self._path, self._decoder.opened())
        try:
            self.stream, self.others = video_stream(self.container, self._path)
            if self._decoder.device and not self.stream.codec_context.is_hwaccel:
                raise RuntimeError("not this kind of film")
        except BaseException:
            self.container.close()
            raise

    def close(self) -> None:
        self.container.close()

    def jump(self, tick: int) -> bool:
        """Whether pictures() goes on at the last key frame before it."""
        try:
            self.container.seek(tick, stream=self.stream)
        except DECODE_ERRORS:
            return False
        self._jumped, self._last, self._given = True, None, None
        return True

    def pictures(self) -> Iterator[VideoFrame]:
        packets = self.container.demux(self.stream)
        while True:
            if self._jumped:
                self._jumped = False
                packets = self.container.demux(self.stream)
            try:
                packet = next(packets, None)
            except DECODE_ERRORS:
                self.broken = True
                packet = None
            try:
                for picture in self.stream.codec_context.decode(packet):
                    brought = self._brought(picture)
                    self._last = picture.pts
                    yield brought
            except EOFError:
                return
            except CARD_ERRORS as error:
                if self._decoder.device:
                    _log.warning("the graphics card gave up decoding", exc_info=True)
                    yield from self._without_card()
                    return
                if not isinstance(error, DECODE_ERRORS):
                    raise
                self.damaged += 1
            if packet is None:
                return

    def _brought(self, picture: VideoFrame) -> VideoFrame:
        pixels = self._decoder.pixels
        return picture if pixels in ("", picture.format.name) else self._bring.reformat(picture, format=pixels)

    def _without_card(self) -> Iterator[VideoFrame]:
        """The pictures after the last one, decoded by the processor; to find the place, from the film's beginning on."""
        self.card_failed, self._decoder, self._given, self.broken = True, PROCESSOR, self._last, False
        self.container.close()
        self._open()
        for picture in self.pictures():
            if self._given is None or picture.pts is None or picture.pts > self._given:
                self._given = None
                yield picture
