"""A picture in which brightness no longer matters: each place less the mean around it, over the contrast around it."""

import cv2
import numpy as np

from formcheck.frames import Image

GREY, CONTRAST = 128.0, 45.0
FLAT = 0.6
"""Share of the picture's usual contrast below which a place stays flat: its noise must not be blown up to a structure."""
LEAST_CONTRAST = 1.5
"""Grey levels: what a picture needs at least to have any contrast."""


def evened(grey: Image, window_px: int) -> Image:
    """(H, W) uint8 -> the same, unchanged when the brightness of the whole picture swings by a factor and an offset."""
    values, window = grey.astype(np.float32), (window_px, window_px)
    mean = cv2.boxFilter(values, -1, window)
    variance = np.asarray(cv2.boxFilter(values * values, -1, window), np.float32)
    variance -= mean * mean  # each step in place: new arrays take as long again as the sums
    np.maximum(variance, 0.0, out=variance)
    some = np.sort(variance[::8, ::8], axis=None)  # np.median takes four times as long
    usual = FLAT * float(np.sqrt((some[(some.size - 1) // 2] + some[some.size // 2]) / 2))
    variance += max(usual, LEAST_CONTRAST) ** 2
    even = np.subtract(values, mean, out=values)
    even *= CONTRAST
    even /= np.sqrt(variance, out=variance)
    even += GREY
    return np.clip(even, 0, 255, out=even).astype(np.uint8)
