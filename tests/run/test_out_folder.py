"""A folder that holds a session is not given another: not silently, and never half."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from films import first_seconds

from formcheck.capture.source import Part
from formcheck.exercises import EXERCISES
from formcheck.pose.model import model_file
from formcheck.run.offline.analyze import Request, analyze_video
from formcheck.run.offline.out_folder import Occupied
from formcheck.session.file import read_session
from formcheck.session.layout import MEASURED
from formcheck.session.notes import Notes, read_notes
from formcheck.session.notes import dump as dump_notes
from formcheck.session.ownership import read_ownership
from formcheck.system.folder_lock import FolderLock
from formcheck.system.resources import folder

Content = dict[str, bytes]


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two films, of one second and a little more."""
    where = tmp_path_factory.mktemp("films")
    return tuple(first_seconds(folder("assets") / "demo.mp4", s, where / f"{s}.mp4") for s in (1.0, 1.2))  # type: ignore[return-value]


@pytest.fixture(scope="module")
def analysed(films: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("analysed") / "out"
    analyze_video(Request(films[0], EXERCISES["clam"], out, model_file()))
    shutil.copyfile(films[0], out / "raw.mp4")
    (out / "notes.json").write_text(dump_notes(Notes(subjective="of the first person")))
    (out / "mine.txt").write_text("mine")
    return out


@pytest.fixture
def taken(analysed: Path, films: tuple[Path, Path], tmp_path: Path) -> Request:
    """The second film, into a folder that holds a session of the first."""
    shutil.copytree(analysed, tmp_path / "out")
    return Request(films[1], EXERCISES["clam"], tmp_path / "out", model_file(), annotated=False)


def content(where: Path) -> Content:
    return {path.name: path.read_bytes() for path in where.iterdir()}


CHANGES: dict[str, Callable[[Request, Path], Request]] = {
    "another film": lambda request, first: request,
    "another exercise": lambda request, first: replace(request, video=first, exercise=EXERCISES["sidelying-er"]),
    "another part": lambda request, first: replace(request, video=first, part=Part(0.2, 0.8)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_another_session_is_refused_and_nothing_changes(
    taken: Request, films: tuple[Path, Path], change: Callable[[Request, Path], Request]
) -> None:
    before = content(taken.out)
    with pytest.raises(Occupied, match="--replace"):
        analyze_video(change(taken, films[0]))
    assert content(taken.out) == before


def test_replaced_nothing_of_the_old_session_remains(taken: Request) -> None:
    old = content(taken.out)
    analyze_video(replace(taken, replace=True))
    new = content(taken.out)
    assert sorted(new) == sorted([*MEASURED, "record.json", "mine.txt"])
    assert {name for name in new if new[name] == old.get(name)} <= {"mine.txt", "reps.csv"}  # without a repetition they are alike


def test_a_replacement_that_fails_leaves_the_old_session(taken: Request) -> None:
    before = content(taken.out)
    with pytest.raises(FileNotFoundError):
        analyze_video(replace(taken, replace=True, model=taken.out / "none.task"))
    assert content(taken.out) == before


def test_the_same_film_is_measured_again_and_keeps_its_notes_and_its_date(taken: Request, films: tuple[Path, Path]) -> None:
    renamed = shutil.copyfile(films[0], taken.out.parent / "renamed.mp4")
    record = read_ownership(taken.out)
    analyze_video(replace(taken, video=renamed, side=None))
    assert read_session(taken.out).video.name == "renamed.mp4"
    assert read_notes(taken.out).subjective == "of the first person"
    assert read_ownership(taken.out) == record
    assert not (taken.out / "annotated.mp4").exists()  # it showed what was measured before
    assert (taken.out / "raw.mp4").exists()
    when = datetime(2024, 5, 6, tzinfo=UTC)
    analyze_video(replace(taken, video=renamed, when=when))
    assert (found := read_ownership(taken.out)) is not None
    assert record is not None
    assert (found.when, found.uid) == (when, record.uid)


def test_a_folder_where_a_live_set_is_done_is_refused_whatever_is_said(taken: Request) -> None:
    lock = FolderLock(taken.out)
    with pytest.raises(Occupied, match="live set"):
        analyze_video(replace(taken, replace=True))
    lock.release()


def test_what_a_kill_left_aside_returns(taken: Request) -> None:
    """Killed after the old files were moved aside, before the new ones took their place."""
    before = content(taken.out)
    aside = taken.out / ".replaced-x"
    aside.mkdir()
    for name in before:
        (taken.out / name).rename(aside / name)
    with pytest.raises(Occupied):
        analyze_video(taken)
    assert content(taken.out) == before
