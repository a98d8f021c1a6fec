"""What is seen in one picture: the picture itself, the pose in it, how the trunk's surface moved.

Nothing here knows where a frame came from or what it is used for.
"""

import math
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

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


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture as it came from a camera or a file."""

    image: Image
    """(H, W, 3) uint8, BGR, upright and not mirrored."""
    index: int
    timestamp_s: float
    """Seconds since the source's first frame, rising; stamped at capture."""


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
        height, width = frame.image.shape[:2]
        return cls(
            index=frame.index,
            timestamp_s=frame.timestamp_s,
            image_size=(width, height),
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
        still: Floats = (xy - self.matrix[:, 2]) @ np.linalg.inv(self.matrix[:, :2]).T
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
class PictureFrame:
    """What one picture says of itself, whoever is in it."""

    brightness: float
    """Mean, 0-255."""
    contrast: float
    """Standard deviation of the brightness, 0-255."""
    cut: bool
    """The picture before it showed another scene: the film was cut here."""


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """All that is known of one frame: what exercises measure from."""

    pose: PoseFrame
    surface: SurfaceFrame | None
    picture: PictureFrame | None = None
    """None: nobody looked at the picture itself."""
    waist: WaistFrame | None = None
    """None: nobody looked at the waist."""

    @property
    def timestamp_s(self) -> float:
        return self.pose.timestamp_s

    @property
    def still_xy(self) -> Floats:
        """(33, 2) px: the landmarks as if the camera had stood still."""
        return self.pose.image_xy if self.surface is None else self.surface.camera.undone(self.pose.image_xy)
