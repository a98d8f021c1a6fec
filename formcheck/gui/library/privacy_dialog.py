"""The passphrase, and how long things are kept."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout

from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.numbers import CountBox
from formcheck.library.retention import MAX_DAYS, Retention
from formcheck.system.language import tr, trn


class PrivacyDialog(QDialog):
    """Emits what is to be done; the two show_ functions show what came of it."""

    lock = Signal()
    """Set a passphrase, or another one."""
    unlock = Signal()
    keep = Signal(object)
    """Retention"""
    delete = Signal()
    """Delete what is past its time."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(tr("Privacy"))
        self.setMinimumWidth(560)
        self.locked = label("")
        self.lock_button = QPushButton()
        self.unlock_button = QPushButton(tr("&Take the passphrase away"))
        self.videos, self.sessions = _days(tr("Keep videos")), _days(tr("Keep sessions"))
        self.keep_button = QPushButton(tr("&Save"))
        self.past = label("")
        self.delete_button = QPushButton(tr("&Delete them now"))
        self._lay_out()
        self.show_lock(False)
        self.lock_button.clicked.connect(self.lock)
        self.unlock_button.clicked.connect(self.unlock)
        self.keep_button.clicked.connect(self._keep)
        self.delete_button.clicked.connect(self.delete)

    def show_lock(self, locked: bool) -> None:
        self.locked.setText(
            tr("Clients, plans and sessions are locked with a passphrase.")
            if locked
            else tr("No passphrase: whoever uses this computer as you can read everything.")
        )
        self.lock_button.setText(tr("&Change the passphrase…") if locked else tr("Set a &passphrase…"))
        self.unlock_button.setVisible(locked)

    def show_retention(self, retention: Retention, past: int) -> None:
        self.videos.setValue(retention.video_days or 0)
        self.sessions.setValue(retention.session_days or 0)
        self.past.setText(
            trn("{n} session or video is past its time.", "{n} sessions or videos are past their time.", past)
            if past
            else tr("Nothing is past its time.")
        )
        self.delete_button.setEnabled(past > 0)

    def _keep(self) -> None:
        self.keep.emit(Retention(self.videos.value() or None, self.sessions.value() or None))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.addWidget(label(tr("Passphrase"), "heading"))
        layout.addWidget(self.locked)
        layout.addLayout(_row(self.lock_button, self.unlock_button))
        layout.addSpacing(10)
        layout.addWidget(label(tr("How long things are kept"), "heading"))
        form = QFormLayout()
        form.addRow(tr("Keep &videos"), self.videos)
        form.addRow(tr("Keep s&essions"), self.sessions)
        layout.addLayout(form)
        layout.addWidget(
            label(tr("Nothing is deleted by itself: what is past its time is named, and deleted when you say so."), "secondary")
        )
        layout.addWidget(self.past)
        layout.addLayout(_row(self.keep_button, self.delete_button))
        layout.addSpacing(10)
        layout.addWidget(
            label(tr("Everything stays on this computer. Reports and exports that you write are not locked."), "secondary")
        )
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout.addWidget(close)
        for button in (self.lock_button, self.unlock_button, self.keep_button, self.delete_button):
            button.setAutoDefault(False)


def _days(name: str) -> CountBox:
    box = CountBox(0, MAX_DAYS)
    box.setSuffix(tr(" days"))
    box.setSpecialValueText(tr("until you delete them"))
    box.setAccessibleName(name)
    return box


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    return row
