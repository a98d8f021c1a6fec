"""Pictures as films hold them: brightness in full, colour at half the width and height (I420; BT.601, limited range)."""

from typing import TypeAlias

import cv2
import numpy as np

from formcheck.frames import Image, Picture

Planes: TypeAlias = Image
"""(3 H / 2, W) uint8, contiguous; H and W even."""


def even(size: tuple[int, int]) -> tuple[int, int]:
    """The (width, height) px that a film of such pictures has."""
    return size[0] + size[0] % 2, size[1] + size[1] % 2


def planes_of(picture: Image | Picture, size: tuple[int, int]) -> Planes:
    """A new array of even(size). An image (H, W, 3) BGR of another size is fitted."""
    if not isinstance(picture, np.ndarray):
        if picture.size == size:
            return picture.planes()
        picture = picture.image()
    image = picture
    if image.shape[1::-1] != size:
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    right, below = size[0] % 2, size[1] % 2
    if right or below:
        image = np.pad(image, ((0, below), (0, right), (0, 0)), mode="edge")
    return cv2.cvtColor(image, cv2.COLOR_BGR2YUV_I420)  # type: ignore[return-value]


WAIT_S, WAIT_LEAST, WAIT_BYTES = 0.15, 6, 48_000_000
"""A film's pictures that wait for a thread: all between two found poses, as it is then that one thread waits for another; but no
more than fit into so much memory."""


def waiting(fps: float, size: tuple[int, int]) -> int:
    """How many pictures of (width, height) px of a film may wait for a thread."""
    return fitting(WAIT_BYTES, size, max(WAIT_LEAST, round(WAIT_S * fps)))


def fitting(size_bytes: int, size: tuple[int, int], most: int) -> int:
    """How many pictures of (width, height) px fit into so much memory: 2 to `most`."""
    return max(2, min(most, 2 * size_bytes // (3 * size[0] * size[1])))


def parts(planes: Planes) -> tuple[Image, Image, Image]:
    """Views of the brightness (H, W) and the two colour differences (H / 2, W / 2)."""
    height, width = planes.shape[0] * 2 // 3, planes.shape[1]
    colours = planes.reshape(-1)[height * width :].reshape(2, height // 2, width // 2)
    return planes[:height], colours[0], colours[1]
