"""How the trunk's surface moves in the picture: sparse pyramidal Lucas-Kanade from frame to frame, in a grid of cells.

A surface point at depth r in front of the axis of a turn moves by r·sin(turn) in the picture, a joint on the axis does not:
that is why the skin and the clothes tell of a roll of the pelvis that landmarks do not show. This module knows pixels and
cells only; what a motion means is the exercises' business.
"""

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.frames import Floats, Frame, Image, PoseFrame, SurfaceFrame
from formcheck.frames import Landmark as L
from formcheck.motion.background import Background
from formcheck.motion.quad import Quad, QuadFollower

BANDS = 10
COLUMNS = 4
"""Bands: tenths of the torso from the hip line to the shoulders. Columns: from the person's right edge to the left."""
EDGE = 1.15
"""How far beyond the line of the joints the columns reach, in half widths."""
TORSO_PX = 150.0
"""Larger trunks are tracked in a smaller picture: cost does not grow with resolution."""
LEAST_TORSO_PX = 12.0
POINTS = 200
RESEED_S = 0.3
RESTART_S = 0.7
"""After a gap in frames longer than this the tracks are dropped."""
ROUND_TRIP_PX = 0.35
"""A point tracked to the next frame and back again must land this near its origin."""
ARM_WIDTH = 0.11
"""Half width of an arm, in torso lengths: no points on arms that lie across the trunk."""
Floats32: TypeAlias = NDArray[np.float32]
_UPPER_ENDS = [L.LEFT_SHOULDER, L.LEFT_ELBOW, L.LEFT_WRIST, L.RIGHT_SHOULDER, L.RIGHT_ELBOW, L.RIGHT_WRIST]
_LOWER_ENDS = [L.LEFT_ELBOW, L.LEFT_WRIST, L.LEFT_INDEX, L.RIGHT_ELBOW, L.RIGHT_WRIST, L.RIGHT_INDEX]
"""The bones of the arms and hands."""
WINDOW_PX = 17
CALM_PX = 0.6
"""Standard deviation of the blur against noise. More of it hides the cloth's fine structure: at 1.1 px bodies differ more."""
_ENOUGH = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 12, 0.02)


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """The part of the picture that is tracked in: a rectangle (x, y, width, height) of it, made smaller by `scale`."""

    rectangle: tuple[int, int, int, int]
    scale: float

    def holds(self, quad: Quad, size: tuple[int, int]) -> bool:
        """Whether the trunk is still well inside, and about as large as when this view was chosen."""
        x, y, width, height = self.rectangle
        low = np.maximum(quad.corners.min(axis=0) - 0.15 * quad.length, 0)
        high = np.minimum(quad.corners.max(axis=0) + 0.15 * quad.length, size)
        inside = bool((low >= (x, y)).all() and (high <= (x + width, y + height)).all())
        return inside and 0.75 < self.scale / _scale(quad) < 1.33

    def cut(self, image: Image, equalise: cv2.CLAHE) -> Image:
        """Grey, shrunk, calmed and contrast-equalised. Noise would pull Lucas-Kanade's steps toward zero."""
        x, y, width, height = self.rectangle
        grey = cv2.cvtColor(image[y : y + height, x : x + width], cv2.COLOR_BGR2GRAY)
        if self.scale < 1:
            grey = cv2.resize(grey, None, fx=self.scale, fy=self.scale, interpolation=cv2.INTER_AREA)
        return np.asarray(equalise.apply(cv2.GaussianBlur(grey, (3, 3), CALM_PX)), np.uint8)

    def inward(self, points: Floats) -> Floats:
        return (points - self.rectangle[:2]) * self.scale

    def outward(self, points: Floats) -> Floats:
        return points / self.scale + self.rectangle[:2]


