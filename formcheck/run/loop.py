"""The one loop: each frame with its pose, from a camera or a file, and how the trunk's surface moved in it, goes into a set.

Whoever drives it shows, films and writes what comes out. No Qt, no output.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

import cv2

from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.contract import Exercise
from formcheck.exercises.posture import Posture
from formcheck.frames import Frame, Observation, PoseFrame
from formcheck.motion.leg_edge import LegEdge
from formcheck.motion.level import CameraLevel
from formcheck.motion.picture import PictureWatch
from formcheck.motion.surface import KEY_S, TURNING_KEY_S, TrunkSurface
from formcheck.motion.waist import Waist
from formcheck.system.memory import EVERY_S, give_back

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredFrame:
    """One frame and all that is known after it."""

    frame: Frame
    pose: PoseFrame
    snapshot: Snapshot


class AnySet(Protocol[T_co]):
    """A live set, or the set in a film."""

    @property
    def exercise(self) -> Exercise: ...

    @property
    def ended(self) -> bool:
        """No more frames are wanted."""
        ...

    def step(self, frame: Frame, observation: Observation) -> T_co:
        """Take the next frame."""
        ...


def run(poses: Iterable[tuple[Frame, PoseFrame]], one_set: AnySet[T_co]) -> Iterator[T_co]:
    """What the set says after each frame, until the frames or the set end. Use it from one thread."""
    cv2.setNumThreads(1)  # pictures this small are not quicker in several, and those that wait burn a core meanwhile
    surface, picture = surface_for(one_set.exercise), PictureWatch()
    waist = Waist() if one_set.exercise.sees_waist else None
    level = CameraLevel() if one_set.exercise.sees_level else None
    edge = LegEdge() if one_set.exercise.sees_legs else None
    given_back_s = 0.0
    for frame, pose in poses:
        if frame.timestamp_s - given_back_s > EVERY_S:
            given_back_s = frame.timestamp_s
            give_back()
        seen = waist.update(frame, pose) if waist is not None else None
        tilt_deg = level.update(frame, pose) if level is not None else math.nan
        legs = edge.update(frame, pose) if edge is not None else None
        yield one_set.step(frame, Observation(pose, surface.update(frame, pose), picture.update(frame, tilt_deg), seen, legs))
        if one_set.ended:
            return


def surface_for(exercise: Exercise) -> TrunkSurface:
    """Follows the trunk as the exercise's posture asks for."""
    return TrunkSurface(TURNING_KEY_S if exercise.posture is Posture.STANDING else KEY_S)
