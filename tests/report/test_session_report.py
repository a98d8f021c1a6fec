"""What a session's report says, in HTML and PDF alike."""

import math
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import cv2
import numpy as np
import pytest
from fpdf import FPDF
from report_cases import HIDDEN, session

from formcheck.measurement.running.sides import by_sides
from formcheck.report.document import Facts, Picture, Row, Table
from formcheck.report.html import document_html, session_html
from formcheck.report.pdf import document_pdf
from formcheck.report.session_report import About, session_document
from formcheck.results import Session, Side
from formcheck.session.notes import Notes

SESSION = session(4.0, 12.0, 19.0, None, 3.5)
TIMES = [i / 10 for i in range(190)]
SERIES = {
    "t_s": TIMES,
    "hip_opening": [20 * (1 - math.cos(2 * math.pi * t / 3)) for t in TIMES],
    "pelvic_roll": [math.nan if 12 < t < 14 else 3 * math.sin(t) for t in TIMES],
}


class _Links(HTMLParser):
    """Everything a page would load or lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [value or "" for name, value in attrs if name in ("src", "href", "action", "data", "srcset")]


def picture() -> Picture:
    done, data = cv2.imencode(".png", np.full((48, 64, 3), 90, np.uint8))
    assert done
    return Picture(bytes(data), "Repetition 2")


def rows(document_session: Session, notes: Notes | None = None) -> tuple[Row, ...]:
    document = session_document(document_session, notes=notes)
    return next(b.rows for b in document.blocks if isinstance(b, Table))


def test_a_set_with_both_sides_tells_left_from_right() -> None:
    reps = tuple(replace(rep, side=Side.LEFT if rep.number < 4 else Side.RIGHT) for rep in SESSION.reps)
    both = replace(SESSION, side=None, reps=reps, sides=by_sides(reps, run=False))
    document = session_document(both)
    assert document.title == "Clam, both sides"
    objective = "\n".join(v for b in document.blocks if isinstance(b, Facts) for k, v in b.pairs if k.startswith("O:"))
    assert objective.count("median 35°") == 2
    assert "left side: 3 repetitions" in objective
    assert "right side: 2 repetitions" in objective
    means, listed = [b for b in document.blocks if isinstance(b, Table)][:2]
    opening = next(row.cells for row in means.rows if row.cells[0] == "Hip opening")
    assert [re.sub(r" ± [\d.]+°", "", cell) for cell in opening[1:]] == ["35° (n 3)", "35° (n 2)", "0° (n 2)"]
    assert [row.cells[1] for row in listed.rows] == ["left"] * 3 + ["right"] * 2


def test_every_repetition_has_its_row() -> None:
    words = [row.cells[-1] for row in rows(SESSION)]
    assert words[0] == words[4] == "clean"
    assert "(caution)" in words[1]
    assert "(fault)" in words[2]
    assert "not assessable" in words[3]
    assert rows(SESSION)[0].cells[3] == "4° ± 2.5°"
    assert rows(SESSION)[3].cells[3] == "not measured"


def test_it_says_what_it_must() -> None:
    page = document_html(session_document(SESSION, series=SERIES, about=About("K-017", "2026-11-02")))
    for words in (
        "estimated",
        "not medical advice",
        "± is half of the 90 % interval",
        "formcheck 0.1.0",
        HIDDEN,
        "A notice.",
        "K-017",
        "Caution from",
        "A: Assessment",
        "P: Plan",
        "5 repetitions, 2 clean",
    ):
        assert words in page, words


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = document_html(session_document(SESSION, series=SERIES, key_frames=[picture()]))
    links = _Links()
    links.feed(page)
    assert links.found
    assert all(link.startswith("data:image/png;base64,") for link in links.found)
    assert not links.tags & {"script", "link", "iframe", "object", "form"}
    assert "default-src 'none'" in page
    assert "url(" not in page


def test_words_from_outside_stay_words() -> None:
    notes, about = Notes(subjective="<script>alert(1)</script>"), About('"><img src=x>')
    page = document_html(session_document(SESSION, notes=notes, about=about))
    assert "<script" not in page
    assert "<b>clam" not in page
    assert "<img" not in page


def test_the_therapist_has_the_last_word() -> None:
    notes = Notes(
        pain_before=2,
        pain_after=4,
        effort=6,
        subjective="Stiff this morning.",
        assessment="Better.",
        overruled={2: {"pelvic_roll": "band slipped"}},
        excluded={3: "talked"},
    )
    second, third = (row.cells[-1] for row in rows(SESSION, notes)[1:3])
    assert "(caution)" in second
    assert "band slipped" in second
    assert "excluded by the therapist: talked" in third
    page = document_html(session_document(SESSION, notes=notes))
    assert "4 repetitions, 3 clean" in page
    assert "2 / 4 of 10" in page
    assert "Better." in page
    assert "P: Plan" in page


@pytest.mark.parametrize("known", ["clam", "an-exercise-of-the-future"])
def test_sessions_without_repetitions_or_of_unknown_exercises(known: str, tmp_path: Path) -> None:
    for empty in (replace(SESSION, exercise=known), replace(SESSION, exercise=known, reps=())):
        assert "not medical advice" in session_html(empty, series=SERIES)
        document_pdf(session_document(empty, series=SERIES), tmp_path / "x.pdf")


def test_curves_break_where_nothing_was_measured() -> None:
    page = session_html(SESSION, series=SERIES)
    solid = re.findall(r'<polyline points="([^"]+)" fill="none" stroke="#0072b2" stroke-width="1.4"/>', page)
    assert len(solid) == 3  # one of the movement, two of the roll
    assert "nan" not in page


def test_the_pdf_is_whole_and_holds_its_words(tmp_path: Path) -> None:
    path = tmp_path / "r.pdf"
    notes = Notes(subjective="Zażółć gęślą jaźń")
    document_pdf(session_document(SESSION, series=SERIES, key_frames=[picture()] * 3, notes=notes), path)
    content = path.read_bytes()
    assert content.startswith(b"%PDF")
    assert content.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type /Page\b", content)) >= 2
    assert list(tmp_path.iterdir()) == [path]


def test_long_sessions_break_over_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[float] = []
    multi_cell = FPDF.multi_cell

    def spy(self: FPDF, *args: object, **kwargs: object) -> object:
        drawn.append(self.get_y())
        return multi_cell(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(FPDF, "multi_cell", spy)
    document_pdf(session_document(session(*[4.0] * 200)), tmp_path / "long.pdf")
    assert max(drawn) < 842, "nothing is written below the page"
    assert len(re.findall(rb"/Type /Page\b", (tmp_path / "long.pdf").read_bytes())) > 4
