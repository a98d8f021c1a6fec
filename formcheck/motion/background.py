"""How the camera moved: shift, turn and zoom of the still background, tracked against one reference picture at a time."""

import cv2
import numpy as np

from formcheck.frames import STILL_CAMERA, CameraMotion, Floats, Frame, Image, PoseFrame

WIDTH_PX = 320
"""The picture is shrunk to about this width."""
POINTS = 60
LEAST_POINTS = 8
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


class Background:
    """Frame, PoseFrame -> CameraMotion. It is exactly constant while the camera stands still."""

    def __init__(self) -> None:
        self._reference: Image | None = None
        self._points = np.empty((0, 1, 2), np.float32)
        self._taken_s = -np.inf
        self._before = np.eye(3)
        """The camera's motion up to the reference, in px of the small picture."""
        self._now = np.eye(3)

    def update(self, frame: Frame, pose: PoseFrame) -> CameraMotion:
        grey, scale = _small(frame.image)
        known = True
        if self._reference is not None and self._reference.shape != grey.shape:
            self._reference, self._before, self._now = None, np.eye(3), np.eye(3)
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
        step, agree = cv2.estimateAffinePartial2D(
            self._points[good], there[good], method=cv2.RANSAC, ransacReprojThreshold=AGREE_PX, maxIters=200
        )
        if step is None or agree.mean() < LEAST_AGREEING:
            return False
        now = np.vstack([step, [0.0, 0.0, 1.0]]) @ self._before
        if _apart(now, self._now, grey) > STILL_PX:
            self._now = now
        return True

    def _since_reference(self) -> Floats:
        """(3, 3) how the camera has moved since the reference."""
        return self._now @ np.linalg.inv(self._before)

    def _renew(self, grey: Image, pose: PoseFrame, scale: float, now_s: float) -> None:
        """Points anywhere but on the person."""
        free = np.full(grey.shape, 255, np.uint8)
        body = pose.image_xy[np.isfinite(pose.image_xy).all(axis=1)] * scale
        if len(body):
            margin = 0.12 * np.ptp(body, axis=0).max()
            low, high = (body.min(axis=0) - margin).clip(min=0).astype(int), (body.max(axis=0) + margin).clip(min=0).astype(int)
            free[low[1] : high[1] + 1, low[0] : high[0] + 1] = 0
        points = cv2.goodFeaturesToTrack(grey, POINTS, 0.03, 8, mask=free)
        self._reference, self._taken_s, self._before = grey, now_s, self._now
        self._points = np.reshape(() if points is None else points, (-1, 1, 2)).astype(np.float32)


def _apart(one: Floats, other: Floats, grey: Image) -> float:
    """The largest distance between where two motions put a corner of the picture, px."""
    height, width = grey.shape
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]], np.float64).T
    return float(np.linalg.norm(((one - other) @ corners)[:2], axis=0).max())


def _small(image: Image) -> tuple[Image, float]:
    """A grey picture about WIDTH_PX wide less its broad lights and shadows, and its scale: one over a whole number, at which
    OpenCV shrinks fastest."""
    height, width = image.shape[:2]
    times = max(1, min(width, height, round(width / WIDTH_PX)))
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)[: height // times * times, : width // times * times]
    small = cv2.GaussianBlur(cv2.resize(grey, (width // times, height // times), interpolation=cv2.INTER_AREA), (3, 3), 0.8)
    return np.asarray(cv2.addWeighted(small, 1.0, cv2.blur(small, BROAD), -1.0, 128.0), np.uint8), 1 / times
