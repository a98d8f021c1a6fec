"""Sessions put right by hand, locked or not: what run/offline/put_right.py makes goes beside the session, and into the list."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from formcheck.library.encryption import sealed
from formcheck.library.encryption.crypto import Keys
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.results import Session
from formcheck.run.offline.put_right import WRITTEN, Progress, Work, apply_again
from formcheck.session.corrections import shown_session
from formcheck.session.layout import BY_HAND, CORRECTIONS
from formcheck.session.ownership import Ownership, read_ownership


def put_right(
    folder: Path,
    readable: Path,
    keys: Keys | None,
    act: Callable[[Work], Session],
    *,
    model: Callable[[], Path],
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Session:
    """Change a session, or take a change back. folder: where it lies, locked if there are keys; readable: it or a copy.

    act: change_session or undo_last with what is changed. UserError, OSError and Cancelled leave all as it was.
    """
    with tempfile.TemporaryDirectory(prefix="formcheck-") as work:
        out = Path(work) / "changed"
        session = act(Work(readable, out, model, progress, cancelled))
        _take_over(folder, out, keys)
        if readable != folder:
            _take_over(readable, out, None)
    return session


def apply_changes_again(library: Library, entry: Entry, model: Callable[[], Path]) -> Entry:
    """The changes made by hand to a session that was measured anew; the renewed entry."""
    with library.opened(entry) as folder:
        if not (folder / CORRECTIONS).is_file():
            return entry
        put_right(library.folder(entry), folder, library.keys, apply_again, model=model)
    return renew_entry(library, entry)


def renew_entry(library: Library, entry: Entry) -> Entry:
    """Bring the list in agreement with a session that was changed."""
    with library.opened(entry) as folder:
        session, ownership = shown_session(folder), read_ownership(folder)
    ownership = ownership or Ownership(entry.uid, entry.when, entry.client, entry.plan, entry.item)
    renewed = Entry.of(entry.folder, session, ownership)
    library.index.put_session(renewed)
    return renewed


def _take_over(folder: Path, out: Path, keys: Keys | None) -> None:
    """What is no longer in `out` goes. corrections.json, which counts, goes first and, but for notes, comes last."""
    for name in reversed(BY_HAND):
        if not (out / name).is_file():
            for path in (folder / name, sealed.locked_path(folder / name)):
                path.unlink(missing_ok=True)
    for name in (*BY_HAND, *(n for n in WRITTEN if n not in BY_HAND)):
        if (out / name).is_file():
            sealed.write(folder / name, (out / name).read_bytes(), keys)
