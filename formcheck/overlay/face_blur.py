"""Makes a face unrecognisable, for recordings and reports that others will see."""

import cv2
import numpy as np

from formcheck.frames import Image, Landmark, PoseFrame

HEAD = list(range(Landmark.NOSE, Landmark.MOUTH_RIGHT + 1))
"""Nose, eyes, ears and mouth."""
MARGIN = 1.9
"""Radius around the head's landmarks, as a multiple of their own reach: covers chin, forehead and hair."""
TORSO_SHARE = 0.28
"""Least radius, as a share of the shoulder-hip length: in profile and from behind the face's landmarks crowd together."""
CELLS = 6
"""So many blocks remain across the head: too few for anybody to be recognised."""


def blur_face(image: Image, pose: PoseFrame) -> Image:
    """A copy of `image` (H, W, 3) whose head is coarse blocks; `image` itself where no head was found in it.

    Only the followed person's head is known; a bystander's is not covered.
    """
    circle = head_circle(pose)
    if circle is None:
        return image
    (x, y), radius = circle
    height, width = image.shape[:2]
    left, right = max(0, int(x - radius)), min(width, int(x + radius) + 1)
    top, bottom = max(0, int(y - radius)), min(height, int(y + radius) + 1)
    if left >= right or top >= bottom:
        return image
    out = image.copy()
    patch = out[top:bottom, left:right]
    small = cv2.resize(patch, (CELLS, CELLS), interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(small, (right - left, bottom - top), interpolation=cv2.INTER_NEAREST)
    rows, columns = np.ogrid[top:bottom, left:right]
    inside = (columns - x) ** 2 + (rows - y) ** 2 <= radius**2
    patch[inside] = coarse[inside]
    return out


def head_circle(pose: PoseFrame) -> tuple[tuple[float, float], float] | None:
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
