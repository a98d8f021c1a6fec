"""What every segmenter of one measured movement has in common: it smooths, forgets after a loss of sight, keeps false starts."""

import math
import statistics
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Mapping

from formcheck.counting.segmenter import Span
from formcheck.frames import Observation
from formcheck.signals.smoothing import newest_weight

SMOOTHING_S = 0.08
SHORTEST_S = 0.5
LOST_S = 1.0
"""Unseen for longer than this in mid-movement, the movement is given up."""
USUAL = 1 / 3
"""A repetition reaches at least this share of the set's usual extent."""


class MovementSegmenter(ABC):
    """A Segmenter that follows one measured movement, smoothed."""

    def __init__(self, movement: str, min_extent: float, shortest_s: float, remembered: int) -> None:
        """movement: the quantity it follows; min_extent: what is smaller is no repetition, in the movement's unit; shortest_s:
        nor is what is quicker; remembered: how many repetitions tell what is usual."""
        self._movement = movement
        self._min_extent = min_extent
        self._shortest_s = shortest_s
        self._extents: deque[float] = deque(maxlen=remembered)
        self.attempts: list[Span] = []
        """Rises and returns that were too small for a repetition, oldest first."""
        self.reset()

    @property
    @abstractmethod
    def moving_since_s(self) -> float | None:
        """Start of the running movement, None at rest."""

    @property
    def usual_extent(self) -> float:
        """Extent of a repetition in this set, the exercise's least one while there is none yet."""
        return statistics.median(self._extents) if self._extents else self._min_extent

    def expect(self, other: "MovementSegmenter") -> None:
        """What is usual is what the same person did with the other side."""
        self._extents.extend(other._extents)

    def update(self, observation: Observation, values: Mapping[str, float]) -> Span | None:
        return self.take(observation.timestamp_s, values.get(self._movement, math.nan))

    def take(self, timestamp_s: float, value: float) -> Span | None:
        """Take the movement's next value (NaN: not seen); returns the repetition that it completes."""
        if self._times and timestamp_s - self._times[-1] > LOST_S:
            self.reset()
        if math.isnan(value):
            return None
        if self._values:
            weight = newest_weight(timestamp_s - self._times[-1], SMOOTHING_S)
            value = self._values[-1] + weight * (value - self._values[-1])
        self._times.append(timestamp_s)
        self._values.append(value)
        return self._taken()

    @abstractmethod
    def _taken(self) -> Span | None:
        """What the newest of the smoothed values completes."""

    @abstractmethod
    def finish(self) -> Span | None:
        """Nothing more will come: the repetition that was about to complete, if there is one."""

    def reset(self) -> None:
        """Forget the running movement: the person moved away or took up a new position."""
        self._times: list[float] = []
        self._values: list[float] = []
