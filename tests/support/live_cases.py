"""A live set on real parts with replayed poses: a lying person who opens the knee each two seconds, in a room of noise."""

import math
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np

from formcheck.exercises import EXERCISES
from formcheck.frames import Frame, Observation, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.motion.surface import TrunkSurface
from formcheck.results import Side
from formcheck.run.live.live_set import LiveSet, LiveUpdate, SetPlan
from formcheck.session.ownership import Owner

SIZE = (320, 240)
REP_S = 2.0
ROOM = cv2.resize(np.random.default_rng(0).integers(10, 190, (24, 32, 3), np.uint8), SIZE)
NOISE = [ROOM + np.random.default_rng(i).integers(0, 60, ROOM.shape, np.uint8) for i in range(4)]
"""A room that stands still, with a sensor's noise."""
PLACES = {
    L.LEFT_SHOULDER: (95, 105),
    L.RIGHT_SHOULDER: (95, 140),
    L.LEFT_HIP: (155, 110),
    L.RIGHT_HIP: (155, 140),
    L.LEFT_KNEE: (190, 145),
    L.RIGHT_KNEE: (190, 152),
    L.LEFT_ANKLE: (225, 130),
    L.RIGHT_ANKLE: (225, 140),
}
CLAM = EXERCISES["clam"]


def opening(frame: Frame, rep_s: float = REP_S) -> PoseFrame:
    """The pose at the frame's time: half the time at rest, half of it opening and closing."""
    return lying(frame, 30 * max(0.0, math.sin(2 * math.pi * frame.timestamp_s / rep_s)))


def lying(frame: Frame, knee_px: float = 0.0, shift_px: float = 0.0) -> PoseFrame:
    xy = np.full((33, 2), 130.0)
    xy[:11] = np.stack([65.0 + np.arange(11), np.full(11, 122.0)], axis=1)
    for mark, place in PLACES.items():
        xy[mark] = place
    xy[L.LEFT_KNEE, 1] -= knee_px
    xy += shift_px
    world = np.zeros((33, 3))
    world[:, :2] = (xy - xy[[L.LEFT_HIP, L.RIGHT_HIP]].mean(axis=0)) / 125
    return PoseFrame(frame.index, frame.timestamp_s, SIZE, xy, world, np.ones(33))


def picture(index: int, time_s: float) -> Frame:
    return Frame(np.asarray(NOISE[index % len(NOISE)], np.uint8), index, time_s)


class PlayedSet(LiveSet):
    """A live set that a test feeds by hand."""

    def feed(self, frame: Frame, pose: PoseFrame) -> LiveUpdate:
        """What loop.run() does with each frame, and its picture onto the film."""
        update = self.step(frame, Observation(pose, self._surface.update(frame, pose)))
        self.film((frame,))
        return update

    @cached_property
    def _surface(self) -> TrunkSurface:
        return TrunkSurface()


def clam_set(sessions: Path, *, record: bool = True, owner: Owner = Owner()) -> PlayedSet:  # noqa: B008
    limits = {f.name: f.limits for f in CLAM.faults}
    plan = SetPlan(CLAM, Side.LEFT, None, limits, sessions, "test", checks=False, record=record, owner=owner)
    return PlayedSet(plan, "full")
