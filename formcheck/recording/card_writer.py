"""Films encoded by the graphics card, where there is one that does it sooner; the processor goes on where it fails."""

import logging
import tempfile
import time
from collections import deque
from collections.abc import Iterable
from pathlib import Path

import av
import numpy as np

from formcheck.frames import Colours, Image
from formcheck.planes import Planes, parts, planes_of
from formcheck.recording.video_writer import CARDS, EncoderError, RecordingError, VideoWriter, can_encode
from formcheck.system.kept_words import kept
from formcheck.system.language import to_translate

TRIED = 40
"""Pictures that each encoder writes."""
WARM = 8
"""Of them before the time counts: a card's first take far longer."""
LOST = 12.0
"""Grey levels by which a picture may differ from what was written, in the mean; about 2 are usual."""
CARD_FAILED = to_translate("The graphics card stopped writing the film; the processor wrote all of it, nothing is missing.")

_log = logging.getLogger(__name__)


class CardWriter:
    """A VideoWriter whose film is encoded by a graphics card. Where that fails the film is written anew, by the processor, from
    what is in the file and what the card still held. RecordingError as a VideoWriter."""

    def __init__(
        self, path: Path, size: tuple[int, int], card: str, *, fps_hint: float = 30.0, colours: Colours | None = None
    ) -> None:
        """card: one of CARDS. EncoderError or RecordingError where it cannot be opened."""
        self.path = path
        self.notice: str | None = None
        self._size, self._colours, self._fps = size, colours, fps_hint
        self._writer = VideoWriter(path, size, fps_hint=fps_hint, colours=colours, card=card)
        self._held: deque[tuple[Planes, float]] | None = deque()
        """What is not yet in the file; None once the processor encodes."""

    @property
    def frames(self) -> int:
        return self._writer.frames

    def write(self, picture: Image | Planes, timestamp_s: float) -> None:
        planes = picture if picture.ndim == 2 else planes_of(picture, self._size)
        if self._held is None:
            self._writer.write(planes, timestamp_s)
            return
        self._held.append((planes, timestamp_s))
        try:
            self._writer.write(planes, timestamp_s)
        except EncoderError:
            self._go_on()
            return
        while len(self._held) > self._writer.frames - self._writer.encoded:
            self._held.popleft()

    def close(self) -> None:
        try:
            self._writer.close()
        except EncoderError:
            if self._held is None:
                raise
            self._go_on()
            self._writer.close()

    def _go_on(self) -> None:
        """By the processor, with all that was written so far."""
        _log.warning("the graphics card gave up encoding", exc_info=True)
        held, self._held = self._held or deque(), None
        self.notice = kept(CARD_FAILED)
        begun = self.path.with_name(f".{self.path.name}.begun")
        self.path.rename(begun)
        try:
            self._writer = VideoWriter(self.path, self._size, fps_hint=self._fps, colours=self._colours)
            for planes, time_s in read_again(begun):
                self._writer.write(planes, time_s)
        finally:
            begun.unlink()
        for planes, time_s in held:
            self._writer.write(planes, time_s)


def read_again(path: Path) -> Iterable[tuple[Planes, float]]:
    """The pictures of a film that was written here, as they were given; none of a file that has none yet."""
    try:
        with av.open(str(path.absolute())) as film:
            for frame in film.decode(video=0):
                yield np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8), float(frame.time or 0.0)
    except av.error.FFmpegError:
        return


def quicker_card(like: Planes, colours: Colours | None = None, cards: Iterable[str] | None = None) -> str:
    """Which card's encoder writes such pictures, like them and sooner than the processor; empty for none. Found out by trying.

    cards: of CARDS; None: those that this build of PyAV has.
    """
    usable = [card for card in (CARDS if cards is None else cards) if can_encode(card)]
    best, best_s = "", _tried("", like, colours) if usable else None
    for card in usable:
        took_s = _tried(card, like, colours)
        _log.info("encoding with %s: %s s a picture, best %s", card, took_s, best_s)
        if took_s is not None and (best_s is None or took_s < best_s):
            best, best_s = card, took_s
    return best


def _tried(card: str, like: Planes, colours: Colours | None) -> float | None:
    """Seconds a picture; None where it does not work, or what is read again is something else."""
    size, took_s = (like.shape[1], like.shape[0] * 2 // 3), 0.0
    with tempfile.TemporaryDirectory(prefix="formcheck-") as folder:
        path = Path(folder) / "tried.mp4"
        try:
            with VideoWriter(path, size, colours=colours, card=card) as writer:
                for i in range(TRIED):
                    planes, began_s = _moved(like, 4 * i), time.perf_counter()
                    writer.write(planes, i / 30)
                    took_s += time.perf_counter() - began_s if i >= WARM else 0.0
        except RecordingError as error:
            _log.info("encoding with %s: %s", card, error)
            return None
        differ = [_differ(seen, _moved(like, 4 * i)) for i, (seen, _) in enumerate(read_again(path))]
    return took_s / (TRIED - WARM) if len(differ) == TRIED and max(differ) <= LOST else None


def _moved(planes: Planes, px: int) -> Planes:
    """The same a few px further to the right."""
    moved = np.empty_like(planes)
    for part, old, step in zip(parts(moved), parts(planes), (px, px // 2, px // 2), strict=True):
        part[:] = np.roll(old, step, axis=1)
    return moved


def _differ(one: Planes, other: Planes) -> float:
    return float(np.abs(one.astype(np.int16) - other).mean())
