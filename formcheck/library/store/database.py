"""Opens the library's SQLite file through APSW.

APSW rather than an object mapper: three tables need none; it is SQLite's whole interface, typed, and brings one recent SQLite to
every system, where Python's own module uses whatever the system has.
"""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import apsw

from formcheck.library.errors import DamagedIndex, NewerStore, StoreError
from formcheck.system.language import tr

BUSY_MS = 10_000
"""How long one window waits for another that is writing."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE clients (uid TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
    CREATE TABLE plans (
        uid TEXT PRIMARY KEY,
        client TEXT REFERENCES clients (uid) ON DELETE CASCADE,
        body BLOB NOT NULL
    ) STRICT;
    CREATE TABLE sessions (
        uid TEXT PRIMARY KEY,
        client TEXT REFERENCES clients (uid) ON DELETE RESTRICT,
        folder TEXT NOT NULL UNIQUE,
        body BLOB NOT NULL
    ) STRICT;
    CREATE INDEX plans_of_client ON plans (client);
    CREATE INDEX sessions_of_client ON sessions (client);
    """,
)
"""Each brings the schema one version further. Never change one that was released: add another."""


def connect(path: Path, migrations: Sequence[str] = MIGRATIONS, *, in_memory: bool = False) -> apsw.Connection:
    """Open or make the file, brought to the newest schema. DamagedIndex, NewerStore or StoreError.

    in_memory: an empty one that is no file, for a library that can only be read.
    """
    with explained(path):
        connection = apsw.Connection(":memory:" if in_memory else str(path))
        try:
            if not in_memory:
                path.chmod(0o600)
            connection.set_busy_timeout(BUSY_MS)
            if connection.pragma("quick_check") != "ok":
                raise DamagedIndex(_damaged(path))
            _log_ahead(connection)
            connection.pragma("foreign_keys", True)
            connection.pragma("synchronous", "FULL")
            connection.pragma("secure_delete", True)
            _migrate(connection, path, migrations)
            _check_tables(connection, path, migrations)
        except BaseException:
            connection.close()
            raise
        return connection


def _log_ahead(connection: apsw.Connection) -> None:
    """Write-ahead logging, so that one window reads while another writes. SQLite does not wait for this switch by itself."""
    end_s = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.pragma("journal_mode", "wal")
            return
        except apsw.BusyError:
            if time.monotonic() > end_s:
                raise
            time.sleep(0.02)


def version(path: Path) -> int | None:
    """The schema version of a file, None where it cannot be read."""
    try:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            return int(str(connection.pragma("user_version")))
        finally:
            connection.close()
    except apsw.Error:
        return None


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into ones with a sentence for the user."""
    try:
        yield
    except (apsw.NotADBError, apsw.CorruptError, apsw.SQLError) as error:  # SQLError: a table or a column is missing
        raise DamagedIndex(_damaged(path)) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise StoreError(tr("the library is busy: another formcheck is writing; try again in a moment")) from error
    except apsw.FullError as error:
        raise StoreError(tr("the disk is full: make room and try again; nothing was changed")) from error
    except (apsw.CantOpenError, apsw.PermissionsError, apsw.ReadOnlyError, apsw.IOError) as error:
        raise StoreError(
            tr("{path}: the library cannot be opened or written; check the folder's rights ({error})", path=path, error=error)
        ) from error
    except apsw.Error as error:
        raise StoreError(
            tr(
                "{path}: the library refuses that ({name}: {error}); nothing was changed",
                path=path,
                name=type(error).__name__,
                error=error,
            )
        ) from error


@contextmanager
def transaction(connection: apsw.Connection, path: Path) -> Iterator[apsw.Connection]:
    """All of it or nothing; waits for another window's. Not to be nested."""
    with explained(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _migrate(connection: apsw.Connection, path: Path, migrations: Sequence[str]) -> None:
    if int(str(connection.pragma("user_version"))) == len(migrations):
        return
    with transaction(connection, path):  # a second window waits here and then finds it done
        present = int(str(connection.pragma("user_version")))
        if present < 0:
            raise DamagedIndex(_damaged(path))
        if present > len(migrations):
            raise NewerStore(
                tr(
                    "{path}: written by a newer formcheck (version {present}); update this one. Nothing was changed",
                    path=path,
                    present=present,
                )
            )
        for script in migrations[present:]:
            connection.execute(script)
        connection.pragma("user_version", len(migrations))


def _check_tables(connection: apsw.Connection, path: Path, migrations: Sequence[str]) -> None:
    """An index that says it is whole and has no tables would fail at the first question."""
    present = {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not set(re.findall(r"CREATE TABLE (\w+)", "".join(migrations))) <= present:
        raise DamagedIndex(_damaged(path))


def _damaged(path: Path) -> str:
    return f"{path}: the library's index is damaged, the sessions are not: formcheck library rebuild makes it again from them"
