"""Delimited text as numbers: comma, semicolon or tab between the columns, decimal point or comma within them."""

import csv
import io
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats
from formcheck.system.errors import UserError
from formcheck.system.language import tr

_SEPARATORS = ("\t", ";", ",")
_NOTHING = ("", "nan", "null", "none")


class BadSensorFile(UserError):
    """The file holds no recording this program can read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table whose first line names its columns; not yet numbers."""

    name: str
    """The file's name, for messages."""
    columns: tuple[str, ...]
    separator: str
    body: str
    """The lines below the first."""

    def rows(self) -> list[list[str]]:
        """Each line's cells. BadSensorFile where quotes do not close."""
        try:
            return [row for row in csv.reader(io.StringIO(self.body), delimiter=self.separator) if row]
        except csv.Error as error:
            raise BadSensorFile(
                tr("{name}: not a table ({error}); export it from the app again", name=self.name, error=error)
            ) from error


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    columns: tuple[str, ...]
    values: Floats
    """(rows, columns), NaN where a cell is empty."""

    def __getitem__(self, column: str) -> Floats:
        found: Floats = self.values[:, self.columns.index(column)]
        return found


def read_text_table(name: str, content: bytes) -> TextTable:
    """BadSensorFile where the content is no text."""
    if b"\0" in content[:4096]:
        raise BadSensorFile(tr("{name}: not a text file; export as CSV, not as Excel", name=name))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    head, _, body = text.lstrip().partition("\n")
    separator = max(_SEPARATORS, key=head.count)
    columns = next(csv.reader([head.strip()], delimiter=separator), [])
    return TextTable(name, tuple(c.strip() for c in columns), separator, body.replace("\r\n", "\n"))


def as_numbers(table: TextTable) -> Table:
    """The same as numbers; a line that was cut off is left out. BadSensorFile where a cell is no number."""
    body = table.body if table.separator == "," else table.body.replace(",", ".")
    if not body.strip():
        return Table(table.columns, np.empty((0, len(table.columns))))
    try:
        values = np.loadtxt(io.StringIO(body), delimiter=table.separator, quotechar='"', ndmin=2, comments=None)
    except ValueError:
        values = _cell_by_cell(table)
    if values.shape[1:] != (len(table.columns),):
        raise BadSensorFile(
            tr(
                "{name}: {n} names for {what} columns; export it from the app again",
                name=table.name,
                n=len(table.columns),
                what=values.shape[1],
            )
        )
    return Table(table.columns, np.where(np.isfinite(values), values, np.nan))


def _cell_by_cell(table: TextTable) -> Floats:
    rows, width = table.rows(), len(table.columns)
    whole = [row for row in rows if len(row) == width]
    if len(whole) < 0.9 * len(rows):
        raise BadSensorFile(tr("{name}: lines of different lengths; export it from the app again", name=table.name))
    try:
        return np.array([[_number(cell) for cell in row] for row in whole]).reshape(len(whole), width)
    except ValueError as error:
        raise BadSensorFile(tr("{name}: {error}; a table of numbers was expected", name=table.name, error=error)) from error


def _number(cell: str) -> float:
    words = cell.strip().lower()
    return np.nan if words in _NOTHING else float(words.replace(",", "."))
