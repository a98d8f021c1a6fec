"""What a picture says of itself: how bright and how rich in contrast it is, and whether the film was cut before it."""

import math

import cv2
import numpy as np

from formcheck.frames import Floats, Frame, PictureFrame

WIDTH_PX = 64
"""Every so many pixels are looked at that about this many stand in a row."""
CALM_PX = 1.5
CHANGED = 12.0
"""Grey levels by which a place counts as changed."""
CUT_SHARE, CUT_LIKENESS = 0.3, 0.85
"""A cut changes more than this share of the picture, and leaves two pictures less alike than this (correlation of their
brightness). In real footage cuts were 0.24-0.52 alike with half of the picture changed or more; two pictures that followed each
other, also of a runner before a camera held in the hand, at least 0.96."""
TOGETHER_S = 0.5
"""Pictures further apart in time need not be alike."""


class PictureWatch:
    """Frame -> PictureFrame; holds the picture before."""

    def __init__(self) -> None:
        self._before: Floats | None = None
        self._before_s = 0.0

    def update(self, frame: Frame, tilt_deg: float = math.nan) -> PictureFrame:
        """tilt_deg: what motion/level.py says of it."""
        grey = frame.sample(max(1, frame.size[0] // WIDTH_PX))
        now: Floats = cv2.GaussianBlur(grey, (0, 0), CALM_PX).astype(np.float64)
        before, together = self._before, frame.timestamp_s - self._before_s < TOGETHER_S
        self._before, self._before_s = now, frame.timestamp_s
        cut = before is not None and together and before.shape == now.shape and _cut(before, now)
        return PictureFrame(float(now.mean()), float(grey.std()), cut, tilt_deg)


def _cut(before: Floats, now: Floats) -> bool:
    if float((np.abs(now - before) > CHANGED).mean()) < CUT_SHARE:
        return False
    a, b = now - now.mean(), before - before.mean()
    size = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return size > 0 and float((a * b).sum()) < CUT_LIKENESS * size
