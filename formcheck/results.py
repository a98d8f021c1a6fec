"""What a session says: measurements, findings, repetitions. Plain values, no I/O (session/file.py writes them)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        return Side.RIGHT if self is Side.LEFT else Side.LEFT

    @property
    def sign(self) -> int:
        """+1 left, -1 right."""
        return 1 if self is Side.LEFT else -1


class Severity(StrEnum):
    CAUTION = "caution"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a caution and a fault begin, both in `unit`."""

    caution: float
    fault: float
    unit: str = "deg"


@dataclass(frozen=True, slots=True)
class Measurement:
    """A quantity's extreme within a repetition less its value at the start; None where it could not be measured."""

    value: float | None
    unit: str
    uncertainty: float | None = None
    """Half-width of a 90 % interval, same unit."""
    why: str | None = None
    """Why there is no value, in words for the user."""
    at_s: float | None = None
    """When the extreme was reached."""

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.why):
            raise ValueError("a measurement has either a value or a reason why not")


@dataclass(frozen=True, slots=True)
class Finding:
    """A limit that was passed in one repetition."""

    fault: str
    severity: Severity
    at_s: float
    value: float
    limit: float
    unit: str


@dataclass(frozen=True, slots=True)
class Rep:
    """One repetition, from where its movement first passes 5 % of its own extent to where it last does."""

    number: int
    side: Side | None
    start_s: float
    peak_s: float
    end_s: float
    measurements: Mapping[str, Measurement]
    findings: tuple[Finding, ...] = ()
    not_assessable: Mapping[str, str] = field(default_factory=dict)
    """Fault -> why it could not be judged in this repetition."""

    @property
    def clean(self) -> bool:
        """Nothing found, and nothing that could not be seen."""
        return not self.findings and not self.not_assessable


@dataclass(frozen=True, slots=True)
class VideoInfo:
    name: str
    width: int
    height: int
    fps: float
    duration_s: float
    frames: int


@dataclass(frozen=True, slots=True)
class Session:
    """The record of one set of one exercise."""

    program: str
    exercise: str
    variant: str
    side: Side | None
    video: VideoInfo
    model: str
    frames_with_pose: int
    thresholds: Mapping[str, Limits]
    """Fault -> the limits it was judged by."""
    reps: tuple[Rep, ...]
    notices: tuple[str, ...] = ()

    @property
    def clean_reps(self) -> int:
        return sum(rep.clean for rep in self.reps)
