"""The library: clients, plans and sessions of one computer.

Every change is written to files first and to the index second. What a crash leaves between the two is put right by sync(),
which each opening runs: a finished session in its folder is never lost.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from formcheck.library import clients, plans
from formcheck.library.clients import Client, Consent
from formcheck.library.encryption import sealed
from formcheck.library.encryption.crypto import Keys
from formcheck.library.errors import StoreError
from formcheck.library.plans import Plan
from formcheck.library.store.database import connect
from formcheck.library.store.folders import discard, folder_name, take_in
from formcheck.library.store.index import Entry, Index
from formcheck.library.store.source import forget_source, source_of
from formcheck.library.store.twins import refuse_twin
from formcheck.session.corrections import shown_session
from formcheck.session.file import read_session
from formcheck.session.layout import MEASURED, OWNERSHIP, RAW, SIGNALS, VIDEOS
from formcheck.session.ownership import Ownership, read_ownership
from formcheck.session.ownership import dump as dump_ownership
from formcheck.system.files import as_path, as_text, may_write, private_folder
from formcheck.system.language import tr

INDEX = "library.db"


class Library:
    """Use it from one thread, and close it. Several may be open at once, in this program and in others."""

    def __init__(self, root: Path, sessions: Path, keys: Keys | None) -> None:
        """See open_library()."""
        self.root, self.sessions_root, self.keys = root, sessions, keys
        self.read_only = not all(may_write(folder) for folder in (root, sessions))
        """It may only be read, by this user or at all: the index is made in memory, and changes raise OSError."""
        if not self.read_only:
            for folder in (root, sessions, root / "clients", root / "plans"):
                private_folder(folder)
        self.index = Index(connect(root / INDEX, in_memory=self.read_only), root / INDEX, keys)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.index.close()

    # clients

    def clients(self) -> tuple[Client, ...]:
        """All clients, by code."""
        found = (clients.parse(body, uid) for uid, body in self.index.documents("clients").items())
        return tuple(sorted(found, key=lambda c: c.code.casefold()))

    def client(self, words: str) -> Client:
        """The client of this uid, code or name. StoreError if there is none, or more than one."""
        known = self.clients()
        by_rule = ([c for c in known if words in (c.uid, c.code)], [c for c in known if c.name.casefold() == words.casefold()])
        found = next((hits for hits in by_rule if hits), [])
        if len(found) != 1:
            raise StoreError(
                tr(
                    "{what} called {words!r}; see formcheck clients",
                    what="several clients are" if found else "no client is",
                    words=words,
                )
            )
        return found[0]

    def new_client(self, code: str, name: str = "") -> Client:
        """StoreError where the code is taken."""
        if any(c.code.casefold() == code.strip().casefold() for c in self.clients()):
            raise StoreError(tr("there is a client {strip} already; choose another code", strip=code.strip()))
        client = Client(uuid4().hex, code.strip(), name.strip())
        self.put_client(client)
        return client

    def put_client(self, client: Client) -> None:
        """Add or replace. BadClient where it could not be read again."""
        content = clients.dump(client).encode()
        clients.parse(content, client.code or "the client")
        sealed.write(self.root / "clients" / f"{client.uid}.json", content, self.keys)
        self.index.put_document("clients", client.uid, None, content)

    def give_consent(self, uid: str, consent: Consent | None) -> Client:
        """Record what a client agreed to; None takes it back, and what was recorded before stays. StoreError if unknown."""
        client = replace(self.client(uid), consent=consent)
        self.put_client(client)
        return client

    # plans

    def plans(self, client: str | None = None) -> tuple[Plan, ...]:
        """The plans of a client; without one, those of the computer's owner."""
        found = (plans.parse(body, uid) for uid, body in self.index.documents("plans").items())
        return tuple(sorted((p for p in found if p.client == client), key=lambda p: p.title))

    def put_plan(self, plan: Plan) -> None:
        """Add or replace. BadPlan where it could not be read again, StoreError where the plan is somebody else's."""
        content = plans.dump(plan).encode()
        plans.parse(content, plan.title or "the plan")
        known = self.plan(plan.uid)
        if known is not None and known.client != plan.client:
            raise StoreError(
                tr("the plan {title} belongs to somebody else: import its file for this client instead", title=plan.title)
            )
        sealed.write(self.root / "plans" / f"{plan.uid}.json", content, self.keys)
        self.index.put_document("plans", plan.uid, plan.client, content)

    def plan(self, uid: str) -> Plan | None:
        """The plan of this uid, whoever's it is."""
        body = self.index.documents("plans").get(uid)
        return None if body is None else plans.parse(body, uid)

    def delete_plan(self, uid: str) -> None:
        sealed.delete(self.root / "plans" / f"{uid}.json")
        self.index.delete("plans", uid)

    # sessions

    def sessions(self, *, exercise: str | None = None, side: str | None = None) -> tuple[Entry, ...]:
        """All sessions, oldest first."""
        found = (e for e in self.index.sessions() if exercise in (None, e.exercise) and (side in (None, e.side) or e.both_sides))
        return tuple(sorted(found, key=lambda e: (e.when, e.uid)))

    def sessions_of(self, client: str | None, *, exercise: str | None = None) -> tuple[Entry, ...]:
        """A client's sessions, oldest first; without a client, those in runner mode."""
        return tuple(e for e in self.sessions(exercise=exercise) if e.client == client)

    def add_session(
        self,
        folder: Path,
        *,
        keep_video: bool,
        client: str | None = None,
        when: datetime | None = None,
        plan: str | None = None,
        item: str | None = None,
        again: bool = True,
    ) -> Entry:
        """Put a finished session folder into the library; one that lies elsewhere is copied into it.

        keep_video: without it, and without the client's consent, its videos are deleted (of a copy: not copied).
        again: keep it although the same film was kept for the same person before.
        BadSessionFile and kin where the folder holds no session, StoreError without the client's consent.
        """
        consent = next((c.consent for c in self.clients() if c.uid == client), None)
        if client is not None and (consent is None or not consent.recording):
            raise StoreError(tr("this client has not consented yet: record the consent first; nothing was kept"))
        keep_video = keep_video and (consent is None or consent.video)
        with sealed.opened(folder, self.keys) as readable:  # opening the library may have locked it already
            session, known = shown_session(readable), read_ownership(readable)
            ownership = Ownership(
                uid=known.uid if known else uuid4().hex,
                when=when or (known.when if known else datetime.now().astimezone()),
                client=client,
                plan=plan,
                item=item,
                source=source_of(session, known) if client else None,
            )
            if not again:
                refuse_twin(Entry.of(folder.name, session, ownership), self.index.sessions())
            if folder.resolve().parent != self.sessions_root.resolve():
                if known and known.uid in self.index.folders().values():
                    raise StoreError(tr("{folder}: this session is in the library already", folder=folder))
                name = folder_name(session, ownership)
                folder = take_in(readable, self.sessions_root, name, keep_video=keep_video, bare=bool(client))
            if client:
                forget_source(readable, folder, self.keys)
        sealed.write(folder / OWNERSHIP, dump_ownership(ownership), self.keys)
        if not keep_video:
            sealed.delete(*(folder / v for v in VIDEOS))
        if self.keys:
            sealed.lock_folder(folder, self.keys)
        entry = Entry.of(folder.name, session, ownership)
        self.index.put_session(entry)
        return entry

    def session(self, words: str) -> Entry:
        """The session of this uid or folder name. StoreError if there is none."""
        found = [e for e in self.index.sessions() if words in (e.uid, e.folder)]
        if not found:
            raise StoreError(tr("no session {words!r} in the library; see formcheck library list", words=words))
        return found[0]

    @contextmanager
    def opened(self, entry: Entry) -> Iterator[Path]:
        """The session's folder, or an unlocked copy of it to read. StoreError where it has gone."""
        folder = self.folder(entry)
        if not folder.is_dir():
            raise StoreError(
                tr("{folder}: the session's folder has gone; formcheck library rebuild puts the list right", folder=folder)
            )
        with sealed.opened(folder, self.keys) as path:
            yield path

    def folder(self, entry: Entry) -> Path:
        """Where the session lies."""
        return self.sessions_root / entry.folder

    def replace_measurements(self, entry: Entry, analysed: Path) -> Entry:
        """Take over what a newer program measured in the session's own video; record and notes stay."""
        session = read_session(analysed)
        for name in MEASURED:
            if (analysed / name).is_file():
                sealed.write(self.folder(entry) / name, (analysed / name).read_bytes(), self.keys)
        ownership = Ownership(entry.uid, entry.when, entry.client, entry.plan, entry.item)
        renewed = Entry.of(entry.folder, session, ownership)
        self.index.put_session(renewed)
        return renewed

    def has_video(self, entry: Entry) -> bool:
        return any(sealed.stored(self.folder(entry) / v) for v in VIDEOS)

    def can_measure_again(self, entry: Entry) -> bool:
        """Whether a raw video, or the signals, of the session were kept."""
        return any(sealed.stored(self.folder(entry) / name) for name in (RAW, SIGNALS))

    def delete_video(self, entry: Entry) -> bool:
        """Delete a session's videos for good; whether there were any."""
        return sealed.delete(*(self.folder(entry) / v for v in VIDEOS))

    def delete_session(self, entry: Entry) -> None:
        """For good."""
        discard(self.folder(entry))
        self.index.delete("sessions", entry.uid)

    def delete_client(self, client: Client) -> tuple[str, ...]:
        """Delete a client for good: sessions with their videos, plans, card.

        Returns the files to which the client's data was exported and that still exist: they are the user's to delete.
        """
        for entry in self.sessions_of(client.uid):
            self.delete_session(entry)
        for plan in self.plans(client.uid):
            self.delete_plan(plan.uid)
        sealed.delete(self.root / "clients" / f"{client.uid}.json")
        self.index.delete("clients", client.uid)
        sealed.delete(*self.root.glob(f"{INDEX}.2*"))  # indexes that a rebuild put aside know the client too
        return tuple(e for e in client.exports if as_path(e).exists())

    def exported(self, client: Client, target: Path) -> None:
        """Remember where a client's data was exported to, in a library that can be written."""
        if self.read_only:
            return
        kept = dict.fromkeys((*client.exports, as_text(target.resolve())))
        self.put_client(replace(client, exports=tuple(kept)))
