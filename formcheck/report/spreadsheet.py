"""Tables for spreadsheets: CSV as a country's programs read it, and workbooks with typed cells.

What people wrote never becomes a formula: in CSV it is marked as text, in a workbook its cell is text.
"""

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from formcheck.session.tables import safe
from formcheck.system.errors import UserError
from formcheck.system.files import USUAL, replaced_by
from formcheck.system.language import tr

Cell: TypeAlias = str | bool | int | float | datetime | None
"""None is an empty cell."""
SECONDS = "%Y-%m-%d %H:%M:%S"
BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets take UTF-8 for an older encoding."""
MOST_ROWS = 1_048_575
"""Of a sheet, beside its head."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How a CSV is to be read: which sign parts its cells, and which a number's decimals."""

    separator: str = ","
    decimal: str = "."

    def __post_init__(self) -> None:
        if self.separator == self.decimal:
            raise UserError(tr("the same sign cannot part cells and decimals: choose another separator, such as ;"))


PLAIN = CsvStyle()


def csv_text(sheet: Sheet, style: CsvStyle = PLAIN) -> str:
    """The sheet as CSV in UTF-8 with a byte order mark, times to the second."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=style.separator, lineterminator="\n")
    writer.writerow(sheet.head)
    writer.writerows([_text(cell, style.decimal) for cell in row] for row in sheet.rows)
    return BYTE_ORDER_MARK + out.getvalue()


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write an .xlsx, whole or not at all, each sheet with its head fixed. OSError where it cannot be written."""
    import xlsxwriter  # takes a moment to load

    with replaced_by(path, mode=USUAL) as new:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with xlsxwriter.Workbook(str(new), options) as book:
            bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            for sheet in sheets:
                page = book.add_worksheet(sheet.title[:31])
                page.freeze_panes(1, 0)
                page.set_column(0, len(sheet.head) - 1, 14)
                page.set_column(0, 0, 20)
                for column, name in enumerate(sheet.head):
                    page.write_string(0, column, name, bold)
                for at, row in enumerate(sheet.rows[:MOST_ROWS], 1):
                    for column, cell in enumerate(row):
                        _write(page, at, column, cell, moment)


def _text(cell: Cell, decimal: str) -> str:
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime):
        return cell.strftime(SECONDS)
    return str(cell).replace(".", decimal) if isinstance(cell, int | float) else safe(cell)


def _write(page: Any, row: int, column: int, cell: Cell, moment: object) -> None:
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, datetime):
        page.write_datetime(row, column, cell.replace(tzinfo=None), moment)
    elif isinstance(cell, int | float):
        if math.isfinite(cell):
            page.write_number(row, column, cell)
    elif cell:
        page.write_string(row, column, cell)
