"""How words are written on a picture: plain ones in OpenCV's font, which is fast, others in the fonts of the reports."""

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np

from formcheck.frames import Image
from formcheck.overlay.style import Colour
from formcheck.system.line_breaks import FIRST_EAST_ASIAN
from formcheck.system.resources import folder, fonts

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_PLAIN = str.maketrans({"°": " deg", "±": "+-", "–": "-", "—": "-", "’": "'", "“": '"', "”": '"', "…": "..."})


class Letters(Protocol):
    """Letters of one size."""

    def width(self, line: str) -> int:
        """px"""

    def write(self, picture: Image, line: str, at: tuple[int, int], colour: Colour) -> None:
        """Into `picture`; at: px of the left end of the base line."""


def letters(text: str, letter_px: int) -> tuple[str, Letters]:
    """The text as it can be written, and what writes it; letter_px: height of a capital letter."""
    plain = text.translate(_PLAIN)
    return (plain, _Hershey(letter_px)) if plain.isascii() else (text, _Outlines(letter_px))


class _Hershey:
    """OpenCV's font, which holds ASCII only."""

    _FONT = cv2.FONT_HERSHEY_DUPLEX
    _CAPITAL_PX = 21.0
    """Height of a capital letter at scale 1."""

    def __init__(self, letter_px: int) -> None:
        self._scale = letter_px / self._CAPITAL_PX
        self._thickness = max(1, round(letter_px / 14))

    def width(self, line: str) -> int:
        return int(cv2.getTextSize(line, self._FONT, self._scale, self._thickness)[0][0])

    def write(self, picture: Image, line: str, at: tuple[int, int], colour: Colour) -> None:
        cv2.putText(picture, line, at, self._FONT, self._scale, colour, self._thickness, cv2.LINE_AA)


class _Outlines:
    """DejaVu Sans in bold, and Noto Sans CJK, made thicker, for what is East Asian."""

    _CAPITAL_EM = 0.73
    """Height of a capital letter of DejaVu Sans."""

    def __init__(self, letter_px: int) -> None:
        self._size = round(letter_px / self._CAPITAL_EM)
        self._thicker_px = round(letter_px / 45)

    def width(self, line: str) -> int:
        return round(sum(font.getlength(run) for run, font in self._runs(line)))

    def write(self, picture: Image, line: str, at: tuple[int, int], colour: Colour) -> None:
        from PIL import Image as Pillow
        from PIL import ImageDraw

        mask = Pillow.new("L", (picture.shape[1], picture.shape[0]))
        draw, (x, y) = ImageDraw.Draw(mask), at
        left = float(x)
        for run, font in self._runs(line):
            draw.text((left, y), run, 255, font, "ls", stroke_width=self._thicker_px * (run >= FIRST_EAST_ASIAN))
            left += font.getlength(run)
        share = np.asarray(mask, np.float32)[..., None] / 255
        picture[:] = np.rint(picture * (1 - share) + np.array(colour, np.float32) * share).astype(np.uint8)

    def _runs(self, line: str) -> "list[tuple[str, FreeTypeFont]]":
        parts = groupby(line, lambda sign: sign >= FIRST_EAST_ASIAN)
        return [("".join(run), _font(_file(east_asian), self._size)) for east_asian, run in parts]


def _file(east_asian: bool) -> Path:
    return folder("assets") / "fonts" / "NotoSansCJK.otf" if east_asian else fonts() / "DejaVuSans-Bold.ttf"


@cache
def _font(file: Path, size: int) -> "FreeTypeFont":
    from PIL import ImageFont  # takes a moment to load, and plain words do not need it

    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
