"""A tracker on a schedule: poses are found on some frames of a live stream and carried into the others."""

from dataclasses import replace
from typing import Protocol

from formcheck.exercises.contract import PoseRate
from formcheck.frames import Frame, PoseFrame
from formcheck.pose.carried import Carrier
from formcheck.pose.schedule import Schedule, Work


class Tracker(Protocol):
    """Finds the pose of each frame that it is shown."""

    def process(self, frame: Frame) -> PoseFrame: ...


class ScheduledTracker:
    """Frame -> its pose, found or carried, or None where the frame is only filmed. Use it from one thread."""

    def __init__(self, tracker: Tracker, rate: PoseRate) -> None:
        self._tracker = tracker
        self._schedule, self._carrier = Schedule(replace(rate, usual_hz=rate.live_hz)), Carrier()

    def process(self, frame: Frame) -> PoseFrame | None:
        work = self._schedule.plan(frame.timestamp_s)
        if work is Work.FIND:
            pose = self._tracker.process(frame)
            self._schedule.found(pose)
            self._carrier.found(frame, pose)
            return pose
        return self._carrier.carry(frame) if work is Work.MEASURE else None
