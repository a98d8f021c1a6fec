"""Follows one person through a stream of frames with MediaPipe's Pose Landmarker.

MediaPipe follows whomever it saw first, so someone kneeling behind the person who lies may be tracked instead. Whenever a
person has to be found, all are detected in the single picture, one is chosen, and the tracker is shown only that one.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import cv2
import numpy as np

os.environ.setdefault("GLOG_minloglevel", "2")
with contextlib.redirect_stderr(None):
    import mediapipe as mp
from mediapipe.tasks.python import vision
from mediapipe.tasks.python.core.base_options import BaseOptions

from formcheck.frames import LANDMARKS, Floats, Frame, Image, PoseFrame
from formcheck.pose.person import TORSO, Chooser, lies

MAX_PEOPLE = 4
LOOK_AGAIN_S = 0.5
"""How often to look for a person when none is followed: finding all people costs several times a tracked frame."""


class PoseTracker:
    """Frame -> PoseFrame. Synchronous; use it from one thread."""

    def __init__(self, model: Path, choose: Chooser) -> None:
        self._model = model
        self.choose = choose
        self._finder = self._landmarker(vision.RunningMode.IMAGE, MAX_PEOPLE)
        self._tracker: vision.PoseLandmarker | None = None
        self._last: Floats | None = None
        self._people = 0
        self._searched_s = -np.inf
        self._clock_ms = -1

    def __enter__(self) -> "PoseTracker":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._finder.close()
        self._drop()

    def follow(self, choose: Chooser) -> None:
        """Choose anew, by another rule, from the next frame on."""
        self.choose = choose
        self._drop()
        self._searched_s = -np.inf

    def process(self, frame: Frame) -> PoseFrame:
        rgb = cv2.cvtColor(frame.image, cv2.COLOR_BGR2RGB)
        result = None
        if self._tracker is not None:
            result = self._track(rgb, frame.timestamp_s)
            if result is None or self._strayed(result.image_xy):
                self._drop()
                self._searched_s = -np.inf
                result = None
        if self._tracker is None and frame.timestamp_s - self._searched_s >= LOOK_AGAIN_S:
            self._searched_s = frame.timestamp_s
            result = self._find(rgb, frame.timestamp_s)
        if result is None:
            return PoseFrame.nobody(frame)
        self._last = result.image_xy
        height, width = rgb.shape[:2]
        return PoseFrame(
            frame.index, frame.timestamp_s, (width, height), result.image_xy, result.world_xyz, result.visibility, self._people
        )

    def _find(self, rgb: Image, timestamp_s: float) -> "_Pose | None":
        size = (rgb.shape[1], rgb.shape[0])
        found = self._everybody(rgb)
        self._people = len(found)
        chosen = self.choose([pose.image_xy for pose in found], size)
        if chosen is None:
            return None
        shown = _without(rgb, [pose.image_xy for i, pose in enumerate(found) if i != chosen], found[chosen].image_xy)
        self._tracker = self._landmarker(vision.RunningMode.VIDEO, 1)
        self._last = found[chosen].image_xy
        result = self._track(shown, timestamp_s)
        if result is None or self._strayed(result.image_xy):
            self._drop()
            return found[chosen]
        return result

    def _everybody(self, rgb: Image) -> "list[_Pose]":
        """All people in the picture. The detector knows upright people best and often returns one of two: the picture is
        also shown to it on either side, and those found are painted over before it is asked again."""
        found: list[_Pose] = []
        for turn in (0, 1, 3):
            shown = np.ascontiguousarray(np.rot90(_without(rgb, [pose.image_xy for pose in found]), turn))
            size = (shown.shape[1], shown.shape[0])
            for pose in _poses(self._finder.detect(_mp_image(shown)), size):
                upright = _turn_back(pose, turn, size)
                if not any(_same(upright.image_xy, known.image_xy) for known in found):
                    found.append(upright)
        return found[:MAX_PEOPLE]

    def _track(self, rgb: Image, timestamp_s: float) -> "_Pose | None":
        assert self._tracker is not None
        self._clock_ms = max(self._clock_ms + 1, round(timestamp_s * 1000))  # MediaPipe refuses a time that does not rise
        result = self._tracker.detect_for_video(_mp_image(rgb), self._clock_ms)
        return next(_poses(result, (rgb.shape[1], rgb.shape[0])), None)

    def _strayed(self, xy: Floats) -> bool:
        """Whether the tracker has jumped to somebody else since the last frame."""
        if self._last is None:
            return False
        before, now = self._last[list(TORSO)], xy[list(TORSO)]
        jump = np.linalg.norm(now.mean(axis=0) - before.mean(axis=0))
        scale = np.linalg.norm(np.ptp(before, axis=0))
        return bool(jump > 0.6 * scale or lies(xy) != lies(self._last) and jump > 0.3 * scale)

    def _drop(self) -> None:
        if self._tracker is not None:
            self._tracker.close()
        self._tracker = None
        self._last = None

    def _landmarker(self, mode: vision.RunningMode, people: int) -> vision.PoseLandmarker:
        options = vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(self._model)), running_mode=mode, num_poses=people
        )
        return vision.PoseLandmarker.create_from_options(options)


class _Pose:
    def __init__(self, image_xy: Floats, world_xyz: Floats, visibility: Floats) -> None:
        self.image_xy, self.world_xyz, self.visibility = image_xy, world_xyz, visibility


def _poses(result: vision.PoseLandmarkerResult, size: tuple[int, int]) -> Iterator[_Pose]:
    for image, world in zip(result.pose_landmarks, result.pose_world_landmarks, strict=True):
        if len(image) != LANDMARKS:
            continue
        xy = np.array([(p.x, p.y) for p in image]) * size
        if np.isfinite(xy).all():
            yield _Pose(xy, np.array([(p.x, p.y, p.z) for p in world]), np.array([p.visibility for p in image], dtype=np.float64))


def _mp_image(rgb: Image) -> mp.Image:
    return mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)


def _same(a: Floats, b: Floats) -> bool:
    """Whether two poses are of one person: most landmarks lie close together."""
    scale = np.linalg.norm(np.ptp(b[list(TORSO)], axis=0))
    return bool(np.median(np.linalg.norm(a - b, axis=1)) < 0.35 * scale)


def _without(rgb: Image, others: list[Floats], keep: Floats | None = None) -> Image:
    """The picture with the others painted over, but not where the one to keep is."""
    if not others:
        return rgb
    cover = np.zeros(rgb.shape[:2], np.uint8)
    for xy in others:
        cover |= _silhouette(xy, rgb.shape)
    if keep is not None:
        cover[_silhouette(keep, rgb.shape) > 0] = 0
    shown = rgb.copy()
    shown[cover > 0] = np.median(rgb.reshape(-1, 3), axis=0)
    return shown


def _turn_back(pose: _Pose, turn: int, size: tuple[int, int]) -> _Pose:
    """A pose seen in a picture turned counter-clockwise by `turn` quarters, in the coordinates of the upright one."""
    xy, xyz = pose.image_xy.copy(), pose.world_xyz.copy()
    width, height = size
    for _ in range(turn):  # one quarter clockwise
        xy = np.stack([height - 1 - xy[:, 1], xy[:, 0]], axis=1)
        xyz = np.stack([-xyz[:, 1], xyz[:, 0], xyz[:, 2]], axis=1)
        width, height = height, width
    return _Pose(xy, xyz, pose.visibility)


def _silhouette(xy: Floats, shape: tuple[int, ...]) -> Image:
    """1 where the person's head and trunk are, roughly. Limbs are left out: they may cross somebody else."""
    mask = np.zeros(shape[:2], np.uint8)
    p = xy.astype(np.int32)
    scale = float(np.linalg.norm(np.ptp(xy[list(TORSO)], axis=0)))
    cv2.fillConvexPoly(mask, cv2.convexHull(p[list(TORSO)]), 1)
    cv2.circle(mask, p[:11].mean(axis=0).astype(int).tolist(), max(3, int(0.35 * scale)), 1, -1)
    return mask
