"""A document as PDF, with fpdf2: pure Python, no display, no browser."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from formcheck.report.canvas import Box, Canvas, Dot, Line, Shape
from formcheck.report.document import (
    INKS,
    Blank,
    Block,
    Document,
    Facts,
    Figure,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Table,
)
from formcheck.report.fonts import use, written
from formcheck.report.pdf_tables import fitting
from formcheck.system.files import write_export
from formcheck.system.resources import fonts

FONT = "DejaVu"
MARGIN = 40.0
LABEL_WIDTH = 110.0
PICTURE_HEIGHT = 220.0
BASELINE = 0.8
"""Of the size: how far a cell's baseline lies below its upper edge."""


def document_pdf(document: Document, path: Path) -> None:
    """Write a report to `path`, whole or not at all. OSError where it cannot be written."""
    page = _Page(document.title, document.footer)
    how = written(document, page.first_font)
    use(page, how)
    document = how.document
    page.footer_words = document.footer
    page.add_page()
    page.heading(document.title, 17)
    for block, following in zip(document.blocks, (*document.blocks[1:], None), strict=True):
        if isinstance(block, Heading) and following is not None:
            page.need(40 + _least_height(page, following))  # a heading does not end a page
        _draw(page, block)
    write_export(path, bytes(page.output()))


class _Page(FPDF):
    """A4 in points. The first font is of matplotlib, which MediaPipe brings; fonts.py adds what a document needs beside it."""

    def __init__(self, title: str, footer: str) -> None:
        super().__init__(unit="pt", format="A4")
        self.add_font(FONT, "", fonts() / "DejaVuSans.ttf")
        self.add_font(FONT, "B", fonts() / "DejaVuSans-Bold.ttf")
        self.set_margins(MARGIN, MARGIN)
        self.c_margin = 0.0  # text starts where figures and rules do
        self.set_auto_page_break(True, margin=60)
        self.set_title(title)
        self.first_font, self.footer_words = fonts() / "DejaVuSans.ttf", footer

    def _render_styled_text_line(self, *args: Any, **named: Any) -> Any:
        """fpdf2 2.8.9 takes a font that a fallback sign's line has set for this page's: the next words would have none."""
        self.current_font_is_set_on_page = False
        return super()._render_styled_text_line(*args, **named)

    def footer(self) -> None:
        self.set_y(-50)
        self.set_font(FONT, "", 7)
        self.set_text_color(90)
        self.multi_cell(self.epw - 60, 9, self.footer_words, align="L", new_x=XPos.RIGHT, new_y=YPos.TOP)
        self.cell(60, 9, f"{self.page_no()}", align="R")

    def words(self, text: str, size: float = 9.0, *, bold: bool = False, grey: bool = False, width: float = 0.0) -> None:
        self.set_font(FONT, "B" if bold else "", size)
        self.set_text_color(90 if grey else 20)
        self.multi_cell(width, size * 1.4, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def heading(self, text: str, size: float) -> None:
        self.ln(8)
        self.words(text, size, bold=True)
        self.ln(3)

    def need(self, height: float) -> None:
        """Go to the next page unless `height` points are left on this one."""
        if self.will_page_break(height):
            self.add_page()


def _least_height(page: _Page, block: Block) -> float:
    """What of a block must stand on one page, in points."""
    match block:
        case Figure(canvas):
            return canvas.height * page.epw / canvas.width + 30
        case Pictures():
            return PICTURE_HEIGHT + 40
        case Blank(_, lines):
            return 16.0 + 20 * lines
        case _:
            return 60.0


def _draw(page: _Page, block: Block) -> None:
    match block:
        case Heading(text):
            page.heading(text, 12)
        case Paragraph(text, small):
            page.words(text, 8 if small else 9, grey=small)
        case Facts(pairs):
            _facts(page, pairs)
        case Table():
            for piece in fitting(block):
                _table(page, piece)
        case Figure(canvas, caption):
            _figure(page, canvas, caption)
        case Pictures(pictures):
            _pictures(page, pictures)
        case Blank(label, lines):
            _blank(page, label, lines)


def _facts(page: _Page, pairs: Sequence[tuple[str, str]]) -> None:
    for label, value in pairs:
        page.need(28)
        top, sheet = page.get_y(), page.page_no()
        page.words(label, 9, grey=True, width=LABEL_WIDTH)
        below = page.get_y()  # a long label has more lines than what it stands before
        page.set_y(top) if page.page_no() == sheet else None
        with page.local_context():
            page.set_left_margin(MARGIN + LABEL_WIDTH)
            page.set_x(MARGIN + LABEL_WIDTH)
            page.words(value)
            page.set_left_margin(MARGIN)
        page.set_y(max(page.get_y(), below) if page.page_no() == sheet else page.get_y())
        page.set_x(MARGIN)


def _table(page: _Page, table: Table) -> None:
    if not table.rows:
        return
    page.set_font(FONT, "", 7.5)
    page.set_text_color(20)
    page.set_draw_color(200)
    page.set_fill_color(255)
    bold = FontFace(family=FONT, emphasis="BOLD", size_pt=7.5)
    widths = table.widths or tuple(1 for _ in table.head)
    with page.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=bold,
        col_widths=widths,
        line_height=10.5,
        text_align="LEFT",
        padding=2,
        width=page.epw,
        first_row_as_headings=True,
    ) as drawn:
        drawn.row(table.head)
        for row in table.rows:
            cells = drawn.row()
            for cell in row.cells[:-1]:
                cells.cell(cell)
            cells.cell(row.cells[-1], style=FontFace(color=INKS[row.tone]))
    page.ln(4)


