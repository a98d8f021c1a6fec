"""What the window knows of the library: whose sessions it shows, and what was there when it was last read."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from formcheck.analysis.progression import Criteria
from formcheck.gui.library.library_jobs import LibraryJobs
from formcheck.gui.settings.current_settings import CurrentSettings
from formcheck.gui.shell.protocols import Navigation, Notices, Questions
from formcheck.library.services import LibraryContent, next_step, read_content
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.library.store.sync import Synced
from formcheck.library.store.twins import twins
from formcheck.session.ownership import Owner
from formcheck.system.errors import UserError
from formcheck.system.language import moment_words, tr, trn

log = logging.getLogger(__name__)


class LibraryState(QObject):
    """`content` is what the library held when it was last read; refresh() reads it again."""

    changed = Signal(object)
    """LibraryContent"""
    client_chosen = Signal()

    def __init__(self, settings: CurrentSettings, notices: Notices, questions: Questions, navigation: Navigation) -> None:
        super().__init__()
        self.content = LibraryContent()
        self.jobs = LibraryJobs(lambda: settings.value.sessions(), navigation)
        self._settings, self._notices, self._questions = settings, notices, questions
        self._client: str | None = None
        self._mode = settings.value.clinic, settings.value.sessions()
        self.refused = ""
        """Why nothing may be kept in the folder of sessions; empty: it may."""
        self.jobs.damaged.connect(self._offer_rebuild)
        self.jobs.foreign.connect(self._offer_adoption)
        settings.changed.connect(self._apply_mode)

    def start(self) -> None:
        """Read the library for the first time; a passphrase is asked for now."""
        self.jobs.run(lambda library: read_content(library, None, datetime.now().astimezone()), self._begun, self._notices.notice)

    def refresh(self, then: Callable[[LibraryContent], object] = id) -> None:
        """Read the library again. A passphrase that was refused is not asked for once more."""
        wanted = self._client

        def took(found: LibraryContent) -> None:
            if wanted == self._client:  # else another client was chosen meanwhile, and is being read
                self._take(found)
                then(found)

        self.jobs.run(
            lambda library: read_content(library, wanted, datetime.now().astimezone()), took, self._notices.notice, may_ask=False
        )

    def choose(self, uid: str) -> None:
        """Sets belong to this client from now on; empty: to none."""
        self._client = uid or None
        self.client_chosen.emit()
        self.refresh()

    @property
    def owner(self) -> Owner:
        """Whose the next set is."""
        return Owner(self.content.client.uid if self.content.client else None)

    @property
    def video_allowed(self) -> bool:
        """Whether a video of the next set may be kept at all."""
        client = self.content.client
        return client is None or (client.consent is not None and client.consent.video)

    def code_of(self, uid: str | None) -> str:
        """A client's code, empty for none."""
        return next((c.code for c in self.content.clients if c.uid == uid), "")

    def known_as(self, uid: str | None) -> str:
        """A client's code with those that older reports speak of, empty for none."""
        return next((c.known_as for c in self.content.clients if c.uid == uid), "")

    def folder(self, entry: Entry) -> Path:
        """Where a session lies."""
        return self._settings.value.sessions() / entry.folder

    def add(self, folder: Path, owner: Owner, then: Callable[[Entry, str], object]) -> None:
        """Put a session that lies among the sessions into the library; `then` gets its entry and the next step in words."""
        settings = self._settings.value
        criteria = Criteria(settings.next_after_sets, settings.next_after_reps, settings.next_after_clean / 100)

        def work(library: Library) -> tuple[Entry, str, tuple[Entry, ...]]:
            entry = library.add_session(folder, keep_video=True, client=owner.client, plan=owner.plan, item=owner.item)
            before = twins(entry, library.sessions_of(entry.client))
            try:
                return entry, next_step(library, entry, criteria), before
            except UserError as error:  # another session of this person is damaged: no reason not to have kept this one
                log.warning("no next step: %s", type(error).__name__)
                return entry, "", before

        def added(found: tuple[Entry, str, tuple[Entry, ...]]) -> None:
            entry, step, before = found
            then(entry, step)
            if before:
                when = moment_words(before[-1].when)
                words = tr("The same film was kept before, as the session of {when}: delete one of them.", when=when)
                self._notices.trouble(words)

        self.jobs.run(work, added, self._not_added)

    def _begun(self, found: LibraryContent) -> None:
        if self._client is None:
            self._take(found)
        if found.expired:
            self._notices.notice(
                trn(
                    "{n} session or video is past the time for which you keep it: see Library, Privacy.",
                    "{n} sessions or videos are past the time for which you keep them: see Library, Privacy.",
                    found.expired,
                )
            )

    def _take(self, found: LibraryContent) -> None:
        self.content, self.refused = found, ""
        self._client = found.client.uid if found.client else None
        self.changed.emit(found)

    def _apply_mode(self) -> None:
        """Runner or clinic, and the folder of sessions, as the settings say."""
        mode = self._settings.value.clinic, self._settings.value.sessions()
        if mode != self._mode:
            self._mode = mode
            if not self._settings.value.clinic:
                self._client = None
            self.refresh()

    def _not_added(self, words: str) -> None:
        self._notices.trouble(tr("The session lies in its folder, but is not in the library yet. {why}", why=words))

    def _offer_rebuild(self, words: str) -> None:
        self._questions.confirm(
            tr("The list of sessions is damaged; the sessions are not."),
            tr("&Make it again"),
            lambda: self.jobs.rebuild(self._rebuilt, self._notices.trouble),
            words,
        )

    def _offer_adoption(self, words: str) -> None:
        asked, self.refused = self.refused, words
        if not asked:
            self._questions.confirm(
                tr("This folder of sessions belongs to another computer."),
                tr("&Take it over"),
                lambda: self.jobs.adopt(lambda _: self.refresh(), self._notices.trouble),
                words,
            )

    def _rebuilt(self, done: Synced) -> None:
        self._notices.notice(
            trn(
                "The list was made again from {n} session folder.",
                "The list was made again from {n} session folders.",
                done.added,
            )
        )
        if done.problems:
            self._notices.trouble(tr("Left as it is:\n{problems}", problems="\n".join(done.problems)))
        self.refresh()
