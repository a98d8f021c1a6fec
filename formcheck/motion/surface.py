"""How the trunk's surface moves in the picture: sparse pyramidal Lucas-Kanade against a key picture, in a grid of cells.

A surface point at depth r in front of the axis of a turn moves by r·sin(turn) in the picture, a joint on the axis does not:
that is why the skin and the clothes tell of a roll of the pelvis that landmarks do not show. Points are followed from a key
picture that is renewed about once a second: their errors do not add up from frame to frame. This module knows pixels and
cells only; what a motion means is the exercises' business.
"""

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.frames import CameraMotion, Floats, Frame, Image, PoseFrame, SurfaceFrame
from formcheck.motion.background import Background
from formcheck.motion.cells import BANDS, CELLS, COLUMNS, cell_medians, cells_of, filled, on_arm, outline
from formcheck.motion.quad import Quad, QuadFollower
from formcheck.motion.view import View, in_picture

POINTS = 200
KEY_S = 1.0
"""A key picture is renewed after this time: clothes fold, the light on them changes."""
TURNING_KEY_S = 0.05
"""The same for people who turn upright: a patch that turns out of the picture soon looks unlike its key."""
KEPT = 0.5
"""Sooner, where fewer than this share of its points are still found,"""
FAR = 0.08
"""or where the surface has moved by this much, torso lengths."""
RESTART_S = 0.7
"""After a gap in frames longer than this the tracks are dropped."""
ROUND_TRIP_PX = 0.5
"""A point tracked to this frame and back again must land this near its origin."""
Floats32: TypeAlias = NDArray[np.float32]
WINDOW_PX = 17
_ENOUGH = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 12, 0.02)


@dataclass(slots=True, eq=False)
class _Key:
    """The picture that points are followed from, and the points."""

    taken_s: float
    view: View
    grey: Image
    quad: Quad
    camera: CameraMotion
    points: Floats
    """(n, 2) px in the key picture."""
    cell: NDArray[np.int64]
    now: Floats
    """(n, 2) px in the newest picture, where they were last found."""


class TrunkSurface:
    """Frame, PoseFrame -> SurfaceFrame. Holds one person's tracks; use one for each stream."""

    def __init__(self, key_s: float = KEY_S) -> None:
        """key_s: how long a key picture serves."""
        self._key_s = key_s
        self._follower = QuadFollower()
        self._background = Background()
        self._key: _Key | None = None
        self._image: Image | None = None
        self._last_s = -np.inf
        self._sum = np.zeros((CELLS, 2))
        """Up to the key picture."""

    def update(self, frame: Frame, pose: PoseFrame) -> SurfaceFrame:
        camera = self._background.update(frame, pose)
        quad = self._follower.update(frame.timestamp_s, pose.image_xy)
        seen = quad is not None and in_picture(quad, frame.size)
        if not seen or frame.timestamp_s - self._last_s > RESTART_S:
            self._key = None
        if quad is None or not seen:
            return _nothing(frame, camera)
        if self._key is None:
            moved, counts, spread, kept = np.zeros((CELLS, 2)), np.zeros(CELLS, np.int64), np.full(CELLS, np.nan), 0.0
        else:
            moved, counts, spread, kept = self._follow(self._key, frame, pose, camera)
        self._last_s = frame.timestamp_s
        shift = np.where(counts[:, None] > 0, self._sum + moved, np.nan)
        old = self._key
        if (
            old is None
            or frame.timestamp_s - old.taken_s > self._key_s
            or kept < KEPT
            or np.abs(moved).max() > FAR
            or not old.view.holds(quad, frame.size)
        ):
            self._sum = self._sum + moved
            self._key = _key(frame, quad, pose, camera)
        grid = (BANDS, COLUMNS)
        return SurfaceFrame(frame.timestamp_s, shift.reshape(*grid, 2), counts.reshape(grid), spread.reshape(grid), camera)

    def _follow(
        self, key: _Key, frame: Frame, pose: PoseFrame, camera: CameraMotion
    ) -> tuple[Floats, NDArray[np.int64], Floats, float]:
        """(cells, 2) how far the surface has moved since the key picture, torso lengths; (cells,) points; (cells,) their spread;
        the share of points that were found."""
        if not len(key.points):
            return np.zeros((CELLS, 2)), np.zeros(CELLS, np.int64), np.full(CELLS, np.nan), 0.0
        grey = key.view.cut(frame.grey)
        start = key.view.inward(key.points).astype(np.float32)[:, None]
        guess = key.view.inward(key.now).astype(np.float32)[:, None]
        there, found = _flow(key.grey, grey, start, guess, levels=2)
        back, returned = _flow(grey, key.grey, there, None, levels=2)
        good = found & returned & (np.linalg.norm(back - start, axis=2)[:, 0] < ROUND_TRIP_PX)
        now = key.view.outward(there[:, 0].astype(np.float64))
        key.now = np.where(good[:, None], now, key.now)
        good &= ~on_arm(now, pose.image_xy, key.quad.length)
        steps = (camera.undone(now[good]) - key.camera.undone(key.points[good])) @ key.quad.axes.T / key.quad.length
        cell = key.cell[good]
        counts = np.bincount(cell, minlength=CELLS)
        median = np.stack([cell_medians(steps[:, i], cell, counts) for i in (0, 1)], axis=1)
        spread = 1.4826 * cell_medians(np.linalg.norm(steps - median[cell], axis=1), cell, counts)
        moved = filled(median, steps) if len(steps) else np.zeros((CELLS, 2))
        return moved, counts, spread, float(good.mean())


def _key(frame: Frame, quad: Quad, pose: PoseFrame, camera: CameraMotion) -> _Key:
    view = View.of(quad, frame.size)
    grey = view.cut(frame.grey)
    free = np.zeros(grey.shape, np.uint8)
    cv2.fillPoly(free, [view.inward(outline(quad)).round().astype(np.int32)], 255)
    gap = max(3, round(0.035 * quad.length * view.scale))
    found = cv2.goodFeaturesToTrack(grey, POINTS, 0.01, gap, mask=free, blockSize=7)
    points = view.outward(np.reshape(() if found is None else found, (-1, 2)).astype(np.float64))
    cell = cells_of(quad, points)
    good = (cell >= 0) & ~on_arm(points, pose.image_xy, quad.length)
    return _Key(frame.timestamp_s, view, grey, quad, camera, points[good], cell[good], points[good])


def _nothing(frame: Frame, camera: CameraMotion) -> SurfaceFrame:
    grid = (BANDS, COLUMNS)
    blank = np.full(grid, np.nan)
    return SurfaceFrame(frame.timestamp_s, np.full((*grid, 2), np.nan), np.zeros(grid, np.int64), blank, camera)


def _flow(
    before: Image, after: Image, points: Floats32, guess: Floats32 | None, levels: int
) -> tuple[Floats32, NDArray[np.bool_]]:
    """(n, 1, 2) px where the points went, (n,) whether they were found. guess: where they may be."""
    there, found, _ = cv2.calcOpticalFlowPyrLK(
        before,
        after,
        points,
        np.array(points if guess is None else guess),
        winSize=(WINDOW_PX, WINDOW_PX),
        maxLevel=levels,
        criteria=_ENOUGH,
        flags=0 if guess is None else cv2.OPTFLOW_USE_INITIAL_FLOW,
    )
    return np.asarray(there, np.float32), found[:, 0] == 1
