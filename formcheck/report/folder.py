"""A session folder as a report wants it: the session, its curves, its notes, its pictures."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from formcheck.report.document import Document, Picture
from formcheck.report.export import session_sheets
from formcheck.report.html import document_html
from formcheck.report.key_frames import key_frames
from formcheck.report.midstance import midstance_pictures
from formcheck.report.progress import Sample
from formcheck.report.run_blocks import is_run
from formcheck.report.session_report import About, session_document
from formcheck.report.spreadsheet import Sheet
from formcheck.results import Session
from formcheck.session.corrections import shown_session
from formcheck.session.file import unnamed
from formcheck.session.layout import ANNOTATED, SESSION, measured_as_another
from formcheck.session.layout import series as series_of
from formcheck.session.notes import Notes, read_notes
from formcheck.session.ownership import read_ownership
from formcheck.session.tables import read_curves, read_series
from formcheck.system.files import write_export
from formcheck.system.language import moment_words


@dataclass(frozen=True, slots=True)
class Folder:
    session: Session
    series: dict[str, list[float]] | None
    """Those of angles.csv as well. None where series.csv is missing or makes no sense: a report goes without curves."""
    notes: Notes
    pictures: tuple[Picture, ...]
    when: str
    mended: tuple[str, ...]


def read_folder(folder: Path) -> Folder:
    """BadSessionFile, BadNotesFile or BadOwnership where the folder holds no session that makes sense."""
    session = shown_session(folder)
    ownership = read_ownership(folder)
    return Folder(
        session,
        read_curves(series_of(folder)),
        read_notes(folder),
        () if measured_as_another(folder) else _pictures(folder, session),
        moment_words(ownership.when) if ownership else "",
        ownership.mended if ownership else (),
    )


def _pictures(folder: Path, session: Session) -> tuple[Picture, ...]:
    """Of a run its mean midstances, of other sets the moments that matter."""
    return midstance_pictures(folder, session) if is_run(session) else key_frames(folder / ANNOTATED, session)


def folder_document(folder: Path, client: str = "") -> Document:
    """The report of a session folder, of a client's without what its film was called; BadSessionFile and kin as read_folder()."""
    found = read_folder(folder)
    session = unnamed(found.session) if client else found.session
    return session_document(
        session, series=found.series, key_frames=found.pictures, notes=found.notes, about=About(client, found.when, found.mended)
    )


def folder_sheets(folder: Path, client: str = "") -> tuple[Sheet, ...]:
    """A session folder as a workbook's sheets: the set, its repetitions, its curves."""
    found, ownership = read_folder(folder), read_ownership(folder)
    when = ownership.when if ownership else datetime.fromtimestamp((folder / SESSION).stat().st_mtime).astimezone()
    sheets = session_sheets([Sample(when, found.session, found.notes)], client)
    series = read_series(series_of(folder))
    if series is None:
        return sheets
    columns = list(series)
    rows = list(zip(*(series[name] for name in columns), strict=True))
    return *sheets, Sheet("curves", tuple(columns), rows)


def write_report(folder: Path, *, html: Path | None = None, pdf: Path | None = None, client: str = "") -> None:
    """Write a session folder's report, each file whole or not at all."""
    write_document(folder_document(folder, client), html=html, pdf=pdf)


def write_document(document: Document, *, html: Path | None = None, pdf: Path | None = None) -> None:
    """Write any report, each file whole or not at all. OSError where a file cannot be written."""
    if html:
        write_export(html, document_html(document))
    if pdf:
        from formcheck.report.pdf import document_pdf  # fonts take a moment to load

        document_pdf(document, pdf)
