"""The library keeps what it was given, through crashes, damage and other windows."""

import shutil
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import apsw
import pytest
from store_cases import WHEN, MakeFolder, write_notes

from formcheck.library.clients import Client
from formcheck.library.encryption.passphrase import set_passphrase
from formcheck.library.errors import DamagedIndex, NewerStore, StoreError
from formcheck.library.store.database import MIGRATIONS, connect
from formcheck.library.store.library import INDEX, Library
from formcheck.library.store.sync import open_library, rebuild_library, sync
from formcheck.run.live.recovery import keep
from formcheck.session.file import read_session
from formcheck.session.notes import Notes, read_notes
from formcheck.session.ownership import Ownership, read_ownership, write_ownership


def test_runner_mode_asks_for_no_client(library: Library, make_folder: MakeFolder) -> None:
    entry = library.add_session(make_folder(), keep_video=False, when=WHEN)
    assert library.sessions() == library.sessions_of(None) == (entry,)
    assert (entry.when, entry.exercise, entry.side, entry.reps, entry.clean_reps) == (WHEN, "clam", "left", 3, 2)
    with library.opened(entry) as folder:
        assert len(read_session(folder).reps) == 3


def test_no_video_is_kept_unless_chosen(library: Library, make_folder: MakeFolder, client: Client) -> None:
    outside = make_folder()
    without = library.add_session(outside, keep_video=False)
    assert not library.has_video(without)
    assert (outside / "annotated.mp4").exists(), "the user's own copy is not touched"
    kept = library.add_session(make_folder("b"), keep_video=True, client=client.uid)
    assert library.has_video(kept)
    assert client.consent is not None
    library.put_client(replace(client, consent=replace(client.consent, video=False)))
    refused = library.add_session(make_folder("c"), keep_video=True, client=client.uid)
    assert not library.has_video(refused)


