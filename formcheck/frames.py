"""What is seen in one picture: the picture itself, the pose in it, how the trunk's surface moved.

Nothing here knows where a frame came from or what it is used for.
"""

import math
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Protocol, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.shrinking import fitted, shrunk

Floats: TypeAlias = NDArray[np.float64]
Image: TypeAlias = NDArray[np.uint8]


class Landmark(IntEnum):
    """The 33 landmarks of MediaPipe's BlazePose; left and right are the person's own."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


LANDMARKS = len(Landmark)


@dataclass(frozen=True, slots=True)
class Colours:
    """What a film's numbers mean, as ITU-T H.273 numbers it."""

    primaries: int
    transfer: int
    matrix: int


class Picture(Protocol):
    """A decoded picture, upright and not mirrored, in a decoder's own form: an image is made of it only for whoever looks at it.

    May be used from any thread.
    """

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) px; both even."""
        ...

    @property
    def colours(self) -> Colours:
        """Of its planes."""
        ...

    def image(self) -> Image:
        """(H, W, 3) uint8, BGR; made anew."""
        ...

    def rgb(self) -> Image:
        """(H, W, 3) uint8, RGB; made anew."""
        ...

    def planes(self) -> Image:
        """(3 H / 2, W) uint8, I420; a new array."""
        ...

    def grey(self) -> Image:
        """(H, W) uint8, not to be written to."""
        ...

    def sample(self, step: int) -> Floats:
        """(rows, columns) mean of red, green and blue, 0-255, at every so many px."""
        ...

    def for_screen(self, size: tuple[int, int]) -> Image:
        """(h, w, 4) uint8: BGR and a byte that says nothing, of that even (width, height); made anew."""
        ...


class Frame:
    """One picture as it came from a camera or a file."""

    SMALL_PX = 320

    __slots__ = ("_grey", "_image", "_small", "index", "picture", "timestamp_s")

    def __init__(self, picture: Image | Picture, index: int, timestamp_s: float) -> None:
        self.picture = picture
        """As it came: (H, W, 3) uint8 BGR, or a decoder's."""
        self.index = index
        self.timestamp_s = timestamp_s
        """Seconds since the source's first frame, rising; stamped at capture."""
        self._image = picture if isinstance(picture, np.ndarray) else None
        self._grey: Image | None = None
        self._small: tuple[Image, float] | None = None

    @property
    def image(self) -> Image:
        """(H, W, 3) uint8, BGR, upright and not mirrored. Not to be written to."""
        if self._image is None:
            self._image = self.picture if isinstance(self.picture, np.ndarray) else self.picture.image()
        return self._image

    def rgb(self) -> Image:
        """(H, W, 3) uint8, RGB; made anew, and not kept: frames wait for their turn."""
        if self._image is None and not isinstance(self.picture, np.ndarray):
            return self.picture.rgb()
        return np.asarray(cv2.cvtColor(self.image, cv2.COLOR_BGR2RGB), np.uint8)

    @property
    def grey(self) -> Image:
        """(H, W) uint8; for what needs no colour. Not to be written to."""
        if self._grey is None:
            if isinstance(self.picture, np.ndarray):
                self._grey = np.asarray(cv2.cvtColor(self.picture, cv2.COLOR_BGR2GRAY), np.uint8)
            else:
                self._grey = self.picture.grey()
        return self._grey

    @property
    def small(self) -> tuple[Image, float]:
        """The grey picture about SMALL_PX wide, and its scale: one over a whole number. Not to be written to."""
        if self._small is None:
            times = max(1, min(*self.size, round(self.size[0] / self.SMALL_PX)))
            self._small = shrunk(self.grey, times), 1 / times
        return self._small

    def sample(self, step: int) -> Floats:
        """(rows, columns) mean of red, green and blue, 0-255, at every so many px, from half a step on."""
        if self._image is None and not isinstance(self.picture, np.ndarray):
            return self.picture.sample(step)
        mean: Floats = self.image[step // 2 :: step, step // 2 :: step].mean(axis=2)
        return mean

    def for_screen(self, size: tuple[int, int]) -> Image:
        """(h, w, 4) uint8: BGR and a byte that says nothing, of that even (width, height); made anew."""
        if isinstance(self.picture, np.ndarray):
            return np.asarray(cv2.cvtColor(fitted(self.picture, size), cv2.COLOR_BGR2BGRA), np.uint8)
        return self.picture.for_screen(size)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) px."""
        if isinstance(self.picture, np.ndarray):
            return self.picture.shape[1], self.picture.shape[0]
        return self.picture.size

    @property
    def colours(self) -> Colours | None:
        """Of the decoder's planes; None where there are none."""
        return None if isinstance(self.picture, np.ndarray) else self.picture.colours


