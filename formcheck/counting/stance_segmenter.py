"""What the segmenters of gaits share: midstances that follow each other evenly make a run or a walk; each becomes a stance.

Where the foot touches and leaves the ground landmarks do not tell (55 ms off on rendered runners): contact and toe-off are placed
about midstance by the shares of a stride that rendered people have, and stand for the order of things, not as measures.
"""

import math
import statistics
from abc import abstractmethod
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.counting.segmenter import Cyclic, Span
from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.body import LAG_S, TorsoScale
from formcheck.signals.smoothing import smooth

SMOOTHING_S = 0.03
EVEN = 0.3
"""A step differs from the one before by this share at most."""
LEAST_LIFT = 0.05
"""Torso lengths by which the swinging ankle is above the other one at midstance, first left, then right, in the mean of
all: runners from the front 0.4, from behind, where the swinging foot comes nearer to the camera, 0.09-0.25. Whoever marches
or squats is lowest with both feet down."""
LEAST_IN_A_ROW = 6
"""So many stances in a row make a run or a walk, and tell whose foot is down."""
LEAST_HZ = 23.0
"""With fewer poses a second nothing is found: a runner's stance would be five or six pictures."""
EVERY_S = 0.1
"""Middles are looked for so often: all that is kept is smoothed for it."""
KEPT_S = 3.0
"""How long the landmarks are kept: more than the longest step and what is looked at about its middle."""


@dataclass(frozen=True, slots=True)
class Gait:
    """By what its stances are told."""

    step_s: tuple[float, float]
    """Shortest and longest time from one midstance to the next."""
    before: float
    after: float
    """Shares of a stride from contact to midstance and from there to toe-off."""
    apart_s: float
    """Two middles are farther apart than this."""
    ahead_s: float
    """One is told by what is seen up to so long after it."""
    least_extent: float
    """% of the torso length by which the trunk rises and falls, before any stance was found."""


@dataclass(frozen=True, slots=True)
class Middle:
    """The middle of what may be a stance."""

    time_s: float
    extent: float
    """Torso lengths by which the trunk rises and falls about it."""
    lift: float
    """Torso lengths by which the left ankle is above the right one."""


