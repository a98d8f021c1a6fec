"""What cuts a set into repetitions: the protocol that every exercise's segmenter keeps to."""

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from formcheck.frames import Observation
from formcheck.results import Side


@dataclass(frozen=True, slots=True)
class Span:
    """Where one repetition lies in time."""

    start_s: float
    peak_s: float
    """The movement's extreme; of a stance, its middle."""
    end_s: float
    extent: float
    """In the movement's unit."""
    side: Side | None = None
    """Which side did it, where sides change from one repetition to the next; None: the set's side."""


class Segmenter(Protocol):
    """One set's repetitions, found as they happen. It is fed in order and may look at landmarks as well as at measured values.

    It may say a repetition late, by a few seconds at most: observations older than the running movement are forgotten.
    """

    @property
    def moving_since_s(self) -> float | None:
        """Start of the movement that runs, or has not been told yet; None at rest."""
        ...

    @property
    def usual_extent(self) -> float:
        """Extent of a repetition in this set, the least one while there is none yet. Above 0."""
        ...

    def update(self, observation: Observation, values: Mapping[str, float]) -> Span | None:
        """Take the next frame in which somebody was seen, and what the estimator measured in it (NaN: not measured).

        Returns the repetition that it completes. Where it completes two, the second comes with the next frame.
        """
        ...

    def finish(self) -> Span | None:
        """Nothing more will come: a repetition that was about to complete. Called until it gives None."""
        ...

    def reset(self) -> None:
        """Forget the running movement: the person moved away or took up a new position."""
        ...


class Cyclic(ABC):
    """A segmenter of a movement that goes round, such as a gait."""

    @abstractmethod
    def phase_at(self, now_s: float) -> float:
        """0-1 of the cycle; NaN where it is not known."""


def phase_of(segmenter: Segmenter, extent: float, now_s: float) -> float:
    """0-1 of the gait cycle where the segmenter knows cycles, NaN while this one is not known; else `extent`, how far the
    movement has gone of the usual way."""
    if isinstance(segmenter, Cyclic):
        return segmenter.phase_at(now_s)
    return min(max(extent, 0.0), 1.0) if math.isfinite(extent) else 0.0
