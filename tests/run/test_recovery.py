"""A live set whose program is killed is found at the next start and can be kept. scripts/kill_sets.py does it 200 times."""

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import platformdirs
import pytest
from live_cases import clam_set, opening, picture
from recovery_cases import CLIENT, killed_after

from formcheck.capture.video_file import VideoFile
from formcheck.cli.main import run
from formcheck.library.clients import Client
from formcheck.library.encryption import crypto, sealed
from formcheck.library.encryption.passphrase import set_passphrase
from formcheck.library.store.folders import library_folders
from formcheck.library.store.sync import open_library
from formcheck.recording.remux import remux
from formcheck.run.live import recovery
from formcheck.session.file import read_session, write_session
from formcheck.session.layout import JOURNAL
from formcheck.system.errors import UserError
from formcheck.system.folder_lock import NAME, FolderLock, is_being_written, is_unfinished
from formcheck.system.settings import Settings, load_settings, save_settings


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    sessions = tmp_path_factory.mktemp("killed") / "sessions"
    return sessions, killed_after(sessions, 0.0, told_s=4.2)


@pytest.fixture
def cut_off(killed, tmp_path: Path):  # type: ignore[no-untyped-def]
    """A copy of what the killed program left: the sessions' folder."""
    shutil.copytree(killed[0], tmp_path / "sessions")
    return tmp_path / "sessions"


def test_it_is_offered_and_kept_with_all_that_was_done(killed, cut_off: Path) -> None:  # type: ignore[no-untyped-def]
    last = killed[1]
    (found,) = recovery.cut_off_sets(cut_off)
    assert last.reps >= 1
    assert len(found.session.reps) in (last.reps, last.reps + 1)  # killed before it told of the last
    assert "Clam" in recovery.describe(found)
    session = recovery.keep(found.folder)
    assert read_session(found.folder).reps == found.session.reps
    assert session.video.duration_s > last.time_s - 1.5
    assert recovery.NOTICE in session.notices
    with VideoFile(found.folder / "annotated.mp4") as film:
        assert max(frame.timestamp_s for frame in film.frames()) > last.time_s - 1.0
        assert film.notice is None
    assert recovery.cut_off_sets(cut_off) == ()


def test_a_set_that_is_under_way_or_was_ended_is_not_offered(tmp_path: Path) -> None:
    live = clam_set(tmp_path)
    frame = picture(0, 0.0)
    live.feed(frame, opening(frame))
    assert is_unfinished(live.folder)
    assert is_being_written(live.folder)
    assert recovery.cut_off_sets(tmp_path) == ()
    live.close()
    assert recovery.cut_off_sets(tmp_path) == ()


def test_the_library_takes_it_in_once_it_was_kept(cut_off: Path, tmp_path: Path) -> None:
    with open_library(tmp_path / "root", sessions=cut_off) as library:
        assert library.sessions() == ()
    recovery.keep(recovery.cut_off_sets(cut_off)[0].folder)
    with open_library(tmp_path / "root", sessions=cut_off) as library:
        assert len(library.sessions()) == 1


def test_repetitions_that_are_only_in_the_journal_are_kept(cut_off: Path) -> None:
    (found,) = recovery.cut_off_sets(cut_off)
    folder, whole = found.folder, read_session(found.folder)
    write_session(folder, replace(whole, reps=(), side=None, notices=("No repetition was found.",)))
    with (folder / JOURNAL).open("a") as journal:
        journal.write('{"number": 9')  # torn
    session = recovery.keep(folder)
    assert len(session.reps) == len(found.session.reps) >= 1
    assert session.side == whole.side
    assert session.notices == (recovery.NOTICE,)


def test_what_a_power_cut_tore_is_cut_off(cut_off: Path) -> None:
    folder = recovery.cut_off_sets(cut_off)[0].folder
    series = folder / "series.csv"
    whole = series.read_text()
    series.write_text(whole + "garbage,,,\n" + "4.2,1")
    film = folder / "annotated.mp4"
    film.write_bytes(film.read_bytes()[:-3000] + bytes(1000))
    session = recovery.keep(folder)
    assert series.read_text() == whole + "garbage,,,\n"
    assert session.video.frames >= len(whole.splitlines()) - 1
    with VideoFile(film) as video:
        assert sum(1 for _ in video.frames()) > 20


def test_a_film_without_a_picture_goes(tmp_path: Path) -> None:
    for content in (b"", b"\0" * 700):
        (tmp_path / "a.mp4").write_bytes(content)
        assert not remux(tmp_path / "a.mp4")
        assert list(tmp_path.iterdir()) == []


