"""Sessions to try the store on."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import av
from films import make_film, moving

from formcheck.library.encryption import sealed
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.results import Finding, Limits, Measurement, Rep, Session, Severity, Side, VideoInfo
from formcheck.session.layout import NOTES
from formcheck.session.notes import Notes, dump

WHEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def _film() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return make_film(Path(folder) / "film.mp4", [moving(i) for i in range(10)]).read_bytes()


VIDEO = _film()


def plays(film: Path) -> bool:
    """Whether it shows the pictures of VIDEO."""
    with av.open(str(film)) as container:
        return len(list(container.decode(video=0))) == 10


def make_session(reps: int = 3, side: Side = Side.LEFT) -> Session:
    done = tuple(
        Rep(
            i,
            side,
            3.0 * i,
            3.0 * i + 1,
            3.0 * i + 2,
            {"hip_opening": Measurement(35.0, "deg", 4.0), "pelvic_roll": Measurement(4.0 * i, "deg", 2.5)},
            (Finding("pelvic_roll", Severity.CAUTION, 3.0 * i + 1, 4.0 * i, 10.0, "deg"),) if i > 2 else (),
        )
        for i in range(1, reps + 1)
    )
    video = VideoInfo("a.mp4", 640, 480, 30.0, 20.0, 600)
    return Session("0.1.0", "clam", "standard", side, video, "full", 600, {"pelvic_roll": Limits(10.0, 15.0)}, done)


MakeFolder = Callable[..., Path]


def write_notes(library: Library, entry: Entry, notes: Notes) -> None:
    """As the review leaves them in a session of the library, locked if the library is."""
    sealed.write(library.folder(entry) / NOTES, dump(notes), library.keys)
