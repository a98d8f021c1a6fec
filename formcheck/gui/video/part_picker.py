"""Which part of a film is to be analysed: the film's picture, a bar with two handles, and the times to be typed."""

import math
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from formcheck.capture.source import WHOLE, Part
from formcheck.capture.video_file import VideoFile
from formcheck.frames import Frame
from formcheck.gui.video.frame_server import FrameServer
from formcheck.gui.video.images import as_qimage, resized
from formcheck.gui.video.part_bar import PartBar
from formcheck.gui.video.picture import PictureView
from formcheck.gui.widgets.numbers import TimeBox
from formcheck.system.language import tr

HEIGHT = 180
"""Of the picture, px."""
SHORTEST_S = 0.5


class PartPicker(QWidget):
    def __init__(self, video: Path, length_s: float, fps: float) -> None:
        """length_s, fps: of the film as it plays."""
        super().__init__()
        self._length_s = length_s
        self.bar = PartBar(length_s)
        self.picture = PictureView(tr("The film where a handle stands"))
        self.picture.setFixedHeight(HEIGHT)
        self.start, self.end = TimeBox(length_s), TimeBox(length_s)
        self.end.setValue(length_s)
        labels = []
        for words, box in ((tr("F&rom"), self.start), (tr("&to"), self.end)):
            name = QLabel(words)
            name.setBuddy(box)
            labels.append(name)
            box.setAccessibleName(words.replace("&", ""))
        times = QHBoxLayout()
        for widget in (labels[0], self.start, labels[1], self.end):
            times.addWidget(widget)
        times.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.picture)
        layout.addWidget(self.bar)
        layout.addLayout(times)
        self._server = FrameServer(video, None, self, open_file=partial(VideoFile, capture_fps=fps))
        self._server.ready.connect(self._show)
        self._server.failed.connect(lambda words: self.picture.show_words(words))
        self.bar.moved.connect(self._moved)
        self.start.valueChanged.connect(lambda time_s: self._typed(time_s))
        self.end.valueChanged.connect(lambda time_s: self._typed(time_s))
        self._server.start()
        self._server.request(0.0)

    def part(self) -> Part:
        """On the film's own clock; the whole film where the handles stand at its ends."""
        from_s, to_s = self.start.value(), self.end.value()
        to_the_end = to_s >= round(self._length_s, 1) - 0.05
        return WHOLE if from_s == 0 and to_the_end else Part(from_s, math.inf if to_the_end else to_s)

    @property
    def too_short(self) -> bool:
        """The part would hold nothing to be measured."""
        return self.end.value() - self.start.value() < min(SHORTEST_S, self._length_s)

    def close_film(self) -> None:
        """Let go of the file."""
        self._server.close()

    def _moved(self, from_s: float, to_s: float, at_s: float) -> None:
        for box, time_s in ((self.start, from_s), (self.end, to_s)):
            box.blockSignals(True)
            box.setValue(time_s)
            box.blockSignals(False)
        self._server.request(at_s)

    def _typed(self, time_s: float) -> None:
        self.bar.show_part(self.start.value(), max(self.start.value(), self.end.value()))
        self._server.request(time_s)

    def _show(self, frame: Frame) -> None:
        height, width = frame.image.shape[:2]
        room = self.picture.room()
        self.picture.show_picture(as_qimage(resized(frame.image, min(room[0] / width, room[1] / height))))
