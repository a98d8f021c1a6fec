"""A session folder as a report wants it: the session, its curves, its notes, its pictures."""

import csv
import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from formcheck.report.document import Document, Picture
from formcheck.report.html import document_html
from formcheck.report.key_frames import key_frames
from formcheck.report.session_report import About, session_document
from formcheck.results import Session
from formcheck.session.file import read_session
from formcheck.session.notes import Notes, read_notes
from formcheck.session.ownership import read_record
from formcheck.system.files import write_atomic

MAX_SERIES_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Folder:
    session: Session
    series: dict[str, list[float]] | None
    """None where series.csv is missing or makes no sense: a report goes without curves."""
    notes: Notes
    pictures: tuple[Picture, ...]
    when: str


def read_folder(folder: Path) -> Folder:
    """BadSessionFile, BadNotesFile or BadRecord where the folder holds no session that makes sense."""
    session = read_session(folder)
    record = read_record(folder)
    return Folder(
        session,
        read_series(folder / "series.csv"),
        read_notes(folder),
        key_frames(folder / "annotated.mp4", session),
        f"{record.when:%Y-%m-%d %H:%M}" if record else "",
    )


def folder_document(folder: Path, client: str = "") -> Document:
    """The report of a session folder; BadSessionFile and kin as read_folder()."""
    found = read_folder(folder)
    return session_document(
        found.session, series=found.series, key_frames=found.pictures, notes=found.notes, about=About(client, found.when)
    )


def write_report(folder: Path, *, html: Path | None = None, pdf: Path | None = None, client: str = "") -> None:
    """Write a session folder's report, each file whole or not at all."""
    write_document(folder_document(folder, client), html=html, pdf=pdf)


def write_document(document: Document, *, html: Path | None = None, pdf: Path | None = None) -> None:
    """Write any report, each file whole or not at all. OSError where a file cannot be written."""
    if html:
        write_atomic(html, document_html(document))
    if pdf:
        from formcheck.report.pdf import document_pdf  # fonts take a moment to load

        document_pdf(document, pdf)


def read_series(path: Path) -> dict[str, list[float]] | None:
    """series.csv by columns, NaN where a cell is empty; None where it is missing or makes no sense."""
    try:
        if path.stat().st_size > MAX_SERIES_BYTES:
            return None
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            head = next(rows, [])
            columns: dict[str, list[float]] = {name: [] for name in head}
            for row in rows:
                for name, cell in zip(head, row, strict=True):
                    columns[name].append(float(cell) if cell else math.nan)
    except (OSError, ValueError, csv.Error):
        return None
    times = columns.get("t_s", [])
    rising = all(a < b for a, b in pairwise(times))
    return columns if times and rising and all(math.isfinite(t) for t in times) else None
