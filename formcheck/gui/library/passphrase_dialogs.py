"""Asks for the passphrase of what is locked, and takes a new one after saying what it means."""

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout

from formcheck.gui.widgets.card import label
from formcheck.library.encryption.crypto import MIN_LENGTH
from formcheck.library.encryption.passphrase import WARNING
from formcheck.system.language import tr, trn


class AskPassphrase(QDialog):
    """Cancel leaves everything locked."""

    def __init__(self, problem: str = "") -> None:
        """problem: why the last one did not open, empty at first."""
        super().__init__()
        self.setWindowTitle(tr("Locked"))
        self.setMinimumWidth(440)
        self.passphrase = _secret(tr("Passphrase"))
        self.problem = label(problem, "heading")
        self.problem.setVisible(bool(problem))
        form = QFormLayout()
        form.addRow(tr("&Passphrase"), self.passphrase)
        layout = QVBoxLayout(self)
        layout.addWidget(label(tr("Clients and sessions are locked. The passphrase is asked for once per start.")))
        layout.addWidget(self.problem)
        layout.addLayout(form)
        layout.addWidget(label(tr("Without it you can still do sets; what is locked stays closed."), "secondary"))
        self.buttons = _buttons(self, tr("&Open"))
        layout.addWidget(self.buttons)
        self.passphrase.setFocus()


class NewPassphrase(QDialog):
    """OK only once it is long enough, typed twice, and the warning was read."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(tr("Set a passphrase"))
        self.setMinimumWidth(480)
        self.first, self.second = _secret(tr("New passphrase")), _secret(tr("Once more"))
        self.understood = QCheckBox(tr("I have &understood: a lost passphrase cannot be replaced"))
        self.problem = label("", "secondary")
        form = QFormLayout()
        form.addRow(tr("&New passphrase"), self.first)
        form.addRow(tr("Once &more"), self.second)
        layout = QVBoxLayout(self)
        layout.addWidget(label(tr(WARNING), "heading"))
        layout.addLayout(form)
        layout.addWidget(self.understood)
        layout.addWidget(self.problem)
        self.buttons = _buttons(self, tr("&Lock everything"))
        layout.addWidget(self.buttons)
        for field in (self.first, self.second):
            field.textChanged.connect(self._check)
        self.understood.toggled.connect(self._check)
        self._check()

    def _check(self) -> None:
        words = ""
        if len(self.first.text()) < MIN_LENGTH:
            words = trn(
                "At least {n} character; four words are a good passphrase.",
                "At least {n} characters; four words are a good passphrase.",
                MIN_LENGTH,
            )
        elif self.first.text() != self.second.text():
            words = tr("The two are not the same.")
        self.problem.setText(words)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not words and self.understood.isChecked())


def _secret(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


def _buttons(dialog: QDialog, ok: str) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.button(QDialogButtonBox.StandardButton.Ok).setText(ok)
    buttons.button(QDialogButtonBox.StandardButton.Ok).setObjectName("primary")
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
