"""The overlay painted once for each result, or less often where the computer cannot keep up, and held on the pictures between."""

import math

from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.contract import Exercise
from formcheck.frames import PoseFrame
from formcheck.overlay.overlay import Overlay
from formcheck.overlay.stamp import Stamp
from formcheck.planes import Planes


class HeldOverlay:
    """An Overlay for a stream of pictures of one size."""

    def __init__(self, overlay: Overlay, size: tuple[int, int]) -> None:
        """size: (width, height) px of the planes; even."""
        self.every_s = 0.0
        """Least seconds between two paintings."""
        self._overlay = overlay
        self._stamp = Stamp(size)
        self._painted_s = -math.inf
        self._shown: Snapshot | None = None

    def lay_on(self, planes: Planes, time_s: float, pose: PoseFrame | None, snapshot: Snapshot, exercise: Exercise) -> None:
        """The newest overlay or the held one, into the picture's planes."""
        if snapshot is not self._shown and time_s - self._painted_s >= self.every_s:
            self._shown, self._painted_s = snapshot, time_s
            self._stamp.paint(lambda canvas: self._overlay.paint(canvas, pose, snapshot, exercise))
        self._stamp.lay_on(planes)
