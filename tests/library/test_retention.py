"""What is past its time is deleted, and nothing else."""

from datetime import timedelta

import pytest
from store_cases import WHEN, MakeFolder

from formcheck.library.errors import StoreError
from formcheck.library.retention import NAME, Retention, expire, expired, read_retention, write_retention
from formcheck.library.store.library import Library


def test_off_unless_set(library: Library, make_folder: MakeFolder) -> None:
    library.add_session(make_folder(), keep_video=True, when=WHEN)
    found = expired(library, read_retention(library.root), WHEN + timedelta(days=9999))
    assert (found.videos, found.sessions) == ((), ())


def test_old_videos_and_older_sessions_go(library: Library, make_folder: MakeFolder) -> None:
    write_retention(library.root, Retention(video_days=30, session_days=365))
    entries = [
        library.add_session(make_folder(str(days)), keep_video=True, when=WHEN - timedelta(days=days)) for days in (400, 40, 4)
    ]
    found = expired(library, read_retention(library.root), WHEN)
    assert (found.videos, found.sessions) == ((entries[1],), (entries[0],))
    expire(library, found)
    assert library.sessions() == (entries[1], entries[2])
    assert [library.has_video(e) for e in entries] == [False, False, True]


@pytest.mark.parametrize("text", ["", "{}", '{"format": "formcheck-retention", "version": 1, "video_days": 0}', "[]"])
def test_a_setting_that_makes_no_sense_deletes_nothing(library: Library, text: str) -> None:
    (library.root / NAME).write_text(text)
    with pytest.raises(StoreError, match="nothing was deleted"):
        read_retention(library.root)
