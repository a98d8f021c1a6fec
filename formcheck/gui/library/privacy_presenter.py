"""The passphrase and how long things are kept: what the buttons of the privacy dialog do."""

from datetime import datetime

from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.library.passphrase_dialogs import NewPassphrase
from formcheck.gui.library.privacy_dialog import PrivacyDialog
from formcheck.gui.shell.page import Presenter
from formcheck.gui.shell.protocols import Navigation, Notices, Questions
from formcheck.library.encryption.passphrase import is_locked, remove_passphrase, set_passphrase
from formcheck.library.retention import Retention, expire, expired, read_retention, write_retention
from formcheck.library.store.library import Library
from formcheck.system.language import tr, trn


class PrivacyPresenter(Presenter):
    def __init__(self, library: LibraryState, notices: Notices, questions: Questions, navigation: Navigation) -> None:
        self.dialog = dialog = PrivacyDialog()
        super().__init__(dialog)
        self._library, self._notices, self._questions, self._navigation = library, notices, questions, navigation
        dialog.lock.connect(self._ask_and_lock)
        dialog.unlock.connect(self._ask_and_unlock)
        dialog.keep.connect(self._retain)
        dialog.delete.connect(self._ask_and_delete)

    def shown(self) -> None:
        def work(library: Library) -> tuple[bool, Retention]:
            return is_locked(library.root), read_retention(library.root)

        def show(found: tuple[bool, Retention]) -> None:
            self.dialog.show_lock(found[0])
            self.dialog.show_retention(found[1], self._library.content.expired)

        self._library.jobs.run(work, show, self._notices.trouble)

    def _ask_and_lock(self) -> None:
        """Ask for a new passphrase, twice, with the warning, and lock everything with it."""
        asked = NewPassphrase()

        def lock() -> None:
            passphrase = asked.first.text()
            self._library.jobs.run(
                lambda library: set_passphrase(library, passphrase),
                lambda _: self._changed(passphrase, tr("Everything is locked now.")),
                self._notices.trouble,
            )

        asked.accepted.connect(lock)
        self._navigation.open_dialog(asked)

    def _ask_and_unlock(self) -> None:
        words = tr("Unlocked: everything can be read without a passphrase now.")
        self._questions.confirm(
            tr("Take the passphrase away?"),
            tr("&Unlock everything"),
            lambda: self._library.jobs.run(remove_passphrase, lambda _: self._changed(None, words), self._notices.trouble),
            tr("Whoever uses this computer as you can read everything then."),
        )

    def _changed(self, passphrase: str | None, words: str) -> None:
        self._library.jobs.use_passphrase(passphrase)
        self._notices.notice(words)
        self.shown()
        self._library.refresh()

    def _retain(self, retention: Retention) -> None:
        self._library.jobs.run(
            lambda library: write_retention(library.root, retention),
            lambda _: self._show(retention),
            self._notices.trouble,
        )

    def _ask_and_delete(self) -> None:
        def work(library: Library) -> Retention:
            retention = read_retention(library.root)
            expire(library, expired(library, retention, datetime.now().astimezone()))
            return retention

        self._questions.confirm(
            trn(
                "Delete {n} session or video that is past its time, for good?",
                "Delete {n} sessions or videos that are past their time, for good?",
                self._library.content.expired,
            ),
            tr("&Delete"),
            lambda: self._library.jobs.run(work, self._show, self._notices.trouble),
        )

    def _show(self, retention: Retention) -> None:
        """With what is past its time by these rules."""
        self._library.refresh(lambda content: self.dialog.show_retention(retention, content.expired))
