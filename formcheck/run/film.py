"""The films of a set, the annotated one and, if wanted, the raw one: every frame goes in, encoded in threads of their own."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from formcheck.exercises.contract import Exercise
from formcheck.frames import Frame
from formcheck.overlay.face_blur import FaceBlur
from formcheck.overlay.held import HeldOverlay
from formcheck.overlay.overlay import Overlay
from formcheck.planes import Planes, even, fitting, planes_of
from formcheck.recording.card_writer import CardWriter, quicker_card
from formcheck.recording.sink import WAITING, BackgroundWriter, Writer
from formcheck.recording.video_writer import RecordingError, VideoWriter
from formcheck.results import Limits
from formcheck.run.loop import MeasuredFrame
from formcheck.session.layout import ANNOTATED, RAW
from formcheck.system.kept_words import kept
from formcheck.system.language import to_translate, tr

FEW_BYTES = 12_000_000
"""Pictures that wait for the encoder where whoever films can wait for it too."""


WRITTEN_BY_PROCESSOR = to_translate("No graphics card could write the film here, or none sooner; the processor wrote it.")


class SetFilm:
    """Nothing is filmed before start(). What fails stands in `failure`; the set goes on."""

    def __init__(
        self,
        exercise: Exercise,
        limits: Mapping[str, Limits],
        *,
        hide_face: bool,
        live: bool = True,
        graphics_card: bool = False,
        fps: float = 30.0,
    ) -> None:
        """live: leave out (and count) a picture rather than wait when the encoder lags. graphics_card: encode on it where that is
        quicker. fps: about how many pictures come in a second."""
        self.failure: RecordingError | None = None
        """Why nothing is recorded any more."""
        self.dropped = 0
        """Pictures that found no room because the encoder lagged."""
        self.notices: list[str] = []
        """What is to be said of the films, once they are closed."""
        self._exercise, self._limits, self._live = exercise, limits, live
        self._graphics_card, self._fps = graphics_card, fps
        self._overlay: HeldOverlay | None = None
        self._size = (0, 0)
        self._face = FaceBlur() if hide_face else None
        self._writers: dict[str, BackgroundWriter] = {}
        self._paths: list[Path] = []
        self._zero_s = 0.0
        self._last = -1

    def start(self, folder: Path, first: Frame, zero_s: float = 0.0, *, raw: bool = False) -> None:
        """first: the films are as large as it, and of its colours; zero_s: where their time begins, on the frames' clock."""
        self._zero_s, self._size = zero_s, first.size
        self._overlay = HeldOverlay(Overlay(limits=self._limits), even(self._size))
        waiting = WAITING if self._live else fitting(FEW_BYTES, self._size, WAITING)
        card = self._card(first)
        try:
            for name in (ANNOTATED, RAW) if raw else (ANNOTATED,):
                self._paths.append(folder / name)
                opened = partial(CardWriter, card=card) if card else VideoWriter
                writer: Writer = opened(folder / name, self._size, fps_hint=self._fps, colours=first.colours)
                self._writers[name] = BackgroundWriter(writer, live=self._live, waiting=waiting)
        except RecordingError as error:
            self.failure = error

    def _card(self, first: Frame) -> str:
        card = quicker_card(planes_of(first.picture, self._size), first.colours) if self._graphics_card else ""
        if self._graphics_card and not card:
            self.notices.append(kept(WRITTEN_BY_PROCESSOR))
        return card

    @property
    def recording(self) -> bool:
        return bool(self._writers)

    @property
    def backlog(self) -> float:
        """Share of the writers' room that is taken."""
        return max((writer.waiting / WAITING for writer in self._writers.values()), default=0.0)

    @property
    def room(self) -> int:
        """How many pictures the writers can take now."""
        return WAITING - max((writer.waiting for writer in self._writers.values()), default=0)

    def add(self, frames: Sequence[Frame], measured: MeasuredFrame, overlay_s: float = 0.0) -> None:
        """Frames in order with what is known now; those already filmed, or older than the films, are left out.

        overlay_s: least seconds between two paintings of the overlay.
        """
        for frame in frames:
            if frame.index <= self._last or frame.timestamp_s < self._zero_s:
                continue
            self._last = frame.index
            for name, writer in self._writers.items():
                made = partial(self._annotated, frame, measured, overlay_s) if name == ANNOTATED else partial(self._raw, frame)
                # A camera's pictures are smaller as planes while they wait; a film's are planes already.
                writer.write(made() if self._live else made, frame.timestamp_s - self._zero_s)
        self._look()

    def close(self, *, abandon: bool = False) -> None:
        """Finish the files; nothing is recorded any more. abandon: nor what waits to be written."""
        for writer in self._writers.values():
            (writer.abandon if abandon else writer.close)()
        self._look()
        self.dropped = max((writer.dropped for writer in self._writers.values()), default=self.dropped)
        self.notices += [writer.notice for writer in self._writers.values() if writer.notice]
        self._writers.clear()

    def give_room(self) -> bool:
        """Delete the films, for the figures' sake, where the disk is full; whether there were any."""
        self.close(abandon=True)
        there = [path for path in self._paths if path.exists()]
        for path in there:
            path.unlink()
        if there and self.failure is None:
            self.failure = RecordingError(tr("the disk is full"))
        return bool(there)

    def _look(self) -> None:
        for writer in self._writers.values():
            self.failure = writer.failure or self.failure

    def _raw(self, frame: Frame) -> Planes:
        return planes_of(frame.picture, self._size)

    def _annotated(self, frame: Frame, measured: MeasuredFrame, overlay_s: float) -> Planes:
        assert self._overlay is not None
        self._overlay.every_s = overlay_s
        picture = self._face.hide(frame.image, measured.pose) if self._face else frame.picture
        planes = planes_of(picture, self._size)
        self._overlay.lay_on(planes, frame.timestamp_s, measured.pose, measured.snapshot, self._exercise)
        return planes
