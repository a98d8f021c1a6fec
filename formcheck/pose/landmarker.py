"""MediaPipe's Pose Landmarker as plain arrays: the only file that imports it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from formcheck.frames import LANDMARKS, Floats, Image
from formcheck.pose.light_import import without_plots_and_sound
from formcheck.pose.native_log import native_log_held_back
from formcheck.pose.usage_data import forbid_uploads

forbid_uploads()
with native_log_held_back(), without_plots_and_sound():
    import mediapipe as mp
    from mediapipe.tasks.python import vision
    from mediapipe.tasks.python.core.base_options import BaseOptions

BLANKS = 2
"""Empty pictures after which the tracker has given up the person it followed."""


class Pose:
    """One detected person."""

    __slots__ = ("image_xy", "visibility", "world_xyz")

    def __init__(self, image_xy: Floats, world_xyz: Floats, visibility: Floats) -> None:
        self.image_xy = image_xy
        """(33, 2) px"""
        self.world_xyz = world_xyz
        """(33, 3) m"""
        self.visibility = visibility
        """(33,)"""


class Landmarker:
    """People in single pictures, each on its own."""

    def __init__(self, model: Path, people: int) -> None:
        self._landmarker = _create(model, vision.RunningMode.IMAGE, people)

    def people(self, rgb: Image) -> list[Pose]:
        return list(_poses(self._landmarker.detect(_mp_image(rgb)), (rgb.shape[1], rgb.shape[0])))

    def close(self) -> None:
        with native_log_held_back():
            self._landmarker.close()


class VideoLandmarker:
    """One person from picture to picture: quicker and steadier, but it follows whom it saw first."""

    def __init__(self, model: Path, *, graphics_card: bool = False) -> None:
        """graphics_card: try to find poses on it; without one that MediaPipe can use they are found as ever."""
        self.on_graphics_card = graphics_card
        try:
            self._landmarker = _create(model, vision.RunningMode.VIDEO, 1, graphics_card=graphics_card)
        except (RuntimeError, ValueError, NotImplementedError):
            if not graphics_card:
                raise
            self.on_graphics_card = False
            self._landmarker = _create(model, vision.RunningMode.VIDEO, 1)
        self._clock_ms = -1

    def next(self, rgb: Image, timestamp_s: float) -> Pose | None:
        # MediaPipe refuses a time that does not rise, and smooths by the time that passes.
        self._clock_ms = max(self._clock_ms + 1, round(timestamp_s * 1000))
        result = self._landmarker.detect_for_video(_mp_image(rgb), self._clock_ms)
        return next(_poses(result, (rgb.shape[1], rgb.shape[0])), None)

    def forget(self, rgb: Image, timestamp_s: float) -> None:
        """Follow nobody any more. Empty pictures do it in a tenth of the time that a new landmarker takes."""
        if self._clock_ms < 0:  # it has not seen any yet; the clock goes on as if it had
            self._clock_ms = round(timestamp_s * 1000)
            return
        for _ in range(BLANKS):
            if self.next(np.zeros_like(rgb), timestamp_s) is None:
                return

    def close(self) -> None:
        with native_log_held_back():
            self._landmarker.close()


def _create(model: Path, mode: "vision.RunningMode", people: int, *, graphics_card: bool = False) -> "vision.PoseLandmarker":
    where = BaseOptions.Delegate.GPU if graphics_card else BaseOptions.Delegate.CPU
    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model), delegate=where), running_mode=mode, num_poses=people
    )
    return vision.PoseLandmarker.create_from_options(options)


def _mp_image(rgb: Image) -> "mp.Image":
    return mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)


def _poses(result: "vision.PoseLandmarkerResult", size: tuple[int, int]) -> Iterator[Pose]:
    for image, world in zip(result.pose_landmarks, result.pose_world_landmarks, strict=True):
        if len(image) != LANDMARKS:
            continue
        xy = np.array([(p.x, p.y) for p in image]) * size
        if np.isfinite(xy).all():
            yield Pose(xy, np.array([(p.x, p.y, p.z) for p in world]), np.array([p.visibility for p in image], dtype=np.float64))
