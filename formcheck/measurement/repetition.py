"""What measuring a repetition needs and gives: the stretch of the set that holds it, and what every estimator keeps to."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.results import Measurement, Side, View


@dataclass(frozen=True, slots=True, eq=False)
class RepWindow:
    """The stretch of a session that holds one repetition, with a little before and after it."""

    times_s: Floats
    """(n,) rising, not evenly spaced."""
    series: Mapping[str, Floats]
    """Quantity -> (n,) values of the estimator's update(), NaN where not measured."""
    observations: Sequence[Observation]
    """(n,)"""
    start: int
    peak: int
    end: int
    """Indices of the repetition's start, extreme and end within the window."""
    side: Side | None
    """The side that did the repetition."""


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """The curves of quantities within a repetition, as they were measured, each less its value at the start."""

    times_s: Floats
    """(n,) of the repetition's frames."""
    values: Mapping[str, Floats]
    """Quantity -> (n,), NaN where it was not measured."""


class Estimator(ABC):
    """Measures one set, frame by frame; holds its state, so one is made for each set.

    Values may have any constant offset: only differences within a repetition are used. exercises/checks.py says what else every
    estimator keeps to. update() and evaluate() must be written; the rest has defaults.
    """

    course: Course | None = None
    """The curves of the repetition that was evaluated last; None where it was not assessable."""
    unsure: Set[str] = frozenset()
    """Quantities whose values are too rough now for a cue during the movement."""

    @property
    def margins(self) -> Mapping[str, float]:
        """Quantity -> how far beyond its limit it must be for a cue now, in its unit. The less certain it is, the more."""
        return {}

    @property
    def obstacle(self) -> str | None:
        """What keeps the set from being measured now, in words for the user; empty or None where nothing does."""
        return None

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences about the whole set, for the user."""
        return ()

    @property
    def seen_from(self) -> View | None:
        """From where the camera sees the person; None where that is not known, or does not matter."""
        return None

    @abstractmethod
    def update(self, observation: Observation) -> Mapping[str, float]:
        """Quantity -> value in this frame, in the quantity's unit and sign; NaN where it cannot be measured. Causal. The same
        keys in every frame."""

    @abstractmethod
    def evaluate(self, rep: RepWindow) -> Mapping[str, Measurement]:
        """Quantity -> measurement of a finished repetition. Every quantity that a fault is judged by must be among them."""


def course_of(rep: RepWindow, *names: str) -> Course:
    """The curves of these series within the repetition, each less its first known value."""
    inside = slice(rep.start, rep.end + 1)
    return Course(rep.times_s[inside], {name: _since_first(rep.series[name][inside]) for name in names})


def _since_first(values: Floats) -> Floats:
    known = values[np.isfinite(values)]
    return np.asarray(values - known[0]) if len(known) else values


def extreme(
    rep: RepWindow, name: str, unit: str = "deg", *, direction: int = 1, uncertainty: Callable[[float], float], why: str
) -> Measurement:
    """The series' extreme within the repetition less its value at the start.

    direction: +1 largest, -1 smallest, 0 largest in size (sign kept). uncertainty: value -> half-width of the 90 % interval.
    why: what to say when less than 60 % of the repetition was measured.
    """
    values = rep.series[name][rep.start : rep.end + 1]
    finite = np.isfinite(values)
    if finite.mean() < 0.6:
        return Measurement(None, unit, why=why)
    first = values[finite][0]
    change = np.where(finite, values - first, 0.0)
    at = int({1: np.argmax, -1: np.argmin}.get(direction, lambda c: np.argmax(np.abs(c)))(change))
    value = float(change[at])
    return Measurement(value, unit, uncertainty(value), at_s=float(rep.times_s[rep.start + at]))
