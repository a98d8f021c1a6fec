"""Pictures on their way to the screen: shrunk quickly, and in the format that Qt paints quickest."""

import cv2
import numpy as np
from PySide6.QtGui import QImage

from formcheck.frames import Image
from formcheck.shrinking import fitted


def resized(image: Image, scale: float) -> Image:
    """(H, W, 3) -> the same, smaller or a little larger."""
    height, width = image.shape[:2]
    return fitted(image, (round(width * scale), round(height * scale)))


def as_qimage(image: Image) -> QImage:
    """(H, W, 3) BGR, or with a fourth byte -> an image that owns its memory, in the format that is quickest to paint."""
    bgra = image if image.shape[2] == 4 else cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_BGR2BGRA)
    height, width = bgra.shape[:2]
    return QImage(bgra.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()
