"""Whether the camera was nudged: how the background moved in the picture, tracked against one still reference."""

import cv2
import numpy as np

from formcheck.frames import Floats, Frame, Image, PoseFrame

LEAST_WIDTH_PX = 200
POINTS = 40
LOOK_S = 0.12
"""A nudged camera moves for longer than this: not every frame need be looked at."""
RENEW_S = 8.0
"""Light changes: take a new reference this often."""
LEAST_POINTS = 8
NOISE_PX = 0.6
"""In the small picture: what stays below is not a nudge."""


class Background:
    """Frame, PoseFrame -> (2,) px, the background's motion so far. It is exactly constant while the camera stands still."""

    def __init__(self) -> None:
        self._reference: Image | None = None
        self._points = np.empty((0, 1, 2), np.float32)
        self._taken_s = -np.inf
        self._looked_s = -np.inf
        self._before = np.zeros(2)
        self._now = np.zeros(2)

    def update(self, frame: Frame, pose: PoseFrame) -> Floats:
        if frame.timestamp_s - self._looked_s < LOOK_S:
            return self._now.copy()
        self._looked_s = frame.timestamp_s
        grey, scale = _small(frame.image)
        if self._reference is not None and self._reference.shape == grey.shape and len(self._points) >= LEAST_POINTS:
            self._follow(self._reference, grey, scale)
        if self._reference is None or frame.timestamp_s - self._taken_s > RENEW_S or len(self._points) < LEAST_POINTS:
            self._renew(grey, pose, scale, frame.timestamp_s)
        return self._now.copy()

    def _follow(self, reference: Image, grey: Image, scale: float) -> None:
        guess = self._points + ((self._now - self._before) * scale).astype(np.float32)
        there, found, _ = cv2.calcOpticalFlowPyrLK(
            reference, grey, self._points, guess, winSize=(11, 11), maxLevel=2, flags=cv2.OPTFLOW_USE_INITIAL_FLOW
        )
        good = found[:, 0] == 1
        if good.sum() < LEAST_POINTS:
            self._points = self._points[:0]
            return
        steps = (there - self._points)[good, 0]
        shift = np.median(steps, axis=0)
        agree = np.linalg.norm(steps - shift, axis=1) < 0.5 * NOISE_PX
        if agree.mean() < 0.5:
            self._points = self._points[:0]
        elif np.linalg.norm(shift - (self._now - self._before) * scale) > NOISE_PX:
            self._now = self._before + shift / scale

    def _renew(self, grey: Image, pose: PoseFrame, scale: float, now_s: float) -> None:
        """Points anywhere but on the person."""
        free = np.full(grey.shape, 255, np.uint8)
        body = pose.image_xy[np.isfinite(pose.image_xy).all(axis=1)] * scale
        if len(body):
            margin = 0.15 * np.ptp(body, axis=0).max()
            low, high = (body.min(axis=0) - margin).clip(min=0).astype(int), (body.max(axis=0) + margin).clip(min=0).astype(int)
            free[low[1] : high[1] + 1, low[0] : high[0] + 1] = 0
        points = cv2.goodFeaturesToTrack(grey, POINTS, 0.05, 8, mask=free)
        self._reference, self._taken_s, self._before = grey, now_s, self._now
        self._points = np.reshape(() if points is None else points, (-1, 1, 2)).astype(np.float32)


def _small(image: Image) -> tuple[Image, float]:
    """A grey picture about LEAST_WIDTH_PX wide, and its scale: one over a whole number, at which OpenCV shrinks fastest."""
    height, width = image.shape[:2]
    times = max(1, min(width, height, width // LEAST_WIDTH_PX))
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)[: height // times * times, : width // times * times]
    small = cv2.resize(grey, (width // times, height // times), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (3, 3), 0.8), np.uint8), 1 / times
