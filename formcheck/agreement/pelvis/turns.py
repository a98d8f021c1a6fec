"""Rotations as quaternions (n, 4) w, x, y, z and as matrices (n, 3, 3) that turn vectors of one frame into another's."""

import numpy as np

from formcheck.frames import Floats


def matrices(quaternions: Floats) -> Floats:
    """(n, 4) -> (n, 3, 3). Markley and Crassidis 2014, Fundamentals of Spacecraft Attitude Determination, eq. 2.125."""
    w, x, y, z = quaternions.T
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]
    made: Floats = np.moveaxis(np.array(rows), 2, 0)
    return made


def conjugate(quaternions: Floats) -> Floats:
    turned_back: Floats = quaternions * np.array([1.0, -1.0, -1.0, -1.0])
    return turned_back


def continuous(quaternions: Floats) -> Floats:
    """The same rotations with signs that do not jump, so that they can be interpolated."""
    flips = np.where((quaternions[1:] * quaternions[:-1]).sum(axis=1) < 0, -1.0, 1.0)
    joined: Floats = quaternions * np.concatenate([[1.0], np.cumprod(flips)])[:, None]
    return joined


def rates(turn: Floats, step_s: float) -> Floats:
    """(n, 3) rad/s about the turning body's own axes, of matrices body -> room at even steps; first order in the step."""
    step = np.einsum("nji,njk->nik", turn[:-1], turn[1:])
    axis = np.stack([step[:, 2, 1] - step[:, 1, 2], step[:, 0, 2] - step[:, 2, 0], step[:, 1, 0] - step[:, 0, 1]], axis=1) / 2
    return np.concatenate([axis[:1], axis]) / step_s


def shortest(from_axis: Floats, to_axis: Floats) -> Floats:
    """(3, 3) the smallest rotation that brings one unit vector onto another."""
    axis, cosine = np.cross(from_axis, to_axis), float(from_axis @ to_axis)
    if cosine < -0.999999:  # opposite: half a turn about anything across
        across = np.cross(from_axis, np.eye(3)[int(np.argmin(np.abs(from_axis)))])
        across /= np.linalg.norm(across)
        return 2.0 * np.outer(across, across) - np.eye(3)
    cross = np.array([[0.0, -axis[2], axis[1]], [axis[2], 0.0, -axis[0]], [-axis[1], axis[0], 0.0]])
    turned: Floats = np.eye(3) + cross + cross @ cross / (1.0 + cosine)
    return turned


def unit(vector: Floats) -> Floats:
    """Along the last axis."""
    scaled: Floats = vector / np.linalg.norm(vector, axis=-1, keepdims=True)
    return scaled
