"""Whether the side changes within a set: the person turns over, or stands on the other leg."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from formcheck.frames import Observation
from formcheck.results import Side

SAMPLE_S, LOOK_S = 0.09, 0.2
"""Time between the frames that are kept, and between two looks."""
WINDOW_S = 3.0
"""Frames of this time are looked at, as when the first side is found."""
SURE_S = 1.0
"""All looks must name the other side for this long: a leg that crosses in the picture is no change."""
SHORT_S = 0.9
"""The shortest stretch that shows a side. Such stretches find when the side changed."""
KEPT_S = 5.0
"""How long frames are kept."""


@dataclass(frozen=True, slots=True)
class Change:
    """Another side works."""

    side: Side
    since_s: float


class SideWatch:
    """Observations of one set in order, those in the exercise's position -> changes of the side."""

    def __init__(self, find: Callable[[Sequence[Observation]], Side | None], side: Side, *, seen: bool) -> None:
        """side: with which the set begins. seen: whether it was found from the picture; if not, no change is reported until the
        picture has shown that side."""
        self._find = find
        self._side, self._seen = side, seen
        self._samples: deque[Observation] = deque()
        self._looked_s = 0.0
        self._other_since_s: float | None = None

    def update(self, observation: Observation) -> Change | None:
        now_s = observation.timestamp_s
        if observation.picture is not None and observation.picture.cut:
            self._samples.clear()
        if not self._samples or now_s - self._samples[-1].timestamp_s >= SAMPLE_S:
            self._samples.append(observation)
        while self._samples[0].timestamp_s < now_s - KEPT_S:
            self._samples.popleft()
        if now_s - self._looked_s < LOOK_S:
            return None
        self._looked_s = now_s
        return self._look(now_s)

    def _look(self, now_s: float) -> Change | None:
        found = self._find([o for o in self._samples if o.timestamp_s >= now_s - WINDOW_S])
        if found is self._side:
            self._seen, self._other_since_s = True, None
        if found is None or found is self._side or not self._seen:
            return None
        self._other_since_s = now_s if self._other_since_s is None else self._other_since_s
        if now_s - self._other_since_s < SURE_S:
            return None
        self._side, self._other_since_s = found, None
        return Change(found, self._since_s(found))

    def _since_s(self, side: Side) -> float:
        """When the side changed: from then on each short stretch tells it."""
        samples = list(self._samples)
        since_s = samples[-1].timestamp_s
        for end in reversed(range(1, len(samples) + 1)):
            part = [o for o in samples[:end] if o.timestamp_s >= samples[end - 1].timestamp_s - SHORT_S]
            if part[-1].timestamp_s - part[0].timestamp_s < SHORT_S - SAMPLE_S - LOOK_S or self._find(part) is not side:
                break
            since_s = part[len(part) // 2].timestamp_s
        return since_s
