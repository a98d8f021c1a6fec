"""What the window's record pages and the command line do with the library: reports, progress, exports. No Qt, no output."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from formcheck.errors import UserError
from formcheck.files import private_folder, write_atomic
from formcheck.report.comparison import DETECTABLE
from formcheck.report.document import Document, Row
from formcheck.report.export import data_dictionary, repetitions_csv, sessions_json
from formcheck.report.folder import folder_document
from formcheck.report.period_report import period_document
from formcheck.report.progress import Sample, Trend, sides_apart, trends
from formcheck.report.session_report import About
from formcheck.report.words import exercise_title
from formcheck.results import Session
from formcheck.session_file import read_session
from formcheck.session_notes import read_notes
from formcheck.store import clients, plans, sealed
from formcheck.store.adherence import adherence
from formcheck.store.bundle import export_sessions
from formcheck.store.clients import Client
from formcheck.store.index import Entry
from formcheck.store.library import Library


@contextmanager
def opened_session(folder: Path, ask: Callable[[], str]) -> Iterator[Path]:
    """A session folder that may be locked, with or without the library; `ask` gives the passphrase. Locked if it is wrong."""
    keys = sealed.keys_for(folder, ask()) if sealed.is_locked_folder(folder) else None
    with sealed.opened(folder, keys) as path:
        yield path


def samples(library: Library, entries: Sequence[Entry]) -> tuple[Sample, ...]:
    """The sessions with their notes. UserError where a folder makes no sense."""
    out = []
    for entry in entries:
        with library.opened(entry) as folder:
            out.append(Sample(entry.when, read_session(folder), read_notes(folder)))
    return tuple(out)


def within(entries: Sequence[Entry], first: date | None, last: date | None) -> tuple[Entry, ...]:
    """Those from the first to the last day, both included; None leaves an end open."""
    return tuple(e for e in entries if (first is None or e.when.date() >= first) and (last is None or e.when.date() <= last))


def client_trends(library: Library, client: Client | None) -> tuple[Trend, ...]:
    """All trends of a client (of the owner in runner mode), the differences between the sides after them."""
    found = trends(samples(library, library.sessions_of(client.uid if client else None)), DETECTABLE)
    return (*found, *sides_apart(found))


def period_report(library: Library, client: Client | None, first: date | None = None, last: date | None = None) -> Document:
    """The report of a period, with adherence to the client's plans. UserError where nothing was done in it."""
    uid = client.uid if client else None
    entries = within(library.sessions_of(uid), first, last)
    if not entries:
        raise UserError("no session in that period: choose other days, or another client")
    span = (first or entries[0].when.date(), last or entries[-1].when.date())
    rows = tuple(
        Row(
            (
                f"{plan.title}: {exercise_title(done.item.exercise)}"
                + (f", {done.item.side}" if done.item.side else "")
                + f", {done.item.sets} × {done.item.reps}",
                str(done.days_done),
                f"{done.days_planned:g}",
                str(done.sets_done),
            )
        )
        for plan in library.plans(uid)
        for done in adherence(plan, entries, *span)
    )
    about = About(client=client.code if client else "")
    return period_document(samples(library, entries), about=about, adherence=rows, detectable=DETECTABLE)


def session_report(library: Library, entry: Entry) -> Document:
    """The report of one session of the library, locked or not; a client appears by code only."""
    code = next((c.code for c in library.clients() if c.uid == entry.client), "")
    with library.opened(entry) as folder:
        return folder_document(folder, code)


def same_ruler(entries: Sequence[Entry]) -> bool:
    """Whether sessions were measured by one version of the program, so that they may be compared as they are."""
    return len({e.program for e in entries}) <= 1


def export_client(library: Library, client: Client, folder: Path) -> Path:
    """Everything the library has of a client, unlocked, in a new folder; the export is remembered with the client.

    FileExistsError where the folder exists. Figures as CSV and JSON with their dictionary, sessions with videos as .zip.
    """
    entries = library.sessions_of(client.uid)
    found = samples(library, entries)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    write_atomic(folder / "client.json", clients.dump(replace(client, exports=())))
    for plan in library.plans(client.uid):
        write_atomic(private_folder(folder / "plans") / f"{plan.uid}.json", plans.dump(plan))
    write_atomic(folder / "repetitions.csv", repetitions_csv(found, client.code))
    write_atomic(folder / "sessions.json", sessions_json(found, client.code))
    write_atomic(folder / "data-dictionary.md", data_dictionary())
    export_sessions(library, entries, folder / "sessions.zip", videos=True)
    library.exported(client, folder)
    return folder


def measured(library: Library, entry: Entry) -> Session:
    """A session of the library. UserError where its folder makes no sense."""
    with library.opened(entry) as folder:
        return read_session(folder)
