"""Which frames of a stream a pose is found on, and which are measured: finding is most of the work, and few frames need it.

Between two found poses the landmarks are filled in (between.py); the trunk's surface is tracked on every measured frame.
"""

import math
from enum import Enum

from formcheck.exercises.contract import PoseRate
from formcheck.frames import Floats, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.signals import kinematics

CLOSE = 0.45
"""Share of the time between two measured frames: where frames come closer than that, one so soon before the next found pose is
left to that."""
STEP = 0.12
"""Torso lengths: a joint of the trunk or of a leg that moves farther than this between two poses calls for more of them. What
the straight line between two poses then misses is less than what the network is off."""
FAST_FOR_S = 0.25
"""How long the higher rate stays after the last fast movement."""
WATCHED = [
    *(L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.LEFT_HIP, L.RIGHT_HIP, L.LEFT_KNEE, L.RIGHT_KNEE, L.LEFT_ANKLE, L.RIGHT_ANKLE),
]


class Work(Enum):
    """What is done with a frame; each includes what stands below it."""

    FIND = "find"
    MEASURE = "measure"
    FILM = "film"


class Schedule:
    """Ask plan() for each frame in order; tell found() each pose that was found."""

    def __init__(self, rate: PoseRate) -> None:
        self.find_most_hz = math.inf
        """Poses a second that may be looked for, whatever moves."""
        self._rate = rate
        self._found_s = self._measured_s = self._seen_s = -math.inf
        self._wanted: tuple[float, float] = (0.0, -math.inf)
        """Poses a second that a fast movement asked for, and until when."""
        self._last: PoseFrame | None = None

    def plan(self, timestamp_s: float) -> Work:
        """What to do with the frame of this time. The times may have any rate and need not be even."""
        half_a_frame_s = (timestamp_s - self._seen_s) / 2  # of two frames the one nearer to its time is taken
        self._seen_s = timestamp_s
        wanted_hz, until_s = self._wanted
        find_hz = min(max(self._rate.usual_hz, wanted_hz if timestamp_s <= until_s else 0.0), self.find_most_hz)
        if timestamp_s + half_a_frame_s >= self._found_s + 1 / find_hz:
            self._found_s = self._measured_s = timestamp_s
            return Work.FIND
        measured_hz = self._rate.measured_hz
        soon = max(self._found_s + 1 / find_hz - timestamp_s, 2 * half_a_frame_s) < CLOSE / measured_hz
        if timestamp_s + half_a_frame_s >= self._measured_s + 1 / measured_hz and not soon:
            self._measured_s = timestamp_s
            return Work.MEASURE
        return Work.FILM

    def found(self, pose: PoseFrame) -> None:
        """A pose that was found on a frame that plan() chose."""
        if self._last is not None:
            hz = min(_speed(self._last, pose) / STEP, self._rate.most_hz)
            wanted_hz, until_s = self._wanted
            if hz > self._rate.usual_hz and (hz >= wanted_hz or pose.timestamp_s > until_s):
                self._wanted = (hz, pose.timestamp_s + FAST_FOR_S)
        self._last = pose if pose.detected else None


def _speed(before: PoseFrame, after: PoseFrame) -> float:
    """The fastest watched joint between two poses, torso lengths a second; 0 where nothing can be said."""
    passed_s = after.timestamp_s - before.timestamp_s
    length = kinematics.torso_length(before.image_xy)
    if not after.detected or not passed_s > 0 or not length > 0:
        return 0.0
    moved: Floats = after.image_xy[WATCHED] - before.image_xy[WATCHED]
    return float(max((moved**2).sum(axis=1)) ** 0.5) / length / passed_s