def _figure(page: _Page, canvas: Canvas, caption: str) -> None:
    scale = page.epw / canvas.width
    page.need(canvas.height * scale + 30)
    left, top = MARGIN, page.get_y()
    for shape in canvas.shapes:
        _shape(page, shape, left, top, scale)
    page.set_xy(MARGIN, top + canvas.height * scale)
    page.words(caption, 8, grey=True)
    page.ln(6)


def _shape(page: _Page, shape: Shape, left: float, top: float, scale: float) -> None:
    if isinstance(shape, Line):
        page.set_draw_color(shape.colour)
        page.set_line_width(shape.width * scale)
        page.set_dash_pattern(dash=4, gap=3) if shape.dashed else page.set_dash_pattern()
        page.polyline([(left + x * scale, top + y * scale) for x, y in shape.points])
        page.set_dash_pattern()
        page.set_line_width(0.5)
    elif isinstance(shape, Box):
        page.set_fill_color(shape.fill)
        page.rect(left + shape.x * scale, top + shape.y * scale, shape.width * scale, shape.height * scale, style="F")
    elif isinstance(shape, Dot):
        page.set_fill_color(shape.fill)
        page.circle(left + shape.x * scale, top + shape.y * scale, shape.radius * scale, style="F")
    else:
        size = shape.size * scale * 0.9
        page.set_font(FONT, "", size)
        page.set_text_color(shape.colour)
        width = page.get_string_width(shape.words)
        before = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor] * width
        page.set_xy(left + shape.x * scale - before, top + shape.y * scale - BASELINE * size)
        page.cell(width + 1, size, shape.words)  # unlike text(), it takes signs of other scripts from other fonts


def _pictures(page: _Page, pictures: Sequence[Picture]) -> None:
    """Two beside each other."""
    gap = 12.0
    width = (page.epw - gap) / 2
    for pair in (pictures[i : i + 2] for i in range(0, len(pictures), 2)):
        sizes = [_size(p.data) for p in pair]
        heights = [min(width * h / w, PICTURE_HEIGHT) for w, h in sizes]
        page.need(max(heights) + 40)
        top = page.get_y()
        ends = []
        for i, picture in enumerate(pair):
            x = MARGIN + i * (width + gap)
            page.image(io.BytesIO(picture.data), x, top, width, heights[i], keep_aspect_ratio=True)
            page.set_xy(x, top + max(heights) + 3)
            page.words(picture.caption, 8, grey=True, width=width)
            ends.append(page.get_y())
        page.set_xy(MARGIN, max(ends) + 8)


def _size(data: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        return image.size


def _blank(page: _Page, label: str, lines: int) -> None:
    page.need(16 + 20 * lines)
    page.words(label, 9, grey=True)
    page.set_draw_color(150)
    for _ in range(lines):
        page.ln(18)
        page.line(MARGIN, page.get_y(), page.w - MARGIN, page.get_y())
    page.ln(8)
