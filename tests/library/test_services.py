"""The suggestion after a set: from this person's own sets, in the order in which they were done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from store_cases import write_notes

from formcheck.analysis.progression import Criteria
from formcheck.library.clients import CONSENT_WORDS, Consent
from formcheck.library.services import next_step
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.library.store.sync import open_library
from formcheck.results import Finding, Rep, Session, Severity, Side, VideoInfo
from formcheck.session.file import write_session
from formcheck.session.notes import Notes

FINDING = Finding("pelvic_roll", Severity.CAUTION, 1.0, 12.0, 10.0, "deg")
THREE = Criteria(3, 10, 0.9)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library") as library:
        yield library


def add_set(library: Library, day: int, *, found: int = 0, client: str | None = None) -> Entry:
    """Ten clams, some with a finding, done on that day of January."""
    folder = library.root / "made" / f"{day}{client or ''}"
    folder.mkdir(parents=True)
    reps = tuple(Rep(i, Side.LEFT, i, i + 0.4, i + 0.9, {}, (FINDING,) if i <= found else ()) for i in range(1, 11))
    video = VideoInfo("a.mp4", 640, 480, 30.0, 20.0, 600)
    write_session(folder, Session("0.1.0", "clam", "standard", Side.LEFT, video, "full", 600, {}, reps))
    return library.add_session(folder, keep_video=False, client=client, when=datetime(2026, 1, day, tzinfo=UTC))


def test_three_clean_sets(library: Library) -> None:
    sets = [add_set(library, day) for day in (1, 2, 3)]
    assert "Sidelying external rotation" in next_step(library, sets[2], THREE)
    assert next_step(library, sets[1], THREE) == ""
    assert next_step(library, sets[2], replace(THREE, sets=4)) == ""


def test_the_order_is_when_they_were_done_not_when_they_were_added(library: Library) -> None:
    good = [add_set(library, day) for day in (2, 3, 4)]
    add_set(library, 1, found=5)
    assert next_step(library, good[-1], THREE) != ""


def test_the_therapist_s_judgement_counts(library: Library) -> None:
    sets = [add_set(library, day, found=2 if day == 3 else 0) for day in (1, 2, 3)]
    assert next_step(library, sets[-1], THREE) == ""
    write_notes(library, sets[-1], Notes(overruled={1: {"pelvic_roll": "the shirt slid"}}))
    assert next_step(library, sets[-1], THREE) != ""


def test_other_people_s_sets_do_not_count(library: Library) -> None:
    client = library.new_client("K-1")
    library.give_consent(client.uid, Consent(datetime(2026, 1, 1, tzinfo=UTC), True, True, CONSENT_WORDS))
    sets = [add_set(library, day, client=client.uid if day == 2 else None) for day in (1, 2, 3)]
    assert next_step(library, sets[-1], THREE) == ""
