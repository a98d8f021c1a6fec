"""How the waist tilts in the picture: the patch about it, registered in each picture against the mean of all patches so far.

The line between the hip landmarks says nothing of the pelvis' tilt (r 0.03 on rendered runners); the seam between shirt and
trousers does. Each patch is laid over the mean by a turn and a shift (enhanced correlation coefficient, Evangelidis and Psarakis
2008), then joins it. Only differences of the tilt mean something by themselves; the tilt of the mean patch against its own mirror
image is the zero, as far as clothes are the same on both sides.
"""

import math

import cv2
import numpy as np

from formcheck.frames import Floats, Frame, PoseFrame, WaistFrame
from formcheck.motion.surface import Floats32
from formcheck.signals import kinematics

TORSO_PX = 120.0
"""The picture is brought to this torso length: cost does not grow with resolution."""
BAND = (0.36, 0.08)
"""The patch's upper and lower edge, torso lengths above the line between the hip landmarks."""
HALF_WIDTH = 0.28
"""Torso lengths to each side: the waist without the arms beside it. With 0.36 arms and room pull the tilt toward zero."""
MARGIN = 0.22
"""Torso lengths about the patch that it is looked for in: landmarks lag behind a runner by 40 ms."""
CALM_PX = 1.0
LENGTH_S, MEAN_S = 1.0, 4.0
"""Time constants of the torso's length and of the mean patch: light and cloth change."""
FORGOTTEN_S = 1.0
"""A waist unseen for longer than this is taken up afresh, and its zero with it."""
ALIKE = 0.5
"""A patch less alike than this (correlation) was not found."""
FAR, TURNED_DEG = 0.2, 30.0
"""Nor one that would lie farther from the landmarks, torso lengths, or be turned more."""
COLOURED = 35.0
"""Grey levels between the colours above and below: from here on the patch is read along the line between them, else as grey."""
LEVEL_EVERY_S = 1.0
SYMMETRIC = 0.9
"""A mean patch less like its mirror image than this has no zero."""
SEAM_ROWS = 0.06
"""Torso lengths above and below a seam over which the colours are compared."""
LEAST_SEAM = 20.0
"""Grey levels by which they differ at least."""
_ENOUGH = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 30, 1e-4)
_WELL_ENOUGH = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 100, 1e-6)


