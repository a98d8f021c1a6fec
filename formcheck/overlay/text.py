"""Text on a plain panel: readable on any picture. Panels are painted once and then only copied, since words seldom change."""

from functools import lru_cache

import numpy as np

from formcheck.frames import Image
from formcheck.overlay.letters import Letters, letters
from formcheck.overlay.style import Area, Colour
from formcheck.system.line_breaks import pieces


@lru_cache(maxsize=64)
def panel(text: str, letter_px: int, widest_px: int, colour: Colour, background: Colour) -> Image:
    """(h, w, 3) picture of the text, broken into lines no wider than `widest_px` and shortened where one word is wider."""
    text, written = letters(text, letter_px)
    margin = max(2, letter_px // 2)
    room = max(1, widest_px - 2 * margin)
    lines = _lines(text, room, written)
    step = round(letter_px * 1.8)
    width = max(written.width(line) for line in lines) + 2 * margin
    picture = np.full((step * len(lines) - (step - letter_px) + 2 * margin + letter_px // 3, width, 3), background, np.uint8)
    for i, line in enumerate(lines):
        written.write(picture, line, (margin, margin + letter_px + i * step), colour)
    picture.setflags(write=False)
    return picture


def paste(image: Image, patch: Image, left: int, top: int) -> Area:
    """Copy a patch into the picture, cut off at its edges; where it lies."""
    left, top = max(0, left), max(0, top)
    height = min(patch.shape[0], image.shape[0] - top)
    width = min(patch.shape[1], image.shape[1] - left)
    if height > 0 and width > 0:
        image[top : top + height, left : left + width] = patch[:height, :width]
    return left, top, left + max(0, width), top + max(0, height)


def _lines(text: str, room: int, written: Letters) -> list[str]:
    lines: list[str] = []
    for piece in pieces(text):
        if lines and written.width(lines[-1] + piece) <= room:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    return [_cut(line, room, written) for line in lines] or [""]


def _cut(line: str, room: int, written: Letters) -> str:
    while len(line) > 1 and written.width(line) > room:
        line = line[:-1]
    return line
