"""A tracker on a schedule: poses are found on some frames of a live stream and carried into the others."""

import math
import time
from dataclasses import replace
from typing import Protocol

from formcheck.exercises.contract import PoseRate
from formcheck.frames import Frame, PoseFrame
from formcheck.pose.carried import Carrier
from formcheck.pose.schedule import Schedule, Work

SHARE = 0.75
"""Share of the time that finding may take where an exercise needs more poses a second than can be found."""
SHOWN_S, SHOWN_HZ = 0.037, 20.0
"""A carried pose that comes sooner after the last measured picture is only shown: of 30 pictures a second 20 are measured, of 25
all. Of exercises that need more poses a second than the other each is measured."""
STEADY = 0.1
"""What the newest time that finding took weighs in their mean."""


def only_shown(pose: PoseFrame, measured_s: float, rate: PoseRate) -> bool:
    """measured_s: when the last picture before it came that was measured."""
    return not pose.found and rate.least_hz <= SHOWN_HZ and pose.timestamp_s - measured_s < SHOWN_S


class Tracker(Protocol):
    """Finds the pose of each frame that it is shown."""

    def process(self, frame: Frame) -> PoseFrame: ...


class ScheduledTracker:
    """Frame -> its pose, found or carried, or None where the frame is only filmed. Use it from one thread."""

    def __init__(self, tracker: Tracker, rate: PoseRate, *, in_time: bool = False) -> None:
        """in_time: the frames come as they are filmed. Where they come sooner than poses can be found, and an exercise needs them
        all, poses are found as often as there is time and carried into the others, rather than these be passed over."""
        self._tracker, self._in_time, self._least_hz = tracker, in_time, rate.least_hz
        self._schedule, self._carrier = Schedule(replace(rate, usual_hz=rate.live_hz, most_hz=rate.most_live_hz)), Carrier()
        self._takes_s = math.nan

    def process(self, frame: Frame) -> PoseFrame | None:
        work = self._schedule.plan(frame.timestamp_s)
        if work is Work.FIND:
            pose = self._find(frame)
            self._schedule.found(pose)
            self._carrier.found(frame, pose)
            return pose
        return self._carrier.carry(frame) if work is Work.MEASURE else None

    def _find(self, frame: Frame) -> PoseFrame:
        start_s = time.perf_counter()
        pose = self._tracker.process(frame)
        took_s = time.perf_counter() - start_s
        self._takes_s = took_s if math.isnan(self._takes_s) else self._takes_s + STEADY * (took_s - self._takes_s)
        slow = self._in_time and self._takes_s * self._least_hz > 1.0
        self._schedule.find_most_hz = SHARE / self._takes_s if slow else math.inf
        return pose
