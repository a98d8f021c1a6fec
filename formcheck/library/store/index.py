"""The rows of the library's SQLite file: what is needed to list sessions without opening their folders."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw
import msgspec

from formcheck.analysis.clean import clean_count
from formcheck.analysis.two_sides import has_both_sides
from formcheck.library.encryption.crypto import Keys
from formcheck.library.errors import DamagedIndex
from formcheck.library.store.database import explained, transaction
from formcheck.results import Session, Side
from formcheck.session.ownership import Ownership
from formcheck.system.json_format import Moment
from formcheck.system.language import tr


@dataclass(frozen=True, slots=True)
class Entry:
    """One session of the library."""

    uid: str
    folder: str
    """The folder's name among the library's sessions."""
    when: Moment
    exercise: str
    variant: str
    side: Side | None
    program: str
    reps: int
    clean_reps: int
    """In what can be seen (analysis/clean.py)."""
    client: str | None = None
    plan: str | None = None
    item: str | None = None
    film: str | None = None
    """What tells the film from every other one, and its part; None of a live set, and where an older program kept it."""
    both_sides: bool = False
    """Whether it holds repetitions of the left side and of the right; `side` is then None."""

    @classmethod
    def of(cls, folder: str, session: Session, ownership: Ownership) -> "Entry":
        return cls(
            uid=ownership.uid,
            folder=folder,
            when=ownership.when,
            exercise=session.exercise,
            variant=session.variant,
            side=session.side,
            program=session.program,
            reps=len(session.reps),
            clean_reps=clean_count(session),
            client=ownership.client,
            plan=ownership.plan,
            item=ownership.item,
            film=_film(session),
            both_sides=has_both_sides(session),
        )


def _film(session: Session) -> str | None:
    video = session.video
    return f"{video.sha256} {video.from_s:g} {video.to_s or 0:g}" if video.sha256 else None


class Index:
    """Rows whose bodies are locked if there are keys. One per window and thread; transactions make windows wait."""

    def __init__(self, connection: apsw.Connection, path: Path, keys: Keys | None) -> None:
        self._connection, self._path, self._keys = connection, path, keys

    def close(self) -> None:
        self._connection.close()

    def put_document(self, table: str, uid: str, client: str | None, content: bytes) -> None:
        """A client's or a plan's file; of a client, `client` is not used."""
        body = self._locked(content)
        with transaction(self._connection, self._path) as db:
            if table == "clients":
                db.execute("INSERT INTO clients VALUES (?, ?) ON CONFLICT (uid) DO UPDATE SET body = excluded.body", (uid, body))
            else:
                db.execute("INSERT OR REPLACE INTO plans VALUES (?, ?, ?)", (uid, client, body))

    def documents(self, table: str) -> dict[str, bytes]:
        """uid -> content of every client or plan."""
        query = {"clients": "SELECT uid, body FROM clients", "plans": "SELECT uid, body FROM plans"}[table]
        return {uid: self._unlocked(body) for uid, body in self._rows(query)}

    def put_session(self, *entries: Entry) -> None:
        """All of them or none. One that is known by its uid or its folder is replaced."""
        rows = [(e.uid, e.client, e.folder, self._locked(msgspec.json.encode(e))) for e in entries]
        with transaction(self._connection, self._path) as db:
            for row in rows:
                db.execute("DELETE FROM sessions WHERE uid = ? OR folder = ?", (row[0], row[2]))
                db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", row)

    def sessions(self) -> list[Entry]:
        return [_parse(self._unlocked(body)) for (body,) in self._rows("SELECT body FROM sessions")]

    def folders(self) -> dict[str, str]:
        """Folder -> uid of every session."""
        return dict(self._rows("SELECT folder, uid FROM sessions"))

    def delete(self, table: str, *uids: str) -> None:
        """Rows of clients (with their plans), plans or sessions."""
        query = {
            "clients": "DELETE FROM clients WHERE uid = ?",
            "plans": "DELETE FROM plans WHERE uid = ?",
            "sessions": "DELETE FROM sessions WHERE uid = ?",
        }[table]
        with transaction(self._connection, self._path) as db:
            for uid in uids:
                db.execute(query, (uid,))
        if uids:
            with explained(self._path):
                self._connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)  # deleted means gone from the log too

    def _rows(self, query: str) -> list[Any]:
        with explained(self._path):
            return list(self._connection.execute(query))

    def _locked(self, content: bytes) -> bytes:
        return self._keys.lock_bytes(content) if self._keys else content

    def _unlocked(self, body: bytes) -> bytes:
        return self._keys.unlock_bytes(body) if self._keys else body


def _parse(body: bytes) -> Entry:
    try:
        return msgspec.json.decode(body, type=Entry)
    except (ValueError, RecursionError) as error:
        raise DamagedIndex(tr("the library's index makes no sense: formcheck library rebuild makes it again")) from error
