"""When a film was filmed: its own tags first, then the file's date."""

import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import av
import pytest
from films import make_film, moving

from formcheck.capture.filming_date import filmed_at

FILE_DATE = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def tagged(path: Path, **tags: str) -> Path:
    """A film with these tags, on a disk since FILE_DATE."""
    plain = make_film(path.with_name("plain.mp4"), [moving(i) for i in range(5)])
    options = {"movflags": "use_metadata_tags"} if path.suffix == ".mov" else {}
    with av.open(str(plain)) as source, av.open(str(path), "w", options=options) as target:
        out = target.add_stream_from_template(source.streams.video[0])
        target.metadata.update(tags)
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = out
                target.mux(packet)
    os.utime(path, (FILE_DATE.timestamp(),) * 2)
    return path


@pytest.mark.parametrize("kind", ["mp4", "mov", "mkv"])
def test_the_time_that_the_camera_wrote(tmp_path: Path, kind: str) -> None:
    path = tagged(tmp_path / f"a.{kind}", creation_time="2026-03-14T17:05:00Z")
    assert filmed_at(path) == datetime(2026, 3, 14, 17, 5, tzinfo=UTC)


def test_apple_s_tag_wins_and_keeps_its_zone(tmp_path: Path) -> None:
    tags = {"creation_time": "2026-03-15T09:00:00Z", "com.apple.quicktime.creationdate": "2026-03-14T18:05:00+0100"}
    when = filmed_at(tagged(tmp_path / "a.mov", **tags))
    assert when == datetime(2026, 3, 14, 18, 5, tzinfo=timezone(timedelta(hours=1)))
    assert when.utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize("tag", ["", "1904-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2199-01-01T00:00:00Z", "soon"])
def test_else_the_file_s_date(tmp_path: Path, tag: str) -> None:
    path = tagged(tmp_path / "a.mkv", **({"creation_time": tag} if tag else {}))
    assert filmed_at(path) == FILE_DATE


def test_a_file_that_is_no_film_has_its_own_date(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_text("no film")
    os.utime(path, (FILE_DATE.timestamp(),) * 2)
    assert filmed_at(path) == FILE_DATE
