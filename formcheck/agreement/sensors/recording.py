"""What every app's export becomes: streams of samples on the phone's own clock and axes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from formcheck.frames import Floats

Flags: TypeAlias = NDArray[np.bool_]


class Kind(StrEnum):
    ROTATION = "gyroscope"
    """(n, 3) rad/s about the phone's axes, right-handed."""
    ACCELERATION = "acceleration with gravity"
    """(n, 3) m/s² as an accelerometer feels it: a phone at rest feels 9.8 upward."""
    MOTION = "acceleration without gravity"
    """(n, 3) m/s²"""
    GRAVITY = "gravity"
    """(n, 3) m/s², upward as ACCELERATION."""
    ATTITUDE = "attitude"
    """(n, 4) unit quaternion w, x, y, z that turns the phone's axes into those of some frame that stands still."""


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    times_s: Floats
    """(n,) rising, not evenly spaced."""
    values: Floats
    """(n, k), finite."""

    @property
    def rate(self) -> float:
        """Samples a second, by the median step."""
        return float(1.0 / np.median(np.diff(self.times_s)))

    @property
    def duration_s(self) -> float:
        return float(self.times_s[-1] - self.times_s[0])


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    app: str
    streams: Mapping[Kind, Stream]
    level: bool = True
    """Whether ATTITUDE's frame is known to have its z axis upward."""
    notes: tuple[str, ...] = ()
    """What was cut, mended or assumed, for the report."""
