"""Check this computer: what the doctor finds, each with what to do, and a button that copies it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QScrollArea, QVBoxLayout, QWidget

from formcheck.doctor import Check, checks
from formcheck.gui.shell.background import Job
from formcheck.gui.shell.page import Presenter
from formcheck.gui.shell.protocols import Notices
from formcheck.gui.widgets.card import card, label
from formcheck.problem_report import check_lines
from formcheck.system.language import to_translate, tr

NAMES = {
    "versions": to_translate("Versions"),
    "cameras": to_translate("Cameras"),
    "model": to_translate("Pose model"),
    "codecs": to_translate("Codecs"),
    "display": to_translate("Display"),
    "disk": to_translate("Disk"),
}
"""Of the checks; libraries keep theirs."""


class ComputerCheckDialog(QDialog):
    """show_checks() fills it; None while they are being made."""

    again = Signal()
    copy = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(tr("Check this computer"))
        self.setMinimumSize(640, 480)
        self.outcome = label("", "heading")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(tr("What was checked"))
        self.again_button = QPushButton(tr("Check &again"))
        self.copy_button = QPushButton(tr("&Copy"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.again_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self.again_button.clicked.connect(self.again)
        self.copy_button.clicked.connect(self.copy)
        layout = QVBoxLayout(self)
        layout.addWidget(self.outcome)
        layout.addWidget(self._area, 1)
        layout.addWidget(buttons)

    def show_checks(self, found: list[Check] | None) -> None:
        self.again_button.setEnabled(found is not None)
        self.copy_button.setEnabled(bool(found))
        page = QWidget()
        layout = QVBoxLayout(page)
        for check in found or ():
            frame, inside = card()
            name = tr(NAMES.get(check.name, check.name))
            words = tr("✓ {name}: in order", name=name) if check.ok else tr("✗ {name}: needs attention", name=name)
            inside.addWidget(label(words, "heading"))
            for text, name in ((check.detail, ""), (check.advice, "")):
                if text:
                    shown = label(text, name)
                    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                    inside.addWidget(shown)
            layout.addWidget(frame)
        layout.addStretch()
        self._area.setWidget(page)
        self.outcome.setText(_outcome(found))


def _outcome(found: list[Check] | None) -> str:
    if found is None:
        return tr("Looking at cameras, model, codecs, display and disk…")
    return tr("Everything is in order.") if all(c.ok for c in found) else tr("Something needs attention.")


class ComputerCheckPresenter(Presenter):
    """Checks in the background each time it is opened."""

    def __init__(self, notices: Notices) -> None:
        self.dialog = dialog = ComputerCheckDialog()
        super().__init__(dialog)
        self._notices = notices
        self._found: list[Check] = []
        dialog.again.connect(self.shown)
        dialog.copy.connect(self._copy)

    def shown(self) -> None:
        self.dialog.show_checks(None)
        job = Job(lambda _: checks())
        job.done.connect(self._show)
        job.refused.connect(self._notices.trouble)
        job.start()

    def _show(self, found: list[Check]) -> None:
        self._found = found
        self.dialog.show_checks(found)
        self.dialog.copy_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(check_lines(self._found))
        self._notices.notice(tr("The check of this computer is on the clipboard."))
