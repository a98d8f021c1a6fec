"""Puts right whose a kept session is, when it was, and what a client is called.

Reports that were written before stay as they are; later ones say what was changed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from formcheck.library.clients import Client, Former
from formcheck.library.encryption import sealed
from formcheck.library.errors import StoreError
from formcheck.library.store.folders import folder_name, place
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.library.store.source import forget_source, source_of
from formcheck.session.corrections import shown_session
from formcheck.session.layout import OWNERSHIP
from formcheck.session.ownership import Ownership, dump, read_ownership
from formcheck.system.json_format import check_moment
from formcheck.system.kept_words import kept
from formcheck.system.language import tr

EARLIEST = datetime(1990, 1, 1).astimezone()
"""No set was filmed for this program before."""


def move_session(library: Library, entry: Entry, client: str | None, now: datetime) -> Entry:
    """Give a session to another client, or with None to the computer's owner; the plan it was done for is another's, and let go.

    StoreError where it is theirs already, or without the client's consent to what is kept of it.
    """
    if entry.client == client:
        raise StoreError(tr("this session is theirs already; nothing was changed"))
    if client is not None:
        consent = library.client(client).consent
        if consent is None or not consent.recording:
            raise StoreError(tr("this client has not consented yet: record the consent first; nothing was changed"))
        if library.has_video(entry) and not consent.video:
            raise StoreError(tr("this client has not consented to videos: delete the session's video first; nothing was changed"))

    def change(ownership: Ownership) -> Ownership:
        note = kept("Moved here from another list on {now:%Y-%m-%d}.", now=now)
        return replace(ownership, client=client, plan=None, item=None, mended=(*ownership.mended, note))

    return _rewritten(library, entry, change)


def redate_session(library: Library, entry: Entry, when: datetime, now: datetime) -> Entry:
    """Put right when a session was. StoreError for a moment that cannot be."""
    when = when.astimezone()
    if not EARLIEST <= when <= now:
        raise StoreError(
            tr("{when:%Y-%m-%d %H:%M} lies in the future, or before there was such a thing; nothing was changed", when=when)
        )
    check_moment(when)

    def change(ownership: Ownership) -> Ownership:
        note = kept(
            "The date was put right on {now:%Y-%m-%d}; before it was {before:%Y-%m-%d %H:%M}.", now=now, before=ownership.when
        )
        return replace(ownership, when=when, mended=(*ownership.mended, note))

    return _rewritten(library, entry, change)


def rename_client(library: Library, client: Client, now: datetime, *, code: str = "", name: str | None = None) -> Client:
    """Another code, another name, or both; an empty code leaves it as it is. StoreError where the code is taken."""
    code = code.strip() or client.code
    if any(c.code.casefold() == code.casefold() and c.uid != client.uid for c in library.clients()):
        raise StoreError(tr("there is a client {code} already; choose another code", code=code))
    former = client.former if code == client.code else (*client.former, Former(client.code, now))
    renamed = replace(client, code=code, name=client.name if name is None else name.strip(), former=former)
    library.put_client(renamed)
    return renamed


def _rewritten(library: Library, entry: Entry, change: Callable[[Ownership], Ownership]) -> Entry:
    """The record is written first, then the folder gets its name, then the index: whatever is interrupted, sync() ends it."""
    folder = library.folder(entry)
    with library.opened(entry) as readable:
        known, session = read_ownership(readable), shown_session(readable)
        before = known or Ownership(entry.uid, entry.when, entry.client, entry.plan, entry.item)
        ownership = change(before)
        if ownership.client is not None:
            ownership = replace(ownership, source=source_of(session, before))
            forget_source(readable, folder, library.keys)
        sealed.write(folder / OWNERSHIP, dump(ownership).encode(), library.keys)
    name = folder_name(session, ownership)
    if not entry.folder.startswith(name):
        folder = place(folder, library.sessions_root, name)
    moved = Entry.of(folder.name, session, ownership)
    library.index.put_session(moved)
    return moved
