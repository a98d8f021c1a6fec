"""A clip as a camera for a computer that keeps up, however busy the test's is."""

from pathlib import Path

from formcheck.capture.live import Listener
from formcheck.capture.playback import VideoAsCamera
from formcheck.frames import Image, Picture


class PatientClip(VideoAsCamera):
    """The next picture comes once the last was looked at and there is room for it in the film; its clock is the pictures'."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, realtime=False)
        self._film: Listener | None = None

    def now_s(self) -> float:
        return 0.0 if self._newest is None else self._newest.timestamp_s

    def listen(self, room: int = 90) -> Listener:
        self._film = super().listen(room)
        return self._film

    def _publish(self, picture: Image | Picture, timestamp_s: float) -> None:
        while self._busy() and not self._stop.wait(0.002):
            pass
        super()._publish(picture, timestamp_s)

    def _busy(self) -> bool:
        return self._taken < self._count - 1 or (self._film is not None and self._film.waiting > 20)
