"""A library with a passphrase: nothing readable on disk, everything readable with it, whenever it is interrupted."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from store_cases import WHEN, MakeFolder, plays, write_notes

from formcheck.library.bundle import export_sessions, import_bundle
from formcheck.library.clients import Client
from formcheck.library.encryption import sealed
from formcheck.library.encryption.passphrase import KEY, is_locked, remove_passphrase, set_passphrase
from formcheck.library.errors import Locked
from formcheck.library.store.library import Library
from formcheck.library.store.sync import open_library, rebuild_library
from formcheck.session.file import read_session
from formcheck.session.notes import Notes, read_notes
from formcheck.session.ownership import Ownership, write_ownership

WORDS, OTHER = "correct horse battery", "quite another one"


@pytest.fixture
def kept(library: Library, make_folder: MakeFolder, client: Client) -> Path:
    """The root of a library that holds something."""
    entry = library.add_session(make_folder(), keep_video=True, client=client.uid, when=WHEN)
    write_notes(library, entry, Notes(subjective="secret pain"))
    return library.root


def readable(root: Path) -> list[Path]:
    """Files that hold something personal in plain."""
    traces = (b"Ann", b"K-017", b"pelvic_roll", b"secret pain", b"ftypisom")
    return [p for p in root.rglob("*") if p.is_file() and any(t in p.read_bytes() for t in traces)]


def check_all_there(root: Path, passphrase: str | None) -> None:
    with open_library(root, passphrase=passphrase) as library:
        (entry,) = library.sessions()
        assert library.client("K-017").name == "Ann Ż."
        with library.opened(entry) as folder:
            assert len(read_session(folder).reps) == 3
            assert read_notes(folder).subjective == "secret pain"
            assert plays(folder / "annotated.mp4")
        assert folder.exists() != is_locked(root), "an unlocked copy is gone"


def test_nothing_is_readable_and_all_is_there(library: Library, kept: Path) -> None:
    assert readable(kept)
    set_passphrase(library, WORDS)
    assert readable(kept) == []
    check_all_there(kept, WORDS)
    assert readable(kept) == []
    for wrong in (None, "correct horse"):
        with pytest.raises(Locked):
            open_library(kept, passphrase=wrong)


def test_new_things_are_locked_too(library: Library, kept: Path, make_folder: MakeFolder) -> None:
    set_passphrase(library, WORDS)
    with open_library(kept, passphrase=WORDS) as locked:
        ann = locked.client("K-017")
        entry = locked.add_session(make_folder("b"), keep_video=True, client=ann.uid)
        write_notes(locked, entry, Notes(subjective="secret pain"))
        locked.put_client(ann)
        assert readable(kept) == []


def test_a_set_that_opening_the_library_locked_first_is_added_all_the_same(
    library: Library, kept: Path, make_folder: MakeFolder
) -> None:
    set_passphrase(library, WORDS)
    folder = kept / "sessions" / "live"
    shutil.copytree(make_folder("b"), folder)
    write_ownership(folder, Ownership("6" * 32, WHEN))
    with open_library(kept, passphrase=WORDS) as locked:  # this finds the folder, and locks it
        ann = locked.client("K-017")
        entry = locked.add_session(folder, keep_video=False, client=ann.uid)
        assert (entry.uid, entry.client) == ("6" * 32, ann.uid)
        assert not locked.has_video(entry)
    assert readable(kept) == []
    rebuilt, _ = rebuild_library(kept, passphrase=WORDS)
    with rebuilt:
        assert rebuilt.session("6" * 32).client == ann.uid


def test_a_folder_opens_without_the_store(library: Library, kept: Path, tmp_path: Path) -> None:
    set_passphrase(library, WORDS)
    (folder,) = (kept / "sessions").iterdir()
    away = tmp_path / "away"
    folder.rename(away)
    with sealed.opened(away, sealed.keys_for(away, WORDS)) as path:
        assert len(read_session(path).reps) == 3
    with pytest.raises(Locked, match="does not open"):
        sealed.keys_for(away, OTHER)
    with pytest.raises(Locked, match="passphrase"), sealed.opened(away, None):
        pass


def test_change_and_removal(library: Library, kept: Path) -> None:
    set_passphrase(library, WORDS)
    set_passphrase(open_library(kept, passphrase=WORDS), OTHER)
    with pytest.raises(Locked):
        open_library(kept, passphrase=WORDS)
    check_all_there(kept, OTHER)
    (folder,) = (kept / "sessions").iterdir()
    with pytest.raises(Locked):
        sealed.keys_for(folder, WORDS)
    remove_passphrase(open_library(kept, passphrase=OTHER))
    assert not is_locked(kept)
    check_all_there(kept, None)


def test_a_lost_key_file_and_index_lose_nothing(library: Library, kept: Path) -> None:
    set_passphrase(library, WORDS)
    (kept / KEY).unlink()
    (kept / "library.db").write_bytes(b"garbage" * 1000)
    rebuilt, done = rebuild_library(kept, passphrase=WORDS)
    rebuilt.close()
    assert done.problems == ()
    check_all_there(kept, WORDS)


def _set(root: Path) -> None:
    set_passphrase(open_library(root), WORDS)


def _change(root: Path) -> None:
    set_passphrase(open_library(root, passphrase=WORDS), OTHER)


def _remove(root: Path) -> None:
    remove_passphrase(open_library(root, passphrase=WORDS))


class _Cut(BaseException):
    """The plug is pulled."""


@pytest.mark.parametrize("work", [_set, _change, _remove])
def test_interrupted_at_every_step_nothing_is_lost(
    library: Library, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: Callable[[Path], None]
) -> None:
    if work is not _set:
        set_passphrase(library, WORDS)
    library.close()
    cuts = 0
    while True:
        root = tmp_path / f"cut-{cuts}"
        shutil.copytree(kept, root)
        with monkeypatch.context() as patch:
            interrupted = _cut_at(patch, cuts, work, root)
        gets_in = [p for p in (WORDS, OTHER, None) if _opens(root, p)]
        assert gets_in, f"cut at step {cuts}: nobody gets in"
        check_all_there(root, gets_in[0])
        if not interrupted:
            break
        cuts += 1
    assert cuts > 10


def _cut_at(patch: pytest.MonkeyPatch, step: int, work: Callable[[Path], None], root: Path) -> bool:
    """Run `work` until its n-th renaming or deletion; whether it got that far."""
    left = step
    replace, unlink = Path.replace, Path.unlink

    def count() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise _Cut

    def cut_replace(self: Path, target: Path) -> Path:
        count()
        return replace(self, target)

    def cut_unlink(self: Path, missing_ok: bool = False) -> None:
        count()
        unlink(self, missing_ok)

    patch.setattr(Path, "replace", cut_replace)
    patch.setattr(Path, "unlink", cut_unlink)
    try:
        work(root)
    except _Cut:
        return True
    return False


def _opens(root: Path, passphrase: str | None) -> bool:
    try:
        open_library(root, passphrase=passphrase).close()
    except Locked:
        return False
    return True


def test_bundles_travel_between_locked_libraries(library: Library, kept: Path, tmp_path: Path) -> None:
    set_passphrase(library, WORDS)
    with open_library(kept, passphrase=WORDS) as source:
        export_sessions(source, source.sessions(), tmp_path / "s.zip", videos=True)
    other = tmp_path / "other"
    set_passphrase(open_library(other), OTHER)
    with open_library(other, passphrase=OTHER) as target:
        assert len(import_bundle(target, tmp_path / "s.zip", client=None, keep_video=True).entries) == 1
        assert readable(other) == []
