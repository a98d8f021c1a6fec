"""How the camera moved: shift, turn and zoom of the still background, tracked against one reference picture at a time."""

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.frames import STILL_CAMERA, CameraMotion, Floats, Frame, Image, PoseFrame

POINTS = 60
LEAST_POINTS = 8
LEAST_CORNER = 3e-5
"""Of cv2.cornerMinEigenVal at a point worth following: a contrast of about two of 255 shades. Grain on a plain wall made at most
2e-5 of the eighth strongest point, in seven real films; what stands in a room, rendered in the dark too, 1e-4 and more."""
LEAST_AGREEING = 0.5
"""Share of the points that must move as one: the rest may be a television, a cat, somebody walking past."""
AGREE_PX = 0.6
STILL_PX = 0.12
"""In the small picture: what stays below is noise, and the camera is held still."""
RENEW_S = 8.0
"""Light changes: take a new reference this often."""
FAR = 0.12
"""Share of the picture's width: a picture that moved farther needs a new reference."""
WINDOW, BROAD = (13, 13), (31, 31)
Floats32: TypeAlias = NDArray[np.float32]


class Background:
    """Frame, PoseFrame -> CameraMotion. It is exactly constant while the camera stands still."""

    def __init__(self) -> None:
        self._reference: Image | None = None
        self._points = np.empty((0, 1, 2), np.float32)
        self._taken_s = -np.inf
        self._before: Floats = np.eye(3)
        self._back: Floats = np.eye(3)
        """The camera's motion up to the reference, in px of the small picture, and its inverse."""
        self._now = np.eye(3)

    def update(self, frame: Frame, pose: PoseFrame) -> CameraMotion:
        small, scale = frame.small
        grey = _without_shade(small)
        known = True
        if self._reference is not None and self._reference.shape != grey.shape:
            self._reference, self._before, self._back, self._now = None, np.eye(3), np.eye(3), np.eye(3)
        if self._reference is not None and len(self._points) >= LEAST_POINTS:
            known = self._follow(self._reference, grey)
        moved = self._since_reference()
        far = np.abs(moved[:2, 2]).max() > FAR * grey.shape[1]
        if not known or far or frame.timestamp_s - self._taken_s > RENEW_S or len(self._points) < LEAST_POINTS:
            self._renew(grey, pose, scale, frame.timestamp_s)
        if known and not (self._now != np.eye(3)).any():
            return STILL_CAMERA
        full = np.diag([1 / scale, 1 / scale, 1.0]) @ self._now @ np.diag([scale, scale, 1.0])
        return CameraMotion(full[:2], known)

    def _follow(self, reference: Image, grey: Image) -> bool:
        """Whether the background's points were found again, and agree."""
        moved = self._since_reference()
        guess = cv2.transform(self._points, moved[:2]).astype(np.float32)
        there, found, _ = cv2.calcOpticalFlowPyrLK(
            reference, grey, self._points, guess, winSize=WINDOW, maxLevel=1, flags=cv2.OPTFLOW_USE_INITIAL_FLOW
        )
        good = found[:, 0] == 1
        if good.sum() < max(LEAST_POINTS, 0.4 * len(self._points)):
            return False
        step = _as_one(self._points[good][:, 0], there[good][:, 0])
        if step is None:
            return False
        now = np.vstack([step, [0.0, 0.0, 1.0]]) @ self._before
        if _apart(now, self._now, grey) > STILL_PX:
            self._now = now
        return True

    def _since_reference(self) -> Floats:
        """(3, 3) how the camera has moved since the reference."""
        if self._now is self._before:
            return np.eye(3)
        return self._now @ self._back

    def _renew(self, grey: Image, pose: PoseFrame, scale: float, now_s: float) -> None:
        """Points anywhere but on the person."""
        free = np.full(grey.shape, 255, np.uint8)
        body = pose.image_xy[np.isfinite(pose.image_xy).all(axis=1)] * scale
        if len(body):
            margin = 0.12 * np.ptp(body, axis=0).max()
            low, high = (body.min(axis=0) - margin).clip(min=0).astype(int), (body.max(axis=0) + margin).clip(min=0).astype(int)
            free[low[1] : high[1] + 1, low[0] : high[0] + 1] = 0
        found, corners = cv2.goodFeaturesToTrackWithQuality(grey, POINTS, 0.03, 8, free)
        self._reference, self._taken_s = grey, now_s
        self._before = self._now
        self._back = np.linalg.inv(self._now).astype(np.float64)
        points = np.reshape(() if found is None else found, (-1, 1, 2)).astype(np.float32)
        self._points = points[np.reshape(() if corners is None else corners, -1) > LEAST_CORNER]


def _as_one(start: Floats32, end: Floats32) -> Floats | None:
    """(2, 3) the similarity by which most of the points (n, 2) moved; None where too few moved as one."""
    x, y = (start - start.mean(axis=0)).astype(np.float64).T
    to_x, to_y = (end - end.mean(axis=0)).astype(np.float64).T
    size = max(float(x @ x + y @ y), 1e-9)
    along, across = float(x @ to_x + y @ to_y) / size, float(x @ to_y - y @ to_x) / size
    turn = np.array([[along, -across], [across, along]])
    fit = np.column_stack([turn, end.mean(axis=0) - turn @ start.mean(axis=0)])
    off = (start @ turn.T + fit[:, 2] - end).astype(np.float64)
    if float((off * off).sum(axis=1).max()) < AGREE_PX**2:  # all agree: what RANSAC would find, in a sixth of the time
        return fit
    step, agree = cv2.estimateAffinePartial2D(start, end, method=cv2.RANSAC, ransacReprojThreshold=AGREE_PX, maxIters=200)
    return None if step is None or agree.mean() < LEAST_AGREEING else np.asarray(step, np.float64)


def _apart(one: Floats, other: Floats, grey: Image) -> float:
    """The largest distance between where two motions put a corner of the picture, px."""
    height, width = grey.shape
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]], np.float64).T
    return float(np.linalg.norm(((one - other) @ corners)[:2], axis=0).max())


def _without_shade(small: Image) -> Image:
    """The picture less its broad lights and shadows."""
    calm = cv2.GaussianBlur(small, (3, 3), 0.8)
    return np.asarray(cv2.addWeighted(calm, 1.0, cv2.blur(calm, BROAD), -1.0, 128.0), np.uint8)
