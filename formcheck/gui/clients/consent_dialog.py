"""Asks a client for consent, in the words that are kept with it. Nothing is recorded for a client before."""

from datetime import datetime

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QVBoxLayout

from formcheck.gui.clients.client_bar import client_title
from formcheck.gui.widgets.card import label
from formcheck.library.clients import CONSENT_WORDS, VIDEO_WORDS, Client, Consent
from formcheck.system.language import day_words, tr


class ConsentDialog(QDialog):
    """consent() gives what was agreed to, once accepted."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self.client = client
        self.setWindowTitle(tr("Consent of {code}", code=client.code))
        self.setMinimumWidth(560)
        self.recording = QCheckBox(tr("The client &agrees to be measured"))
        self.video = QCheckBox(tr("The client agrees to &video too"))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.save_button = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        self.save_button.setText(tr("&Record the consent"))
        layout = QVBoxLayout(self)
        layout.addWidget(label(client_title(client), "title"))
        layout.addWidget(label(tr("Nothing is recorded for a client before consent. Read this out, or let it be read:")))
        for words, box in ((CONSENT_WORDS, self.recording), (VIDEO_WORDS, self.video)):
            layout.addSpacing(6)
            layout.addWidget(label(tr("“{words}”", words=tr(words))))
            layout.addWidget(box)
        layout.addSpacing(6)
        today = day_words(datetime.now())
        layout.addWidget(label(tr("Kept with these words and today's date, {day}.", day=today), "secondary"))
        layout.addWidget(self._buttons)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.recording.toggled.connect(self._check)
        given = client.consent
        self.recording.setChecked(given is not None and given.recording)
        self.video.setChecked(given is not None and given.video)
        self._check()

    def consent(self) -> Consent:
        video = self.video.isChecked()
        words = " ".join(tr(agreed) for agreed in ((CONSENT_WORDS, VIDEO_WORDS) if video else (CONSENT_WORDS,)))
        return Consent(datetime.now().astimezone(), recording=True, video=video, words=words)

    def _check(self) -> None:
        agreed = self.recording.isChecked()
        self.save_button.setEnabled(agreed)
        self.video.setEnabled(agreed)
        if not agreed:
            self.video.setChecked(False)
