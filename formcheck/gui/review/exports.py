"""What a review saves: one frame as a picture with its figures, one repetition as a clip."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from formcheck.capture.video_file import VideoFile
from formcheck.frames import Frame
from formcheck.gui.review.review_state import Review
from formcheck.gui.video import drawing
from formcheck.gui.video.images import as_qimage
from formcheck.gui.widgets.words import figure
from formcheck.recording.video_writer import VideoWriter
from formcheck.results import Rep
from formcheck.system.files import USUAL
from formcheck.system.language import tr

MARGIN_S = 0.5
"""Shown before and after the repetition in a clip."""


def figures_at(review: Review, time_s: float) -> str:
    """The set's figures at a moment: each quantity less its value at the repetition's start, or at rest, but for those that are
    values in their own right."""
    times = review.times_s
    rep = review.rep_at(time_s)
    words = [tr("{seconds:.2f} s", seconds=time_s)]
    if rep is not None:
        stance, repetition = tr("stance {number}", number=rep.number), tr("repetition {number}", number=rep.number)
        words.append(stance if review.is_run else repetition)
    if not len(times):
        return ", ".join(words)
    at = int(np.abs(times - time_s).argmin())
    start = int(np.abs(times - rep.start_s).argmin()) if rep is not None else None
    for quantity in review.exercise.quantities:
        values = review.series.get(quantity.name)
        told = quantity.name != review.exercise.movement or not review.is_run  # how high a runner's trunk is says nothing
        if values is None or not np.isfinite(values[at]) or not told:
            continue
        changes = start is not None and not quantity.absolute and np.isfinite(values[start])
        base = values[start] if changes else 0.0
        value = figure(float(values[at] - base), quantity.unit)
        words.append(tr("{quantity} {value}", quantity=tr(quantity.title), value=value))
    return ", ".join(words)


def frame_picture(review: Review, frame: Frame, shapes: tuple[drawing.Shape, ...]) -> QImage:
    """The frame with what was drawn on it, over a strip with its figures."""
    picture = as_qimage(frame.image)
    words = tr(
        "{exercise}, {figures}. Estimated, not medical advice.",
        exercise=tr(review.exercise.title),
        figures=figures_at(review, frame.timestamp_s),
    )
    strip = max(48, picture.height() // 9)
    made = QImage(picture.width(), picture.height() + strip, QImage.Format.Format_RGB32)
    made.fill(QColor("#14171b"))
    painter = QPainter(made)
    painter.drawImage(0, 0, picture)
    drawing.paint(painter, shapes, QRectF(picture.rect()), (picture.width(), picture.height()))
    font = painter.font()
    font.setBold(False)
    font.setPixelSize(max(12, strip // 4))
    painter.setFont(font)
    painter.setPen(QColor("#ffffff"))
    room = QRectF(10, picture.height(), picture.width() - 20, strip)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), words)
    painter.end()
    return made


def save_clip(review: Review, rep: Rep, target: Path) -> None:
    """Write the repetition as a video of its own. UserError or OSError where that fails."""
    assert review.video is not None
    start_s, end_s = max(0.0, rep.start_s - MARGIN_S), rep.end_s + MARGIN_S
    with VideoFile(review.video, start_s=start_s) as source:
        size = (source.info.width, source.info.height)
        with VideoWriter(target, size, mode=USUAL) as out:
            for frame in source.frames():
                if frame.timestamp_s > end_s:
                    break
                out.write(frame.image, frame.timestamp_s - start_s)