@dataclass(frozen=True, slots=True, eq=False)
class PoseFrame:
    """Where the followed person's joints are in one frame. What was not detected is NaN, never (0, 0)."""

    index: int
    timestamp_s: float
    image_size: tuple[int, int]
    """(width, height) in px."""
    image_xy: Floats
    """(33, 2) px, x to the right, y down."""
    world_xyz: Floats
    """(33, 3) m from the mid-hip; x right, y down, z away from the camera. Its depth is a guess: see docs/validity.md."""
    visibility: Floats
    """(33,) 0-1. MediaPipe says about 1 even on the wrong person: never use it alone as a quality gate."""
    people: int = 1
    """How many people were seen when the followed person was last chosen."""
    found: bool = True
    """Whether the network looked at this frame; otherwise the landmarks are filled in from poses nearby, and are no
    observation of their own."""

    @property
    def detected(self) -> bool:
        return bool(np.isfinite(self.image_xy).any())

    @classmethod
    def nobody(cls, frame: Frame) -> "PoseFrame":
        return cls(
            index=frame.index,
            timestamp_s=frame.timestamp_s,
            image_size=frame.size,
            image_xy=np.full((LANDMARKS, 2), np.nan),
            world_xyz=np.full((LANDMARKS, 3), np.nan),
            visibility=np.full(LANDMARKS, np.nan),
            people=0,
        )


@dataclass(frozen=True, slots=True, eq=False)
class CameraMotion:
    """How the camera has moved since the stream began, as far as shift, turn and zoom of the picture can say it."""

    matrix: Floats
    """(2, 3): where a point of the room that was at (x, y) px in the beginning is now; a similarity."""
    known: bool = True
    """False where the background could not be followed into this frame: the motion is the last that was known."""

    def undone(self, xy: Floats) -> Floats:
        """(..., 2) px now -> px as if the camera had stood still."""
        if self is STILL_CAMERA:
            return xy
        (a, _, x), (b, _, y) = self.matrix.tolist()
        still: Floats = (xy - (x, y)) @ (np.array([[a, -b], [b, a]]) / (a * a + b * b))  # a similarity's inverse, transposed
        return still


STILL_CAMERA = CameraMotion(np.eye(2, 3))


@dataclass(frozen=True, slots=True, eq=False)
class SurfaceFrame:
    """How far the trunk's surface has moved in the picture since tracking began, the camera's own motion taken out.

    The trunk is the quadrilateral hips-shoulders, cut into bands along its length and columns across it. Only differences
    between two frames mean anything; a sum never jumps, and is NaN where a cell has had no tracked points since the last
    frame with points.
    """

    timestamp_s: float
    shift: Floats
    """(bands, columns, 2) torso lengths; [..., 0] along the trunk axis, + from hips to shoulders; [..., 1] across it,
    + toward the person's left hip-shoulder edge."""
    points: NDArray[np.int64]
    """(bands, columns) points tracked into this frame."""
    spread: Floats
    """(bands, columns) robust standard deviation of the points' motion about their cell's, in torso lengths."""
    camera: CameraMotion = STILL_CAMERA


@dataclass(frozen=True, slots=True)
class WaistFrame:
    """What one picture says of the waist (motion/waist.py)."""

    timestamp_s: float
    tilt_deg: float = math.nan
    """In the plane of the picture, + where the side at the picture's right rises. Any constant offset; NaN where not found."""
    quality: float = 0.0
    """Correlation with the mean patch, 0-1."""
    level_deg: float = math.nan
    """The tilt against the picture's horizontal is tilt_deg + level_deg; NaN while the patch is not like its mirror image."""
    seam: float = math.nan
    """Torso lengths by which the line between shirt and trousers lies above the hip landmarks; NaN where none is in the patch."""


@dataclass(frozen=True, slots=True)
class LegFrame:
    """How the outer edge of the leg that stands bends at the knee in one picture (motion/leg_edge.py), degrees, + knee inward.

    As late as the joints are. The leg's own shape is in it; NaN for a leg that was not looked at, or has no edge to be seen.
    """

    timestamp_s: float
    left: float = math.nan
    right: float = math.nan


@dataclass(frozen=True, slots=True)
class PictureFrame:
    """What one picture says of itself, whoever is in it."""

    brightness: float
    """Mean, 0-255."""
    contrast: float
    """Standard deviation of the brightness, 0-255."""
    cut: bool
    """The picture before it showed another scene: the film was cut here."""
    tilt_deg: float = math.nan
    """By how much what is upright leans to the left in it (motion/level.py); NaN while that is not known."""


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """All that is known of one frame: what exercises measure from."""

    pose: PoseFrame
    surface: SurfaceFrame | None
    picture: PictureFrame | None = None
    """None: nobody looked at the picture itself."""
    waist: WaistFrame | None = None
    """None: nobody looked at the waist."""
    legs: LegFrame | None = None
    """None: nobody looked at the legs' edges."""

    @property
    def timestamp_s(self) -> float:
        return self.pose.timestamp_s

    @property
    def finite(self) -> "Observation":
        """The same with NaN for infinite coordinates, as everything beyond knows it."""
        pose = self.pose
        if not (np.isinf(pose.image_xy).any() or np.isinf(pose.world_xyz).any()):
            return self
        image_xy, world_xyz = (np.where(np.isinf(a), np.nan, a) for a in (pose.image_xy, pose.world_xyz))
        return replace(self, pose=replace(pose, image_xy=image_xy, world_xyz=world_xyz))

    @property
    def still_xy(self) -> Floats:
        """(33, 2) px: the landmarks as if the camera had stood still."""
        return self.pose.image_xy if self.surface is None else self.surface.camera.undone(self.pose.image_xy)
