"""What a report says, block by block, before anybody decides how it looks: html.py and pdf.py draw the same document."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from formcheck.report.canvas import Canvas


class Tone(StrEnum):
    """How a row or a bar is marked. Never by colour alone: the words stand beside it."""

    PLAIN = "plain"
    CLEAN = "clean"
    CAUTION = "caution"
    FAULT = "fault"
    UNSEEN = "unseen"
    """Not assessable."""


COLOURS = {
    Tone.PLAIN: "#444444",
    Tone.CLEAN: "#0072b2",
    Tone.CAUTION: "#e69f00",
    Tone.FAULT: "#b3400a",
    Tone.UNSEEN: "#8a8a8a",
}
"""Apart for every kind of colour vision (after Okabe and Ito), and in grey."""
INKS = COLOURS | {Tone.CAUTION: "#7a5200", Tone.UNSEEN: "#666666"}
"""The same, dark enough for small words on white (WCAG AA)."""


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Short label and value pairs."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[str, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...] = ()
    """Shares of the page's width; even when left out."""


@dataclass(frozen=True, slots=True)
class Figure:
    canvas: Canvas
    caption: str
    """Says what is seen, for those who cannot see it too."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG file's content."""

    data: bytes
    caption: str

    @property
    def media_type(self) -> str:
        return "image/png" if self.data.startswith(b"\x89PNG") else "image/jpeg"


@dataclass(frozen=True, slots=True)
class Pictures:
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """Room to write by hand under a label."""

    label: str
    lines: int = 3


Block: TypeAlias = Heading | Paragraph | Facts | Table | Figure | Pictures | Blank


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    blocks: tuple[Block, ...]
    footer: str
    """Stands on every page."""
