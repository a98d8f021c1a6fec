"""Notes and records are read as written; the therapist's judgement never changes the session itself."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from formcheck.results import Finding, Limits, Measurement, Rep, Session, Severity, VideoInfo
from formcheck.session.notes import BadNotesFile, Notes, judged, read_notes, write_notes
from formcheck.session.ownership import BadOwnership, Ownership, read_ownership, write_ownership

FOUND = Finding("pelvic_roll", Severity.CAUTION, 1.0, 12.0, 10.0, "deg")
REPS = tuple(Rep(i, None, i, i + 0.5, i + 1, {"pelvic_roll": Measurement(12.0, "deg")}, (FOUND,)) for i in (1, 2, 3))
VIDEO = VideoInfo("a", 1, 1, 1.0, 1.0, 1)
SESSION = Session("0.1.0", "clam", "standard", None, VIDEO, "full", 1, {"pelvic_roll": Limits(10, 15)}, REPS)


def test_notes_are_read_as_written(tmp_path: Path) -> None:
    assert read_notes(tmp_path) == Notes()
    notes = Notes(1, 2, 3, "s", "o", "a", "p", {1: {"pelvic_roll": "no"}}, {2: "talked"})
    write_notes(tmp_path, notes)
    assert read_notes(tmp_path) == notes


@pytest.mark.parametrize("text", ["", "[]", '{"format": "formcheck-notes", "version": 1, "pain_after": 11}', '{"version": 1}'])
def test_nonsense_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "notes.json").write_text(text)
    with pytest.raises(BadNotesFile):
        read_notes(tmp_path)
    (tmp_path / "record.json").write_text(text)
    with pytest.raises(BadOwnership):
        read_ownership(tmp_path)


def test_records_are_read_as_written(tmp_path: Path) -> None:
    assert read_ownership(tmp_path) is None
    ownership = Ownership(uuid4().hex, datetime(2026, 11, 2, 9, tzinfo=UTC), uuid4().hex, uuid4().hex, uuid4().hex)
    write_ownership(tmp_path, ownership)
    assert read_ownership(tmp_path) == ownership


def test_the_therapist_s_judgement() -> None:
    seen = judged(SESSION, Notes(overruled={1: {"pelvic_roll": "band slipped"}}, excluded={3: "talked"}))
    assert [rep.number for rep in seen.reps] == [1, 2]
    assert seen.clean_reps == 1
    assert SESSION.clean_reps == 0
