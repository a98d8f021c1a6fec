"""What the window knows of the library, who the sets belong to, and what happens to a set that has ended."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from formcheck.analysis.progression import Criteria
from formcheck.gui.clients.consent_dialog import ConsentDialog
from formcheck.gui.library.library_jobs import LibraryJobs
from formcheck.gui.live.worker import Ended
from formcheck.gui.widgets.questions import confirm
from formcheck.library.clients import Client
from formcheck.library.services import LibraryContent, NextSet, next_step, read_content
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.run.live.live_set import SetPlan
from formcheck.session.ownership import Owner
from formcheck.system.errors import UserError
from formcheck.system.language import tr, trn

if TYPE_CHECKING:
    from formcheck.gui.shell.main_window import MainWindow

log = logging.getLogger(__name__)


class LibraryPresenter(QObject):
    """`content` is what the library held when it was last read; refresh() reads it again."""

    changed = Signal(object)
    """Kept"""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.content = LibraryContent()
        self._client: str | None = None
        self.jobs = LibraryJobs(lambda: window.settings.sessions(), window)
        self.jobs.damaged.connect(self._offer_rebuild)
        window.client_bar.chosen.connect(self.choose)
        window.guide.plan.start.connect(lambda next_set: window.start_set(next_set=next_set))
        window.summary.rest.over.connect(self._go_on)
        window.set_kept.connect(self.keep)
        window.notes_wanted.connect(
            lambda folder, name, content: self.jobs.write_into(folder, name, content, self._notes_not_saved)
        )

    def start(self) -> None:
        """Read the library for the first time; a passphrase is asked for now."""
        self.jobs.run(lambda library: read_content(library, None, datetime.now().astimezone()), self._begun, self._not_read)

    def refresh(self, then: Callable[[LibraryContent], object] = id) -> None:
        """Read the library again. A passphrase that was refused is not asked for once more."""

        wanted = self._client

        def took(found: LibraryContent) -> None:
            if wanted == self._client:  # else another client was chosen meanwhile, and is being read
                self._take(found)
                then(found)

        self.jobs.run(
            lambda library: read_content(library, wanted, datetime.now().astimezone()), took, self._not_read, may_ask=False
        )

    def choose(self, uid: str) -> None:
        """Sets belong to this client from now on; empty: to none."""
        self._client = uid or None
        self._window.summary.rest.stop()
        self.refresh()

    def apply_mode(self) -> None:
        """Runner or clinic, as the settings say."""
        if not self._window.settings.clinic:
            self._client = None
        self._window.client_bar.setVisible(self._window.settings.clinic)
        self.refresh()

    @property
    def owner(self) -> Owner:
        return Owner(self.content.client.uid if self.content.client else None)

    @property
    def video_allowed(self) -> bool:
        """Whether a video of the next set may be kept at all."""
        client = self.content.client
        return client is None or (client.consent is not None and client.consent.video)

    def code_of(self, uid: str | None) -> str:
        """A client's code, empty for none."""
        return next((c.code for c in self.content.clients if c.uid == uid), "")

    def may_record(self, then: Callable[[], object]) -> bool:
        """Whether a set may begin now. Where a client or a consent is missing it is asked for, and `then` is called after it."""
        if not self._window.settings.clinic:
            return True
        client = self.content.client
        if client is None:
            self._window.notice(tr("Choose a client first: in clinic mode each set belongs to one."))
            self._window.menus.clients.trigger()
            return False
        if client.consent is None or not client.consent.recording:
            self.ask_consent(client, then)
            return False
        return True

    def ask_consent(self, client: Client, then: Callable[[], object] = lambda: None) -> ConsentDialog:
        dialog = ConsentDialog(client, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def take() -> None:
            given = dialog.consent()
            self.jobs.run(
                lambda library: library.give_consent(client.uid, given),
                lambda _: self.refresh(lambda _: then()),
                self._window.trouble,
            )

        dialog.accepted.connect(take)
        dialog.open()
        return dialog

    def keep(self, ended: Ended, plan: SetPlan) -> None:
        """A live set has ended: it goes into the library, and what comes after it is said."""
        folder, session = ended.folder, ended.session
        if folder is None or session is None or plan.demo:
            return

        def kept_it(found: tuple[Entry, str]) -> None:
            entry, words = found
            self._window.summary.show_next_step(words)
            self.refresh(lambda now: self._rest(entry, now))

        self.add(folder, plan.owner, kept_it)

    def add(self, folder: Path, owner: Owner, then: Callable[[tuple[Entry, str]], object]) -> None:
        """Put a session that lies among the sessions into the library; `then` gets its entry and the next step in words."""
        settings = self._window.settings
        criteria = Criteria(settings.next_after_sets, settings.next_after_reps, settings.next_after_clean / 100)

        def work(library: Library) -> tuple[Entry, str]:
            entry = library.add_session(folder, keep_video=True, client=owner.client, plan=owner.plan, item=owner.item)
            try:
                return entry, next_step(library, entry, criteria)
            except UserError as error:  # another session of this person is damaged: no reason not to have kept this one
                log.warning("no next step: %s", type(error).__name__)
                return entry, ""

        self.jobs.run(work, then, self._not_kept)

    def _rest(self, done: Entry, now: LibraryContent) -> None:
        """After a set of a plan: the rest before the next one, if there is one and the summary is still looked at."""
        window, next_set = self._window, now.next_set
        if done.item is None or not done.reps or next_set is None or window.pages.currentWidget() is not window.summary:
            return
        window.summary.rest.begin(
            next_set, next((i.rest_s for i in next_set.plan.items if i.uid == done.item), next_set.item.rest_s)
        )

    def _go_on(self, next_set: NextSet) -> None:
        """The rest is over: the same exercise goes on by itself, another one is shown first."""
        window = self._window
        if window.running or window.pages.currentWidget() is not window.summary:
            return
        if next_set.number > 1:
            window.start_set(next_set=next_set)
        else:
            window.bar.choose(next_set.item.exercise, next_set.item.variant, next_set.item.side)
            window.show_guide()
            window.guide.plan.start_button.setFocus()

    def _begun(self, found: LibraryContent) -> None:
        if self._client is None:
            self._take(found)
        if found.expired:
            self._window.notice(
                trn(
                    "{n} session or video is past the time for which you keep it: see Library, Privacy.",
                    "{n} sessions or videos are past the time for which you keep them: see Library, Privacy.",
                    found.expired,
                )
            )

    def _take(self, found: LibraryContent) -> None:
        self.content = found
        self._client = found.client.uid if found.client else None
        self._window.client_bar.show_content(found)
        self._window.guide.plan.show_content(found)
        self._window.menus.show_recent(found)
        self.changed.emit(found)

    def _not_read(self, words: str) -> None:
        self._window.notice(words)

    def _not_kept(self, words: str) -> None:
        self._window.trouble(tr("The session lies in its folder, but is not in the library yet. {why}", why=words))

    def _notes_not_saved(self, words: str) -> None:
        self._window.notice(tr("The answers could not be saved: {why}", why=words))

    def _offer_rebuild(self, words: str) -> None:
        def rebuilt(done: Any) -> None:
            problems = "\n".join(done.problems)
            self._window.notice(
                trn(
                    "The list was made again from {n} session folder.",
                    "The list was made again from {n} session folders.",
                    done.added,
                )
            )
            if problems:
                self._window.trouble(tr("Left as it is:\n{problems}", problems=problems))
            self.refresh()

        confirm(
            self._window,
            tr("The list of sessions is damaged; the sessions are not."),
            tr("&Make it again"),
            lambda: self.jobs.rebuild(rebuilt, self._window.trouble),
            words,
        )
