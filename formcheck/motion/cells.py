"""The grid of cells that the trunk is cut into, and which points lie where: bands along the trunk, columns across it."""

import numpy as np
from numpy.typing import NDArray

from formcheck.frames import Floats
from formcheck.frames import Landmark as L
from formcheck.motion.quad import Quad

BANDS = 10
COLUMNS = 4
"""Bands: tenths of the torso from the hip line to the shoulders. Columns: from the person's right edge to the left."""
CELLS = BANDS * COLUMNS
EDGE = 1.15
"""How far beyond the line of the joints the columns reach, in half widths."""
ARM_WIDTH = 0.11
"""Half width of an arm, in torso lengths: no points on arms that lie across the trunk."""
_UPPER_ENDS = [L.LEFT_SHOULDER, L.LEFT_ELBOW, L.LEFT_WRIST, L.RIGHT_SHOULDER, L.RIGHT_ELBOW, L.RIGHT_WRIST]
_LOWER_ENDS = [L.LEFT_ELBOW, L.LEFT_WRIST, L.LEFT_INDEX, L.RIGHT_ELBOW, L.RIGHT_WRIST, L.RIGHT_INDEX]
"""The bones of the arms and hands."""


def cells_of(quad: Quad, points: Floats) -> NDArray[np.int64]:
    """(n, 2) px -> (n,) the cell of each point, -1 outside the trunk."""
    place = quad.place(points)
    band = np.floor(place[:, 0] * BANDS).astype(np.int64)
    column = np.floor((place[:, 1] / EDGE + 1) / 2 * COLUMNS).astype(np.int64)
    cell = band * COLUMNS + column
    cell[(band < 0) | (band >= BANDS) | (column < 0) | (column >= COLUMNS)] = -1
    return cell


def outline(quad: Quad) -> Floats:
    """(4, 2) px: the corners of the grid."""
    half = 0.5 * np.linalg.norm(quad.corners[[0, 2]] - quad.corners[[1, 3]], axis=1).clip(min=0.1 * quad.length) * EDGE
    hips, shoulders, across = quad.hips, quad.shoulders, quad.across
    return np.array(
        [hips - half[0] * across, hips + half[0] * across, shoulders + half[1] * across, shoulders - half[1] * across]
    )


def on_arm(points: Floats, image_xy: Floats, torso_px: float) -> NDArray[np.bool_]:
    """(n,) whether each point lies on a bone of an arm, its first fifth left out: there an arm is part of the trunk."""
    near_px = ARM_WIDTH * torso_px
    start, end = image_xy[_UPPER_ENDS], image_xy[_LOWER_ENDS]
    bone = 0.8 * (end - start)
    offset = points[:, None] - (end - bone)
    share = (offset * bone).sum(axis=2) / np.maximum((bone * bone).sum(axis=1), 1e-9)
    off = offset - np.minimum(np.maximum(share, 0.0), 1.0)[..., None] * bone
    with np.errstate(invalid="ignore"):  # a bone that is not seen hides nothing
        return ((off * off).sum(axis=2) < near_px * near_px).any(axis=1)  # type: ignore[no-any-return]


def cell_medians(values: Floats, cell: NDArray[np.int64], counts: NDArray[np.int64]) -> Floats:
    """(n,) values, (n,) their cells, (cells,) points in each -> (cells,) medians, NaN for an empty one."""
    out = np.full(len(counts), np.nan)
    if len(values):
        ordered = values[np.lexsort((values, cell))]
        first = np.cumsum(counts) - counts
        some = counts > 0
        low, high = (first + (counts - 1) // 2)[some], (first + counts // 2)[some]
        out[some] = (ordered[low] + ordered[high]) / 2
    return out


def filled(medians: Floats, steps: Floats) -> Floats:
    """(cells, 2) medians with NaN where there are none, (n, 2) all points' own -> (cells, 2) without NaN: an empty cell goes with
    its band, an empty band with all."""
    grid = medians.reshape(BANDS, COLUMNS, 2)
    seen = np.isfinite(grid[..., :1])
    band = np.where(seen, grid, 0.0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    empty = ~seen.any(axis=(1, 2))
    if empty.any():
        ordered = np.sort(steps, axis=0)  # np.median takes three times as long
        band[empty] = (ordered[(len(steps) - 1) // 2] + ordered[len(steps) // 2]) / 2
    return np.where(seen, grid, band[:, None]).reshape(-1, 2)
