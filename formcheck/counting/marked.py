"""Repetitions that somebody marked by hand, in place of a segmenter that finds them."""

import math
from collections import deque
from collections.abc import Mapping, Sequence
from itertools import pairwise

from formcheck.counting.segmenter import Span
from formcheck.frames import Observation
from formcheck.results import Stretch

AFTER_S = 0.3
"""What is measured of a repetition may need a little of what comes after it."""
MOST_UNSEEN_S = 1.0
"""A stretch in which nobody was seen for longer is not said: nothing can be measured in it."""
SLACK_S = 1e-6


class MarkedRepetitions:
    """The Segmenter of stretches that do not overlap. The peak is the movement's largest value, or the stretch's middle."""

    def __init__(self, movement: str, stretches: Sequence[Stretch]) -> None:
        """movement: the quantity that rises and returns; empty where there is none such."""
        self._movement = movement
        self._waiting = deque(sorted(stretches, key=lambda s: s.start_s))
        self._seen: list[tuple[float, float]] = []
        """Times in the stretch that comes next, with the movement's values."""

    @property
    def moving_since_s(self) -> float | None:
        return self._waiting[0].start_s if self._waiting and self._seen else None

    @property
    def usual_extent(self) -> float:
        return 1.0

    def update(self, observation: Observation, values: Mapping[str, float]) -> Span | None:
        now_s = observation.timestamp_s
        span = self._pop() if self._waiting and now_s > self._waiting[0].end_s + AFTER_S else None
        if self._waiting and now_s >= self._waiting[0].start_s - SLACK_S:
            self._seen.append((now_s, values.get(self._movement, math.nan)))
        return span

    def finish(self) -> Span | None:
        while self._waiting and self._seen:
            span = self._pop()
            if span is not None:
                return span
        return None

    def reset(self) -> None:
        """What was marked stays marked."""

    def _pop(self) -> Span | None:
        """The next stretch, None where it was not seen; what was seen after its end belongs to the one behind it."""
        stretch = self._waiting.popleft()
        seen = [(t, v) for t, v in self._seen if t <= stretch.end_s + SLACK_S]
        after_s = self._waiting[0].start_s if self._waiting else math.inf
        self._seen = [(t, v) for t, v in self._seen if t >= after_s - SLACK_S]
        times = [stretch.start_s, *(t for t, _ in seen), stretch.end_s]
        if len(seen) < 3 or max(b - a for a, b in pairwise(times)) > MOST_UNSEEN_S:
            return None
        known = [(v, t) for t, v in seen if math.isfinite(v)]
        middle_s = (stretch.start_s + stretch.end_s) / 2
        peak_s = max(known)[1] if known else middle_s
        extent = max(known)[0] - min(known)[0] if known else 1.0
        return Span(stretch.start_s, min(max(peak_s, stretch.start_s), stretch.end_s), stretch.end_s, extent, stretch.side)
