"""The clients of a clinic: what the buttons of their dialog do."""

from datetime import datetime
from pathlib import Path

from formcheck.gui.clients.clients_dialog import ClientsDialog
from formcheck.gui.clients.consent_gate import ConsentGate
from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.shell.page import Presenter
from formcheck.gui.shell.protocols import Notices, Questions
from formcheck.library.clients import Client
from formcheck.library.mending import rename_client
from formcheck.library.services import export_client
from formcheck.system.language import tr


class ClientsPresenter(Presenter):
    def __init__(self, library: LibraryState, consent: ConsentGate, notices: Notices, questions: Questions) -> None:
        self.dialog = dialog = ClientsDialog()
        super().__init__(dialog)
        self._library, self._notices, self._questions = library, notices, questions
        library.changed.connect(dialog.show_content)
        dialog.add.connect(self._add)
        dialog.change.connect(self._change)
        dialog.choose.connect(library.choose)
        dialog.consent.connect(consent.ask_consent)
        dialog.withdraw.connect(self._withdraw)
        dialog.export.connect(self._ask_and_export)
        dialog.delete.connect(self.delete)
        dialog.show_content(library.content)

    def shown(self) -> None:
        self._library.refresh()

    def delete(self, client: Client) -> None:
        """After asking; what was exported and still lies there is named."""

        def deleted(left: tuple[str, ...]) -> None:
            self._notices.notice(tr("{code} is deleted.", code=client.code))
            if left:
                files = "\n".join(left)
                self._notices.trouble(tr("Exported earlier and still there, yours to delete:\n{files}", files=files))
            self._library.refresh()

        self._questions.confirm(
            tr("Delete {code} for good?", code=client.code),
            tr("&Delete for good"),
            lambda: self._library.jobs.run(lambda library: library.delete_client(client), deleted, self._notices.trouble),
            tr("All sessions with their videos, all plans and the consent go. This cannot be undone."),
        )

    def export(self, client: Client, folder: Path) -> None:
        """Everything of a client, unlocked, into a new folder."""
        words = tr(
            "Everything of {code}, not locked, in {folder}: delete it when it is handed over.", code=client.code, folder=folder
        )

        def done(_: object) -> None:
            self._notices.notice(words)
            self._library.refresh()

        self._library.jobs.run(lambda library: export_client(library, client, folder), done, self._notices.trouble)

    def _add(self, code: str, name: str) -> None:
        self._library.jobs.run(
            lambda library: library.new_client(code, name),
            lambda client: self._library.choose(client.uid),
            self.dialog.refuse,
        )

    def _change(self, client: Client, code: str, name: str) -> None:
        self._library.jobs.run(
            lambda library: rename_client(library, client, datetime.now().astimezone(), code=code, name=name or None),
            lambda _: self._library.refresh(),
            self.dialog.refuse,
        )

    def _withdraw(self, client: Client) -> None:
        self._library.jobs.run(
            lambda library: library.give_consent(client.uid, None),
            lambda _: self._library.refresh(),
            self._notices.trouble,
        )

    def _ask_and_export(self, client: Client) -> None:
        title = tr("A new folder for everything of {code}", code=client.code)
        folder = self._questions.file_to_write(title, f"{client.code}-export", "")
        if folder is not None:
            self.export(client, folder)
