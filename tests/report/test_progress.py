"""A change is one only beyond measurement error, and never across methods."""

import csv
import io
import json
from pathlib import Path

import pytest
from report_cases import DAY, sample, session

from formcheck.report.document import Figure, Paragraph
from formcheck.report.export import COLUMNS, data_dictionary, repetitions_csv, sessions_json
from formcheck.report.html import document_html
from formcheck.report.period_report import change_words, period_document
from formcheck.report.progress import Sample, Trend, clean_sets, sides_apart, trends
from formcheck.results import Limits, Side
from formcheck.session.notes import Notes


def roll(*samples: Sample, detectable: float | None = None) -> Trend:
    known = {("clam", "pelvic_roll"): detectable} if detectable is not None else None
    return next(t for t in trends(samples, known) if t.quantity == "pelvic_roll")


@pytest.mark.parametrize(
    ("last", "detectable", "real"),
    [(4.0, None, True), (7.1, None, False), (6.9, None, True), (7.1, 4.0, True), (4.0, 9.0, False)],
)
def test_only_what_exceeds_measurement_error_is_a_change(last: float, detectable: float | None, real: bool) -> None:
    """Twice the uncertainty of 2.5 degrees, or the smallest detectable difference where it is known."""
    trend = roll(sample(0, 12.0, 12.0, 12.0), sample(9, last, last, last), detectable=detectable)
    assert trend.change is not None
    assert trend.change.real is real
    assert ("no change beyond measurement error" in change_words(trend)) is not real


def test_versions_are_never_mixed_unsaid() -> None:
    old, new = sample(0, 12.0, program="0.0.9"), sample(5, 3.0)
    trend = roll(old, new)
    assert trend.methods == 2
    assert trend.change is None
    assert "not compared" in change_words(trend)
    blocks = period_document([old, new]).blocks
    assert any(isinstance(b, Paragraph) and "different versions" in b.text for b in blocks)
    figure = next(b for b in blocks if isinstance(b, Figure))
    assert any(getattr(s, "words", "") == "other version" for s in figure.canvas.shapes)
    later = roll(old, new, sample(9, 12.0))
    assert later.change is not None
    assert later.change.first.when == new.when


def test_excluded_repetitions_do_not_count() -> None:
    spoilt = Sample(DAY, session(4.0, 30.0, 30.0), Notes(excluded={2: "fell asleep", 3: "talked"}))
    assert roll(spoilt).values[0].value == 4.0


def test_what_was_not_measured_is_no_zero() -> None:
    assert roll(sample(0, None, 6.0, None)).values[0].value == 6.0
    assert not [t for t in trends([sample(0, None, None)]) if t.quantity == "pelvic_roll"]


def test_sides_are_compared_day_by_day() -> None:
    found = trends(
        [
            sample(0, 12.0),
            sample(0, 4.0, side=Side.RIGHT),
            sample(1, 12.0),
            sample(2, 9.0),
            sample(2, 9.0, side=Side.RIGHT, program="0.0.9"),
        ]
    )
    (apart,) = (t for t in sides_apart(found) if t.quantity == "pelvic_roll")
    assert [v.value for v in apart.values] == [8.0], "a day with one side only, or with two methods, has no difference"
    assert apart.values[0].uncertainty == pytest.approx(2.5 * 2**0.5)


def test_the_period_is_reported() -> None:
    page = document_html(period_document([sample(day, 12.0 - day, 5.0, None) for day in range(4)]))
    assert "2026-11-02 to 2026-11-05" in page
    assert "12, of which" in page
    assert "not medical advice" in page
    with pytest.raises(ValueError, match="without sessions"):
        period_document([])


def test_exports_hold_every_figure() -> None:
    samples = [sample(0, 4.0, None), sample(1, 12.0)]
    rows = list(csv.DictReader(io.StringIO(repetitions_csv(samples, "=K-1").removeprefix("\ufeff"))))
    assert len(rows) == 3 * 2
    assert set(rows[0]) == set(COLUMNS)
    assert rows[0]["client"] == "'=K-1", "no spreadsheet runs it"
    unseen = next(r for r in rows if r["quantity"] == "pelvic_roll" and r["rep"] == "2")
    assert (unseen["value"], unseen["clean"]) == ("", "false")
    assert unseen["why"]
    data = json.loads(sessions_json(samples, "K-1"))
    assert [len(s["session"]["reps"]) for s in data["sessions"]] == [2, 1]


def test_the_dictionary_in_the_docs_is_the_program_s_own() -> None:
    page = Path(__file__).parents[2] / "docs" / "data-dictionary.md"
    assert page.read_text(encoding="utf-8") == data_dictionary(), "run scripts/data_dictionary.py"


def test_limits_of_the_fault_that_a_quantity_betrays_and_of_the_plan_before_them() -> None:
    last = sample(0, 12.0)
    (trend,) = [t for t in trends([last]) if t.quantity == "pelvic_roll"]
    assert trend.limits == last.session.thresholds["pelvic_roll"]
    planned = Limits(3.0, 4.0)
    (trend,) = [t for t in trends([last], None, {("clam", "pelvic_roll"): planned}) if t.quantity == "pelvic_roll"]
    assert trend.limits == planned


def test_clean_repetitions_after_the_therapist_s_judgement() -> None:
    spoken = Sample(DAY, sample(0, 12.0, 4.0).session, Notes(excluded={1: "a cough"}))
    (sets,) = clean_sets([spoken])
    assert [(clean, reps) for _, clean, reps, _ in sets.sets] == [(1, 1)]
