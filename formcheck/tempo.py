"""How long each phase of a repetition is to last, and how far a finished one was off it. Plain values, no I/O."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from msgspec import Meta

from formcheck.system.json_format import Number

Way: TypeAlias = Annotated[float, Meta(ge=0.2, le=60)]


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds of each phase."""

    up_s: Way
    """From rest to the movement's extreme."""
    down_s: Way
    hold_s: Annotated[float, Meta(ge=0, le=600)] = 0.0
    """At the extreme."""

    @property
    def whole_s(self) -> float:
        return self.up_s + self.hold_s + self.down_s


@dataclass(frozen=True, slots=True)
class OffPace:
    """How much longer each phase of a repetition lasted than it was to: seconds, + late, - early."""

    up_s: Number
    hold_s: Number
    down_s: Number
    uncertainty_s: Number
    """Half-width of a 90 % interval, of each."""
