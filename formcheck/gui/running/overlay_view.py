"""The pictures of two runs over each other, at the same phase of the gait cycle."""

from pathlib import Path

from formcheck.frames import Frame
from formcheck.gui.shell.background import Job
from formcheck.gui.video.drawing_view import DrawingView
from formcheck.report.run_overlay import HipTrack, hip_track, laid_over
from formcheck.system.language import tr

HALVES = 2


class OverlayView(DrawingView):
    """begin() with both session folders; show_half() with each picture of a half. Hips lie on hips, torsos are of one length."""

    def __init__(self) -> None:
        super().__init__(tr("Both films over each other"))
        self._frames: list[Frame | None] = [None] * HALVES
        self._tracks: list[HipTrack | None] = [None] * HALVES
        self._asked = 0

    def begin(self, folders: tuple[Path, Path]) -> None:
        """Read where the hips are in both films, in the background."""
        self._asked += 1
        asked, self._tracks = self._asked, [None] * HALVES
        self.show_frame(None)
        self.show_words(tr("Looking for the hips in both films"))
        job = Job(lambda _: [hip_track(folder) for folder in folders])
        job.done.connect(lambda tracks: self._take(asked, tracks))
        job.refused.connect(lambda why: self.show_words(why) if asked == self._asked else None)
        job.start()

    def show_half(self, half: int, frame: Frame | None) -> None:
        """half: 0 the left one, 1 the right one."""
        self._frames[half] = frame
        self._lay_over()

    def _take(self, asked: int, tracks: list[HipTrack | None]) -> None:
        if asked != self._asked:
            return
        self._tracks = tracks
        missing = None in tracks
        self.show_words(tr("Cannot be laid over each other: what was seen of the body was not kept") if missing else "")
        self._lay_over()

    def _lay_over(self) -> None:
        (first, second), (one, other) = self._frames, self._tracks
        if first is None or second is None or one is None or other is None or not self.isVisible():
            return
        places = [(track.at(f.timestamp_s), track.torso_px) for track, f in ((one, first), (other, second))]
        self.show_frame(Frame(laid_over(first.image, places[0], second.image, places[1]), first.index, first.timestamp_s))
