"""Gives the whole library a passphrase, changes it, or takes it away.

Each of them may be interrupted at any moment: every file is whole at each, and the next opening ends the work.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from formcheck.library.encryption import sealed
from formcheck.library.encryption.crypto import Keys
from formcheck.library.errors import Locked
from formcheck.library.store.library import INDEX, Library
from formcheck.system.files import write_atomic
from formcheck.system.folder_lock import is_unfinished
from formcheck.system.language import tr

KEY = "library.key"
"""Holds nothing but the wrapped library key: its presence says that the library is locked."""
CHANGING = "library.key.changing"
WARNING = (
    "Without the passphrase nobody gets into the locked sessions again: not you, not the makers of formcheck. "
    "Write it down and keep it apart from this computer."
)
"""To be shown before a passphrase is set."""


def is_locked(root: Path) -> bool:
    """Whether the library there asks for a passphrase."""
    return (root / KEY).exists() or any((root / "clients").glob(f"*{sealed.SUFFIX}"))


def library_keys(root: Path, passphrase: str | None) -> Keys | None:
    """The keys to the library there; None where it has no passphrase. Locked where it is missing or wrong."""
    if not is_locked(root):
        return None
    if passphrase is None:
        raise Locked(tr("the library is locked: give the passphrase"))
    path = root / KEY
    if not path.exists():  # it was lost: any locked file holds the same
        path = next((root / "clients").glob(f"*{sealed.SUFFIX}"))
    with path.open("rb") as file:
        keys = Keys.of(passphrase, file)
    if path.name != KEY:
        with suppress(OSError):  # a library that can only be read
            write_atomic(root / KEY, keys.lock_bytes(b""))
    return keys


def set_passphrase(library: Library, passphrase: str) -> None:
    """Lock a library, or change its passphrase, and close it: open it again with the new one.

    Locked if the passphrase is too short; nothing was changed then.
    """
    keys = library.keys.renewed(passphrase) if library.keys else Keys.new(passphrase)
    library.close()
    _forget_index(library.root)
    if library.keys:
        write_atomic(library.root / CHANGING, "")
    write_atomic(library.root / KEY, keys.lock_bytes(b""))
    finish_change(library.root, library.sessions_root, keys)
    for folder in _folders(library.root, library.sessions_root):
        sealed.lock_folder(folder, keys)


def remove_passphrase(library: Library) -> None:
    """Unlock everything for good, and close the library: open it again without a passphrase."""
    library.close()
    if library.keys is None:
        return
    for folder in _folders(library.root, library.sessions_root):
        sealed.unlock_folder(folder, library.keys)
    _forget_index(library.root)
    (library.root / KEY).unlink()


def finish_change(root: Path, sessions: Path, keys: Keys) -> None:
    """Bring every file from an older passphrase to the present one, if a change is under way."""
    if not (root / CHANGING).exists():
        return
    for folder in _folders(root, sessions):
        for path in folder.glob(f"*{sealed.SUFFIX}"):
            sealed.rewrap(path, keys)
    (root / CHANGING).unlink()


def _folders(root: Path, sessions: Path) -> Iterator[Path]:
    yield from (root / "clients", root / "plans")
    yield from sorted(p for p in sessions.iterdir() if p.is_dir() and not p.name.startswith(".") and not is_unfinished(p))


def _forget_index(root: Path) -> None:
    """The index is made again from the files: nothing readable may remain in its free pages."""
    for suffix in ("", "-wal", "-shm"):
        (root / f"{INDEX}{suffix}").unlink(missing_ok=True)
