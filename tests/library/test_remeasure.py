"""Sessions measured again: without the video from their signals, and what says so."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from put_right_cases import FPS

from formcheck import __version__
from formcheck.library.encryption.passphrase import set_passphrase
from formcheck.library.remeasure import measure_again
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.library.store.sync import open_library
from formcheck.run.offline.analyze import Cancelled
from formcheck.session.file import read_session, write_session
from formcheck.session.notes import Notes, read_notes, write_notes


@pytest.fixture
def entry(library: Library, tmp_path: Path, recorded_in: Callable[[Path], Path]) -> Entry:
    """A set as an older version measured it: other figures, one repetition overlooked."""
    folder = recorded_in(tmp_path / "recorded")
    session = read_session(folder)
    write_session(folder, replace(session, program="0.0.1", reps=session.reps[1:]))
    write_notes(folder, Notes(pain_after=3))
    return library.add_session(folder, keep_video=False)


def test_a_session_without_video_is_measured_again_from_its_signals(library: Library, entry: Entry) -> None:
    assert entry.reps == 3
    assert library.can_measure_again(entry)
    told: list[int] = []
    renewed = measure_again(library, entry, progress=lambda done, total: told.append(done))
    assert renewed is not None
    assert (renewed.uid, renewed.when, renewed.reps, renewed.program) == (entry.uid, entry.when, 4, __version__)
    assert told[-1] == 9 * FPS
    folder = library.folder(renewed)
    session = read_session(folder)
    assert session.followed_by == "0.0.1"
    assert session.video.frames == 9 * FPS
    assert read_notes(folder).pain_after == 3
    again = measure_again(library, renewed)
    assert again is not None
    assert read_session(folder) == session


def test_what_is_measured_again_is_what_was_measured(library: Library, recorded: Path) -> None:
    session, entry = read_session(recorded), library.add_session(recorded, keep_video=False)
    measure_again(library, entry)
    again = read_session(library.folder(entry))
    assert session.reps
    for old, new in zip(session.reps, again.reps, strict=True):
        assert new.start_s == pytest.approx(old.start_s, abs=0.01)
        assert [f.fault for f in new.findings] == [f.fault for f in old.findings]
        for name, measurement in old.measurements.items():
            assert new.measurements[name].value == pytest.approx(measurement.value, abs=0.1), name


def test_cancelled_changes_nothing(library: Library, entry: Entry) -> None:
    before = {p.name: p.read_bytes() for p in library.folder(entry).iterdir()}
    with pytest.raises(Cancelled):
        measure_again(library, entry, cancelled=lambda: True)
    assert {p.name: p.read_bytes() for p in library.folder(entry).iterdir()} == before


def test_locked_sessions_too(library: Library, entry: Entry) -> None:
    root, sessions = library.root, library.sessions_root
    set_passphrase(library, "four words are good")
    with open_library(root, sessions=sessions, passphrase="four words are good") as locked:
        assert locked.can_measure_again(entry)
        renewed = measure_again(locked, entry)
        assert renewed is not None
        assert renewed.reps == 4
        assert all(p.suffix == ".locked" for p in locked.folder(entry).iterdir())


def test_with_nothing_kept_nothing_is_measured(library: Library, entry: Entry) -> None:
    (library.folder(entry) / "signals.npz").unlink()
    assert not library.can_measure_again(entry)
    assert measure_again(library, entry) is None
