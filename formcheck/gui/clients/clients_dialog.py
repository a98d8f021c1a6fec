"""Clients of a clinic: add, choose, consent, export, delete."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from formcheck.gui.clients.client_bar import consent_words
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.flow_layout import FlowLayout
from formcheck.gui.widgets.tables import chosen_rows, fill, table
from formcheck.library.clients import Client
from formcheck.library.services import LibraryContent
from formcheck.system.language import tr


class ClientsDialog(QDialog):
    """Emits what is to be done; show_content() shows what came of it."""

    add = Signal(str, str)
    """Code and name."""
    change = Signal(object, str, str)
    """Client, a new code and a new name; an empty one stays as it is."""
    choose = Signal(str)
    """uid"""
    consent = Signal(object)
    """Client"""
    withdraw = Signal(object)
    """Client"""
    export = Signal(object)
    """Client"""
    delete = Signal(object)
    """Client"""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(tr("Clients"))
        self.resize(760, 520)
        self._clients: tuple[Client, ...] = ()
        self.table = table([tr("Name"), tr("Code"), tr("Consent")], tr("Clients"))
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.code, self.name = QLineEdit(), QLineEdit()
        self.code.setPlaceholderText(tr("a pseudonym, such as K-17"))
        self.name.setPlaceholderText(tr("stays on this computer; may be left empty"))
        self.add_button = QPushButton(tr("&Add"))
        self.change_button = QPushButton(tr("Chan&ge the chosen one"))
        self.change_button.setToolTip(tr("The chosen client gets this code and name. Reports written before stay as they are."))
        self.choose_button = QPushButton(tr("C&hoose"))
        self.choose_button.setObjectName("primary")
        self.consent_button = QPushButton(tr("Co&nsent…"))
        self.withdraw_button = QPushButton(tr("&Withdraw consent"))
        self.export_button = QPushButton(tr("&Export everything…"))
        self.delete_button = QPushButton(tr("&Delete…"))
        self.problem = label("", "heading")
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._show_state)
        self.table.itemDoubleClicked.connect(lambda _: self._choose())
        self.code.textChanged.connect(self._show_state)
        self.name.textChanged.connect(self._show_state)
        self.change_button.clicked.connect(self._change)
        self.add_button.clicked.connect(self._add)
        self.choose_button.clicked.connect(self._choose)
        for button, signal in (
            (self.consent_button, self.consent),
            (self.withdraw_button, self.withdraw),
            (self.export_button, self.export),
            (self.delete_button, self.delete),
        ):
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(self.chosen))
        self._show_state()

    @property
    def chosen(self) -> Client | None:
        rows = chosen_rows(self.table)
        return self._clients[rows[0]] if rows else None

    def show_content(self, content: LibraryContent) -> None:
        wanted = self.chosen or content.client
        self._clients = content.clients
        fill(self.table, [(c.name, c.code, consent_words(c)) for c in content.clients])
        row = next((i for i, c in enumerate(content.clients) if wanted and c.uid == wanted.uid), None)
        if row is not None:
            self.table.selectRow(row)
        self._show_state()

    def refuse(self, words: str) -> None:
        """Why something was not done."""
        self.problem.setText(words)

    def _show_state(self) -> None:
        client = self.chosen
        for button in (self.choose_button, self.consent_button, self.export_button, self.delete_button):
            button.setEnabled(client is not None)
        self.withdraw_button.setEnabled(client is not None and client.consent is not None)
        self.add_button.setEnabled(bool(self.code.text().strip()))
        self.change_button.setEnabled(client is not None and bool((self.code.text() + self.name.text()).strip()))

    def _add(self) -> None:
        if not self.code.text().strip():
            return
        self.problem.setText("")
        self.add.emit(self.code.text(), self.name.text())
        self.code.clear()
        self.name.clear()

    def _change(self) -> None:
        self.problem.setText("")
        self.change.emit(self.chosen, self.code.text().strip(), self.name.text().strip())
        self.code.clear()
        self.name.clear()

    def _choose(self) -> None:
        if self.chosen is not None:
            self.choose.emit(self.chosen.uid)
            self.accept()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(tr("New &code"), self.code)
        form.addRow(tr("Na&me"), self.name)
        self.code.returnPressed.connect(self._add)
        self.name.returnPressed.connect(self._add)
        new = QWidget()
        under = FlowLayout(new)
        under.addWidget(self.add_button)
        under.addWidget(self.change_button)
        row = QWidget()
        flow = FlowLayout(row)
        for button in (self.choose_button, self.consent_button, self.withdraw_button, self.export_button, self.delete_button):
            button.setAutoDefault(False)
            flow.addWidget(button)
        self.add_button.setAutoDefault(False)
        self.change_button.setAutoDefault(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(label(tr("Reports and exports speak of the code; the name stays on this computer."), "secondary"))
        layout.addWidget(self.table, 1)
        layout.addWidget(row)
        layout.addLayout(form)
        layout.addWidget(new)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
