"""The dialogs of clients, plans and privacy, and what their buttons do."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from formcheck.gui.clients.clients_dialog import ClientsDialog
from formcheck.gui.library.library_presenter import LibraryPresenter
from formcheck.gui.library.passphrase_dialogs import NewPassphrase
from formcheck.gui.library.privacy_dialog import PrivacyDialog
from formcheck.gui.plans.plan_editor import PlanEditor
from formcheck.gui.plans.plans_dialog import PlansDialog
from formcheck.gui.widgets.questions import ask_source, ask_target, confirm
from formcheck.library.clients import Client
from formcheck.library.encryption.passphrase import is_locked, remove_passphrase, set_passphrase
from formcheck.library.plan_import import take_plan
from formcheck.library.plans import Plan, dump, read_plan
from formcheck.library.retention import Retention, expire, expired, read_retention, write_retention
from formcheck.library.services import export_client
from formcheck.library.store.library import Library
from formcheck.system.files import write_atomic
from formcheck.system.language import tr, trn

if TYPE_CHECKING:
    from formcheck.gui.shell.main_window import MainWindow

PLANS = "JSON (*.json)"


class LibraryDialogs(QObject):
    def __init__(self, window: "MainWindow", room: LibraryPresenter) -> None:
        super().__init__(window)
        self._window, self._room, self._jobs = window, room, room.jobs
        self.clients, self.plans, self.privacy = ClientsDialog(window), PlansDialog(window), PrivacyDialog(window)
        window.menus.clients.triggered.connect(self.show_clients)
        window.menus.plans.triggered.connect(self.show_plans)
        window.menus.privacy.triggered.connect(self.show_privacy)
        window.client_bar.manage.connect(self.show_clients)
        room.changed.connect(self.clients.show_content)
        room.changed.connect(self.plans.show_content)
        self._connect()

    def _connect(self) -> None:
        clients, plans, privacy = self.clients, self.plans, self.privacy
        clients.add.connect(self._add_client)
        clients.choose.connect(self._room.choose)
        clients.consent.connect(self._room.ask_consent)
        clients.withdraw.connect(lambda client: self._do(lambda library: library.give_consent(client.uid, None)))
        clients.export.connect(self._ask_and_export)
        clients.delete.connect(self.delete_client)
        plans.write.connect(lambda: self.edit_plan(None))
        plans.change.connect(self.edit_plan)
        plans.receive.connect(self._ask_and_import)
        plans.export.connect(self._ask_and_export_plan)
        plans.delete.connect(self._delete_plan)
        privacy.lock.connect(self.set_passphrase)
        privacy.unlock.connect(self._remove_passphrase)
        privacy.keep.connect(self._retain)
        privacy.delete.connect(self._delete_past)

    def show_clients(self) -> None:
        self._show(self.clients)

    def show_plans(self) -> None:
        self._show(self.plans)

    def show_privacy(self) -> None:
        self._read_privacy()
        self.privacy.open()

    def delete_client(self, client: Client) -> None:
        """After asking; what was exported and still lies there is named."""

        def deleted(left: tuple[str, ...]) -> None:
            self._window.notice(tr("{code} is deleted.", code=client.code))
            if left:
                where = "\n".join(left)
                self._window.trouble(tr("Exported earlier and still there, yours to delete:\n{files}", files=where))
            self._room.refresh()

        confirm(
            self._window,
            tr("Delete {code} for good?", code=client.code),
            tr("&Delete for good"),
            lambda: self._jobs.run(lambda library: library.delete_client(client), deleted, self._window.trouble),
            tr("All sessions with their videos, all plans and the consent go. This cannot be undone."),
        )

    def export_client(self, client: Client, folder: Path) -> None:
        """Everything of a client, unlocked, into a new folder."""
        self._do(
            lambda library: export_client(library, client, folder),
            tr(
                "Everything of {code}, not locked, in {folder}: delete it when it is handed over.",
                code=client.code,
                folder=folder,
            ),
        )

    def edit_plan(self, plan: Plan | None) -> PlanEditor:
        editor = PlanEditor(plan, self._room.owner.client, self._window)
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def save() -> None:
            written = editor.plan()
            self._do(lambda library: library.put_plan(written))

        editor.accepted.connect(save)
        editor.open()
        return editor

    def import_plan(self, source: Path) -> None:
        """A plan that was sent; it becomes the chosen client's, or the owner's."""
        client = self._room.owner.client

        def work(library: Library) -> Plan:
            return take_plan(library, read_plan(source), client).plan

        self._do(work, tr("The plan was taken in."))

    def export_plan(self, plan: Plan, target: Path) -> None:
        """As one file, without the client."""
        content = dump(plan, with_client=False)
        self._do(lambda _: write_atomic(target, content), tr("Saved {file}", file=target))

    def set_passphrase(self) -> NewPassphrase:
        """Ask for a new passphrase, twice, with the warning, and lock everything with it."""
        asked = NewPassphrase(self.privacy)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def lock() -> None:
            passphrase = asked.first.text()

            def locked(_: object) -> None:
                self._jobs.forget(passphrase)
                self._changed_privacy(tr("Everything is locked now."))

            self._jobs.run(lambda library: set_passphrase(library, passphrase), locked, self._window.trouble)

        asked.accepted.connect(lock)
        asked.open()
        return asked

    def _remove_passphrase(self) -> None:
        def removed(_: object) -> None:
            self._jobs.forget(None)
            self._changed_privacy(tr("Unlocked: everything can be read without a passphrase now."))

        confirm(
            self.privacy,
            tr("Take the passphrase away?"),
            tr("&Unlock everything"),
            lambda: self._jobs.run(remove_passphrase, removed, self._window.trouble),
            tr("Whoever uses this computer as you can read everything then."),
        )

    def _changed_privacy(self, words: str) -> None:
        self._window.notice(words)
        self._read_privacy()
        self._room.refresh()

    def _read_privacy(self) -> None:
        def work(library: Library) -> tuple[bool, Retention]:
            return is_locked(library.root), read_retention(library.root)

        def show(found: tuple[bool, Retention]) -> None:
            self.privacy.show_lock(found[0])
            self.privacy.show_retention(found[1], self._room.content.expired)

        self._jobs.run(work, show, self._window.trouble)

    def _retain(self, retention: Retention) -> None:
        self._jobs.run(
            lambda library: write_retention(library.root, retention),
            lambda _: self._room.refresh(lambda content: self.privacy.show_retention(retention, content.expired)),
            self._window.trouble,
        )

    def _delete_past(self) -> None:
        def work(library: Library) -> Retention:
            retention = read_retention(library.root)
            expire(library, expired(library, retention, datetime.now().astimezone()))
            return retention

        def done(retention: Retention) -> None:
            self._room.refresh(lambda content: self.privacy.show_retention(retention, content.expired))

        count = self._room.content.expired
        confirm(
            self.privacy,
            trn(
                "Delete {n} session or video that is past its time, for good?",
                "Delete {n} sessions or videos that are past their time, for good?",
                count,
            ),
            tr("&Delete"),
            lambda: self._jobs.run(work, done, self._window.trouble),
        )

    def _add_client(self, code: str, name: str) -> None:
        self._jobs.run(
            lambda library: library.new_client(code, name), lambda client: self._room.choose(client.uid), self.clients.refuse
        )

    def _delete_plan(self, plan: Plan) -> None:
        confirm(
            self._window,
            tr("Delete the plan “{plan}”? Its sessions stay.", plan=plan.title),
            tr("&Delete"),
            lambda: self._do(lambda library: library.delete_plan(plan.uid)),
        )

    def _ask_and_export(self, client: Client) -> None:
        folder = ask_target(
            self._window, tr("A new folder for everything of {code}", code=client.code), f"{client.code}-export", ""
        )
        if folder is not None:
            self.export_client(client, folder)

    def _ask_and_import(self) -> None:
        source = ask_source(self._window, tr("Import a plan"), PLANS)
        if source is not None:
            self.import_plan(source)

    def _ask_and_export_plan(self, plan: Plan) -> None:
        target = ask_target(self._window, tr("Export the plan"), f"{plan.title}.json", PLANS)
        if target is not None:
            self.export_plan(plan, target.with_suffix(".json"))

    def _do(self, work: Any, words: str = "") -> None:
        """Change the library, say so, and show what it holds then."""

        def done(_: object) -> None:
            if words:
                self._window.notice(words)
            self._room.refresh()

        self._jobs.run(work, done, self._window.trouble)

    def _show(self, dialog: QDialog) -> None:
        self._room.refresh()
        dialog.open()