class Waist:
    """Frame, PoseFrame -> WaistFrame. One person's; use one for each stream. About 0.5 ms a frame."""

    def __init__(self) -> None:
        self._size = (round(2 * HALF_WIDTH * TORSO_PX), round((BAND[0] - BAND[1]) * TORSO_PX))
        """(width, height) px of the patch."""
        self._margin = round(MARGIN * TORSO_PX)
        self._last_s = -math.inf
        self._begin()

    def _begin(self) -> None:
        self._mean: Floats32 | None = None
        self._patches = 0
        self._length = math.nan
        self._guess = np.eye(2, 3, dtype=np.float32)
        self._looked_s = -math.inf
        self._level = self._seam = math.nan

    def update(self, frame: Frame, pose: PoseFrame) -> WaistFrame:
        now_s = frame.timestamp_s
        hips, length = kinematics.mid_hip(pose.image_xy), kinematics.torso_length(pose.image_xy)
        if now_s - self._last_s > FORGOTTEN_S:
            self._begin()
        if not (length > 0 and np.isfinite(hips).all()):
            return WaistFrame(now_s)
        passed_s = max(0.0, now_s - self._last_s) if math.isfinite(self._length) else math.inf
        share = min(1.0, passed_s / LENGTH_S)
        self._length = length if share == 1.0 else self._length + share * (length - self._length)
        cut = self._cut(frame, hips)
        if self._mean is None:
            width, height = self._size
            self._mean = cut[self._margin : self._margin + height, self._margin : self._margin + width].copy()
            self._patches, self._last_s, self._guess = 1, now_s, self._unmoved()
            return WaistFrame(now_s)
        found = self._register(self._mean, cut)
        if found is None:
            self._guess = self._unmoved()
            return WaistFrame(now_s)
        alike, self._guess = found
        self._last_s = now_s
        self._join(cut, max(0.0, passed_s))
        if now_s - self._looked_s >= LEVEL_EVERY_S:
            self._looked_s = now_s
            self._level, self._seam = _level_deg(self._mean), _seam(self._mean)
        return WaistFrame(now_s, -_turn_deg(self._guess), alike, self._level, self._seam)

    def _unmoved(self) -> Floats32:
        return np.array([[1, 0, self._margin], [0, 1, self._margin]], np.float32)

    def _cut(self, frame: Frame, hips: Floats) -> Floats32:
        """The patch and its margin, at TORSO_PX, calmed."""
        scale = TORSO_PX / self._length
        width, height = self._size[0] + 2 * self._margin, self._size[1] + 2 * self._margin
        x, y = width / 2, self._margin + BAND[0] * TORSO_PX
        onto = np.array([[scale, 0, x - scale * hips[0]], [0, scale, y - scale * hips[1]]])
        cut = cv2.warpAffine(frame.image, onto, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return cv2.GaussianBlur(cut, (0, 0), CALM_PX).astype(np.float32)

    def _register(self, mean: Floats32, cut: Floats32) -> tuple[float, Floats32] | None:
        """How alike, and where the mean patch lies in `cut`: (2, 3)."""
        channel = _channel(mean)
        try:
            alike, found = cv2.findTransformECC(mean @ channel, cut @ channel, self._guess.copy(), cv2.MOTION_EUCLIDEAN, _ENOUGH)
        except cv2.error:  # it found no overlap: nothing there, or all of one colour
            return None
        where = np.asarray(found, np.float32)
        middle = np.array([*self._size, 0.0]) / 2 + (0, 0, 1)
        shift = where @ middle - middle[:2] - self._margin
        if not alike >= ALIKE or np.abs(shift).max() > FAR * TORSO_PX or abs(_turn_deg(where)) > TURNED_DEG:
            return None
        return float(alike), where

    def _join(self, cut: Floats32, passed_s: float) -> None:
        assert self._mean is not None
        laid = cv2.warpAffine(
            cut,
            self._guess,
            self._size,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        self._patches += 1
        self._mean += (laid - self._mean) * np.float32(max(1 / self._patches, min(1.0, passed_s / MEAN_S)))


def _turn_deg(matrix: Floats32) -> float:
    """Clockwise, as a picture is seen."""
    return math.degrees(math.atan2(matrix[1, 0], matrix[0, 0]))


def _channel(patch: Floats32) -> Floats32:
    """(3,) the colours' mixture in which shirt and trousers differ most."""
    fifth = max(1, len(patch) // 5)
    between = patch[:fifth].mean(axis=(0, 1)) - patch[-fifth:].mean(axis=(0, 1))
    size = float(np.linalg.norm(between))
    return np.asarray(between / size if size > COLOURED else np.full(3, 1 / 3), np.float32)


def _level_deg(mean: Floats32) -> float:
    """The mean patch's own tilt, + where its right side is higher: half the turn between it and its mirror image."""
    grey = mean @ _channel(mean)
    edge, side = len(grey) // 6, grey.shape[1] // 10
    mirrored = np.ascontiguousarray(grey[edge:-edge, ::-1][:, side:-side])
    guess = np.array([[1, 0, side], [0, 1, edge]], np.float32)
    try:
        alike, turn = cv2.findTransformECC(mirrored, grey, guess, cv2.MOTION_EUCLIDEAN, _WELL_ENOUGH)
    except cv2.error:
        return math.nan
    return -_turn_deg(np.asarray(turn, np.float32)) / 2 if alike >= SYMMETRIC else math.nan


def _seam(mean: Floats32) -> float:
    """Where the colours of the middle of the patch change most from above to below, torso lengths above the hip landmarks."""
    quarter = mean.shape[1] // 4
    rows = mean[:, quarter:-quarter].mean(axis=1)
    reach = round(SEAM_ROWS * TORSO_PX)
    sums = np.vstack([np.zeros((1, 3)), np.cumsum(rows, axis=0)])
    above = (sums[reach:-reach] - sums[: -2 * reach]) / reach
    below = (sums[2 * reach :] - sums[reach:-reach]) / reach
    steps = np.linalg.norm(above - below, axis=1)
    at = int(np.argmax(steps))
    return BAND[0] - (at + reach) / TORSO_PX if steps[at] > LEAST_SEAM else math.nan
