"""Everybody in a single picture. The detector knows upright people best and often returns one of two: the picture is also
shown to it on either side, and those found are painted over before it is asked again."""

import cv2
import numpy as np

from formcheck.frames import Floats, Image
from formcheck.pose.landmarker import Landmarker, Pose
from formcheck.pose.person import BONES, TORSO, is_ghost, torso_span

TURNS = (0, 1, 3)
"""Quarters counter-clockwise."""
MAX_PEOPLE = 4


class Finder:
    def __init__(self, landmarker: Landmarker) -> None:
        self._landmarker = landmarker

    def close(self) -> None:
        self._landmarker.close()

    def everybody(self, rgb: Image) -> list[Pose]:
        """All people, each once; three to five times the time of a tracked frame."""
        found: list[Pose] = []
        for turn in TURNS:
            known = [pose.image_xy for pose in found]
            shown = np.ascontiguousarray(np.rot90(without(rgb, known), turn))
            size = (shown.shape[1], shown.shape[0])
            for pose in self._landmarker.people(shown):
                upright = _turned_back(pose, turn, size)
                if not is_ghost(upright.image_xy, [other.image_xy for other in found]):
                    found.append(upright)
        return found[:MAX_PEOPLE]

    def others(self, rgb: Image, followed: Floats) -> list[Floats]:
        """The upright people beside the followed one; about the time of a tracked frame."""
        found = [followed]
        for pose in self._landmarker.people(_without_body(rgb, followed)):
            if not is_ghost(pose.image_xy, found):
                found.append(pose.image_xy)
        return found[1:]


def without(rgb: Image, others: list[Floats], keep: Floats | None = None) -> Image:
    """The picture with the others' heads and trunks painted over, but not where the one to keep is. Their limbs stay: they
    may cross somebody else."""
    if not others:
        return rgb
    cover = np.zeros(rgb.shape[:2], np.uint8)
    for xy in others:
        cover |= _head_and_trunk(xy, rgb.shape)
    if keep is not None:
        cover[_head_and_trunk(keep, rgb.shape) > 0] = 0
    return _painted(rgb, cover)


def _without_body(rgb: Image, xy: Floats) -> Image:
    cover = _head_and_trunk(xy, rgb.shape)
    points = _pixels(xy)
    for a, b in BONES:
        cv2.line(cover, points[a].tolist(), points[b].tolist(), 1, max(3, int(0.3 * torso_span(xy))))
    return _painted(rgb, cover)


def _painted(rgb: Image, cover: Image) -> Image:
    shown = rgb.copy()
    shown[cover > 0] = np.median(rgb[::8, ::8].reshape(-1, 3), axis=0)
    return shown


def _head_and_trunk(xy: Floats, shape: tuple[int, ...]) -> Image:
    """1 where the person's head and trunk are, roughly."""
    mask = np.zeros(shape[:2], np.uint8)
    p = _pixels(xy)
    cv2.fillConvexPoly(mask, cv2.convexHull(p[list(TORSO)]), 1)
    cv2.circle(mask, p[:11].mean(axis=0).astype(int).tolist(), max(3, int(0.35 * torso_span(xy))), 1, -1)
    return mask


def _pixels(xy: Floats) -> "np.ndarray[tuple[int, ...], np.dtype[np.int32]]":
    return np.clip(xy, -30_000, 30_000).astype(np.int32)  # OpenCV's drawing overflows beyond


def _turned_back(pose: Pose, turn: int, size: tuple[int, int]) -> Pose:
    """A pose seen in a picture turned counter-clockwise by `turn` quarters, in the coordinates of the upright one."""
    xy, xyz = pose.image_xy, pose.world_xyz
    width, height = size
    for _ in range(turn):  # one quarter clockwise
        xy = np.stack([height - 1 - xy[:, 1], xy[:, 0]], axis=1)
        xyz = np.stack([-xyz[:, 1], xyz[:, 0], xyz[:, 2]], axis=1)
        width, height = height, width
    return Pose(xy, xyz, pose.visibility)
