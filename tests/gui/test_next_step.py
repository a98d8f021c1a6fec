"""The suggestion after a set: from this person's own sets, in the order in which they were done."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from gui_stage import Stage  # type: ignore[import-not-found]

from formcheck.exercises import EXERCISES
from formcheck.gui.next_step import next_step
from formcheck.results import Finding, Rep, Session, Severity, Side, VideoInfo
from formcheck.session_file import read_session, write_session
from formcheck.session_notes import Notes, write_notes
from formcheck.session_record import Record, write_record
from formcheck.settings import Settings

FINDING = Finding("pelvic_roll", Severity.CAUTION, 1.0, 12.0, 10.0, "deg")


def make_set(folder: Path, when: int, *, found: int = 0, client: str | None = None) -> Path:
    """Ten clams, some with a finding, done on day `when`."""
    folder.mkdir()
    reps = tuple(Rep(i, Side.LEFT, i, i + 0.4, i + 0.9, {}, (FINDING,) if i <= found else ()) for i in range(1, 11))
    video = VideoInfo("a.mp4", 640, 480, 30.0, 20.0, 600)
    write_session(folder, Session("0.1.0", "clam", "standard", Side.LEFT, video, "full", 600, {}, reps))
    if client is None:
        os.utime(folder / "session.json", (86_400 * when, 86_400 * when))
    else:
        write_record(folder, Record(f"{when:032x}", datetime(2026, 1, when, tzinfo=UTC), client))
    return folder


def settings(*folders: Path) -> Settings:
    return replace(Settings(), recent=tuple(map(str, folders)))


def test_three_clean_sets(tmp_path: Path) -> None:
    first, second, third = (make_set(tmp_path / str(i), i) for i in (1, 2, 3))
    assert "Sidelying external rotation" in next_step(settings(second, first, third), third)
    assert next_step(settings(second, third), third) == ""
    assert next_step(replace(settings(first, second, third), next_after_sets=4), third) == ""


def test_the_order_is_when_they_were_done_not_when_they_were_opened(tmp_path: Path) -> None:
    bad = make_set(tmp_path / "bad", 1, found=5)
    good = [make_set(tmp_path / str(i), i) for i in (2, 3, 4)]
    assert next_step(settings(bad, *good), good[-1]) != ""


def test_the_therapist_s_judgement_counts(tmp_path: Path) -> None:
    sets = [make_set(tmp_path / str(i), i, found=2 if i == 3 else 0) for i in (1, 2, 3)]
    assert next_step(settings(*sets), sets[-1]) == ""
    write_notes(sets[-1], Notes(overruled={1: {"pelvic_roll": "the shirt slid"}}))
    assert next_step(settings(*sets), sets[-1]) != ""


def test_other_people_s_sets_do_not_count(tmp_path: Path) -> None:
    sets = [make_set(tmp_path / str(i), i, client="0" * 31 + str(i % 2)) for i in (1, 2, 3)]
    assert next_step(settings(*sets), sets[-1]) == ""


def test_what_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    sets = [make_set(tmp_path / str(i), i) for i in (1, 2, 3)]
    assert next_step(settings(tmp_path / "gone", *sets), sets[-1]) != ""
    assert next_step(settings(*sets), tmp_path / "gone") == ""


def test_the_summary_says_it(stage: Stage, tmp_path: Path) -> None:
    page, folder = stage.window.summary, make_set(tmp_path / "one", 1)
    page.show_session(read_session(folder), EXERCISES["clam"], folder, ask_pain=False, next_step="A next step could be")
    assert page.next_step.text() == "A next step could be"
    page.show_session(read_session(folder), EXERCISES["clam"], folder, ask_pain=False)
    assert page.next_step.isHidden()
