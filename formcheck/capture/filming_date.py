"""When a film was filmed: from what the camera wrote into it, else from the file's own date."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import av

from formcheck.capture.opening import DECODE_ERRORS

TAGS = ("com.apple.quicktime.creationdate", "creation_time", "date", "DATE_RECORDED")
"""Surest first: Apple's with the time zone of the place; what most cameras write, in UTC; Matroska and AVI."""
EARLIEST_YEAR = 1990
"""A camera whose clock was never set says 1904 or 1970."""


def filmed_at(path: Path, now: datetime | None = None) -> datetime:
    """With its time zone, this computer's where the film names none. OSError where there is no such file."""
    now = now or datetime.now().astimezone()
    for words in _tags(path):
        when = _moment(words)
        if when is not None and when.year >= EARLIEST_YEAR and when <= now + timedelta(days=1):
            return when
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone()


def _tags(path: Path) -> Iterator[str]:
    try:
        with av.open(str(path.absolute()), options={"protocol_whitelist": "file"}) as container:
            found = [container.metadata, *(stream.metadata for stream in container.streams)]
    except (*DECODE_ERRORS, OSError):
        return
    for tag in TAGS:
        yield from (metadata[tag] for metadata in found if tag in metadata)


def _moment(words: str) -> datetime | None:
    """UTC, which says nothing of the place, as this computer's time; another zone as it is."""
    try:
        when = datetime.fromisoformat(words.strip())
        return when if when.utcoffset() else when.astimezone()
    except (ValueError, OverflowError, OSError):
        return None
