"""What spreadsheets make of the exports: numbers, moments and truth as such, and nothing of what people wrote a formula."""

import csv
import io
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import openpyxl
import pytest
from report_cases import sample, session

from formcheck.report.export import COLUMNS, repetitions_csv, session_sheets
from formcheck.report.folder import folder_sheets
from formcheck.report.progress import Sample
from formcheck.report.spreadsheet import CsvStyle, Sheet, csv_text, write_workbook
from formcheck.session.file import write_session
from formcheck.session.notes import Notes
from formcheck.session.ownership import Ownership, write_ownership
from formcheck.system.errors import UserError

EVIL = ('=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0")
MOMENT = datetime(2026, 3, 14, 17, 5, 9, 42, UTC)
SHEET = Sheet("t", ("words", "number", "moment", "truth", "nothing"), [(w, 1.5, MOMENT, True, None) for w in EVIL])


@pytest.mark.parametrize(("separator", "decimal"), [(",", "."), (";", ","), ("\t", ",")])
def test_csv_in_the_country_s_own_writing(separator: str, decimal: str) -> None:
    text = csv_text(SHEET, CsvStyle(separator, decimal))
    assert text.startswith("\ufeffwords" + separator)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=separator))
    assert [r["number"] for r in rows] == [f"1{decimal}5"] * len(EVIL)
    assert {(r["moment"], r["truth"], r["nothing"]) for r in rows} == {("2026-03-14 17:05:09", "true", "")}
    assert [r["words"] for r in rows] == [f"'{w}" for w in EVIL], "no spreadsheet runs it"


def test_one_sign_cannot_mean_two_things() -> None:
    with pytest.raises(UserError, match="another separator"):
        CsvStyle(",", ",")


def test_a_workbook_has_typed_cells_and_no_formula(tmp_path: Path) -> None:
    write_workbook(tmp_path / "t.xlsx", [SHEET, Sheet("empty", ("a",), [])])
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["t", "empty"]
    rows = list(book["t"].iter_rows(min_row=2))
    assert [row[0].value for row in rows] == list(EVIL)
    for row in rows:
        assert [cell.data_type for cell in row[:4]] == ["s", "n", "d", "b"]
        assert (row[1].value, row[2].value, row[3].value) == (1.5, datetime(2026, 3, 14, 17, 5, 9), True)
        assert row[4].value is None
    assert [p.name for p in tmp_path.iterdir()] == ["t.xlsx"]


def test_the_exports_are_such_tables(tmp_path: Path) -> None:
    when = datetime(2026, 7, 1, 8, 30, 15, 500, timezone(timedelta(hours=2)))
    samples = [Sample(when, session(4.0, None, 12.0), Notes(pain_before=2, excluded={2: "=1+1"})), sample(40, 5.0)]
    text = repetitions_csv(samples, "K-1", CsvStyle(";", ",")).removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert tuple(rows[0]) == tuple(COLUMNS)
    assert (rows[0]["when"], rows[0]["utc_offset_h"]) == ("2026-07-01 08:30:15", "2,0")
    assert {r["value"] for r in rows if r["quantity"] == "pelvic_roll"} == {"4,0", "", "12,0", "5,0"}
    write_workbook(tmp_path / "sets.xlsx", session_sheets(samples, "=K-1"))
    book = openpyxl.load_workbook(tmp_path / "sets.xlsx")
    assert book.sheetnames == ["sessions", "repetitions"]
    sets, reps = ([[c.value for c in row] for row in sheet.iter_rows()] for sheet in (book["sessions"], book["repetitions"]))
    assert sets[1][0] == datetime(2026, 7, 1, 8, 30, 15)
    assert sets[1][1] == "=K-1"
    assert sets[1][5:9] == [2, 1, 13.0, 2], "repetitions, clean, seconds, pain before"
    at = {name: reps[0].index(name) for name in ("rep", "excluded", "clean", "quantity", "value", "why")}
    unseen = next(r for r in reps if r[at["rep"]] == 2 and r[at["quantity"]] == "pelvic_roll")
    assert (unseen[at["excluded"]], unseen[at["clean"]], unseen[at["value"]]) == (True, False, None)
    assert unseen[at["why"]]


def test_a_session_folder_is_a_workbook_with_its_curves(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    write_session(folder, session(4.0, 12.0))
    write_ownership(folder, Ownership("a" * 32, datetime(2026, 3, 14, 17, 5, tzinfo=UTC)))
    (folder / "series.csv").write_text(
        "t_s,hip_opening,pelvic_roll,phase\n0.000,1.5,2.0,0.000\n0.100,,3.0,0.100\n", encoding="utf-8"
    )
    (folder / "angles.csv").write_text("t_s,pelvic_roll,fppa_left\n0.000,,1.0\n0.100,4.0,\n", encoding="utf-8")
    write_workbook(tmp_path / "set.xlsx", folder_sheets(folder))
    curves = openpyxl.load_workbook(tmp_path / "set.xlsx")["curves"]
    assert [[c.value for c in row] for row in curves.iter_rows()] == [
        ["t_s", "hip_opening", "pelvic_roll", "phase"],
        [0, 1.5, 2, 0],
        [0.1, None, 3, 0.1],
    ]
