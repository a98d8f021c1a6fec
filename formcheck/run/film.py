"""The films of a set, the annotated one and, if wanted, the raw one: every frame goes in, encoded in threads of their own."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from formcheck.exercises.contract import Exercise
from formcheck.frames import Frame, Image
from formcheck.overlay.face_blur import FaceBlur
from formcheck.overlay.held import HeldOverlay
from formcheck.overlay.overlay import Overlay
from formcheck.recording.sink import WAITING, BackgroundWriter
from formcheck.recording.video_writer import RecordingError, VideoWriter
from formcheck.results import Limits
from formcheck.run.loop import MeasuredFrame
from formcheck.session.layout import ANNOTATED, RAW
from formcheck.system.language import tr

FEW = 8
"""Pictures that wait for the encoder where whoever films can wait for it too."""


class SetFilm:
    """Nothing is filmed before start(). What fails stands in `failure`; the set goes on."""

    def __init__(self, exercise: Exercise, limits: Mapping[str, Limits], *, hide_face: bool, live: bool = True) -> None:
        """live: leave out (and count) a picture rather than wait when the encoder lags."""
        self.failure: RecordingError | None = None
        """Why nothing is recorded any more."""
        self.dropped = 0
        """Pictures that found no room because the encoder lagged."""
        self.notices: list[str] = []
        """What is to be said of the films, once they are closed."""
        self._exercise, self._live = exercise, live
        self._overlay = HeldOverlay(Overlay(limits=limits))
        self._face = FaceBlur() if hide_face else None
        self._writers: dict[str, BackgroundWriter] = {}
        self._paths: list[Path] = []
        self._zero_s = 0.0
        self._last = -1

    def start(self, folder: Path, size: tuple[int, int], zero_s: float = 0.0, *, raw: bool = False) -> None:
        """size: (width, height) px; zero_s: where the films' time begins, on the frames' clock."""
        self._zero_s = zero_s
        waiting = WAITING if self._live else FEW
        try:
            for name in (ANNOTATED, RAW) if raw else (ANNOTATED,):
                self._paths.append(folder / name)
                self._writers[name] = BackgroundWriter(VideoWriter(folder / name, size), live=self._live, waiting=waiting)
        except RecordingError as error:
            self.failure = error

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
        self._overlay.every_s = overlay_s
        for frame in frames:
            if frame.index <= self._last or frame.timestamp_s < self._zero_s:
                continue
            self._last = frame.index
            for name, writer in self._writers.items():
                image = self._annotated(frame, measured) if name == ANNOTATED else frame.image
                writer.write(image, frame.timestamp_s - self._zero_s)
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

    def _annotated(self, frame: Frame, measured: MeasuredFrame) -> Image:
        image = self._face.hide(frame.image, measured.pose) if self._face else frame.image
        return self._overlay.annotate(image, frame.timestamp_s, measured.pose, measured.snapshot, self._exercise)
