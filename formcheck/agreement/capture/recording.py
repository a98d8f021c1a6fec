"""What every capture file becomes: angles by name, and how the pelvis lay in the laboratory."""

from collections.abc import Mapping
from dataclasses import dataclass

from formcheck.frames import Floats
from formcheck.system.errors import UserError


class BadCapture(UserError):
    """The file holds no capture this program can read; the message says why and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Capture:
    kind: str
    """OpenSim angles, or markers."""
    times_s: Floats
    """(n,) rising."""
    pelvis: Floats | None
    """(n, 3, 3) columns left, back, head in the laboratory, NaN where not seen."""
    up: Floats | None
    """(3,) in the laboratory; None where the file does not say."""
    angles: Mapping[str, Floats]
    """(n,) degrees, by the names and signs of angles.csv, of those the file has by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Markers:
    times_s: Floats
    places: Mapping[str, Floats]
    """Name -> (n, 3), any unit, NaN where not seen."""
