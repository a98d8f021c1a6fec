"""What a session's analysis says after each frame: what the window shows live and the overlay paints."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from formcheck.results import Finding, Rep, Side


class AnalysisState(StrEnum):
    """What the analysis is waiting for or doing."""

    NOBODY = "nobody"
    """Nobody is in the picture."""
    WRONG_POSITION = "wrong_position"
    """Somebody is there, but not in the exercise's start position (standing where they should lie)."""
    FINDING_SIDE = "finding_side"
    """In position; the working side cannot be told yet."""
    READY = "ready"
    """At rest between repetitions."""
    MOVING = "moving"
    """In a repetition."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state after one frame."""

    timestamp_s: float
    state: AnalysisState
    side: Side | None
    values: Mapping[str, float]
    """Quantity -> now less at the repetition's start (at rest: less the rest's level), NaN where not measured."""
    phase: float
    """0 at rest to 1 at the largest extent usual so far; of a run 0-1 of the gait cycle, NaN while it is not known."""
    reps: tuple[Rep, ...]
    """All finished repetitions."""
    finished: Rep | None
    """The repetition that ended with this frame."""
    active: tuple[Finding, ...]
    """Limits passed at this moment in the running repetition, the most important first."""
    people: int
    obstacle: str | None = None
    """Why the guarded quantity cannot be judged now, in words for the user, with what to do."""
    curve: Mapping[str, float] = field(default_factory=dict)
    """Quantity -> now less the level on which it rests: continuous over the whole set; NaN where not measured."""
