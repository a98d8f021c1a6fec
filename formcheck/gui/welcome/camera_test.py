"""Tries the chosen camera: its picture, or why there is none. Nothing is measured or kept."""

import cv2
from PySide6.QtCore import QObject, QTimer, Signal

from formcheck.capture.live import CameraState, LiveSource
from formcheck.gui.live.messages import camera_message
from formcheck.gui.video.images import as_qimage, resized
from formcheck.gui.video.picture import PictureView

EVERY_MS = 40
LONGEST_MS = 60_000
"""A camera that was forgotten does not run on."""
STALE_S = 2.0


class CameraTest(QObject):
    running_changed = Signal(bool)

    def __init__(self, view: PictureView) -> None:
        super().__init__(view)
        self._view = view
        self._source: LiveSource | None = None
        self._mirrored = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._show)
        self._end = QTimer(self, interval=LONGEST_MS, singleShot=True)
        self._end.timeout.connect(self.stop)

    @property
    def running(self) -> bool:
        return self._source is not None

    def start(self, source: LiveSource, *, mirrored: bool) -> None:
        self.stop()
        self._source, self._mirrored = source.start(), mirrored
        self._timer.start()
        self._end.start()
        self.running_changed.emit(True)

    def stop(self) -> None:
        source, self._source = self._source, None
        if source is None:
            return
        self._timer.stop()
        self._end.stop()
        source.close()
        self._view.show_picture(None)
        self._view.show_words("")
        self.running_changed.emit(False)

    def _show(self) -> None:
        source = self._source
        if source is None:
            return
        if source.state is CameraState.ENDED:
            self.stop()
            return
        message = camera_message(source.state, source.trouble)
        self._view.show_words(*((message.words, message.detail) if message is not None else ("", "")))
        try:
            image = source.read_latest(STALE_S).image
        except TimeoutError:
            return
        width, height = self._view.room()
        picture = resized(image, max(0.05, min(width / image.shape[1], height / image.shape[0])))
        self._view.show_picture(as_qimage(cv2.flip(picture, 1) if self._mirrored else picture))  # type: ignore[arg-type]
