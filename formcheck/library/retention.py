"""How long things are kept. Off unless the user sets it: then old videos, or whole sessions, are deleted for good."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from formcheck.library.errors import StoreError
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.system import json_fields as fields
from formcheck.system.files import write_atomic

NAME = "retention.json"
FORMAT = "formcheck-retention"
VERSION = 1
MAX_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Retention:
    """Days after which something is deleted; None keeps it."""

    video_days: int | None = None
    session_days: int | None = None


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
    return fields.parse(
        fields.read_limited(path, 10_000, lambda r: StoreError(f"{path}: {r}")),
        "a retention setting",
        (FORMAT, VERSION),
        lambda data: Retention(_days(data.get("video_days")), _days(data.get("session_days"))),
        lambda r: StoreError(f"{path}: {r}; nothing was deleted"),
    )


def _days(value: object) -> int | None:
    return fields.optional(value, lambda v: fields.count(v, 1, MAX_DAYS))


def write_retention(root: Path, retention: Retention) -> None:
    write_atomic(root / NAME, json.dumps({"format": FORMAT, "version": VERSION, **asdict(retention)}) + "\n")


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
