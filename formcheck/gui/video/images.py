"""Pictures on their way to the screen: shrunk quickly, and in the format that Qt paints quickest."""

import cv2
import numpy as np
from PySide6.QtGui import QImage

from formcheck.frames import Image


def resized(image: Image, scale: float) -> Image:
    """In at most two quick steps: OpenCV takes six times as long to average over parts of pixels."""
    times = max(1, int(1 / scale))
    height, width = image.shape[:2]
    if times > 1:
        whole = image[: height // times * times, : width // times * times]
        image = cv2.resize(whole, (width // times, height // times), interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return cv2.resize(image, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_LINEAR)  # type: ignore[return-value]


def as_qimage(image: Image) -> QImage:
    """(H, W, 3) BGR -> an image that owns its memory, in the format that is quickest to paint."""
    bgra = cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_BGR2BGRA)
    height, width = bgra.shape[:2]
    return QImage(bgra.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()
