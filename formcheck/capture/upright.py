"""Pictures as they are meant to be seen: upright, square pixels, not too large."""

import threading
from typing import Any, Literal, TypeVar, cast

import cv2
import numpy as np
from av.sidedata.sidedata import Type as SideDataType
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream

from formcheck.capture.opening import MAX_PIXELS
from formcheck.capture.tone_mapping import ToneMap, is_bright
from formcheck.frames import Colours, Floats, Image, Picture
from formcheck.planes import Planes, parts
from formcheck.shrinking import fitted

MAX_SIDE = 1920
"""A phone's 4K is made smaller while it is converted: no landmark gets better by it, and everything takes four times as long."""


_BLACK, _GREY_LEVELS = 16, 255 / 219
"""A film's brightness is 16 (black) to 235; in grey levels 0 to 255."""
_COLOUR_IN_MEAN = {False: (0.476, 0.229), True: (0.556, 0.369)}
"""How much of the two colour differences is in the mean of red, green and blue: ITU-R BT.601, BT.709."""
_NOT_BT601 = (Colorspace.ITU709, Colorspace.SMPTE240M, Colorspace.BT2020)
Pixels = TypeVar("Pixels", Image, Floats)


class Upright:
    """Decoded picture -> BGR image: turned by its rotation metadata, square pixels, SDR, not too large, as large as the first.

    One whose planes already are as a film's are is left in them until somebody asks for its image.
    """

    def __init__(self, stream: VideoStream, mirrored: bool) -> None:
        self._stream = stream
        self._mirrored = mirrored
        self._matrix: tuple[int, int, int, int] | None = None
        self._size: tuple[int, int] | None = None
        self._tone_map: ToneMap | None = None
        self._convert = VideoReformatter()  # one for all pictures: making one costs more than a picture
        self._converting = threading.Lock()

    def __call__(self, decoded: VideoFrame) -> Image | Picture:
        if self._matrix is None or self._size is None:
            self._matrix = _display_matrix(decoded)
            self._size = self._working_size(decoded)
        if is_bright(decoded):
            self._tone_map = self._tone_map or ToneMap(decoded, self._size)
            decoded = self._tone_map(decoded)
        elif decoded.format.name == "yuv420p" and (decoded.width, decoded.height) == self._size and _even(self._size):
            return _Decoded(self, decoded)
        return self.image(decoded)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) px of every picture, once there was one."""
        assert self._size is not None
        return self._size[::-1] if self._lies else self._size

    def image(self, decoded: VideoFrame, order: Literal["bgr24", "rgb24"] = "bgr24") -> Image:
        """From any thread."""
        assert self._size is not None
        width, height = self._size
        same = (decoded.width, decoded.height) == self._size
        how = None if same else Interpolation.BILINEAR  # a third of the time of the default
        threads = 1 if same else 0  # several are worth their wait only where the picture is made smaller
        with self._converting:
            converted = self._convert.reformat(decoded, width, height, order, interpolation=how, threads=threads)
        return self._turned(np.asarray(converted.to_ndarray(), np.uint8))

    def planes(self, decoded: VideoFrame) -> Planes:
        """Of a picture that has the film's planes; from any thread."""
        width, height = self.size
        planes = np.empty((height * 3 // 2, width), np.uint8)
        for plane, part in zip(decoded.planes, parts(planes), strict=True):
            part[:] = self._turned(_rows(plane))
        return planes

    def grey(self, decoded: VideoFrame) -> Image:
        """Of such a picture; from any thread."""
        light: Image = cv2.subtract(_rows(decoded.planes[0]), _BLACK)  # type: ignore[call-overload]  # not below black
        return self._turned(np.asarray(cv2.convertScaleAbs(light, dst=light, alpha=_GREY_LEVELS), np.uint8))

    def for_screen(self, decoded: VideoFrame, size: tuple[int, int]) -> Image:
        """Of such a picture, as Picture says; from any thread."""
        if decoded.colorspace in _NOT_BT601 or decoded.color_range == ColorRange.JPEG:  # OpenCV knows BT.601 only
            return np.asarray(cv2.cvtColor(fitted(self.image(decoded), size), cv2.COLOR_BGR2BGRA), np.uint8)
        width, height = size[::-1] if self._lies else size
        planes = np.empty((height * 3 // 2, width), np.uint8)
        for plane, part in zip(decoded.planes, parts(planes), strict=True):
            part[:] = fitted(_rows(plane), part.shape[::-1])
        return self._turned(np.asarray(cv2.cvtColor(planes, cv2.COLOR_YUV2BGRA_I420), np.uint8))

    def sample(self, decoded: VideoFrame, step: int) -> Floats:
        """Mean of red, green and blue of such a picture, at every so many px; from any thread."""
        step = max(2, step // 2 * 2)  # the colours have every second px
        grid = np.s_[step // 2 :: step, step // 2 :: step]
        of_colours = np.s_[step // 4 :: step // 2, step // 4 :: step // 2]
        y, (u, v) = _rows(decoded.planes[0])[grid], (_rows(plane)[of_colours] for plane in decoded.planes[1:])
        height, width = min(y.shape[0], u.shape[0]), min(y.shape[1], u.shape[1])
        of_u, of_v = _COLOUR_IN_MEAN[decoded.colorspace == Colorspace.ITU709]
        colour = (u[:height, :width] - 128.0) * of_u + (v[:height, :width] - 128.0) * of_v
        mean = (y[:height, :width] - float(_BLACK)) * _GREY_LEVELS + colour * (255 / 224)
        return np.asarray(self._turned(np.clip(mean, 0.0, 255.0)), np.float64)

    @property
    def _lies(self) -> bool:
        """Whether the camera was turned by a quarter."""
        assert self._matrix is not None
        return abs(self._matrix[1]) > abs(self._matrix[0])

    def _turned(self, image: Pixels) -> Pixels:
        assert self._matrix is not None
        a, b, c, d = self._matrix
        right, down = (c, b) if self._lies else (a, d)
        if self._lies:
            image = cv2.transpose(image)  # type: ignore[assignment]  # numpy takes seven times as long
        beside, over = (right < 0) != self._mirrored, down < 0
        if beside or over:
            image = cv2.flip(image, -1 if beside and over else int(beside))  # type: ignore[assignment]
        return image

    def _working_size(self, decoded: VideoFrame) -> tuple[int, int]:
        if decoded.width * decoded.height > MAX_PIXELS:
            raise ValueError("picture too large")
        ratio = float(self._stream.sample_aspect_ratio or 1)
        if not 0.25 < ratio < 4 or abs(ratio - 1) < 0.02:
            ratio = 1.0
        width, height = decoded.width * ratio, float(decoded.height)
        scale = min(1.0, MAX_SIDE / max(width, height))
        return max(1, round(width * scale)), max(1, round(height * scale))


class _Decoded:
    """A Picture that is kept as it was decoded: half the size of its image."""

    __slots__ = ("_decoded", "_upright")

    def __init__(self, upright: Upright, decoded: VideoFrame) -> None:
        self._upright, self._decoded = upright, decoded

    @property
    def size(self) -> tuple[int, int]:
        return self._upright.size

    @property
    def colours(self) -> Colours:
        frame = self._decoded
        return Colours(int(frame.color_primaries), int(frame.color_trc), int(frame.colorspace))

    def image(self) -> Image:
        return self._upright.image(self._decoded)

    def rgb(self) -> Image:
        return self._upright.image(self._decoded, "rgb24")

    def planes(self) -> Planes:
        return self._upright.planes(self._decoded)

    def grey(self) -> Image:
        return self._upright.grey(self._decoded)

    def sample(self, step: int) -> Floats:
        return self._upright.sample(self._decoded, step)

    def for_screen(self, size: tuple[int, int]) -> Image:
        return self._upright.for_screen(self._decoded, size)


def _rows(plane: VideoPlane) -> Image:
    """(H, W) of a decoded plane, as it lies in the decoder's memory."""
    rows = np.frombuffer(cast(Any, plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: plane.height, : plane.width]


def _even(size: tuple[int, int]) -> bool:
    return size[0] % 2 == 0 and size[1] % 2 == 0


def _display_matrix(decoded: VideoFrame) -> tuple[int, int, int, int]:
    """(a, b, c, d): a picture's point (x, y) is shown at (a x + c y, b x + d y), as the phone that recorded it says."""
    side_data = next((data for data in cast(Any, decoded.side_data) if data.type == SideDataType.DISPLAYMATRIX), None)
    if side_data is None:
        return 1, 0, 0, 1
    m = np.frombuffer(bytes(side_data), np.int32)
    a, b, c, d = (int(m[i]) for i in (0, 1, 3, 4))
    return (a, b, c, d) if a * d - b * c else (1, 0, 0, 1)
