"""Sessions put right by hand in the library: the list agrees, locked ones stay locked, measuring again keeps what was done."""

from pathlib import Path

import numpy as np
import pytest
from put_right_cases import NOW

from formcheck.library.by_hand import put_right, renew_entry
from formcheck.library.encryption.passphrase import set_passphrase
from formcheck.library.remeasure import measure_again
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.library.store.sync import open_library
from formcheck.results import Change, Hand
from formcheck.run.offline.put_right import change_session, undo_last
from formcheck.session.changes import removed, split
from formcheck.session.corrections import shown_session
from formcheck.session.file import read_session
from formcheck.session.notes import Notes, read_notes, write_notes


def change(library: Library, entry: Entry, one: Change | None) -> Entry:
    """one: None takes the last change back."""
    with library.opened(entry) as readable:
        put_right(
            library.folder(entry),
            readable,
            library.keys,
            undo_last if one is None else lambda work: change_session(work, one),
            model=lambda: Path("none"),
        )
    return renew_entry(library, entry)


def shown(library: Library, entry: Entry) -> list[tuple[float, float]]:
    with library.opened(entry) as folder:
        return [(rep.start_s, rep.end_s) for rep in shown_session(folder).reps]


@pytest.fixture
def entry(library: Library, recorded: Path) -> Entry:
    return library.add_session(recorded, keep_video=False)


def test_the_list_agrees_and_measuring_again_keeps_what_was_done(library: Library, entry: Entry) -> None:
    folder = library.folder(entry)
    found = read_session(folder)
    write_notes(folder, Notes(excluded={4: "coughed"}))
    first = found.reps[0]
    change(library, entry, removed(found, 2, NOW))
    changed = change(library, entry, split(shown_session(folder), 1, round((first.start_s + first.end_s) / 2, 3), NOW))
    assert changed.reps == len(found.reps)
    before = shown(library, entry)
    again = measure_again(library, changed)
    assert again is not None
    assert again.reps == changed.reps
    np.testing.assert_allclose(shown(library, again), before, atol=0.01)
    right = shown_session(folder).put_right
    assert right is not None
    assert set(right.by_hand.values()) == {Hand.SPLIT}
    assert read_notes(folder).excluded == {4: "coughed"}
    assert [e.reps for e in library.sessions()] == [changed.reps]
    with open_library(library.root, sessions=library.sessions_root) as other:
        other.index.delete("sessions", entry.uid)
    with open_library(library.root, sessions=library.sessions_root) as rebuilt:
        assert [e.reps for e in rebuilt.sessions()] == [changed.reps]


def test_locked_sessions_stay_locked(library: Library, entry: Entry) -> None:
    root, sessions, found = library.root, library.sessions_root, read_session(library.folder(entry))
    set_passphrase(library, "four words are good")
    with open_library(root, sessions=sessions, passphrase="four words are good") as locked:
        change(locked, entry, removed(found, 1, NOW))
        assert len(shown(locked, entry)) == len(found.reps) - 1
        assert all(p.suffix == ".locked" for p in locked.folder(entry).iterdir())
        change(locked, entry, None)
        assert len(shown(locked, entry)) == len(found.reps)
        assert not (locked.folder(entry) / "corrections.json.locked").exists()
