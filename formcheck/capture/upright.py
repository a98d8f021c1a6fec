"""Pictures as they are meant to be seen: upright, square pixels, not too large."""

from typing import Any, cast

import numpy as np
from av.sidedata.sidedata import Type as SideDataType
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from av.video.stream import VideoStream

from formcheck.capture.opening import MAX_PIXELS
from formcheck.capture.tone_mapping import ToneMap, is_bright
from formcheck.frames import Image

MAX_SIDE = 1920
"""A phone's 4K is made smaller while it is converted: no landmark gets better by it, and everything takes four times as long."""


class Upright:
    """Decoded picture -> BGR image: turned by its rotation metadata, square pixels, SDR, not too large, as large as the first."""

    def __init__(self, stream: VideoStream, mirrored: bool) -> None:
        self._stream = stream
        self._mirrored = mirrored
        self._matrix: tuple[int, int, int, int] | None = None
        self._size: tuple[int, int] | None = None
        self._tone_map: ToneMap | None = None

    def __call__(self, decoded: VideoFrame) -> Image:
        if self._matrix is None or self._size is None:
            self._matrix = _display_matrix(decoded)
            self._size = self._working_size(decoded)
        if is_bright(decoded):
            self._tone_map = self._tone_map or ToneMap(decoded, self._size)
            decoded = self._tone_map(decoded)
        width, height = self._size
        same = (decoded.width, decoded.height) == self._size
        how = None if same else Interpolation.BILINEAR  # a third of the time of the default
        image = decoded.reformat(width=width, height=height, format="bgr24", interpolation=how).to_ndarray()
        a, b, c, d = self._matrix
        if abs(b) > abs(a):
            image, right, down = image.transpose(1, 0, 2), c, b
        else:
            right, down = a, d
        image = image[:: -1 if down < 0 else 1, :: -1 if (right < 0) != self._mirrored else 1]
        return np.ascontiguousarray(image)

    def _working_size(self, decoded: VideoFrame) -> tuple[int, int]:
        if decoded.width * decoded.height > MAX_PIXELS:
            raise ValueError("picture too large")
        ratio = float(self._stream.sample_aspect_ratio or 1)
        if not 0.25 < ratio < 4 or abs(ratio - 1) < 0.02:
            ratio = 1.0
        width, height = decoded.width * ratio, float(decoded.height)
        scale = min(1.0, MAX_SIDE / max(width, height))
        return max(1, round(width * scale)), max(1, round(height * scale))


def _display_matrix(decoded: VideoFrame) -> tuple[int, int, int, int]:
    """(a, b, c, d): a picture's point (x, y) is shown at (a x + c y, b x + d y), as the phone that recorded it says."""
    side_data = next((data for data in cast(Any, decoded.side_data) if data.type == SideDataType.DISPLAYMATRIX), None)
    if side_data is None:
        return 1, 0, 0, 1
    m = np.frombuffer(bytes(side_data), np.int32)
    a, b, c, d = (int(m[i]) for i in (0, 1, 3, 4))
    return (a, b, c, d) if a * d - b * c else (1, 0, 0, 1)
