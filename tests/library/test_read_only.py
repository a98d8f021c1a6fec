"""A library on a disk that can only be read: all of it is listed and read, and nothing is tried in vain."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from small_disk import small_disk
from store_cases import MakeFolder

from formcheck.library.clients import CONSENT_WORDS, Consent
from formcheck.library.encryption.passphrase import set_passphrase
from formcheck.library.errors import StoreError
from formcheck.library.plans import Item, Plan
from formcheck.library.services import export_client, read_content
from formcheck.library.store.sync import open_library, rebuild_library
from formcheck.session.file import read_session

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def fill(root: Path, make_folder: MakeFolder, passphrase: str | None = None) -> None:
    """A client with a plan and a session, and a session of the owner's whose folder was put there by hand."""
    with open_library(root) as library:
        client = library.new_client("K-1", "Name of K-1")
        library.put_client(replace(client, consent=Consent(NOW, True, True, CONSENT_WORDS)))
        library.put_plan(Plan("a" * 32, "Weeks 1 to 4", (Item("b" * 32, "clam", "standard", None, 2, 10),), client.uid))
        library.add_session(make_folder("one"), keep_video=True, client=client.uid)
        if passphrase:
            set_passphrase(library, passphrase)
    if not passphrase:
        by_hand = shutil.copytree(make_folder("two"), root / "sessions" / "by_hand")
        for path in (*by_hand.iterdir(), by_hand):
            os.utime(path, (NOW.timestamp(),) * 2)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 40) as disk:
        yield disk


def write_protect(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


def test_it_is_listed_read_and_exported(disk: Path, make_folder: MakeFolder, tmp_path: Path) -> None:
    fill(disk / "library", make_folder)
    write_protect(disk)
    for _ in range(2):
        with open_library(disk / "library") as library:
            assert library.read_only
            client = library.client("K-1")
            (entry,) = library.sessions_of(client.uid)
            (by_hand,) = library.sessions_of(None)
            assert by_hand.folder == "by_hand"
            with library.opened(entry) as folder:
                assert len(read_session(folder).reps) == 3
            assert [plan.title for plan in read_content(library, client.uid, NOW).plans] == ["Weeks 1 to 4"]
            assert (export_client(library, client, tmp_path / f"export {_}") / "sessions.zip").exists()


def test_what_would_change_it_is_refused(disk: Path, make_folder: MakeFolder) -> None:
    fill(disk / "library", make_folder)
    write_protect(disk)
    with open_library(disk / "library") as library:
        (entry, *_) = library.sessions()
        for change in (
            lambda: library.new_client("K-2"),
            lambda: library.add_session(make_folder("three"), keep_video=False),
            lambda: library.delete_session(entry),
        ):
            with pytest.raises(OSError, match="Read-only"):
                change()
        assert len(library.sessions()) == 2
        assert len(library.clients()) == 1
    with pytest.raises(StoreError, match="can only be read"):
        rebuild_library(disk / "library")


def test_a_locked_one_is_read_with_its_passphrase(disk: Path, make_folder: MakeFolder) -> None:
    fill(disk / "library", make_folder, "a long passphrase")
    write_protect(disk)
    with open_library(disk / "library", passphrase="a long passphrase") as library:
        (entry,) = library.sessions()
        with library.opened(entry) as folder:
            assert len(read_session(folder).reps) == 3


def test_the_command_says_so(disk: Path, make_folder: MakeFolder, tmp_path: Path) -> None:
    fill(disk / "formcheck", make_folder)
    write_protect(disk)
    environment = os.environ | {"XDG_DATA_HOME": str(disk), "XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "formcheck", "library", "list"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    assert "can only be read" in done.stderr
    assert "by_hand" in done.stdout
