"""Text on a plain panel: readable on any picture. Panels are painted once and then only copied, since words seldom change."""

from functools import lru_cache

import cv2
import numpy as np

from formcheck.frames import Image
from formcheck.overlay.style import Colour

_FONT = cv2.FONT_HERSHEY_DUPLEX
_CAPITAL_PX = 21.0
"""Height of a capital letter of the font at scale 1."""
_PLAIN = str.maketrans({"°": " deg", "±": "+-", "–": "-", "—": "-", "’": "'", "“": '"', "”": '"', "…": "..."})


@lru_cache(maxsize=64)
def panel(text: str, letter_px: int, widest_px: int, colour: Colour, background: Colour) -> Image:
    """(h, w, 3) picture of the text, broken into lines no wider than `widest_px` and shortened where one word is wider."""
    scale = letter_px / _CAPITAL_PX
    thickness = max(1, round(letter_px / 14))
    margin = max(2, letter_px // 2)
    room = max(1, widest_px - 2 * margin)
    lines = _lines(_hershey(text), room, scale, thickness)
    step = round(letter_px * 1.8)
    width = max(_width(line, scale, thickness) for line in lines) + 2 * margin
    picture = np.full((step * len(lines) - (step - letter_px) + 2 * margin + letter_px // 3, width, 3), background, np.uint8)
    for i, line in enumerate(lines):
        cv2.putText(picture, line, (margin, margin + letter_px + i * step), _FONT, scale, colour, thickness, cv2.LINE_AA)
    picture.setflags(write=False)
    return picture


def paste(image: Image, patch: Image, left: int, top: int) -> None:
    """Copy a patch into the picture, cut off at its edges."""
    left, top = max(0, left), max(0, top)
    height = min(patch.shape[0], image.shape[0] - top)
    width = min(patch.shape[1], image.shape[1] - left)
    if height > 0 and width > 0:
        image[top : top + height, left : left + width] = patch[:height, :width]


def _hershey(text: str) -> str:
    """OpenCV's fonts hold ASCII only."""
    return text.translate(_PLAIN).encode("ascii", "replace").decode()


def _width(text: str, scale: float, thickness: int) -> int:
    return int(cv2.getTextSize(text, _FONT, scale, thickness)[0][0])


def _lines(text: str, room: int, scale: float, thickness: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        together = f"{lines[-1]} {word}" if lines else word
        if lines and _width(together, scale, thickness) <= room:
            lines[-1] = together
        else:
            lines.append(word)
    return [_cut(line, room, scale, thickness) for line in lines] or [""]


def _cut(line: str, room: int, scale: float, thickness: int) -> str:
    while len(line) > 1 and _width(line, scale, thickness) > room:
        line = line[:-1]
    return line
