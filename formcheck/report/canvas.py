"""A drawing as plain shapes, in points, y down: the one form that both SVG and PDF are drawn from."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Line:
    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    radius: float
    fill: str


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float
    """The baseline."""
    words: str
    anchor: str = "start"
    """start, middle or end of the words lies at x."""
    size: float = 9.0
    colour: str = "#333333"


Shape: TypeAlias = Line | Box | Dot | Text


@dataclass(frozen=True, slots=True)
class Canvas:
    width: float
    height: float
    shapes: tuple[Shape, ...]
