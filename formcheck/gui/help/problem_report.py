"""Report a problem: shows what a report holds, then writes it as a .zip. Nothing is sent."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QTabWidget, QVBoxLayout

from formcheck.doctor import checks
from formcheck.gui.shell.background import Job, reason
from formcheck.gui.shell.page import Presenter
from formcheck.gui.shell.protocols import Notices, Questions
from formcheck.gui.widgets.card import label
from formcheck.problem_report import report_files, write_report
from formcheck.system.language import to_translate, tr

ZIP_FILES = to_translate("Zip files (*.zip)")


class ProblemReportDialog(QDialog):
    """A tab for each file of the report, with all of its text."""

    save = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(tr("Report a problem"))
        self.setMinimumSize(720, 520)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("What the report holds"))
        self.save_button = QPushButton(tr("&Save the report…"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.rejected.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        layout = QVBoxLayout(self)
        layout.addWidget(
            label(
                tr(
                    "This is all that the report holds: the log and the check of this computer, without names, pictures and "
                    "sessions. It is saved as one file and sent nowhere. Give it to whom you choose, and say what you did and "
                    "saw."
                )
            )
        )
        layout.addWidget(self.tabs, 1)
        layout.addWidget(buttons)

    def show_files(self, files: Mapping[str, str] | None) -> None:
        """None while they are being gathered."""
        self.save_button.setEnabled(files is not None)
        self.tabs.clear()
        for name, text in (files if files is not None else {"…": tr("Looking at this computer…")}).items():
            shown = QPlainTextEdit(text)
            shown.setReadOnly(True)
            shown.setTabChangesFocus(True)
            shown.setAccessibleName(name)
            self.tabs.addTab(shown, name)


class ProblemReportPresenter(Presenter):
    def __init__(self, notices: Notices, questions: Questions) -> None:
        self.dialog = dialog = ProblemReportDialog()
        super().__init__(dialog)
        self._notices, self._questions = notices, questions
        self._files: dict[str, str] = {}
        dialog.save.connect(self._save)

    def shown(self) -> None:
        self.dialog.show_files(None)
        job = Job(lambda _: report_files(checks()))
        job.done.connect(self._show)
        job.refused.connect(self._notices.trouble)
        job.start()

    def _show(self, files: dict[str, str]) -> None:
        self._files = files
        self.dialog.show_files(files)

    def _save(self) -> None:
        target = self._questions.file_to_write(tr("Save the report"), "formcheck-problem.zip", tr(ZIP_FILES))
        if target is None:
            return
        try:
            write_report(target, self._files)
        except OSError as error:
            self._notices.trouble(reason(error))
            return
        self._notices.notice(tr("Saved: {file}", file=target))
        self.dialog.accept()
