"""By how much the camera is tilted about its line of sight, told from the long straight edges of the room.

Edges that are upright in the room run to one point far below or above the picture; the line from the picture's middle to that
point is plumb. Level edges of a wall that faces the camera run to a point far aside on the horizon. Neither kind alone is to be
trusted: slanted posts of a treadmill, a door in perspective, boards of a floor. So a tilt is said only where upright and level
edges agree on one, no other explains them nearly as well, and several pictures say the same.
"""

import math
import statistics
from collections import deque
from dataclasses import dataclass

import cv2
import numpy as np

from formcheck.frames import Floats, Frame, Image, PoseFrame

SIDE_PX = 480
"""A larger picture is shrunk until its smaller side has so many px."""
LEAST_LENGTH, MOST_LENGTH = 0.08, 0.5
"""Shares of the smaller side: shorter edges are left out, longer ones count no more."""
STEEP_DEG = 20.0
"""An edge farther from upright (or from level) than this is neither."""
AGREE_DEG = 0.45
"""An edge that differs by so much from what a tilt asks of it counts a third of one that fits."""
MOST_DEG = 8.0
FOCAL = 0.78
"""Focal length over the picture's longer side: a phone's usual lens. Only where the horizon lies depends on it."""
LEAST_UPRIGHT, LEAST_LEVEL = 0.8, 0.7
"""Lengths of edges that agree, in smaller sides of the picture."""
RIVAL, APART_DEG = 0.82, 1.2
"""A tilt farther than this from the best one must be worse by this factor, or nothing is said. With these limits nine of 40
rendered empty gyms were read, 0.15 degrees off on average, 0.8 at most; those that were left out were up to 6 degrees off."""
SOON_S, OFTEN_S, SELDOM_S = 4.0, 0.5, 2.0
"""Looked for this often in the first seconds, and later."""
READINGS, LEAST_READINGS, SAME_DEG = 7, 3, 0.7
"""So many of the last readings must say the same, within this."""
MARGIN = 0.08
"""Of the body's height, to be left out about it: arms and trousers have straight edges, too."""

_TILTS = np.arange(-MOST_DEG, MOST_DEG + 0.01, 0.2)
_PITCHES = np.linspace(-0.3, 0.3, 25)
"""The camera's pitch: tangent over FOCAL."""
_TURNS = np.linspace(-0.15, 0.15, 11)
"""How the wall is turned away, the same way. A wall that is turned farther tells no level edges."""


@dataclass(frozen=True, slots=True)
class _Edges:
    """Edges of one kind; places from the picture's middle on, in longer sides."""

    x: Floats
    y: Floats
    deg: Floats
    """By which they lean to the left going up, or rise to the right: the tilt, seen in the middle."""
    weight: Floats


class CameraLevel:
    """Frame, PoseFrame -> degrees by which what is upright leans to the left in the picture; NaN while it is not known.

    A picture that is looked at costs about 30 ms.
    """

    def __init__(self) -> None:
        self._lines = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD)
        self._began_s: float | None = None
        self._looked_s = -math.inf
        self._readings: deque[float] = deque(maxlen=READINGS)

    def update(self, frame: Frame, pose: PoseFrame) -> float:
        now_s = frame.timestamp_s
        self._began_s = now_s if self._began_s is None else self._began_s
        every_s = OFTEN_S if now_s - self._began_s < SOON_S else SELDOM_S
        if now_s - self._looked_s >= every_s:
            self._looked_s = now_s
            self._readings.append(self._read(frame.grey, pose))
        return self._agreed()

    def _agreed(self) -> float:
        known = [deg for deg in self._readings if math.isfinite(deg)]
        if len(known) < max(LEAST_READINGS, len(self._readings) / 2):
            return math.nan
        middle = statistics.median(known)
        return middle if sum(abs(deg - middle) <= SAME_DEG for deg in known) >= 0.8 * len(known) else math.nan

    def _read(self, grey: Image, pose: PoseFrame) -> float:
        scale = min(1.0, SIDE_PX / min(grey.shape))
        small = grey if scale == 1.0 else cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        found: object = self._lines.detect(np.asarray(small, np.uint8))[0]
        ends = np.reshape(() if found is None else np.asarray(found, np.float64), (-1, 4))
        ends = _outside(ends, pose, scale)
        return tilt_of(ends, (small.shape[1], small.shape[0]))


