"""Clinic mode: whose sets these are. Hidden in runner mode, which has no clients."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from formcheck.gui.widgets.card import label
from formcheck.library.clients import Client
from formcheck.library.services import LibraryContent
from formcheck.system.language import day_words, tr


class ClientBar(QWidget):
    """Emits the uid of the client that was chosen, empty for none."""

    chosen = Signal(str)
    manage = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box = QComboBox()
        self.box.setAccessibleName(tr("Client"))
        self.box.setMinimumContentsLength(16)
        self.state = label("", "secondary", wrap=False)
        self.manage_button = QPushButton(tr("Clien&ts…"))
        name = QLabel(tr("C&lient"))
        name.setBuddy(self.box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(name)
        layout.addWidget(self.box)
        layout.addWidget(self.manage_button)
        layout.addSpacing(8)
        layout.addWidget(self.state, 1)
        self.box.currentIndexChanged.connect(lambda: self.chosen.emit(self.box.currentData() or ""))
        self.manage_button.clicked.connect(self.manage)
        self.hide()

    def show_content(self, content: LibraryContent) -> None:
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItem(tr("Choose a client"), "")
        for client in content.clients:
            self.box.addItem(client_title(client), client.uid)
        self.box.setCurrentIndex(max(0, self.box.findData(content.client.uid)) if content.client else 0)
        self.box.blockSignals(False)
        self.state.setText(consent_words(content.client) if content.client else "")


def client_title(client: Client) -> str:
    """Code and name."""
    return tr("{code} · {name}", code=client.code, name=client.name) if client.name else client.code


def consent_words(client: Client) -> str:
    """What was agreed to, and when."""
    given = client.consent
    if given is None or not given.recording:
        return tr("No consent yet: it is asked for before the first set")
    day = day_words(given.when)
    return tr("consent with video, {day}", day=day) if given.video else tr("consent without video, {day}", day=day)
