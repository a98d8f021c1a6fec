"""Colours and sizes of what is painted on the picture. Okabe and Ito's palette: colour-blind people can tell it apart."""

from dataclasses import dataclass
from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]
"""BGR"""
Area: TypeAlias = tuple[int, int, int, int]
"""Left, top, right and bottom px of what was painted."""

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
BLUE: Colour = (178, 114, 0)
SKY_BLUE: Colour = (233, 180, 86)
GREEN: Colour = (115, 158, 0)
ORANGE: Colour = (0, 159, 230)
VERMILLION: Colour = (0, 94, 213)


@dataclass(frozen=True, slots=True)
class Style:
    """How the overlay looks. Lengths are shares of the picture's shorter side, so that it looks alike at every size."""

    rest: Colour = SKY_BLUE
    moving: Colour = GREEN
    caution: Colour = ORANGE
    fault: Colour = VERMILLION
    unknown: Colour = WHITE
    text: Colour = WHITE
    panel: Colour = (32, 32, 32)
    line: float = 0.007
    letter: float = 0.04
    """Height of a capital letter."""
    smallest_letter_px: int = 8

    def thickness(self, size: tuple[int, int]) -> int:
        return max(1, round(self.line * min(size)))

    def letter_px(self, size: tuple[int, int], times: float = 1.0) -> int:
        return max(self.smallest_letter_px, round(self.letter * min(size) * times))
