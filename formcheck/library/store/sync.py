"""Opens the library and makes its index agree with the files, which are the truth."""

import hashlib
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from formcheck.library import clients, plans
from formcheck.library.clients import Client
from formcheck.library.encryption import sealed
from formcheck.library.encryption.passphrase import finish_change, library_keys
from formcheck.library.errors import NewerStore, StoreError
from formcheck.library.store.database import MIGRATIONS, version
from formcheck.library.store.folders import clear, library_folders
from formcheck.library.store.index import Entry
from formcheck.library.store.library import INDEX, Library
from formcheck.library.store.place import claim
from formcheck.session.corrections import shown_session
from formcheck.session.layout import SESSION
from formcheck.session.ownership import Ownership, read_ownership, write_ownership
from formcheck.system.errors import UserError
from formcheck.system.files import may_write
from formcheck.system.folder_lock import is_unfinished
from formcheck.system.language import tr

SETTLED_S = 600.0
"""A folder without a record that changed within this time may be a set that is being recorded now: left alone."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What sync() did."""

    added: int = 0
    dropped: int = 0
    problems: tuple[str, ...] = ()
    """One line for each file or folder that makes no sense; it was left as it is."""


def open_library(root: Path | None = None, *, sessions: Path | None = None, passphrase: str | None = None) -> Library:
    """The library, in agreement with its files. Locked, ForeignFolder, DamagedIndex, NewerStore or StoreError."""
    root, sessions = library_folders(root, sessions)
    claim(root, sessions)
    library = Library(root, sessions, library_keys(root, passphrase))
    try:
        sync(library)
    except BaseException:
        library.close()
        raise
    return library


def rebuild_library(
    root: Path | None = None, *, sessions: Path | None = None, passphrase: str | None = None
) -> tuple[Library, Synced]:
    """Make the index again from the files; the old one is put aside, not deleted. NewerStore if a newer program wrote it."""
    root, sessions = library_folders(root, sessions)
    claim(root, sessions)
    if not (may_write(root) and may_write(sessions)):
        raise StoreError(tr("{root}: can only be read here, so its index is made anew each time; nothing was changed", root=root))
    keys = library_keys(root, passphrase)
    path = root / INDEX
    if (version(path) or 0) > len(MIGRATIONS):
        raise NewerStore(tr("{path}: written by a newer formcheck; update this one. Nothing was changed", path=path))
    _put_aside(path)
    library = Library(root, sessions, keys)
    return library, sync(library, settled_s=0.0)


def sync(library: Library, *, settled_s: float = SETTLED_S) -> Synced:
    """Add what is new among the files, drop what has gone, lock what a crash left unlocked."""
    problems: list[str] = []
    if library.keys and not library.read_only:
        finish_change(library.root, library.sessions_root, library.keys)
    _sync_documents(library, problems)
    if not library.read_only:
        clear(library.sessions_root)
    known = library.index.folders()
    present = {p.name: p for p in sorted(library.sessions_root.glob("[!.]*")) if p.is_dir()}
    gone = [uid for folder, uid in known.items() if folder not in present]
    library.index.delete("sessions", *gone)
    uids = set(known.values()) - set(gone)
    added = 0
    for name, folder in present.items():
        if is_unfinished(folder):  # being recorded, or cut off and not kept yet: whoever records or keeps it adds it
            continue
        if name in known:
            _relock(library, folder)
            continue
        try:
            entry = _entry(library, folder, settled_s)
            if entry is None:
                continue
            if entry.uid in uids:
                raise StoreError(tr("{folder}: a copy of a session that is in the library already; left out", folder=folder))
        except (UserError, OSError) as error:
            problems.append(str(error))
            continue
        library.index.put_session(entry)
        uids.add(entry.uid)
        added += 1
        _relock(library, folder)
    return Synced(added, len(gone), tuple(problems))


def _sync_documents(library: Library, problems: list[str]) -> None:
    """Clients before plans and sessions, which refer to them."""
    for table in ("clients", "plans"):
        known = library.index.documents(table)
        for path in sorted((library.root / table).glob("[!.]*.json*")):
            plain = path.with_name(path.name.removesuffix(sealed.SUFFIX))
            if plain.stem in known and (path != plain or not library.keys):
                continue
            try:
                content = sealed.read(plain, library.keys)
                if library.read_only:
                    _index_document(library, table, content, path)
                elif table == "clients":
                    library.put_client(clients.parse(content, str(path)))
                else:
                    plan = plans.parse(content, str(path))
                    _ensure_client(library, plan.client)
                    library.put_plan(plan)
            except (UserError, OSError) as error:
                problems.append(str(error))


def _index_document(library: Library, table: str, content: bytes, path: Path) -> None:
    """In the index alone: the file stays as it is."""
    if table == "clients":
        library.index.put_document(table, clients.parse(content, str(path)).uid, None, content)
    else:
        plan = plans.parse(content, str(path))
        _ensure_client(library, plan.client)
        library.index.put_document(table, plan.uid, plan.client, content)


def _entry(library: Library, folder: Path, settled_s: float) -> Entry | None:
    """A folder's entry; None where there is no finished session in it, such as one that is being recorded or was cut off."""
    if is_unfinished(folder) or sealed.stored(folder / SESSION) is None:
        return None
    with sealed.opened(folder, library.keys) as opened:
        session, ownership = shown_session(opened), read_ownership(opened)
        if ownership is None:
            changed = max(p.stat().st_mtime for p in folder.iterdir())
            if time.time() - changed < settled_s:
                return None
            uid = hashlib.sha256(folder.name.encode()).hexdigest()[:32] if library.read_only else uuid4().hex
            ownership = Ownership(uid, datetime.fromtimestamp(changed).astimezone())
            if not library.read_only:
                write_ownership(folder, ownership)
    _ensure_client(library, ownership.client)
    return Entry.of(folder.name, session, ownership)


def _ensure_client(library: Library, uid: str | None) -> None:
    """A client whose card was lost gets a new one, so that the sessions stay together."""
    if uid is not None and uid not in library.index.documents("clients"):
        card = Client(uid, f"restored-{hashlib.sha256(uid.encode()).hexdigest()[:6]}")
        if library.read_only:
            library.index.put_document("clients", uid, None, clients.dump(card).encode())
        else:
            library.put_client(card)


def _relock(library: Library, folder: Path) -> None:
    if library.keys and not library.read_only and any(p.suffix != sealed.SUFFIX for p in folder.iterdir()):
        sealed.lock_folder(folder, library.keys)


def _put_aside(path: Path) -> None:
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    try:
        for suffix in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                path.with_name(path.name + suffix).rename(path.with_name(f"{path.name}.{stamp}{suffix}"))
    except OSError as error:
        raise StoreError(
            tr("{path}: in use; close formcheck's other windows and try again ({strerror})", path=path, strerror=error.strerror)
        ) from error
