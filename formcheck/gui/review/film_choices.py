"""What is asked about a film before it is analysed, filled with what the film says of itself."""

from pathlib import Path

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QComboBox

from formcheck.capture.filming_date import filmed_at
from formcheck.capture.slow_motion import SLOWED
from formcheck.capture.video_file import VideoFile
from formcheck.gui.video.part_picker import PartPicker
from formcheck.system.errors import UserError
from formcheck.system.language import tr

SLOW_MOTION_FPS = (120, 240, 480, 960)
"""Rates at which phones film slow motion."""


def part_picker(video: Path) -> tuple[PartPicker | None, float, float]:
    """The picker, and frames a second at which the film plays and was filmed; no picker where nothing can be shown."""
    try:
        with VideoFile(video) as source:
            info, slowed = source.info, source.slowed
    except (UserError, OSError):
        return None, 0.0, 0.0
    if info.duration_s is None:
        return None, info.fps / slowed, info.fps
    return PartPicker(video, info.duration_s * slowed, info.fps / slowed), info.fps / slowed, info.fps


def slow_motion(plays_fps: float, filmed_fps: float) -> QComboBox:
    """Data: Request.capture_fps."""
    box = QComboBox()
    slowed = filmed_fps > plays_fps
    box.addItem(tr("as the film says: filmed at {fps} frames a second", fps=f"{filmed_fps:.0f}") if slowed else tr("no"), None)
    for fps in SLOW_MOTION_FPS:
        if fps > SLOWED * plays_fps:
            box.addItem(tr("filmed at {fps} frames a second", fps=fps), float(fps))
    if slowed:
        box.addItem(tr("no"), plays_fps)
    return box


def filmed(video: Path) -> QDateTime:
    """When, as the film says."""
    try:
        return QDateTime.fromSecsSinceEpoch(int(filmed_at(video).timestamp()))
    except OSError:
        return QDateTime.currentDateTime()
