"""Cuts a table to what a page can hold: so many columns side by side, so many rows in all."""

from dataclasses import replace

from formcheck.report.document import Row, Table
from formcheck.system.language import tr

MOST_COLUMNS = 12
"""An A4 page holds so many with words that can still be read."""
MOST_ROWS = 500
"""Ten pages. Laying out a row takes fpdf2 ten milliseconds, and nobody reads more on paper."""


def fitting(table: Table) -> list[Table]:
    """The table, or its pieces: its first column stands in each."""
    left_out = len(table.rows) - MOST_ROWS
    if left_out > 0:
        blank = [""] * (len(table.head) - 2)
        more = Row(("…", *blank, tr("{left_out} more: the CSV files hold them all", left_out=left_out)))
        table = replace(table, rows=(*table.rows[:MOST_ROWS], more))
    if len(table.head) <= MOST_COLUMNS:
        return [table]
    columns = range(1, len(table.head))
    step = MOST_COLUMNS - 1
    return [_piece(table, (0, *columns[start : start + step])) for start in range(0, len(columns), step)]


def _piece(table: Table, columns: tuple[int, ...]) -> Table:
    return Table(
        tuple(table.head[c] for c in columns),
        tuple(replace(row, cells=tuple(row.cells[c] for c in columns)) for row in table.rows),
        tuple(table.widths[c] for c in columns) if table.widths else (),
    )
