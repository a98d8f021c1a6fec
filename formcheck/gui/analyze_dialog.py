"""Analyses a video in the background, with a progress bar and cancel, after asking what is to be seen in it."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFormLayout, QProgressBar, QVBoxLayout, QWidget

from formcheck.analysis.limits import limits_for
from formcheck.exercises.base import Exercise
from formcheck.gui.background import Job
from formcheck.gui.card import label
from formcheck.gui.language import tr
from formcheck.offline import Cancelled, Request, analyze_video
from formcheck.pose.model import model_file
from formcheck.results import Side
from formcheck.set_folder import new_folder
from formcheck.settings import Settings


class AnalyzeDialog(QDialog):
    """Emits the session's folder when done."""

    analyzed = Signal(object)

    def __init__(self, video: Path, exercises: Mapping[str, Exercise], settings: Settings, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Analyse a video"))
        self.setMinimumWidth(460)
        self._video, self._exercises, self._settings = video, exercises, settings
        self._job: Job | None = None
        self.exercise_box = QComboBox()
        for exercise in exercises.values():
            self.exercise_box.addItem(tr(exercise.title), exercise.id)
        self.exercise_box.setCurrentIndex(max(0, self.exercise_box.findData(settings.exercise)))
        self.side_box = QComboBox()
        for code, words in (("auto", tr("Find the side")), ("left", tr("Left")), ("right", tr("Right"))):
            self.side_box.addItem(words, code)
        self.mirrored = QCheckBox(tr("The video is mirrored, as selfie cameras do"))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Progress"))
        self.progress.hide()
        self.problem = label("", "heading")
        self.problem.hide()
        form = QFormLayout()
        form.addRow(tr("Video"), label(video.name))
        form.addRow(tr("&Exercise"), self.exercise_box)
        form.addRow(tr("Si&de"), self.side_box)
        form.addRow("", self.mirrored)
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton(tr("&Analyse"), QDialogButtonBox.ButtonRole.ActionRole)
        self.go.setObjectName("primary")
        self.go.setDefault(True)
        self.cancel = self.buttons.addButton(tr("&Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.progress)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)
        self.go.clicked.connect(self.begin)
        self.cancel.clicked.connect(self.reject)

    def begin(self) -> None:
        """Start; the dialog closes when it is done."""
        exercise = self._exercises[self.exercise_box.currentData()]
        side = self.side_box.currentData()
        settings, video, mirrored = self._settings, self._video, self.mirrored.isChecked()
        strictness = settings.strictness.get(exercise.id, "standard")

        def work(job: Job) -> Path | None:
            model = model_file(Path(settings.model) if settings.model else None, job.progress.emit)
            folder = new_folder(settings.sessions(), exercise.id)
            request = Request(
                video,
                exercise,
                folder,
                model,
                side=None if side == "auto" else Side(side),
                limits=limits_for(exercise, strictness, settings.custom_limits.get(exercise.id)),
                mirrored=mirrored,
                hide_face=settings.hide_face,
                progress=lambda done, total: job.progress.emit(done, total or 0),
                cancelled=lambda: job.cancelled,
            )
            try:
                analyze_video(request)
            except BaseException as error:
                if folder.is_dir() and not any(folder.iterdir()):
                    folder.rmdir()
                if isinstance(error, Cancelled):
                    return None
                raise
            return folder

        for widget in (self.exercise_box, self.side_box, self.mirrored, self.go):
            widget.setEnabled(False)
        self.problem.hide()
        self.progress.setRange(0, 0)
        self.progress.show()
        self._job = Job(work)
        self._job.progress.connect(self._show_progress)
        self._job.done.connect(self._done)
        self._job.refused.connect(self._refused)
        self._job.start()

    def reject(self) -> None:
        """Cancel: waits in the background until the analysis has let go."""
        if self._job is not None:
            self._job.cancelled = True
            self.cancel.setEnabled(False)
        else:
            super().reject()

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, max(total, 0))
        self.progress.setValue(min(done, total) if total else 0)

    def _done(self, folder: Path | None) -> None:
        self._job = None
        if folder is None:
            super().reject()
            return
        self.accept()
        self.analyzed.emit(folder)

    def _refused(self, words: str) -> None:
        self._job = None
        self.progress.hide()
        self.problem.setText(words)
        self.problem.show()
        for widget in (self.exercise_box, self.side_box, self.mirrored, self.go, self.cancel):
            widget.setEnabled(True)
