"""Makes a face unrecognisable, for recordings and reports that others will see."""

from typing import TypeAlias

import cv2
import numpy as np

from formcheck.frames import Image, Landmark, PoseFrame

Circle: TypeAlias = tuple[tuple[float, float], float]
"""((x, y), radius) in px."""
HEAD = list(range(Landmark.NOSE, Landmark.MOUTH_RIGHT + 1))
"""Nose, eyes, ears and mouth."""
MARGIN = 1.9
"""Radius around the head's landmarks, as a multiple of their own reach: covers chin, forehead and hair."""
TORSO_SHARE = 0.28
"""Least radius, as a share of the shoulder-hip length: in profile and from behind the face's landmarks crowd together."""
LOST_MARGIN = 1.3
"""How much larger the circle is while the head is not found."""
CELLS = 6
"""So many blocks remain across the head: too few for anybody to be recognised."""


class FaceBlur:
    """Hides the followed person's head in one video, frame after frame. A bystander's is not known and not covered."""

    def __init__(self) -> None:
        self._last: Circle | None = None

    def hide(self, image: Image, pose: PoseFrame | None) -> Image:
        """A copy of `image` (H, W, 3) whose head is coarse blocks; `image` itself while no head has been found yet.

        Where it is not found for a while, its last place stays covered, with more margin.
        """
        found = head_circle(pose) if pose is not None else None
        if found is None and self._last is None:
            return image
        if found is not None:
            self._last = found
            return blur_circle(image, found)
        assert self._last is not None
        centre, radius = self._last
        return blur_circle(image, (centre, LOST_MARGIN * radius))


def blur_face(image: Image, pose: PoseFrame) -> Image:
    """One picture on its own: as FaceBlur.hide()."""
    return FaceBlur().hide(image, pose)


def blur_circle(image: Image, circle: Circle) -> Image:
    """A copy of `image` (H, W, 3) with coarse blocks in a circle, ((x, y), radius) in px."""
    (x, y), radius = circle
    height, width = image.shape[:2]
    left, right = max(0, int(x - radius)), min(width, int(x + radius) + 1)
    top, bottom = max(0, int(y - radius)), min(height, int(y + radius) + 1)
    out = image.copy()
    if left >= right or top >= bottom:
        return out
    patch = out[top:bottom, left:right]
    small = cv2.resize(patch, (CELLS, CELLS), interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(small, (right - left, bottom - top), interpolation=cv2.INTER_NEAREST)
    rows, columns = np.ogrid[top:bottom, left:right]
    inside = (columns - x) ** 2 + (rows - y) ** 2 <= radius**2
    patch[inside] = coarse[inside]
    return out


def head_circle(pose: PoseFrame) -> Circle | None:
    """((x, y), radius) in px around the head, None where fewer than three of its landmarks were found."""
    head = pose.image_xy[HEAD]
    head = head[np.isfinite(head).all(axis=1)]
    if len(head) < 3:
        return None
    centre = head.mean(axis=0)
    reach = float(np.linalg.norm(head - centre, axis=1).max())
    shoulders, hips = pose.image_xy[[11, 12]].mean(axis=0), pose.image_xy[[23, 24]].mean(axis=0)
    torso = float(np.linalg.norm(shoulders - hips))
    least = TORSO_SHARE * torso if np.isfinite(torso) else 0.0
    return (float(centre[0]), float(centre[1])), max(MARGIN * reach, least)