class TrunkSurface:
    """Frame, PoseFrame -> SurfaceFrame. Holds one person's tracks; use one for each stream."""

    def __init__(self) -> None:
        self._follower = QuadFollower()
        self._background = Background()
        self._equalise = cv2.createCLAHE(clipLimit=3.0, tileGridSize=(4, 4))
        self._view: _View | None = None
        self._image: Image | None = None
        self._grey: Image | None = None
        self._points = np.empty((0, 2))
        self._seeded_s = -np.inf
        self._last_s = -np.inf
        self._sum = np.zeros((BANDS * COLUMNS, 2))

    def update(self, frame: Frame, pose: PoseFrame) -> SurfaceFrame:
        background = self._background.update(frame, pose)
        quad = self._follower.update(frame.timestamp_s, pose.image_xy)
        seen = quad is not None and _in_picture(quad, frame.image)
        if not seen or frame.timestamp_s - self._last_s > RESTART_S:
            self._drop()
        if quad is None or not seen:
            return self._result(frame, np.zeros(BANDS * COLUMNS, np.int64), background)
        grey = self._look(frame.image, quad)
        before, after = self._track(grey)
        cell = _cells(quad, after, pose.image_xy)
        before, after, cell = before[cell >= 0], after[cell >= 0], cell[cell >= 0]
        counts = self._add((after - before) @ quad.axes.T / quad.length, cell)
        self._points, self._grey, self._image, self._last_s = after, grey, frame.image, frame.timestamp_s
        if frame.timestamp_s - self._seeded_s > RESEED_S or len(after) < POINTS // 4:
            self._seed(grey, quad, pose.image_xy)
            self._seeded_s = frame.timestamp_s
        return self._result(frame, counts, background)

    def _drop(self) -> None:
        self._view = self._grey = self._image = None
        self._points = np.empty((0, 2))
        self._seeded_s = -np.inf

    def _look(self, image: Image, quad: Quad) -> Image:
        """The picture to track in. When the view moves, the last frame is looked at anew through it."""
        size = (image.shape[1], image.shape[0])
        if self._view is None or not self._view.holds(quad, size):
            self._view = _view(quad, size)
            if self._image is not None and self._image.shape == image.shape:
                self._grey = self._view.cut(self._image, self._equalise)
            else:
                self._grey, self._points = None, np.empty((0, 2))
        return self._view.cut(image, self._equalise)

    def _track(self, grey: Image) -> tuple[Floats, Floats]:
        """(n, 2), (n, 2) px: the points that were found again, where they were and where they are."""
        if self._view is None or self._grey is None or not len(self._points):
            return np.empty((0, 2)), np.empty((0, 2))
        start = self._view.inward(self._points).astype(np.float32)[:, None]
        there, found = _flow(self._grey, grey, start, levels=2)
        back, returned = _flow(grey, self._grey, there, levels=1)  # what lies further off is refused in any case
        good = found & returned & (np.linalg.norm(back - start, axis=2)[:, 0] < ROUND_TRIP_PX)
        return self._points[good], self._view.outward(there[good, 0].astype(np.float64))

    def _add(self, steps: Floats, cell: NDArray[np.int64]) -> NDArray[np.int64]:
        """Adds each cell's median step; a cell without points goes with its band, so that its sum does not jump later."""
        counts = np.bincount(cell, minlength=BANDS * COLUMNS)
        median = np.stack([_group_median(steps[:, i], cell, counts) for i in (0, 1)], axis=1)
        if len(steps):
            grid = median.reshape(BANDS, COLUMNS, 2)
            seen = np.isfinite(grid[..., :1])
            band = np.where(seen, grid, 0.0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
            empty = ~seen.any(axis=(1, 2))
            if empty.any():
                ordered = np.sort(steps, axis=0)  # np.median takes three times as long
                band[empty] = (ordered[(len(steps) - 1) // 2] + ordered[len(steps) // 2]) / 2
            self._sum += np.where(seen, grid, band[:, None]).reshape(-1, 2)
        return counts

    def _seed(self, grey: Image, quad: Quad, image_xy: Floats) -> None:
        assert self._view is not None
        free = np.zeros(grey.shape, np.uint8)
        across = quad.across
        half = 0.5 * np.linalg.norm(quad.corners[[0, 2]] - quad.corners[[1, 3]], axis=1).clip(min=0.1 * quad.length) * EDGE
        hips, shoulders = quad.hips, quad.shoulders
        outline = [hips - half[0] * across, hips + half[0] * across, shoulders + half[1] * across, shoulders - half[1] * across]
        cv2.fillPoly(free, [self._view.inward(np.array(outline)).round().astype(np.int32)], 255)
        gap = max(3, round(0.035 * quad.length * self._view.scale))
        for point in self._view.inward(self._points).round().astype(int).tolist():
            cv2.circle(free, point, gap, 0, -1)
        fresh = cv2.goodFeaturesToTrack(grey, POINTS, 0.01, gap, mask=free, blockSize=7)
        found = self._view.outward(np.reshape(() if fresh is None else fresh, (-1, 2)).astype(np.float64))
        self._points = np.concatenate([self._points, found[_cells(quad, found, image_xy) >= 0]])[-POINTS:]

    def _result(self, frame: Frame, counts: NDArray[np.int64], background: Floats) -> SurfaceFrame:
        shift = np.where(counts[:, None] > 0, self._sum, np.nan)
        grid = (BANDS, COLUMNS)
        return SurfaceFrame(frame.timestamp_s, shift.reshape(*grid, 2), counts.reshape(grid), background)


def _flow(before: Image, after: Image, points: Floats32, levels: int) -> tuple[Floats32, NDArray[np.bool_]]:
    """(n, 1, 2) px where the points went, (n,) whether they were found."""
    there, found, _ = cv2.calcOpticalFlowPyrLK(
        before, after, points, None, winSize=(WINDOW_PX, WINDOW_PX), maxLevel=levels, criteria=_ENOUGH
    )  # type: ignore[call-overload]
    return there, found[:, 0] == 1


def _in_picture(quad: Quad, image: Image) -> bool:
    """Whether enough of the trunk lies in the picture to track anything."""
    size = (image.shape[1], image.shape[0])
    inside = np.minimum(quad.corners.max(axis=0), size) - np.maximum(quad.corners.min(axis=0), 0)
    sound = LEAST_TORSO_PX <= quad.length <= 2 * max(size)
    return sound and bool((inside > 4).all()) and min(size) >= 4 * WINDOW_PX


def _scale(quad: Quad) -> float:
    return min(1.0, TORSO_PX / quad.length)


def _view(quad: Quad, size: tuple[int, int]) -> _View:
    low = np.maximum(np.floor(quad.corners.min(axis=0) - 0.4 * quad.length), 0).astype(int)
    high = np.minimum(np.ceil(quad.corners.max(axis=0) + 0.4 * quad.length), size).astype(int)
    low = np.minimum(low, np.maximum(high - 2 * WINDOW_PX, 0))
    width, height = high - low
    return _View((int(low[0]), int(low[1]), int(width), int(height)), _scale(quad))


def _cells(quad: Quad, points: Floats, image_xy: Floats) -> NDArray[np.int64]:
    """(n,) the cell of each point, -1 outside the trunk or on an arm."""
    place = quad.place(points)
    band = np.floor(place[:, 0] * BANDS).astype(np.int64)
    column = np.floor((place[:, 1] / EDGE + 1) / 2 * COLUMNS).astype(np.int64)
    cell = band * COLUMNS + column
    cell[(band < 0) | (band >= BANDS) | (column < 0) | (column >= COLUMNS)] = -1
    cell[_on_arm(points, image_xy, ARM_WIDTH * quad.length)] = -1
    return cell


def _on_arm(points: Floats, image_xy: Floats, near_px: float) -> NDArray[np.bool_]:
    """(n,) whether each point lies this near a bone of an arm, its first fifth left out: there an arm is part of the trunk."""
    start, end = image_xy[_UPPER_ENDS], image_xy[_LOWER_ENDS]
    bone = 0.8 * (end - start)
    offset = points[:, None] - (end - bone)
    share = (offset * bone).sum(axis=2) / np.maximum((bone * bone).sum(axis=1), 1e-9)
    off = offset - np.minimum(np.maximum(share, 0.0), 1.0)[..., None] * bone
    with np.errstate(invalid="ignore"):  # a bone that is not seen hides nothing
        return ((off * off).sum(axis=2) < near_px * near_px).any(axis=1)  # type: ignore[no-any-return]


def _group_median(values: Floats, group: NDArray[np.int64], counts: NDArray[np.int64]) -> Floats:
    """(groups,) the median of each group's values, NaN for an empty one."""
    out = np.full(len(counts), np.nan)
    if len(values):
        ordered = values[np.lexsort((values, group))]
        first = np.cumsum(counts) - counts
        some = counts > 0
        low, high = (first + (counts - 1) // 2)[some], (first + counts // 2)[some]
        out[some] = (ordered[low] + ordered[high]) / 2
    return out
