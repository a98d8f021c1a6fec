"""A table that no page can hold is cut into pieces that one can."""

from dataclasses import replace
from pathlib import Path

import pytest
from report_cases import session

from formcheck.report.document import Row, Table, Tone
from formcheck.report.pdf import document_pdf
from formcheck.report.pdf_tables import fitting
from formcheck.report.session_report import session_document
from formcheck.results import Measurement


def table(columns: int, rows: int) -> Table:
    head = tuple(f"c{i}" for i in range(columns))
    return Table(
        head, tuple(Row(tuple(f"{r}.{c}" for c in range(columns)), Tone.FAULT) for r in range(rows)), tuple([10] * columns)
    )


def test_one_that_fits_is_left_alone() -> None:
    assert fitting(table(8, 40)) == [table(8, 40)]


def test_every_column_stands_in_one_piece_and_the_first_in_all() -> None:
    pieces = fitting(table(30, 3))
    assert len(pieces) > 1
    assert [name for piece in pieces for name in piece.head[1:]] == [f"c{i}" for i in range(1, 30)]
    for piece in pieces:
        assert [row.cells[0] for row in piece.rows] == ["0.0", "1.0", "2.0"]
        assert all(row.tone is Tone.FAULT for row in piece.rows)
        assert len(piece.widths) == len(piece.head)


def test_of_thousands_of_rows_the_first_are_shown_and_the_others_counted() -> None:
    (piece,) = fitting(table(5, 20_000))
    assert len(piece.rows) < 1000
    assert piece.rows[0].cells[0] == "0.0"
    assert f"{20_000 - len(piece.rows) + 1} more" in piece.rows[-1].cells[-1]


@pytest.mark.parametrize("count", [12, 20, 39])
def test_a_report_of_many_quantities_is_written(tmp_path: Path, count: int) -> None:
    one = session(12.0, 3.0)
    many = {f"a_quantity_with_a_name_{i}": Measurement(1.0, "deg", 2.0) for i in range(count)}
    one = replace(one, reps=tuple(replace(rep, measurements=many) for rep in one.reps))
    document_pdf(session_document(one), tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
