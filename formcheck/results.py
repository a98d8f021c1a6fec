"""What a session says: measurements, findings, repetitions. Plain values, no I/O (session/file.py writes them).

The bounds in the types are those of a session file: wide for what is measured, tight for what a reader must hold. They are
checked where a file is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, TypeAlias

from msgspec import Meta

from formcheck.system.json_format import Id, Moment, Number, Words, check_moment
from formcheck.tempo import OffPace, Tempo

MAX_REPS = 20_000
"""Running, where a stance is a repetition, makes so many in two hours."""
MAX_QUANTITIES = 40
"""Measurements, or findings, of one repetition."""

Seconds: TypeAlias = Annotated[float, Meta(ge=-1e3, le=1e6)]
"""From the beginning of the video, or of the set."""
Count: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Share: TypeAlias = Annotated[float, Meta(ge=0, le=1)]


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


class View(StrEnum):
    """From where the camera sees the person."""

    FRONT = "front"
    BEHIND = "behind"


class Severity(StrEnum):
    CAUTION = "caution"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a caution and a fault begin, both in `unit`."""

    caution: Number
    fault: Number
    unit: Id = "deg"


@dataclass(frozen=True, slots=True)
class Measurement:
    """A quantity's extreme within a repetition less its value at the start; None where it could not be measured."""

    value: Number | None
    unit: Id
    uncertainty: Number | None = None
    """Half-width of a 90 % interval, same unit."""
    why: Words | None = None
    """Why there is no value, in words for the user."""
    at_s: Seconds | None = None
    """When the extreme was reached."""

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.why):
            raise ValueError("a measurement has either a value or a reason why not")


Measurements: TypeAlias = Annotated[Mapping[Id, Measurement], Meta(max_length=MAX_QUANTITIES)]


@dataclass(frozen=True, slots=True)
class Finding:
    """A limit that was passed in one repetition."""

    fault: Id
    severity: Severity
    at_s: Seconds
    value: Number
    limit: Number
    unit: Id


@dataclass(frozen=True, slots=True)
class Rep:
    """One repetition, from where its movement first passes 5 % of its own extent to where it last does."""

    number: Count
    side: Side | None
    start_s: Seconds
    peak_s: Seconds
    end_s: Seconds
    measurements: Measurements
    findings: Annotated[tuple[Finding, ...], Meta(max_length=MAX_QUANTITIES)] = ()
    not_assessable: Annotated[Mapping[Id, Words], Meta(max_length=MAX_QUANTITIES)] = field(default_factory=dict)
    """Fault -> why it could not be judged in this repetition."""
    off_pace: OffPace | None = None
    """How early or late its phases were; None where the set had no tempo, or it was not seen."""

    @property
    def clean(self) -> bool:
        """Nothing found, and nothing that could not be seen."""
        return not self.findings and not self.not_assessable


class Hand(StrEnum):
    """What somebody did by hand to put a session right."""

    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    """Its start or its end."""
    MEASURED = "measured again"
    """The whole set, as another exercise, variant or side, or of another person."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a repetition lies in time."""

    start_s: Seconds
    end_s: Seconds
    side: Side | None = None
    """Which side did it, where sides change from one to the next."""

    def __post_init__(self) -> None:
        if not self.start_s < self.end_s:
            raise ValueError("a repetition ends after it starts")

    def overlap_s(self, other: "Stretch") -> float:
        return max(0.0, min(self.end_s, other.end_s) - max(self.start_s, other.start_s))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a whole set is measured as."""

    exercise: Id
    variant: Id
    side: Side | None = None
    """None: found by the program, or the exercise has none."""
    person: tuple[Share, Share] | None = None
    """Place in the first picture of the person who is followed, as shares of its width and height; None: found by the program."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was put right by hand."""

    when: Moment
    what: Hand
    before: Annotated[tuple[Stretch, ...], Meta(max_length=2)] = ()
    """The repetitions that it replaces."""
    after: Annotated[tuple[Stretch, ...], Meta(max_length=2)] = ()
    """The repetitions in their place."""
    chosen: Chosen | None = None

    def __post_init__(self) -> None:
        check_moment(self.when)
        if (self.what is Hand.MEASURED) != (self.chosen is not None):
            raise ValueError("a set that was measured again says as what, and nothing else does")


@dataclass(frozen=True, slots=True)
class VideoInfo:
    name: Words
    width: Count
    height: Count
    fps: Number
    duration_s: Seconds
    frames: Count
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")] | None = None
    """Hash of an analysed film's file, so that the same film is recognised."""
    from_s: Seconds = 0.0
    """Where the part that was analysed begins, on the film's own clock."""
    to_s: Seconds | None = None
    """Where it ends; None for the film's end."""
    capture_fps: Number | None = None
    """Frames a second at which slow motion was filmed. All times are in real time, except from_s and to_s."""


@dataclass(frozen=True, slots=True)
class SideFigure:
    """A mean over the repetitions of one side, or the left side's mean less the right side's."""

    value: Number
    uncertainty: Number
    """Half-width of a 90 % interval, in the measurement's unit."""
    n: Count
    """Repetitions; of a difference, of the side with fewer."""


SideFigures: TypeAlias = Annotated[
    Mapping[Id, Annotated[Mapping[Id, SideFigure], Meta(max_length=MAX_QUANTITIES)]], Meta(max_length=3)
]
"""left, right, difference (left less right) -> measurement -> its figure."""


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
    """Measured frames in which the person was seen; the pose of some of them is filled in."""
    thresholds: Mapping[str, Limits]
    """Fault -> the limits it was judged by."""
    reps: tuple[Rep, ...]
    notices: tuple[str, ...] = ()
    poses_found: int | None = None
    """On how many frames the network looked for a pose; None where that was not counted."""
    summary: Mapping[str, Measurement] = field(default_factory=dict)
    """Figures of the whole set, of exercises that have some."""
    sides: SideFigures = field(default_factory=dict)
    """Means of each side and their difference, for sets with repetitions of both."""
    view: str | None = None
    """From where it was filmed, for exercises that may be filmed from several sides."""
    looks_like: str | None = None
    """The exercise that was surely done, where another one was chosen: then nothing in the repetitions is judged."""
    followed_by: str | None = None
    """The version of the program that found joints and surface, where it is not `program`."""
    tempo: Tempo | None = None
    """The tempo that its repetitions were held against."""
    put_right: "PutRight | None" = None
    """What somebody changed by hand; None: all is as the program found it."""

    @property
    def clean_reps(self) -> int:
        return sum(rep.clean for rep in self.reps)


@dataclass(frozen=True, slots=True)
class PutRight:
    """Beside a session that somebody put right by hand: what they did, and what the program had found."""

    changes: tuple[Change, ...]
    """Oldest first; those before a set was measured again no longer show."""
    by_hand: Mapping[int, Hand]
    """Repetition -> how it was made."""
    found: Session
