"""What an exercise is: words for people, limits for findings, and an estimator that turns observations into measurements.

An exercise knows nothing of cameras, windows or files, and does not count repetitions: analysis/ does, from the movement
that the exercise names.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from formcheck.frames import Observation
from formcheck.measurement.repetition import Estimator, RepWindow
from formcheck.results import Limits, Side


@dataclass(frozen=True, slots=True)
class Quantity:
    """One measured quantity of an exercise, as it stands in the session file."""

    name: str
    title: str
    unit: str = "deg"
    sign: str = ""
    """What a positive value means."""
    absolute: bool = False
    """A value in its own right (a ratio to the set's start), not a change since the repetition's start."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A compensation: which quantity betrays it, from which value on, and what to tell the person."""

    name: str
    title: str
    quantity: str
    limits: Limits
    source: str
    """Where the limits come from."""
    cue: str
    """One sentence for the person, said while they move."""
    direction: int = 1
    """+1: too much is the fault, -1: too little (or negative) is, 0: either way."""
    priority: int = 5
    """1 is said first. Pace never masks the pelvis."""

    def excess(self, value: float) -> float:
        """`value` on the axis on which the limits rise."""
        return abs(value) if self.direction == 0 else value * self.direction

    def passes(self, value: float, limit: float) -> bool:
        """Whether `value` lies beyond `limit` in the fault's direction."""
        if self.direction == -1:
            return value < limit
        return self.excess(value) > limit


@dataclass(frozen=True, slots=True)
class CameraPlace:
    """Where the camera belongs, for the set-up guide and the drawings."""

    azimuth_deg: tuple[float, float]
    """Sideways from straight in front; beyond it figures are not assessable."""
    height_m: tuple[float, float]
    distance_m: tuple[float, float]
    words: str


@dataclass(frozen=True, slots=True)
class Guide:
    """What the person reads before the first repetition, in our own words."""

    purpose: str
    feel: str
    start: str
    movement: str
    avoid: tuple[str, ...]
    stop: str


@dataclass(frozen=True, slots=True)
class Variant:
    name: str
    title: str
    words: str
    expected_deg: tuple[float, float] | None = None
    """The range of the main movement to expect."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise. The table in exercises/__init__.py registers it."""

    id: str
    title: str
    guide: Guide
    camera: CameraPlace
    quantities: tuple[Quantity, ...]
    movement: str
    """The quantity whose rise and return is a repetition."""
    guarded: str
    """The quantity shown on the gauge: the one that should stay still."""
    faults: tuple[Fault, ...]
    estimator: Callable[[Side | None, str], Estimator]
    """(side, variant) -> a fresh estimator."""
    find_side: Callable[[Sequence[Observation]], Side | None] | None
    """The working side from what was seen so far, oldest first; None while it cannot be told. No function: it has none."""
    lying: bool
    """Whether the person lies: decides who is followed when several people are in the picture."""
    min_extent: float = 8.0
    """Smaller rises of `movement` are fidgeting, in its unit."""
    variants: tuple[Variant, ...] = (Variant("standard", "Standard", ""),)
    rep_side: Callable[[RepWindow], Side | None] | None = None
    """The side of one repetition, for exercises in which it changes from one to the next."""
    steps: bool = False
    """Whether `movement` goes to and fro and each way is a repetition, instead of each rise and return."""
    find_variant: Callable[[Sequence[Observation]], str | None] | None = None
    """The variant from what was seen of the first repetition, for exercises whose variants can be told from the picture."""

    def quantity(self, name: str) -> Quantity:
        return next(q for q in self.quantities if q.name == name)

    def fault(self, name: str) -> Fault:
        return next(f for f in self.faults if f.name == name)
