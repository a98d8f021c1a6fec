"""What a client's session keeps of where it came from: the film's name, in its record alone, which is locked with the rest."""

from pathlib import Path

from formcheck.library.encryption import sealed
from formcheck.library.encryption.crypto import Keys
from formcheck.report.html import session_html
from formcheck.results import Session
from formcheck.session.file import read_session, to_json, unnamed
from formcheck.session.layout import REPORT, SERIES, SESSION
from formcheck.session.ownership import Ownership
from formcheck.session.tables import read_curves
from formcheck.system.json_format import to_text


def source_of(session: Session, known: Ownership | None) -> str | None:
    """What the film or the camera was called; None where that was not said."""
    return session.video.name or (known.source if known is not None else None)


def forget_source(readable: Path, folder: Path, keys: Keys | None) -> None:
    """Write session.json and report.html of `folder` without the name. readable: its files, unlocked."""
    session = read_session(readable)
    if not session.video.name:
        return
    bare = unnamed(session)
    sealed.write(folder / SESSION, to_text(to_json(bare)).encode(), keys)
    if sealed.stored(folder / REPORT) is not None:
        report = session_html(bare, series=read_curves(readable / SERIES))
        sealed.write(folder / REPORT, report.encode(), keys)
