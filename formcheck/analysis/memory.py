"""Keeps the frames of a set until the side is known, and until the repetition that they belong to is measured."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.analysis.gates import Gate
from formcheck.counting.segmenter import Span
from formcheck.frames import Observation
from formcheck.measurement.repetition import RepWindow
from formcheck.results import Side
from formcheck.signals.smoothing import smooth

MARGIN_S = 1.0
"""How much before a repetition its window holds."""
SMOOTHING_S = 0.06
"""Gaussian sigma over a finished repetition's series."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A frame that is remembered: what was seen, measured and failed in it."""

    observation: Observation
    failing: frozenset[Gate]
    values: Mapping[str, float]


class Memory:
    """Frames in order, the oldest forgotten on demand."""

    def __init__(self) -> None:
        self._held: deque[Held] = deque()

    @property
    def held(self) -> Sequence[Held]:
        return self._held

    def add(self, observation: Observation, failing: frozenset[Gate], values: Mapping[str, float]) -> None:
        self._held.append(Held(observation, failing, values))

    def taken_out(self) -> list[Held]:
        """All of them; nothing is remembered any more."""
        held = list(self._held)
        self._held.clear()
        return held

    def forget(self, before_s: float) -> None:
        while self._held and self._held[0].observation.timestamp_s < before_s:
            self._held.popleft()

    def within(self, start_s: float, end_s: float) -> list[Held]:
        return [held for held in self._held if start_s <= held.observation.timestamp_s <= end_s]

    def window(self, span: Span, side: Side | None) -> RepWindow:
        """A finished repetition from MARGIN_S before its start to now, its series smoothed."""
        held = [h for h in self._held if h.observation.timestamp_s >= span.start_s - MARGIN_S]
        times = np.array([h.observation.timestamp_s for h in held])
        names = list(held[0].values)
        values = smooth(times, np.array([[h.values[n] for n in names] for h in held]), SMOOTHING_S)
        start, peak, end = (int(np.argmin(np.abs(times - t))) for t in (span.start_s, span.peak_s, span.end_s))
        return RepWindow(
            times_s=times,
            series=dict(zip(names, values.T, strict=True)),
            observations=[h.observation for h in held],
            start=start,
            peak=peak,
            end=end,
            side=side,
        )
