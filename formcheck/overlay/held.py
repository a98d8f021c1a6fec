"""The overlay painted once for each result, or less often where the computer cannot keep up, and held on the pictures between."""

import math

import cv2

from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.contract import Exercise
from formcheck.frames import Image, PoseFrame
from formcheck.overlay.overlay import Overlay


class HeldOverlay:
    """An Overlay for a stream of pictures of one size."""

    def __init__(self, overlay: Overlay) -> None:
        self.every_s = 0.0
        """Least seconds between two paintings."""
        self._overlay = overlay
        self._painted_s = -math.inf
        self._shown: Snapshot | None = None
        self._clean: Image
        self._painted: Image | None = None
        self._where: Image | None = None
        """Where the last painting can be told from its picture."""

    def annotate(self, image: Image, time_s: float, pose: PoseFrame | None, snapshot: Snapshot, exercise: Exercise) -> Image:
        """A new picture with the overlay, the newest or the held one."""
        if snapshot is not self._shown and time_s - self._painted_s >= self.every_s:
            self._shown, self._painted_s, self._where = snapshot, time_s, None
            self._clean, self._painted = image, self._overlay.annotate(image, pose, snapshot, exercise)
            return self._painted
        assert self._painted is not None
        if self._where is None:
            change = cv2.absdiff(self._painted, self._clean)
            self._where = cv2.cvtColor(change, cv2.COLOR_BGR2GRAY)  # type: ignore[assignment]
        return cv2.copyTo(self._painted, self._where, image.copy())  # type: ignore[return-value, arg-type]
