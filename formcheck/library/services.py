"""What the window's record pages and the command line do with the library: reports, progress, exports. No Qt, no output."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from formcheck import __version__
from formcheck.analysis.leads import lead_words
from formcheck.analysis.progression import Criteria, suggest
from formcheck.library import clients, plans
from formcheck.library.adherence import Adherence, adherence, next_item
from formcheck.library.bundle import export_sessions
from formcheck.library.clients import Client
from formcheck.library.encryption import sealed
from formcheck.library.plans import Item, Plan
from formcheck.library.retention import expired, read_retention
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.report.document import Document, Row
from formcheck.report.export import data_dictionary, repetitions_csv, session_sheets, sessions_json
from formcheck.report.period_report import period_document
from formcheck.report.progress import CleanSets, Sample, Trend, clean_sets, sides_apart, trends
from formcheck.report.run_blocks import is_run
from formcheck.report.session_report import About
from formcheck.report.spreadsheet import write_workbook
from formcheck.report.words import detectable_differences, exercise_title
from formcheck.session.corrections import shown_session
from formcheck.session.notes import judged, read_notes
from formcheck.system.errors import UserError
from formcheck.system.files import write_export
from formcheck.system.language import tr

LOOK_BACK = 12
"""Sets of one exercise that are looked at for a next step."""
WEEKS = 4
"""Over which adherence is shown."""


@dataclass(frozen=True, slots=True)
class NextSet:
    """The next set of a plan."""

    plan: Plan
    item: Item
    number: int
    """Of the set, from 1."""


@dataclass(frozen=True, slots=True)
class LibraryContent:
    """What the window shows of the library, read in one go."""

    clients: tuple[Client, ...] = ()
    client: Client | None = None
    """Whose entries and plans these are; None: the owner's."""
    entries: tuple[Entry, ...] = ()
    """Newest first."""
    videos: frozenset[str] = frozenset()
    """uids of sessions with a video."""
    older: tuple[Entry, ...] = ()
    """Measured by another version of the program, with something still there to be measured again."""
    plans: tuple[Plan, ...] = ()
    next_set: NextSet | None = None
    done: tuple[tuple[Plan, tuple[Adherence, ...]], ...] = ()
    """How far each plan was followed over the last WEEKS."""
    expired: int = 0
    """Things past the time that the user set for keeping them."""


def read_content(library: Library, client: str | None, now: datetime) -> LibraryContent:
    """client: a uid; None, or one that has gone, for the owner."""
    known = library.clients()
    chosen = next((c for c in known if c.uid == client), None)
    uid = chosen.uid if chosen else None
    entries = library.sessions_of(uid)
    own = library.plans(uid)
    due = ((plan, next_item(plan, entries, now.date())) for plan in own)
    gone = expired(library, read_retention(library.root), now)
    first = now.date() - timedelta(days=7 * WEEKS - 1)
    return LibraryContent(
        clients=known,
        client=chosen,
        entries=entries[::-1],
        videos=frozenset(e.uid for e in entries if library.has_video(e)),
        older=tuple(e for e in entries if e.program != __version__ and library.can_measure_again(e)),
        plans=own,
        next_set=next((NextSet(plan, *found) for plan, found in due if found), None),
        done=tuple((plan, adherence(plan, entries, first, now.date())) for plan in own),
        expired=len(gone.videos) + len(gone.sessions),
    )


def next_step(library: Library, entry: Entry, criteria: Criteria) -> str:
    """What may come after this session, in words, empty for nothing; only sets of the same person count."""
    before = [e for e in library.sessions_of(entry.client, exercise=entry.exercise) if e.when <= entry.when]
    found = [judged(s.session, s.notes) for s in samples(library, before[-LOOK_BACK:])]
    if found and is_run(found[-1]):
        return "\n".join(lead_words(found[-1]))
    suggestion = suggest(entry.exercise, entry.variant, found, criteria)
    return "" if suggestion is None else suggestion.words


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
            out.append(Sample(entry.when, shown_session(folder), read_notes(folder)))
    return tuple(out)


def within(entries: Sequence[Entry], first: date | None, last: date | None) -> tuple[Entry, ...]:
    """Those from the first to the last day, both included; None leaves an end open."""
    return tuple(e for e in entries if (first is None or e.when.date() >= first) and (last is None or e.when.date() <= last))


@dataclass(frozen=True, slots=True)
class Progress:
    """How a client's sets went over time."""

    trends: tuple[Trend, ...] = ()
    apart: tuple[Trend, ...] = ()
    """Left less right."""
    clean: tuple[CleanSets, ...] = ()


def progress(library: Library, client: Client | None) -> Progress:
    """Of all sessions of a client (of the owner in runner mode), by the limits of their plans where those name some."""
    uid = client.uid if client else None
    found = samples(library, library.sessions_of(uid))
    planned = {
        (item.exercise, fault): limits
        for plan in library.plans(uid)
        for item in plan.items
        for fault, limits in item.limits.items()
    }
    own = trends(found, detectable_differences(), planned)
    return Progress(own, sides_apart(own), clean_sets(found))


def period_report(library: Library, client: Client | None, first: date | None = None, last: date | None = None) -> Document:
    """The report of a period, with adherence to the client's plans. UserError where nothing was done in it."""
    uid = client.uid if client else None
    entries = within(library.sessions_of(uid), first, last)
    if not entries:
        raise UserError(tr("no session in that period: choose other days, or another client"))
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
    about = About(client=client.known_as if client else "")
    return period_document(samples(library, entries), about=about, adherence=rows, detectable=detectable_differences())


def export_client(library: Library, client: Client, folder: Path) -> Path:
    """Everything the library has of a client, unlocked, in a new folder; the export is remembered with the client.

    FileExistsError where the folder exists. Figures as CSV and JSON with their dictionary, sessions with videos as .zip.
    """
    entries = library.sessions_of(client.uid)
    found = samples(library, entries)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir()
    (folder / "plans").mkdir()
    write_export(folder / "client.json", clients.dump(replace(client, exports=())))
    for plan in library.plans(client.uid):
        write_export(folder / "plans" / f"{plan.uid}.json", plans.dump(plan))
    write_export(folder / "repetitions.csv", repetitions_csv(found, client.code))
    write_workbook(folder / "repetitions.xlsx", session_sheets(found, client.code))
    write_export(folder / "sessions.json", sessions_json(found, client.code))
    write_export(folder / "data-dictionary.md", data_dictionary())
    export_sessions(library, entries, folder / "sessions.zip", videos=True)
    library.exported(client, folder)
    return folder
