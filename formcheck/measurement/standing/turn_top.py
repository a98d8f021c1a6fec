"""Whether a turn that still goes on is at its top now, where its spine can be judged."""

from collections import deque

from formcheck.measurement.standing.planted import GAP_SURE_S

RECENT_S = 3.0
"""About the duration of a turn and its return."""
TOP = 0.8
"""Share of the thorax' range in that time above which it is at its top. On the way back the surface's drift looks like a turn of
the spine."""
GAP_PASSED_S = 2.0
"""After a gap of more than GAP_SURE_S between two pictures nothing is judged for this time."""


class TurnTop:
    """Feed update() each frame."""

    def __init__(self) -> None:
        self._held: deque[tuple[float, float]] = deque()
        self._gap_s = -float("inf")

    def update(self, now_s: float, thorax: float) -> bool:
        """Whether the turn is at its top so far, and was seen without a gap. thorax: degrees, any offset."""
        if self._held and now_s - self._held[-1][0] > GAP_SURE_S:
            self._gap_s = now_s
        self._held.append((now_s, thorax))
        while self._held[0][0] < now_s - RECENT_S:
            self._held.popleft()
        turns = [turn for _, turn in self._held]
        low, high = min(turns), max(turns)
        return now_s - self._gap_s > GAP_PASSED_S and thorax >= low + TOP * (high - low)
