"""The sessions of the library: what the buttons of their page do."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from formcheck.gui.clients.consent_gate import ConsentGate
from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.library.report_writer import ReportWriter
from formcheck.gui.sessions.sessions_page import SessionsPage
from formcheck.gui.shell.page import Presenter
from formcheck.gui.shell.protocols import Navigation, Notices, Questions
from formcheck.library.bundle import Imported, export_sessions, import_bundle
from formcheck.library.mending import move_session, redate_session
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.system.language import moment_words, tr, trn

BUNDLES = "ZIP (*.zip)"


class SessionsPresenter(Presenter):
    def __init__(
        self,
        library: LibraryState,
        consent: ConsentGate,
        notices: Notices,
        questions: Questions,
        navigation: Navigation,
        reports: ReportWriter,
        *,
        review: Callable[[Path], object],
        compare: Callable[[Path, Path], object],
    ) -> None:
        """review, compare: show session folders."""
        self.page = page = SessionsPage()
        super().__init__(page)
        self._library, self._consent, self._notices, self._questions = library, consent, notices, questions
        library.changed.connect(page.show_content)
        page.open.connect(lambda entry: review(library.folder(entry)))
        page.compare.connect(lambda left, right: compare(library.folder(left), library.folder(right)))
        page.report.connect(lambda entry: reports.save(library.folder(entry)))
        page.send.connect(self._ask_and_send)
        page.receive.connect(self._ask_and_receive)
        page.add.connect(self._ask_and_add)
        page.give.connect(self._ask_and_move)
        page.redate.connect(self._ask_and_redate)
        page.delete.connect(self.delete)
        page.closed.connect(navigation.home)
        page.show_content(library.content)

    def shown(self) -> None:
        self._library.refresh()

    def send(self, entries: Sequence[Entry], target: Path, *, videos: bool) -> None:
        """Sessions as one .zip, unlocked; with a client it is remembered where to."""
        client = self._library.content.client

        def work(library: Library) -> None:
            export_sessions(library, entries, target, videos=videos)
            if client is not None:
                library.exported(client, target)

        def sent(_: object) -> None:
            self._notices.notice(
                trn("{n} session, not locked, in {file}", "{n} sessions, not locked, in {file}", len(entries), file=target)
            )
            self._library.refresh()

        self._library.jobs.run(work, sent, self._notices.trouble)

    def receive(self, source: Path, *, videos: bool) -> None:
        """Sessions that somebody sent; they belong to the chosen client, or to the owner."""
        client = self._library.owner.client

        def received(taken: Imported) -> None:
            self._notices.notice(
                trn(
                    "{n} session taken in; known before: {known}.",
                    "{n} sessions taken in; known before: {known}.",
                    len(taken.entries),
                    known=taken.known,
                )
            )
            self._library.refresh()

        self._library.jobs.run(
            lambda library: import_bundle(library, source, client=client, keep_video=videos), received, self._notices.trouble
        )

    def delete(self, entries: Sequence[Entry]) -> None:
        """After asking."""

        def work(library: Library) -> None:
            for entry in entries:
                library.delete_session(entry)

        self._questions.confirm(
            trn("Delete {n} session with its videos for good?", "Delete {n} sessions with their videos for good?", len(entries)),
            tr("&Delete"),
            lambda: self._library.jobs.run(work, lambda _: self._library.refresh(), self._notices.trouble),
        )

    def move(self, entry: Entry, client: str) -> None:
        """To the client of this code or name; empty: to the computer's owner."""

        def work(library: Library) -> str:
            to = library.client(client) if client else None
            move_session(library, entry, to.uid if to else None, datetime.now().astimezone())
            return to.code if to else ""

        def moved(code: str) -> None:
            said = tr("The session belongs to {code} now.", code=code) if code else tr("The session is your own now.")
            self._notices.notice(said)
            self._library.refresh()

        self._library.jobs.run(work, moved, self._notices.trouble)

    def redate(self, entry: Entry, when: datetime) -> None:
        """The session was done at another time."""

        def put_right(_: object) -> None:
            self._notices.notice(tr("The session is of {when} now.", when=moment_words(when)))
            self._library.refresh()

        self._library.jobs.run(
            lambda library: redate_session(library, entry, when, datetime.now().astimezone()), put_right, self._notices.trouble
        )

    def _ask_and_move(self, entry: Entry) -> None:
        words = tr("Code or name of the client to whom this session belongs; empty: it is your own.")
        client = self._questions.text(tr("Move the session"), words)
        if client is not None:
            self.move(entry, client.strip())

    def _ask_and_redate(self, entry: Entry) -> None:
        now_said = f"{entry.when:%Y-%m-%d %H:%M}"
        words = tr("When it was done, as {example}. It says {when}.", example="2026-03-14 17:05", when=now_said)
        said = self._questions.text(tr("Change the date"), words)
        if said is None:
            return
        try:
            self.redate(entry, datetime.fromisoformat(said.strip()).astimezone())
        except (ValueError, OverflowError):
            self._notices.trouble(tr("{said} is no date and time: write it as 2026-03-14 17:05.", said=said))

    def _ask_and_send(self, entries: Sequence[Entry], videos: bool) -> None:
        target = self._questions.file_to_write(tr("Send sessions"), "sessions.zip", BUNDLES)
        if target is not None:
            self.send(entries, target.with_suffix(".zip"), videos=videos)

    def _ask_and_receive(self, videos: bool) -> None:
        if not self._consent.may_record(lambda: self._ask_and_receive(videos)):
            return
        source = self._questions.file_to_read(tr("Receive sessions"), BUNDLES)
        if source is not None:
            self.receive(source, videos=videos)

    def _ask_and_add(self) -> None:
        if not self._consent.may_record(self._ask_and_add):
            return
        folder = self._questions.folder(tr("Add a session folder"))
        if folder is not None:
            self._library.add(folder, self._library.owner, lambda *_: self._library.refresh())
