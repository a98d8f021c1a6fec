"""Fonts for what people write: which ones a document needs beside DejaVu Sans, and what stands for a sign that none has."""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from fpdf import FPDF

from formcheck.report.document import Document, Paragraph
from formcheck.system.language import tr
from formcheck.system.resources import folder

FALLBACKS = ("NotoSansDevanagari.ttf", "NotoSansThai.ttf", "NotoSansCJK.otf")
"""In assets/fonts, asked in this order. Hebrew and Arabic are in DejaVu Sans."""
NO_SIGN = "□"
FIRST_SHAPED = 0x0590
"""From Hebrew on letters may join, stack, or run from right to left."""
LAST_SHAPED = 0x1FFF
UNSEEN = frozenset({*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF})
"""Signs that only steer others: without a glyph of their own they are left out."""
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Written:
    """A document as the fonts can write it."""

    document: Document
    """Every sign that no font has replaced, and said."""
    files: tuple[Path, ...]
    """Of the fonts that are needed beside the first."""
    shaped: bool
    """Whether letters must be put together by rules of their script."""


def written(document: Document, first: Path) -> Written:
    """first: the font file that is used wherever it has the sign."""
    missing = {c for text in _texts(document) for c in text if c not in "\n\t"} - set(map(chr, _signs(first)))
    files = []
    for path in (folder("assets") / "fonts" / name for name in FALLBACKS):
        has = {c for c in missing if ord(c) in _signs(path)}
        if has:
            files.append(path)
            missing -= has
    shaped = bool(files) or any(FIRST_SHAPED <= ord(c) <= LAST_SHAPED for text in _texts(document) for c in text)
    unseen, unknown = {c for c in missing if ord(c) in UNSEEN}, {c for c in missing if ord(c) not in UNSEEN}
    if missing:
        table = str.maketrans(dict.fromkeys(unseen, "") | dict.fromkeys(unknown, NO_SIGN))
        document = _changed(document, lambda text: text.translate(table))
    if unknown:
        names = ", ".join(f"U+{ord(c):04X}" for c in sorted(unknown)[:MOST_NAMED]) + (", …" if len(unknown) > MOST_NAMED else "")
        note = Paragraph(
            tr(
                "Note: {no_sign} stands for signs that no font of this report has: {names}. The HTML report shows them.",
                no_sign=NO_SIGN,
                names=names,
            )
        )
        document = replace(document, blocks=(note, *document.blocks))
    return Written(document, tuple(files), shaped)


def use(page: FPDF, how: Written) -> None:
    """Give a page the fonts of a document."""
    for path in how.files:
        page.add_font(path.stem, "", path)
    page.set_fallback_fonts([path.stem for path in how.files], exact_match=False)
    page.set_text_shaping(how.shaped)


@cache
def _signs(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _texts(value: Any) -> Iterator[str]:
    """Every string in a document, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    """The same with every string changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(part, change) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _changed(getattr(value, f.name), change) for f in dataclasses.fields(value)})
    return value
