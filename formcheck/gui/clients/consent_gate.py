"""Whether a set may begin: in clinic mode it needs a client, and the client's consent."""

from collections.abc import Callable

from formcheck.gui.clients.consent_dialog import ConsentDialog
from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.settings.current_settings import CurrentSettings
from formcheck.gui.shell.protocols import Navigation, Notices
from formcheck.gui.widgets.words import sentence
from formcheck.library.clients import Client
from formcheck.system.language import tr


class ConsentGate:
    def __init__(
        self, settings: CurrentSettings, library: LibraryState, notices: Notices, navigation: Navigation, clients_page: str
    ) -> None:
        """clients_page: the page on which a client is chosen."""
        self._settings, self._library, self._notices, self._navigation = settings, library, notices, navigation
        self._clients_page = clients_page

    def may_record(self, then: Callable[[], object]) -> bool:
        """Whether a set may begin now. Where a client or a consent is missing it is asked for; after a consent comes `then`."""
        if self._library.refused:
            self._notices.trouble(sentence(self._library.refused))
            return False
        if not self._settings.value.clinic:
            return True
        client = self._library.content.client
        if client is None:
            self._notices.notice(tr("Choose a client first: in clinic mode each set belongs to one."))
            self._navigation.show(self._clients_page)
            return False
        if client.consent is None or not client.consent.recording:
            self.ask_consent(client, then)
            return False
        return True

    def ask_consent(self, client: Client, then: Callable[[], object] = lambda: None) -> None:
        dialog = ConsentDialog(client)

        def keep() -> None:
            given = dialog.consent()
            self._library.jobs.run(
                lambda library: library.give_consent(client.uid, given),
                lambda _: self._library.refresh(lambda _: then()),
                self._notices.trouble,
            )

        dialog.accepted.connect(keep)
        self._navigation.open_dialog(dialog)