@pytest.mark.parametrize("recording", [None, False])
def test_nothing_is_recorded_without_consent(
    library: Library, make_folder: MakeFolder, client: Client, recording: bool | None
) -> None:
    consent = None if recording is None or client.consent is None else replace(client.consent, recording=recording)
    library.put_client(replace(client, consent=consent))
    with pytest.raises(StoreError, match="consent"):
        library.add_session(make_folder(), keep_video=True, client=client.uid)
    assert not library.sessions()
    assert not list(library.sessions_root.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes: the user's folder is private there")
def test_everything_is_its_owners_alone(library: Library, make_folder: MakeFolder, client: Client) -> None:
    library.add_session(make_folder(), keep_video=True, client=client.uid)
    for path in (library.root, *library.root.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_clients_are_found_by_code_or_name(library: Library, client: Client) -> None:
    assert library.client("K-017") == library.client("ann ż.") == library.client(client.uid) == client
    with pytest.raises(StoreError, match="no client"):
        library.client("K-18")
    with pytest.raises(StoreError, match="already"):
        library.new_client("k-017")


def test_folders_open_without_the_store(library: Library, make_folder: MakeFolder, client: Client) -> None:
    entry = library.add_session(make_folder(), keep_video=True, client=client.uid)
    write_notes(library, entry, Notes(pain_after=3, overruled={3: {"pelvic_roll": "band slipped"}}))
    folder = library.folder(entry)
    assert len(read_session(folder).reps) == 3
    assert read_notes(folder).pain_after == 3
    ownership = read_ownership(folder)
    assert ownership is not None
    assert (ownership.uid, ownership.client) == (entry.uid, client.uid)


@pytest.mark.parametrize("loss", ["deleted", "garbage", "cut", "emptied"])
def test_a_lost_index_is_made_again_from_the_folders(
    library: Library, make_folder: MakeFolder, client: Client, loss: str
) -> None:
    entries = [library.add_session(make_folder(str(i)), keep_video=False, client=client.uid, when=WHEN) for i in range(4)]
    library.close()
    path = library.root / INDEX
    content = path.read_bytes()
    if loss == "deleted":
        path.unlink()
    else:
        path.write_bytes({"garbage": b"no database" * 1000, "cut": content[: len(content) // 2 + 100], "emptied": b""}[loss])
    if loss in ("garbage", "cut"):
        with pytest.raises(DamagedIndex, match="library rebuild"):
            open_library(library.root)
    rebuilt, done = rebuild_library(library.root)
    with rebuilt:
        assert sorted(rebuilt.sessions(), key=lambda e: e.uid) == sorted(entries, key=lambda e: e.uid)
        assert rebuilt.clients() == (client,)
        assert done.problems == ()


def spoil(path: Path, statement: str) -> None:
    connection = apsw.Connection(str(path))
    connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE plans", "DROP TABLE sessions", "ALTER TABLE clients DROP COLUMN body", "PRAGMA user_version = -5"],
)
def test_an_index_that_lacks_something_is_damaged_and_is_made_again(library: Library, client: Client, statement: str) -> None:
    root, sessions = library.root, library.sessions_root
    library.close()
    spoil(root / INDEX, statement)
    with pytest.raises(DamagedIndex, match="library rebuild"):
        open_library(root, sessions=sessions)
    again, _ = rebuild_library(root, sessions=sessions)
    with again:
        assert [c.uid for c in again.clients()] == [client.uid]


def test_a_store_from_a_newer_version_is_left_alone(library: Library) -> None:
    library.close()
    path = library.root / INDEX
    connect(path, (*MIGRATIONS, "CREATE TABLE later (x INTEGER) STRICT")).close()
    before = path.read_bytes()
    for attempt in (open_library, rebuild_library):
        with pytest.raises(NewerStore, match="newer"):
            attempt(library.root)
    assert path.read_bytes() == before


def test_an_older_store_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with pytest.raises(DamagedIndex):
        connect(path, ("CREATE TABLE a (x INTEGER) STRICT", "DROP TABLE b"))
    connect(path, ("CREATE TABLE a (x INTEGER) STRICT",)).close()
    db = connect(path, ("CREATE TABLE a (x INTEGER) STRICT", "ALTER TABLE a ADD COLUMN y INTEGER"))
    assert list(db.execute("SELECT x, y FROM a")) == []
    assert db.pragma("user_version") == 2
    assert (db.pragma("journal_mode"), db.pragma("foreign_keys")) == ("wal", 1)
    db.close()


def test_two_windows_at_once(library: Library, make_folder: MakeFolder) -> None:
    with open_library(library.root) as other:
        first = library.add_session(make_folder("a"), keep_video=False, when=WHEN)
        second = other.add_session(make_folder("b"), keep_video=False, when=WHEN + timedelta(hours=1))
        assert library.sessions() == other.sessions() == (first, second)


def test_many_windows_write_at_the_same_time(root: Path, make_folder: MakeFolder) -> None:
    sets = [[make_folder(f"{window}-{i}") for i in range(10)] for window in range(4)]

    def work(mine: list[Path]) -> None:
        with open_library(root) as library:
            for folder in mine:
                library.add_session(folder, keep_video=False)

    with ThreadPoolExecutor(4) as windows:
        list(windows.map(work, sets))
    with open_library(root) as library:
        assert len(library.sessions()) == 40
        assert sync(library, settled_s=0.0).problems == ()


def test_a_new_index_that_another_window_writes_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE theirs (x); BEGIN IMMEDIATE; INSERT INTO theirs VALUES (1)")
    ends = threading.Timer(0.4, lambda: other.execute("COMMIT"))
    ends.start()
    connection = connect(path)
    assert connection.pragma("journal_mode") == "wal"
    connection.close()
    ends.join()
    other.close()


def test_a_session_that_never_reached_the_index_is_found(library: Library, make_folder: MakeFolder) -> None:
    make_folder().rename(library.sessions_root / "2026-clam")
    assert sync(library).added == 0, "it may be a set that is being recorded in this moment"
    assert sync(library, settled_s=0.0).added == 1
    assert len(library.sessions()) == 1


def test_what_makes_no_sense_is_named_and_left(library: Library, make_folder: MakeFolder) -> None:
    bad = library.sessions_root / "bad"
    bad.mkdir()
    (bad / "session.json").write_text("{")
    entry = library.add_session(make_folder(), keep_video=False)
    copy = library.sessions_root / "copy"
    copy.mkdir()
    for file in library.folder(entry).iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    done = sync(library, settled_s=0.0)
    assert len(done.problems) == 2
    assert len(library.sessions()) == 1
    assert bad.exists()
    assert copy.exists()


def test_a_set_that_is_being_recorded_is_left_alone(library: Library, make_folder: MakeFolder) -> None:
    folder = library.sessions_root / "now"
    shutil.copytree(make_folder(), folder)
    write_ownership(folder, Ownership("5" * 32, WHEN))
    writing = "import sys, pathlib; from formcheck.system.folder_lock import FolderLock; "
    writing += "c = FolderLock(pathlib.Path(sys.argv[1])); print(1); input()"
    command = [sys.executable, "-c", writing, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "1\n"
        assert sync(library, settled_s=0.0).added == 0
        set_passphrase(library, "four words are good")
        assert (folder / "session.json").exists()
        other.kill()
    with open_library(library.root, passphrase="four words are good") as again:  # cut off: it waits for being kept
        assert not again.sessions()
    keep(folder)
    with open_library(library.root, passphrase="four words are good") as again:
        assert [e.folder for e in again.sessions()] == ["now"]
    assert not (folder / "session.json").exists()


def test_a_folder_that_has_gone_is_dropped(library: Library, make_folder: MakeFolder) -> None:
    entry = library.add_session(make_folder(), keep_video=False)
    library.folder(entry).rename(library.root / "elsewhere")
    with pytest.raises(StoreError, match="gone"), library.opened(entry):
        pass
    assert sync(library).dropped == 1


def test_deleting_a_client_leaves_no_trace(library: Library, make_folder: MakeFolder, client: Client, tmp_path: Path) -> None:
    entry = library.add_session(make_folder(), keep_video=True, client=client.uid)
    other = library.add_session(make_folder("b"), keep_video=False)
    library.close()
    rebuilt, _ = rebuild_library(library.root)  # puts the old index aside, with the client in it
    export = tmp_path / "export.zip"
    export.touch()
    rebuilt.exported(client, export)
    assert rebuilt.delete_client(rebuilt.client("K-017")) == (str(export),)
    assert rebuilt.sessions() == (other,)
    rebuilt.close()
    for path in library.root.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for trace in ("Ann", "K-017", client.uid, entry.uid):
            assert trace.encode() not in content, path
            assert trace not in path.name


def test_a_session_measured_again_keeps_its_place(library: Library, make_folder: MakeFolder) -> None:
    entry = library.add_session(make_folder(), keep_video=True, when=WHEN)
    write_notes(library, entry, Notes(subjective="fine"))
    renewed = library.replace_measurements(entry, make_folder("again", reps=5))
    assert (renewed.uid, renewed.folder, renewed.when, renewed.reps) == (entry.uid, entry.folder, WHEN, 5)
    assert read_notes(library.folder(entry)).subjective == "fine"
    assert library.sessions() == (renewed,)
