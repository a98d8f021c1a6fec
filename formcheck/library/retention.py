"""How long things are kept. Off unless the user sets it: then old videos, or whole sessions, are deleted for good."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, TypeAlias

from msgspec import Meta

from formcheck.library.errors import StoreError
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.system.files import write_atomic
from formcheck.system.json_format import Format, encode, read
from formcheck.system.language import to_translate, tr

NAME = "retention.json"
FORMAT = Format("formcheck-retention", to_translate("a retention setting"), max_bytes=10_000)
MAX_DAYS = 36_500

Days: TypeAlias = Annotated[int, Meta(ge=1, le=MAX_DAYS)]


@dataclass(frozen=True, slots=True)
class Retention:
    """Days after which something is deleted; None keeps it."""

    video_days: Days | None = None
    session_days: Days | None = None


@dataclass(frozen=True, slots=True)
class Expired:
    """What is past its time."""

    videos: tuple[Entry, ...]
    sessions: tuple[Entry, ...]


def read_retention(root: Path) -> Retention:
    """What is set there. A file that makes no sense deletes nothing: StoreError."""
    path = root / NAME
    if not path.exists():
        return Retention()
    return read(
        path, FORMAT, Retention, lambda reason: StoreError(tr("{path}: {reason}; nothing was deleted", path=path, reason=reason))
    )


def write_retention(root: Path, retention: Retention) -> None:
    write_atomic(root / NAME, encode(FORMAT, retention))


def expired(library: Library, retention: Retention, now: datetime) -> Expired:
    """What expire() would delete, to be shown before."""

    def old(entry: Entry, days: int | None) -> bool:
        return days is not None and now - entry.when > timedelta(days=days)

    entries = library.sessions()
    gone = tuple(e for e in entries if old(e, retention.session_days))
    videos = tuple(e for e in entries if e not in gone and old(e, retention.video_days) and library.has_video(e))
    return Expired(videos, gone)


def expire(library: Library, found: Expired) -> None:
    """Delete it for good."""
    for entry in found.videos:
        library.delete_video(entry)
    for entry in found.sessions:
        library.delete_session(entry)
