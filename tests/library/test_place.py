"""One library for one folder of sessions: another computer or user is refused with a word, and can take it over."""

import os
from pathlib import Path

import pytest
from store_cases import MakeFolder

from formcheck.library.errors import ForeignFolder
from formcheck.library.store import place
from formcheck.library.store.place import adopt
from formcheck.library.store.sync import open_library, rebuild_library
from formcheck.system import computer


def test_the_same_library_opens_it_as_often_as_it_likes(root: Path, tmp_path: Path, make_folder: MakeFolder) -> None:
    shared = tmp_path / "shared"
    with open_library(root, sessions=shared) as one, open_library(root, sessions=shared) as again:
        one.add_session(make_folder(), keep_video=False)
        assert len(again.sessions()) == 1


def test_another_user_s_library_is_refused_before_anything_is_written(tmp_path: Path, make_folder: MakeFolder) -> None:
    shared = tmp_path / "shared"
    with open_library(tmp_path / "one", sessions=shared) as one:
        client = one.new_client("K-1")
        one.add_session(make_folder(), keep_video=False)
        assert client in one.clients()
    open_library(tmp_path / "one", sessions=shared).close()
    for refused in (open_library, rebuild_library):
        with pytest.raises(ForeignFolder, match="another computer or user"):
            refused(tmp_path / "two", sessions=shared)
    assert not (tmp_path / "two").exists()


def test_another_computer_is_another_library(root: Path, make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_library(root) as library:
        library.add_session(make_folder(), keep_video=False)
    open_library(root).close()
    monkeypatch.setattr(place, "computer_id", lambda: "another machine")
    with pytest.raises(ForeignFolder, match=r"choose another folder.*\.zip.*adopt"):
        open_library(root)


def test_it_can_be_taken_over_and_then_the_other_is_refused(tmp_path: Path, make_folder: MakeFolder) -> None:
    shared = tmp_path / "shared"
    with open_library(tmp_path / "old", sessions=shared) as old:
        kept = old.add_session(make_folder(), keep_video=False)
    open_library(tmp_path / "old", sessions=shared).close()
    adopt(tmp_path / "new", shared)
    with open_library(tmp_path / "new", sessions=shared) as new:
        assert [e.uid for e in new.sessions()] == [kept.uid]
    with pytest.raises(ForeignFolder):
        open_library(tmp_path / "old", sessions=shared)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that this user cannot write")
def test_a_folder_that_can_only_be_read_is_read(root: Path, tmp_path: Path, make_folder: MakeFolder) -> None:
    shared = tmp_path / "shared"
    with open_library(root, sessions=shared) as library:
        library.add_session(make_folder(), keep_video=False)
    shared.chmod(0o500)
    try:
        open_library(root, sessions=shared).close()
    finally:
        shared.chmod(0o700)


def test_the_computer_says_who_it_is_and_always_the_same() -> None:
    computer.computer_id.cache_clear()
    first = computer.computer_id()
    computer.computer_id.cache_clear()
    assert first == computer.computer_id() != ""
    assert computer.computer_name()


def test_an_empty_folder_is_nobody_s(root: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    open_library(root, sessions=shared).close()
    assert list(shared.iterdir()) == []
    open_library(tmp_path / "other", sessions=shared).close()