@pytest.fixture
def unreadable(tmp_path: Path) -> Path:
    """Sets that were cut off: one of which nothing was written, a torn one, and one of a newer formcheck."""
    for name, content in (("empty", None), ("newer", '{"format": "formcheck-session", "version": 9}'), ("torn", "{")):
        (tmp_path / name).mkdir()
        (tmp_path / name / NAME).write_bytes(b"")
        if content is not None:
            (tmp_path / name / "session.json").write_text(content)
    return tmp_path


def test_looking_changes_nothing(unreadable: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in unreadable.rglob("*")}
    for _ in range(2):
        recovery.cut_off_sets(unreadable)
    assert {p: p.stat().st_mtime_ns for p in unreadable.rglob("*")} == before


def test_a_set_that_cannot_be_read_stays_offered_with_its_folder_s_name(unreadable: Path) -> None:
    newer, torn = recovery.cut_off_sets(unreadable)
    assert "newer" in recovery.describe(newer)
    assert "update it" in recovery.describe(newer)
    assert "torn" in recovery.describe(torn)
    for one in (newer, torn):
        with pytest.raises(UserError):
            recovery.keep(one.folder)
    assert recovery.cut_off_sets(unreadable) == (newer, torn)


def test_a_folder_in_which_nothing_was_begun_goes(unreadable: Path) -> None:
    recovery.clear_unbegun(unreadable)
    assert sorted(p.name for p in unreadable.iterdir()) == ["newer", "torn"]


def test_keeping_leaves_what_cannot_be_read(
    unreadable: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in ("user_data_dir", "user_config_dir"):
        monkeypatch.setattr(platformdirs, name, lambda *_, **__: str(home))
    save_settings(Settings(sessions_folder=str(unreadable)))
    assert run(["recover", "--keep"]) == 0
    assert capsys.readouterr().out.count("left as it is") == 2
    assert run(["recover"]) == 0
    assert capsys.readouterr().out.count("cut off:") == 2
    assert run(["recover", "--discard"]) == 0
    assert list(unreadable.iterdir()) == []


def test_on_the_command_line(cut_off: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    settings = tmp_path / "home" / "formcheck" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"sessions_folder": str(cut_off)}))
    assert run(["recover"]) == 0
    assert "cut off: Clam" in capsys.readouterr().out
    assert run(["recover", "--keep"]) == 0
    assert "kept: Clam" in capsys.readouterr().out
    assert run(["recover"]) == 0
    assert "No set was cut off" in capsys.readouterr().out


@pytest.mark.parametrize("locked", [False, True])
def test_a_client_s_set_stays_the_client_s_and_is_locked_in_a_locked_library(  # type: ignore[no-untyped-def]
    cut_off: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys, locked: bool
) -> None:
    for name in ("user_data_dir", "user_config_dir"):
        monkeypatch.setattr(platformdirs, name, lambda *_, name=name, **__: str(tmp_path / name))
    monkeypatch.setattr(crypto, "COST", (4, 1, 1))
    save_settings(replace(load_settings()[0], sessions_folder=str(cut_off)))
    root, sessions = library_folders(None, cut_off)
    with open_library(root, sessions=sessions) as library:
        library.put_client(Client(CLIENT, "K-1"))
        if locked:
            set_passphrase(library, "correct horse")
            monkeypatch.delenv("FORMCHECK_PASSPHRASE", raising=False)
            assert run(["recover", "--keep"]) == 2  # nobody can be asked: nothing is kept in the open
            assert "is locked" in capsys.readouterr().err
            assert len(recovery.cut_off_sets(cut_off)) == 1
            monkeypatch.setenv("FORMCHECK_PASSPHRASE", "correct horse")
    assert run(["recover", "--keep"]) == 0
    (folder,) = [path for path in cut_off.iterdir() if path.is_dir()]
    assert {path.suffix == sealed.SUFFIX for path in folder.iterdir()} == {locked}
    with open_library(root, sessions=sessions, passphrase="correct horse" if locked else None) as library:
        assert [entry.client for entry in library.sessions()] == [CLIENT]
        assert [client.code for client in library.clients()] == ["K-1"]


@pytest.mark.skipif(sys.platform == "win32", reason="a file in use cannot be removed there")
def test_the_mark_survives_a_folder_that_is_removed(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    lock = FolderLock(tmp_path / "set")
    (tmp_path / "set" / NAME).unlink()
    (tmp_path / "set").rmdir()
    lock.release()