class StanceSegmenter(Cyclic):
    """A Segmenter. A stance is said when the next one is known, a second late at most. Subclasses find the middles."""

    def __init__(self, gait: Gait) -> None:
        """No measured movement is needed: the landmarks say it all."""
        self._gait = gait
        self.mids: list[float] = []
        """Midstances told so far, seconds."""
        self._sides: list[Side] = []
        self._extents: deque[float] = deque(maxlen=20)
        self.too_seldom = False
        """Whether poses come less often than stances can be found in."""
        self.reset()

    def reset(self) -> None:
        self._scale = TorsoScale()
        self._times: list[float] = []
        self._rows: list[tuple[float, float, float, float]] = []
        """How low hips and shoulders are; how much higher the left ankle is than the right one; torso lengths in the picture.
        How much farther forward the left ankle is, metres, by its depth. +1 from in front, -1 from behind."""
        self._begin_run()
        self._ready: deque[Span] = deque()
        self._looked_s = self._asked_s = -math.inf

    def _begin_run(self) -> None:
        self._run: list[Middle] = []
        """Those that follow each other and are not told yet, with the last one told before them."""
        self._told = 0
        """How many of `_run` have been told."""
        self._left_first = 0.0
        """Torso lengths: the sum over the run of how much the right ankle is above the left one, every other time reversed."""
        self._dropped = 0
        """How many of the run's stances are no longer held: whose foot was first is told from all of them."""

    @property
    def moving_since_s(self) -> float | None:
        waiting = self._run[self._told :]
        if self._ready:
            return self._ready[0].start_s
        return waiting[0].time_s - self._gait.step_s[1] if waiting else None

    @property
    def usual_extent(self) -> float:
        """% of the torso length by which the trunk rises and falls."""
        return 100.0 * statistics.median(self._extents) if self._extents else self._gait.least_extent

    def phase_at(self, now_s: float) -> float:
        """0-1 of the gait cycle, from one contact of the left foot to its next; NaN where nobody moves so. Looked ahead from the
        last stances that were told."""
        if len(self.mids) < 3 or now_s - self.mids[-1] > 3 * self._gait.step_s[1]:
            return math.nan
        step_s = statistics.median(np.diff(self.mids[-5:]).tolist())
        since = (now_s - self.mids[-1]) / (2 * step_s) + self._gait.before
        return (since + (0.0 if self._sides[-1] is Side.LEFT else 0.5)) % 1.0

    def update(self, observation: Observation, _values: Mapping[str, float]) -> Span | None:
        torso, xy = self._scale.update(observation.pose), observation.still_xy
        if kinematics.torso_length(xy) > 0:
            self._take(observation, torso)
            if observation.timestamp_s - self._asked_s >= EVERY_S:
                self._asked_s = observation.timestamp_s
                while self._find(self._times[-1] - self._gait.ahead_s - SMOOTHING_S):
                    pass
        return self._ready.popleft() if self._ready else None

    def finish(self) -> Span | None:
        if self._times:
            while self._find(self._times[-1] - SMOOTHING_S):
                pass
            self._tell(to_the_end=True)
        return self._ready.popleft() if self._ready else None

    def _take(self, observation: Observation, torso: float) -> None:
        xy, depth = observation.still_xy, observation.pose.world_xyz[:, 2]
        facing = float(np.sign(xy[L.LEFT_SHOULDER][0] + xy[L.LEFT_HIP][0] - xy[L.RIGHT_SHOULDER][0] - xy[L.RIGHT_HIP][0]))
        low = float((kinematics.mid_hip(xy)[1] + kinematics.mid_shoulder(xy)[1]) / 2) / torso
        lift = float(xy[L.RIGHT_ANKLE][1] - xy[L.LEFT_ANKLE][1]) / torso
        self._times.append(observation.timestamp_s - LAG_S)
        self._rows.append((low, lift, facing * float(depth[L.RIGHT_ANKLE] - depth[L.LEFT_ANKLE]), facing))
        while self._times[-1] - self._times[0] > KEPT_S:
            del self._times[0], self._rows[0]
        every_s = (self._times[-1] - self._times[0]) / max(len(self._times) - 1, 1)
        self.too_seldom = every_s > 1 / LEAST_HZ and len(self._times) > LEAST_HZ / 2

    @abstractmethod
    def _middle(self, times: Floats, rows: Floats, at: int) -> Middle | None:
        """What may be a stance's middle, where there is one at the row `at`. rows: (n, 4) smoothed; see reset()."""

    def _find(self, until_s: float) -> bool:
        """Look for the next middle up to `until_s`; whether there was one."""
        times, first = np.array(self._times), max(self._looked_s + self._gait.apart_s, self._times[0] + SMOOTHING_S)
        among = np.flatnonzero((times >= first) & (times <= until_s))
        if not len(among) or self.too_seldom:
            return False
        rows = smooth(times, np.array(self._rows), SMOOTHING_S)
        for at in among[(among > 0) & (among < len(times) - 1)]:
            middle = self._middle(times, rows, int(at))
            if middle is not None:
                self._looked_s = float(times[at])
                self._add(middle)
                return True
        self._looked_s = max(self._looked_s, float(times[among[-1]]) - self._gait.apart_s)
        return False

    def _add(self, middle: Middle) -> None:
        """Take what may be a midstance into the run, or begin another one with it."""
        if self._run and not self._follows(middle):
            self._tell(to_the_end=True)
            self._begin_run()
        self._left_first -= middle.lift * (-1) ** (self._dropped + len(self._run))
        self._run.append(middle)
        self._tell(to_the_end=False)

    def _follows(self, low: Middle) -> bool:
        """Whether it is the next stance of the run."""
        step_s = low.time_s - self._run[-1].time_s
        before_s = self._run[-1].time_s - self._run[-2].time_s if len(self._run) > 1 else step_s
        return self._gait.step_s[0] <= step_s <= self._gait.step_s[1] and abs(step_s - before_s) <= EVEN * before_s

    def _tell(self, *, to_the_end: bool) -> None:
        """Make spans of the run's stances that are whole, once it is a run."""
        stances = self._dropped + len(self._run)
        if stances < LEAST_IN_A_ROW or abs(self._left_first) < LEAST_LIFT * stances:
            return
        last = len(self._run) if to_the_end else len(self._run) - 1
        for i in range(self._told, last):
            self._ready.append(self._span(i))
        self._told = max(self._told, last)
        if self._told > 2 * LEAST_IN_A_ROW:
            gone = self._told - LEAST_IN_A_ROW
            del self._run[:gone]
            self._told, self._dropped = LEAST_IN_A_ROW, self._dropped + gone

    def _span(self, i: int) -> Span:
        low, stride_s = self._run[i], _stride_s(self._run, i)
        even = (self._dropped + i) % 2 == 0
        side = Side.LEFT if even == (self._left_first > 0) else Side.RIGHT
        self.mids.append(low.time_s)
        self._sides.append(side)
        self._extents.append(low.extent)
        start_s, end_s = low.time_s - self._gait.before * stride_s, low.time_s + self._gait.after * stride_s
        return Span(start_s, low.time_s, end_s, 100.0 * low.extent, side)


def _stride_s(run: Sequence[Middle], i: int) -> float:
    """Two steps, from the midstances about this one."""
    about = run[max(0, i - 2) : i + 3]
    return 2.0 * (about[-1].time_s - about[0].time_s) / (len(about) - 1)
