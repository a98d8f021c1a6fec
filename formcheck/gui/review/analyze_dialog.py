"""Analyses a video in the background, with a progress bar and cancel, after asking what is to be seen in it."""

import logging
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QProgressBar,
    QVBoxLayout,
)

from formcheck.analysis.limits import limits_for
from formcheck.capture.source import WHOLE
from formcheck.exercises.contract import Exercise
from formcheck.gui.review.film_choices import filmed, part_picker, slow_motion
from formcheck.gui.shell.background import Job
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.words import asks_view, chosen_view, day_format, views
from formcheck.pose.model import model_file
from formcheck.recording.remux import copy_pictures
from formcheck.results import Side
from formcheck.run.live.folder import new_folder
from formcheck.run.offline.analyze import Cancelled, Request, analyze_video
from formcheck.session.layout import RAW, SESSION
from formcheck.session.ownership import Owner, Ownership, write_ownership
from formcheck.system.errors import UserError
from formcheck.system.folder_lock import FolderLock
from formcheck.system.language import tr
from formcheck.system.settings import Settings

log = logging.getLogger(__name__)


class AnalyzeDialog(QDialog):
    """Emits the session's folder when done."""

    analyzed = Signal(object)

    def __init__(
        self,
        video: Path,
        exercises: Mapping[str, Exercise],
        settings: Settings,
        *,
        owner: Owner | None = None,
        may_keep_video: bool = True,
    ) -> None:
        super().__init__()
        self._owner = owner or Owner()
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
        self.view_box = QComboBox()
        for code, words in views():
            self.view_box.addItem(words, code)
        self.mirrored = QCheckBox(tr("The video is mirrored, as selfie cameras do"))
        self.picker, plays_fps, filmed_fps = part_picker(video)
        self.slow_box = slow_motion(plays_fps, filmed_fps)
        self.when = QDateTimeEdit(filmed(video))
        self.when.setCalendarPopup(True)
        self.when.setDisplayFormat(f"{day_format()} HH:mm")
        self.annotated = QCheckBox(tr("&Keep the annotated video"))
        self.original = QCheckBox(tr("Keep the &original too, to measure it again with later versions"))
        self.annotated.setChecked(may_keep_video)
        self.original.setChecked(may_keep_video and settings.record_raw)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Progress"))
        self.progress.hide()
        self.problem = label("", "heading")
        self.problem.hide()
        self._form = form = QFormLayout()
        if self.picker is not None:
            form.addRow(self.picker)
            self.picker.start.valueChanged.connect(lambda _: self._enable(True))
            self.picker.end.valueChanged.connect(lambda _: self._enable(True))
            self.picker.bar.moved.connect(lambda *_: self._enable(True))
        form.addRow(tr("Video"), label(video.name))
        form.addRow(tr("&Exercise"), self.exercise_box)
        form.addRow(tr("Si&de"), self.side_box)
        form.addRow(tr("Vie&w"), self.view_box)
        form.addRow(tr("&Filmed on"), self.when)
        form.addRow(tr("S&low motion"), self.slow_box)
        form.addRow("", self.mirrored)
        form.addRow("", self.annotated)
        form.addRow("", self.original)
        if not may_keep_video:
            form.addRow("", label(tr("The client has not agreed to video: only figures are kept."), "secondary"))
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton(tr("&Analyse"), QDialogButtonBox.ButtonRole.ActionRole)
        self.go.setObjectName("primary")
        self.go.setDefault(True)
        self.cancel = self.buttons.addButton(tr("&Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._may_keep_video = may_keep_video
        self._choices = (self.exercise_box, self.side_box, self.view_box, self.when, self.slow_box, self.mirrored, self.go)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.progress)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)
        self.mirrored.toggled.connect(lambda _: self._enable(True))
        self.exercise_box.currentIndexChanged.connect(self._exercise_chosen)
        self._exercise_chosen()
        self.go.clicked.connect(self.begin)
        self.cancel.clicked.connect(self.reject)
        self._enable(True)

    def begin(self) -> None:
        """Start; the dialog closes when it is done."""
        exercise = self._exercises[self.exercise_box.currentData()]
        side = "auto" if asks_view(exercise) else self.side_box.currentData()
        view = chosen_view(exercise, self.view_box.currentData())
        settings, video, mirrored = self._settings, self._video, self.mirrored.isChecked()
        part, capture_fps = self.picker.part() if self.picker is not None else WHOLE, self.slow_box.currentData()
        original = self.original.isChecked() and not mirrored
        ownership = Ownership(
            uuid4().hex, datetime.fromtimestamp(self.when.dateTime().toSecsSinceEpoch()).astimezone(), self._owner.client
        )
        strictness = settings.strictness.get(exercise.id, "standard")
        # An original plays from its beginning and as slowly as it was made: what is shown with the figures is the annotated film.
        annotated = self.annotated.isChecked() or (original and (part != WHOLE or self.slow_box.currentIndex() > 0))

        def work(job: Job) -> Path | None:
            model = model_file(settings.model_path, job.progress.emit)
            folder = new_folder(settings.sessions(), exercise.id)
            request = Request(
                video,
                exercise,
                folder,
                model,
                side=None if side == "auto" else Side(side),
                view=view,
                limits=limits_for(exercise, strictness, settings.custom_limits.get(exercise.id)),
                part=part,
                capture_fps=capture_fps,
                mirrored=mirrored,
                annotated=annotated,
                hide_face=settings.hide_face,
                every_frame=settings.every_frame,
                graphics_card=settings.graphics_card,
                progress=lambda done, total: job.progress.emit(done, total or 0),
                cancelled=lambda: job.cancelled,
            )
            lock = FolderLock(folder)
            try:
                write_ownership(folder, ownership)
                if original:
                    _keep_original(video, folder / RAW)
                analyze_video(request)
            except BaseException as error:
                if isinstance(error, Exception) and (folder / SESSION).exists():  # an error in the program, after minutes of work
                    log.exception("the analysis was cut short")
                    return folder
                shutil.rmtree(folder, ignore_errors=True)
                if isinstance(error, Cancelled):
                    return None
                raise
            finally:
                lock.release()
            return folder

        self._enable(False)
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

    def done(self, result: int) -> None:
        if self.picker is not None:
            self.picker.close_film()
        super().done(result)

    def _exercise_chosen(self) -> None:
        by_view = asks_view(self._exercises[self.exercise_box.currentData()])
        self._form.setRowVisible(self.side_box, not by_view)
        self._form.setRowVisible(self.view_box, by_view)

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
        self.cancel.setEnabled(True)
        self._enable(True)

    def _enable(self, on: bool) -> None:
        for widget in self._choices:
            widget.setEnabled(on)
        if self.picker is not None:
            self.picker.setEnabled(on)
            self.go.setEnabled(on and not self.picker.too_short)
        self.annotated.setEnabled(on and self._may_keep_video)
        # A mirrored original would be measured again with its sides swapped.
        self.original.setEnabled(on and self._may_keep_video and not self.mirrored.isChecked())


def _keep_original(video: Path, target: Path) -> None:
    if not copy_pictures(video, target):
        raise UserError(
            tr("The pictures of this file cannot be kept without what the camera wrote beside them: untick Keep the original.")
        )
