"""Whatever a camera driver hands over -> a picture the rest can work with."""

from typing import Any

import cv2
import numpy as np

from formcheck.frames import Image

MIN_SIDE = 16
MAX_SIDE = 1920
"""A larger camera picture is made smaller: nothing is gained by it, and everything after it takes longer."""


def as_bgr(raw: Any) -> Image | None:
    """(H, W, 3) uint8 from grey, 16-bit, BGRA or float pictures; None where there is no picture in it."""
    if not isinstance(raw, np.ndarray) or raw.ndim not in (2, 3) or min(raw.shape[:2]) < MIN_SIDE:
        return None
    image = _eight_bits(raw)
    if image is None:
        return None
    channels = 1 if image.ndim == 2 else image.shape[2]
    if channels == 1:
        image = np.repeat(image.reshape(*image.shape[:2], 1), 3, axis=2)
    elif channels == 4:
        image = image[:, :, :3]
    elif channels != 3:
        return None
    return np.ascontiguousarray(image)


def _eight_bits(raw: "np.ndarray[Any, Any]") -> Image | None:
    if raw.dtype == np.uint8:
        return raw
    if raw.dtype == np.uint16:
        return (raw >> 8).astype(np.uint8)
    return None


def working_size(image: Image) -> tuple[int, int]:
    """(width, height) in which a source that gives such pictures is worked with."""
    height, width = image.shape[:2]
    scale = min(1.0, MAX_SIDE / max(width, height))
    return round(width * scale), round(height * scale)


def fit(image: Image, size: tuple[int, int]) -> Image:
    """The picture in that size, its proportions kept, with black bars where it does not fill it."""
    height, width = image.shape[:2]
    if (width, height) == size:
        return image
    scale = min(size[0] / width, size[1] / height)
    inner = (max(1, round(width * scale)), max(1, round(height * scale)))
    left, top = (size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2
    fitted = np.zeros((size[1], size[0], 3), np.uint8)
    fitted[top : top + inner[1], left : left + inner[0]] = cv2.resize(image, inner, interpolation=cv2.INTER_AREA)
    return fitted
