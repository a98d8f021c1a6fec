"""Which decoder reads a film: a graphics card's, where there is one that gives the same pictures sooner; found out by trying."""

import itertools
import logging
import time
import zlib
from collections.abc import Iterable
from pathlib import Path

from av.codec.hwaccel import hwdevices_available
from av.video.frame import VideoFrame

from formcheck.capture.decoding import CARD_ERRORS, PROCESSOR, Decoder, Decoding
from formcheck.capture.source import SourceError

TRIED = 40
"""Pictures that each decodes."""
WARM = 8
"""Of them before the time counts: a card's first take far longer."""

_log = logging.getLogger(__name__)


def quicker_decoder(path: Path, cards: Iterable[str] | None = None) -> Decoder:
    """The quickest of those whose first pictures are the processor's to the last bit, so that findings are the same everywhere.

    cards: interfaces of graphics cards as FFmpeg names them; None: all that this build of PyAV knows. What cannot be opened at
    all is the processor's as well: whoever opens it then says why.
    """
    try:
        pixels = _pixels(path)
        best_s, shown = _tried(path, PROCESSOR)
    except (SourceError, *CARD_ERRORS):
        return PROCESSOR
    best = PROCESSOR
    for device in hwdevices_available() if cards is None else cards:
        card = Decoder(device, pixels)
        try:
            took_s, seen = _tried(path, card)
        except (SourceError, *CARD_ERRORS) as error:
            _log.info("decoding on %s: %s", device, error)
            continue
        _log.info("decoding on %s: %.1f ms a picture, best %.1f, same: %s", device, 1e3 * took_s, 1e3 * best_s, seen == shown)
        if seen == shown and took_s < best_s:
            best, best_s = card, took_s
    return best


def _pixels(path: Path) -> str:
    decoding = Decoding(path)
    try:
        return next(decoding.pictures()).format.name
    finally:
        decoding.close()


def _tried(path: Path, decoder: Decoder) -> tuple[float, list[tuple[int | None, int]]]:
    """Seconds that a picture takes, and of each its tick and what is in it. ValueError where it has no ticks."""
    decoding = Decoding(path, decoder)
    try:
        took_s, seen = 0.0, list[tuple[int | None, int]]()
        pictures = itertools.islice(decoding.pictures(), TRIED)
        while True:
            began_s = time.perf_counter()
            picture = next(pictures, None)
            if picture is None:
                break
            if len(seen) >= WARM:
                took_s += time.perf_counter() - began_s
            seen.append((picture.pts, _content(picture)))
    finally:
        decoding.close()
    if decoding.card_failed or len(seen) <= WARM or any(tick is None for tick, _ in seen):
        raise ValueError("too few pictures")
    return took_s / (len(seen) - WARM), seen


def _content(picture: VideoFrame) -> int:
    return zlib.crc32(picture.to_ndarray().tobytes())