def tilt_of(ends: Floats, size: tuple[int, int]) -> float:
    """The tilt that edges (n, 4) px in a picture of this width and height show, degrees; NaN where they show none surely."""
    upright, level = _upright(ends, size), _level(ends, size)
    if upright.weight.sum() < LEAST_UPRIGHT or level.weight.sum() < LEAST_LEVEL:
        return math.nan
    of_upright = _fits(upright, _upright_deg(upright))
    of_level = _fits(level, _level_deg(level))
    most_level = of_level.max(axis=2)
    both = of_upright + most_level - np.abs(_PITCHES)  # of two that fit alike the more level camera
    at, pitch = np.unravel_index(int(np.argmax(both)), both.shape)
    rivals = both[np.abs(_TILTS - _TILTS[at]) > APART_DEG]
    sure = of_upright[at, pitch] >= LEAST_UPRIGHT and most_level[at, pitch] >= LEAST_LEVEL
    if not sure or rivals.max() > RIVAL * both[at, pitch]:
        return math.nan
    wall = int(np.argmax(of_level[at, pitch]))
    off_upright = upright.deg - _upright_deg(upright)[at, pitch]
    off_level = level.deg - _level_deg(level)[at, pitch, wall]
    off = np.concatenate([off_upright, off_level])
    near = np.concatenate([upright.weight, level.weight]) * np.exp(-((off / AGREE_DEG) ** 2))
    return float(_TILTS[at] + (near * off).sum() / near.sum())


def _outside(ends: Floats, pose: PoseFrame, scale: float) -> Floats:
    """Those of the edges whose middle is not on the person."""
    body = pose.image_xy[np.isfinite(pose.image_xy).all(axis=1)] * scale
    if not len(body):
        return ends
    low, high = body.min(axis=0), body.max(axis=0)
    margin = MARGIN * float(high[1] - low[1])
    middle = (ends[:, :2] + ends[:, 2:]) / 2
    inside = ((middle > low - margin) & (middle < high + margin)).all(axis=1)
    return np.asarray(ends[~inside], np.float64)


def _upright(ends: Floats, size: tuple[int, int]) -> _Edges:
    way = ends[:, 2:] - ends[:, :2]
    way = way * np.where(way[:, 1:] < 0, -1.0, 1.0)
    return _chosen(ends, size, np.degrees(np.arctan2(way[:, 0], way[:, 1])))


def _level(ends: Floats, size: tuple[int, int]) -> _Edges:
    way = ends[:, 2:] - ends[:, :2]
    way = way * np.where(way[:, :1] < 0, -1.0, 1.0)
    return _chosen(ends, size, np.degrees(np.arctan2(-way[:, 1], way[:, 0])))


def _chosen(ends: Floats, size: tuple[int, int], deg: Floats) -> _Edges:
    lengths = np.hypot(*(ends[:, 2:] - ends[:, :2]).T) / min(size)
    x, y = (((ends[:, :2] + ends[:, 2:]) - size) / 2 / max(size)).T
    kept = (lengths >= LEAST_LENGTH) & (np.abs(deg) < STEEP_DEG)
    return _Edges(x[kept], y[kept], deg[kept], np.minimum(lengths[kept], MOST_LENGTH))


def _upright_deg(edges: _Edges) -> Floats:
    """(tilts, pitches, n) how an upright edge at each place would lean."""
    tilt, pitch = _TILTS[:, None, None], _PITCHES[None, :, None]
    return np.asarray(np.degrees(np.arctan2(np.tan(np.radians(tilt)) - edges.x * pitch, 1 - edges.y * pitch)), np.float64)


def _level_deg(edges: _Edges) -> Floats:
    """(tilts, pitches, turns, n) how a level edge of a wall at each place would rise."""
    tilt, pitch, turn = _TILTS[:, None, None, None], _PITCHES[None, :, None, None], _TURNS[None, None, :, None]
    cos, sin = np.cos(np.radians(tilt)), np.sin(np.radians(tilt))
    across, down = edges.x * cos - edges.y * sin, edges.x * sin + edges.y * cos
    horizon = -pitch * FOCAL**2
    return np.asarray(tilt + np.degrees(np.arctan((down - horizon) * turn / (1 - across * turn))), np.float64)


def _fits(edges: _Edges, asked: Floats) -> Floats:
    """How much of the edges agrees with what is asked of them: asked less its last axis."""
    return np.asarray((edges.weight * np.exp(-(((edges.deg - asked) / AGREE_DEG) ** 2))).sum(axis=-1), np.float64)
