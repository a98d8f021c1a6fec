"""Landmarks carried from the last found pose into newer pictures, by how the picture moved at them.

For live sets, where the next pose is not known yet. Each joint goes with the points on it and near it on its bones (sparse
pyramidal Lucas-Kanade from the picture in which the pose was found, so that errors do not add up); hands go with the wrist, the
face with the head. In the world landmarks the same motion is taken on, less the hips'; their depth is held.
"""

from dataclasses import replace

import cv2
import numpy as np

from formcheck.frames import LANDMARKS, Floats, Frame, Image, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.signals import kinematics

WINDOW_PX = 15
LONGEST_S = 0.5
"""Nothing is carried for longer."""
_ENOUGH = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 10, 0.03)
_BONES = [
    (L.LEFT_SHOULDER, L.RIGHT_SHOULDER),
    (L.LEFT_HIP, L.RIGHT_HIP),
    *((s, h) for s, h in ((L.LEFT_SHOULDER, L.LEFT_HIP), (L.RIGHT_SHOULDER, L.RIGHT_HIP))),
    *((L[f"{side}_{a}"], L[f"{side}_{b}"]) for side in ("LEFT", "RIGHT") for a, b in (("SHOULDER", "ELBOW"), ("ELBOW", "WRIST"))),
    *((L[f"{side}_{a}"], L[f"{side}_{b}"]) for side in ("LEFT", "RIGHT") for a, b in (("HIP", "KNEE"), ("KNEE", "ANKLE"))),
    *(
        (L[f"{side}_{a}"], L[f"{side}_{b}"])
        for side in ("LEFT", "RIGHT")
        for a, b in (("ANKLE", "HEEL"), ("ANKLE", "FOOT_INDEX"))
    ),
]
_ALONG = 0.2
"""Share of a bone from the joint at which a point still goes with it."""
_FACE = [landmark for landmark in L if landmark < L.LEFT_SHOULDER]
_HAND = {L[f"{side}_{part}"]: L[f"{side}_WRIST"] for side in ("LEFT", "RIGHT") for part in ("PINKY", "INDEX", "THUMB")}


def _table() -> tuple[Floats, list[int]]:
    """(points, 33) what each point is of the landmarks; the landmark that each point tells of."""
    rows, of = [], []
    for landmark in L:
        if landmark not in _HAND:
            rows.append(np.eye(LANDMARKS)[landmark])
            of.append(int(L.NOSE) if landmark in _FACE else int(landmark))
    for a, b in _BONES:
        for near, far in ((a, b), (b, a)):
            rows.append((1 - _ALONG) * np.eye(LANDMARKS)[near] + _ALONG * np.eye(LANDMARKS)[far])
            of.append(int(near))
    return np.array(rows), of


_POINTS, _OF = _table()
_TOLD = sorted(set(_OF))
_PADDED = np.array([([i for i, of in enumerate(_OF) if of == told] + [len(_OF)] * 12)[:12] for told in _TOLD])
"""(told, 12) the points of each landmark that has some; one beyond the last where there are fewer."""
_ROW = np.array([_TOLD.index(L.NOSE if mark in _FACE else _HAND.get(mark, mark)) for mark in L])
"""(33,) which of those each landmark goes with."""


class Carrier:
    """Tell found() each pose that was found, in order; carry() it into the pictures that come before the next."""

    def __init__(self) -> None:
        self._pose: PoseFrame | None = None
        self._grey: Image
        self._scale = 1.0
        self._moved = np.zeros((len(_OF), 2))
        """px of the small picture: where the points are now, from where they were found."""

    def found(self, frame: Frame, pose: PoseFrame) -> None:
        self._pose = pose
        self._moved = np.zeros((len(_OF), 2))
        if pose.detected:
            self._grey, self._scale = frame.small

    def carry(self, frame: Frame) -> PoseFrame:
        """The last found pose as it is in this frame; it says that it was not found. Nobody, where nobody was found lately."""
        pose = self._pose
        if pose is None or not pose.detected or frame.timestamp_s - pose.timestamp_s > LONGEST_S:
            return replace(PoseFrame.nobody(frame), found=False, people=pose.people if pose is not None else 0)
        here = replace(pose, index=frame.index, timestamp_s=frame.timestamp_s, found=False)
        if frame.size != pose.image_size:
            return here
        moved = self._follow(pose, frame.small[0])
        metres = kinematics.torso_length(pose.world_xyz) / max(kinematics.torso_length(pose.image_xy), 1e-9)
        world = pose.world_xyz.copy()
        world[:, :2] += metres * (moved - kinematics.mid_hip(moved))
        return replace(here, image_xy=pose.image_xy + moved, world_xyz=world)

    def _follow(self, pose: PoseFrame, grey: Image) -> Floats:
        """(33, 2) px by which each landmark has moved since its pose was found. grey: the small picture."""
        start = (_POINTS @ pose.image_xy * self._scale).astype(np.float32)[:, None]
        guess = start + self._moved.astype(np.float32)[:, None]
        there, status, _ = cv2.calcOpticalFlowPyrLK(
            self._grey,
            grey,
            start,
            guess,
            winSize=(WINDOW_PX, WINDOW_PX),
            maxLevel=2,
            criteria=_ENOUGH,
            flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
        )
        inside = ((start >= 0) & (start < grey.shape[::-1])).all(axis=(1, 2))
        good = (status[:, 0] == 1) & inside
        self._moved = np.where(good[:, None], (there - start)[:, 0], self._moved)
        told = _medians(np.where(good[:, None], self._moved, np.nan))
        everything = np.where(good[:, None], self._moved, 0.0).sum(axis=0) / max(int(good.sum()), 1)
        return np.where(np.isfinite(told), told, everything)[_ROW] / self._scale  # type: ignore[no-any-return]


def _medians(moved: Floats) -> Floats:
    """(points, 2) with NaN for those that were lost -> (told, 2) medians, NaN where all of a landmark's points were."""
    ordered = np.sort(np.vstack([moved, [[np.nan, np.nan]]])[_PADDED], axis=1)
    count = np.isfinite(ordered[..., :1]).sum(axis=1, keepdims=True)
    low, high = (np.take_along_axis(ordered, np.maximum(i, 0), axis=1) for i in ((count - 1) // 2, count // 2))
    return ((low + high) / 2)[:, 0]  # type: ignore[no-any-return]
