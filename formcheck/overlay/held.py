"""The overlay painted only so often, where the computer cannot keep up: between, the last painting is laid on newer pictures."""

import math

import cv2

from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.base import Exercise
from formcheck.frames import Image, PoseFrame
from formcheck.overlay.overlay import Overlay


class HeldOverlay:
    """An Overlay for a stream of pictures of one size."""

    def __init__(self, overlay: Overlay) -> None:
        self.every_s = 0.0
        """Least seconds between two paintings."""
        self._overlay = overlay
        self._painted_s = -math.inf
        self._held: tuple[Image, Image] | None = None
        """The last painting, and where it differs from its picture."""

    def annotate(self, image: Image, time_s: float, pose: PoseFrame | None, snapshot: Snapshot, exercise: Exercise) -> Image:
        """A new picture with the overlay, the newest or the held one."""
        if self._held is None or time_s - self._painted_s >= self.every_s:
            painted = self._overlay.annotate(image, pose, snapshot, exercise)
            self._painted_s = time_s
            self._held = (painted, cv2.absdiff(painted, image).max(axis=2)) if self.every_s else None
            return painted
        painted, where = self._held
        return cv2.copyTo(painted, where, image.copy())  # type: ignore[return-value]
