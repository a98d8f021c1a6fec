"""What was put right by hand shows as such in a report, an export and progress."""

import csv
import io
import json
from pathlib import Path

import pytest
from put_right_cases import NOW, recorded_set, taken_over, work_on

from formcheck.report.export import repetitions_csv, sessions_json
from formcheck.report.folder import folder_document
from formcheck.report.html import document_html
from formcheck.report.pace import tempo_words
from formcheck.report.period_report import period_document
from formcheck.report.progress import Sample, clean_sets
from formcheck.run.offline.put_right import change_session
from formcheck.session.changes import added, removed
from formcheck.session.corrections import shown_session


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four repetitions were found; one was removed and another one marked."""
    work = tmp_path_factory.mktemp("work")
    folder = recorded_set(work / "sessions")
    for i, change in enumerate((removed(shown_session(folder), 4, NOW), added(1.2, 1.8, None, NOW))):
        change_session(work_on(folder, work / str(i)), change)
        taken_over(work / str(i), folder)
    return folder


def test_the_report_says_what_was_changed_and_what_was_found(folder: Path) -> None:
    page = document_html(folder_document(folder))
    assert "2 changes; the program had found 4 repetitions" in page
    assert "marked by hand" in page
    for words in ("2026-11-27 18:30: repetition 1.2-1.8 s added", "removed"):
        assert words in page


def test_exports_mark_what_was_made_by_hand(folder: Path) -> None:
    sample = Sample(NOW, shown_session(folder))
    rows = list(csv.DictReader(io.StringIO(repetitions_csv([sample]))))
    assert {row["rep"]: row["by_hand"] for row in rows} == {"1": "", "2": "added", "3": "", "4": ""}
    (exported,) = json.loads(sessions_json([sample]))["sessions"]
    own = json.loads((folder / "session.json").read_text())
    own["video"]["name"] = ""
    assert exported["put_right"]["found"] == own
    assert [change["what"] for change in exported["put_right"]["changes"]] == ["removed", "added"]
    assert exported["put_right"]["by_hand"] == {"2": "added"}


def test_progress_says_it(folder: Path) -> None:
    sample = Sample(NOW, shown_session(folder))
    assert [sets.by_hand for sets in clean_sets([sample])] == [1]
    page = document_html(period_document([sample]))
    assert "put right by hand" in page


def test_the_tempo_is_in_the_report_and_in_the_summary(folder: Path) -> None:
    """The person opens and closes the knee within one second: sooner than the two and two that a clam asks for."""
    session = shown_session(folder)
    assert session.tempo is not None
    assert "early" in tempo_words(session)
    assert "2 s up, 2 s down" in tempo_words(session)
    assert "Pace (estimated)" in document_html(folder_document(folder))
