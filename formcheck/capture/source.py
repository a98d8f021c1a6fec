"""What every source of frames offers, be it a camera or a file."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from formcheck.frames import Frame
from formcheck.system.errors import UserError


class SourceError(UserError):
    """A source that gives no pictures. The message says in one line why, and what to do."""


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known of a source once it has been opened."""

    name: str
    width: int
    """Of the frames it gives: upright, square pixels."""
    height: int
    fps: float
    """Mean rate of a file; the rate a camera says it runs at. A hint only: frames carry their own times."""
    frames: int | None = None
    """How many frames to expect, if known."""
    duration_s: float | None = None
    """How long it lasts, if known."""


@dataclass(frozen=True, slots=True)
class Part:
    """From when to when of a film, in seconds of the film."""

    from_s: float = 0.0
    to_s: float = math.inf


WHOLE = Part()


class FrameSource(Protocol):
    """A context manager that gives frames once, in order, with rising times. Frames are not to be written to."""

    @property
    def info(self) -> SourceInfo: ...

    def frames(self) -> Iterator[Frame]:
        """SourceError where the source fails for good."""
        ...

    def close(self) -> None:
        """Stop and let go of the source; may be called twice, and while frames() waits in another thread."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...
