"""How the outer edge of a runner's stance leg bends at the knee in the picture, seen from behind.

Landmarks show half of what one knee differs from the other (gain 0.56 between rendered runners): they know how legs usually are.
The edge of the leg is seen as it is. How thigh and calf bulge is in its bend as well, and is the same on both legs, so only left
less right means something.
"""

import math
from collections import deque

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from formcheck.frames import Floats, Frame, LegFrame, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.motion.surface import Floats32
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.body import LAG_S, LEG

ROWS = np.linspace(0.35, 1.65, 26)
"""Where the edge is looked for: 0 at the hip's landmark, 1 at the knee's, 2 at the ankle's. Lower, the other shoe hides it."""
COLUMNS = np.linspace(-1.0, 0.1, 45)
"""From the outside to the line of the joints, in WIDTHS."""
WIDTHS = (0.31, 0.21, 0.175)
"""Torso lengths that are looked at outward of hip, knee and ankle."""
REACH = 3
"""Columns by which the edge goes to the side from row to row at most."""
STIFF = 2.0
"""Grey levels that a column to the side must be worth."""
STEP = 3
"""The colours so many columns to each side are compared."""
MOST = 40.0
"""Steps in colour above this count no more: a rail behind the leg is not preferred to the leg."""
NEARER = 0.5
"""Share of the strongest step between here and the bone that counts against an edge: the first one from inside is the leg's."""
CLEAR = 5
"""Columns that such a step is nearer at least."""
NOT_HERE = -60.0
INNER = 6
"""Columns about the bone itself, where no edge is."""
EVERY_S = 0.025
"""A stance's middle is two looks wide at 30 looks a second."""
LEAST_LIFT = 0.04
"""Torso lengths by which the other ankle is higher: else neither leg stands."""
LEAST_STEP = 8.0
"""Grey levels of the edge in the middle: a leg as bright as what is behind it has no edge."""


class LegEdge:
    """Frame, PoseFrame -> LegFrame. Some 0.7 ms a frame in which a leg is looked at."""

    def __init__(self) -> None:
        self._held: deque[Frame] = deque()
        self._looked_s = -math.inf

    def update(self, frame: Frame, pose: PoseFrame) -> LegFrame:
        """The joints lag behind a runner: they are laid over the picture that they belong to."""
        self._held.append(frame)
        of_s = frame.timestamp_s - LAG_S
        while len(self._held) > 1 and abs(self._held[1].timestamp_s - of_s) <= abs(self._held[0].timestamp_s - of_s):
            self._held.popleft()
        if pose.timestamp_s - self._looked_s < EVERY_S:
            return LegFrame(pose.timestamp_s)
        self._looked_s = pose.timestamp_s
        return self._seen(self._held[0], pose)

    def _seen(self, frame: Frame, pose: PoseFrame) -> LegFrame:
        xy, torso = pose.image_xy, kinematics.torso_length(pose.image_xy)
        lift = float(xy[L.RIGHT_ANKLE][1] - xy[L.LEFT_ANKLE][1])
        width = float(xy[[L.LEFT_HIP, L.LEFT_SHOULDER], 0].sum() - xy[[L.RIGHT_HIP, L.RIGHT_SHOULDER], 0].sum())
        if not (torso > 0 and abs(lift) >= LEAST_LIFT * torso and width < 0):
            return LegFrame(pose.timestamp_s)
        side = Side.LEFT if lift < 0 else Side.RIGHT
        joints = xy[[*LEG[side]]]
        if not np.isfinite(joints).all() or not joints[0, 1] < joints[1, 1] < joints[2, 1]:
            return LegFrame(pose.timestamp_s)
        bend = _bend_deg(frame, joints, torso, -side.sign)
        return LegFrame(pose.timestamp_s, **{side.value: bend})


def _bend_deg(frame: Frame, joints: Floats, torso: float, outward: int) -> float:
    """outward: +1 where the leg's outside is at the picture's right."""
    at = np.arange(3)
    x, y = np.interp(ROWS, at, joints[:, 0]), np.interp(ROWS, at, joints[:, 1])
    width = torso * np.interp(ROWS, at, WIDTHS)
    across = (x[:, None] - outward * COLUMNS * width[:, None]).astype(np.float32)
    down = np.repeat(y[:, None], len(COLUMNS), 1).astype(np.float32)
    strip = cv2.remap(frame.image, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    steps = _steps(cv2.cvtColor(strip, cv2.COLOR_BGR2LAB).astype(np.float32))
    path = _path(steps)
    if float(np.median(steps[np.arange(len(ROWS)), path])) < LEAST_STEP:
        return math.nan
    edge = x - outward * width * np.interp(_between(steps, path), np.arange(len(COLUMNS)), COLUMNS)
    knee_y = float(joints[1, 1])
    lines = np.column_stack([np.ones_like(y), y - knee_y, np.maximum(0.0, y - knee_y)])
    slope = np.linalg.lstsq(lines, edge, rcond=None)[0][2]
    return math.degrees(math.atan(outward * float(slope)))


def _steps(strip: Floats32) -> Floats32:
    """(rows, columns) how much the colour changes across each place."""
    calm = cv2.GaussianBlur(strip, (0, 0), sigmaX=1.0, sigmaY=0.8)
    steps = np.zeros(strip.shape[:2], np.float32)
    steps[:, STEP:-STEP] = np.linalg.norm(calm[:, 2 * STEP :] - calm[:, : -2 * STEP], axis=2)
    return steps


def _path(steps: Floats32) -> Floats:
    """(rows,) columns of the edge: the way from top to bottom along the strongest steps."""
    worth = np.minimum(steps, MOST)
    inside = np.maximum.accumulate(worth[:, ::-1], axis=1)[:, ::-1]
    worth[:, :-CLEAR] -= NEARER * inside[:, CLEAR:]
    worth[:, :STEP] = worth[:, -INNER:] = NOT_HERE
    columns, toll = np.arange(steps.shape[1]), -STIFF * np.abs(np.arange(-REACH, REACH + 1))
    best, came_from = worth[0], []
    for row in worth[1:]:
        ways = sliding_window_view(np.pad(best, REACH, constant_values=-np.inf), 2 * REACH + 1) + toll
        chosen = ways.argmax(axis=1)
        came_from.append(columns + chosen - REACH)
        best = ways[columns, chosen] + row
    path = [int(best.argmax())]
    for before in reversed(came_from):
        path.append(int(before[path[-1]]))
    return np.array(path[::-1])


def _between(steps: Floats32, path: Floats) -> Floats:
    """(rows,) the same between the columns: the vertex of the parabola through three steps."""
    rows, at = np.arange(len(path)), np.clip(path, 1, steps.shape[1] - 2)
    left, here, right = steps[rows, at - 1], steps[rows, at], steps[rows, at + 1]
    bow = left + right - 2 * here
    peak = (bow < 0) & (here >= left) & (here >= right)
    shift = np.where(peak, (left - right) / (2 * np.where(peak, bow, 1.0)), 0.0)
    return np.asarray(path + shift)
