"""The main window: which page is shown, and what leads from one to the next."""

import base64
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from formcheck.capture.camera import CameraInfo, list_cameras
from formcheck.exercises.contract import Exercise
from formcheck.gui.clients.client_bar import ClientBar
from formcheck.gui.guide.guide_page import GuidePage
from formcheck.gui.live.control_bar import ControlBar, SourceChoice
from formcheck.gui.live.live_page import LivePage
from formcheck.gui.live.set_runner import SetRunner, make_plan
from formcheck.gui.live.sources import camera_choices, demo_choice, missing_camera, video_choice
from formcheck.gui.live.worker import Ended
from formcheck.gui.shell.menus import Menus
from formcheck.gui.sound.voice import Voice
from formcheck.gui.summary.summary_page import SummaryPage
from formcheck.gui.widgets.background import Job, finish_jobs
from formcheck.gui.widgets.theme import apply_theme
from formcheck.library.services import NextSet
from formcheck.run.live.live_set import SetPlan
from formcheck.session.layout import NOTES
from formcheck.session.notes import Notes, dump
from formcheck.session.ownership import Owner
from formcheck.system.language import tr
from formcheck.system.settings import Settings

LOOK_AGAIN_MS = 4000
"""How often to look for cameras while there is none."""
SAVE_AFTER_MS = 400
"""Answers are saved this long after the last move of a slider."""
_IGNORED_KEYS = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta}

log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """Owns the settings and the running set."""

    settings_changed = Signal(object)
    """Settings, to be saved."""
    video_wanted = Signal(object)
    """Path of a video to analyse."""
    session_wanted = Signal(object)
    """Path of a session folder to review."""
    rep_wanted = Signal(object, int)
    """Path of a session folder and the repetition to go to."""
    closing = Signal()
    report_wanted = Signal(object)
    """Path of a session folder to report on."""
    set_kept = Signal(object, object)
    """Ended and SetPlan: a set is to go into the library."""
    notes_wanted = Signal(object, str, str)
    """Path of a session folder, name and content of a file to be written into it."""

    def __init__(
        self,
        exercises: Mapping[str, Exercise],
        settings: Settings,
        *,
        cameras: Callable[[], list[CameraInfo]] = list_cameras,
        voice: Voice | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle("formcheck")
        self.setAcceptDrops(True)
        self.settings = settings
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, settings.theme, settings.text_size)  # before the first widget: some ask for the font when they are made
        self._list_cameras = cameras
        self._cameras: list[SourceChoice] = []
        self._videos: list[SourceChoice] = []
        self._folder: Path | None = None
        self._unsaved: tuple[Path, Notes] | None = None
        self.may_record: Callable[[Callable[[], object]], bool] = lambda _: True
        """Whether a set may begin now; where something must be asked first, its argument is called after that."""
        self.owner: Callable[[], tuple[Owner, bool]] = lambda: (Owner(), True)
        """Whose the next set is, and whether a video of it may be kept."""
        self.sets = SetRunner(self)
        self.voice = voice or Voice(self)
        self.bar = ControlBar(exercises)
        self.client_bar = ClientBar()
        self.guide = GuidePage()
        self.live = LivePage(self.voice)
        self.summary = SummaryPage()
        self.pages = QStackedWidget()
        for page in (self.guide, self.live, self.summary):
            self.pages.addWidget(page)
        self.client_pages: list[QWidget] = [self.guide, self.live, self.summary]
        """Where the client can be seen and changed: not over a session that is open."""
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(12, 10, 12, 6)
        layout.addWidget(self.client_bar)
        layout.addWidget(self.bar)
        layout.addWidget(self.pages, 1)
        self.setCentralWidget(middle)
        self.menus = Menus(self)
        self._connect()
        self.bar.restore(settings)
        self._offer_sources()
        self.resize(1280, 800)
        self.restoreGeometry(QByteArray(base64.b64decode(settings.geometry or b"", validate=False)))
        self.apply(settings)
        self.show_guide()
        self._notes_timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._notes_timer.timeout.connect(self._save_notes)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_AGAIN_MS)
        self._look.timeout.connect(self.look_for_cameras)
        QTimer.singleShot(0, self.look_for_cameras)

    @property
    def running(self) -> bool:
        """Whether a set is under way."""
        return self.sets.worker is not None

    def apply(self, settings: Settings) -> None:
        """Use these settings from now on."""
        self.settings = settings
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, settings.theme, settings.text_size)
        self.voice.muted, self.voice.speaks = not settings.sounds, settings.speech
        self.live.apply(settings)
        self._show_choice()

    def change(self, **values: object) -> None:
        """Change some settings, use and save them."""
        self.apply(replace(self.settings, **values))  # type: ignore[arg-type]
        self.settings_changed.emit(self.settings)

    def show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.bar.setVisible(page in (self.guide, self.live, self.summary))
        self.client_bar.setVisible(self.settings.clinic and page in self.client_pages)
        if page is not self.summary:
            self.summary.rest.stop()

    def show_guide(self) -> None:
        self.show_page(self.guide)
        self.bar.start_button.setFocus()

    def notice(self, words: str) -> None:
        """Say something that does not stop anything."""
        self.statusBar().showMessage(words, 15_000)

    def trouble(self, words: str) -> None:
        """Say why something did not work. Does not wait for an answer."""
        box = QMessageBox(QMessageBox.Icon.Warning, "formcheck", words, QMessageBox.StandardButton.Ok, self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def add_video(self, path: Path) -> None:
        """Offer a video as a source that is played like a camera, and choose it."""
        choice = video_choice(path)
        self._videos = [v for v in self._videos if v.video != path] + [choice]
        self._offer_sources()
        self.bar.choose_source(choice.name)

    def start_set(self, *, checks: bool | None = None, next_set: NextSet | None = None) -> None:
        """Begin a set with what is chosen, or the next one of a plan; checks: the settings' own when None."""
        source = self.bar.source
        if self.running or source is None:
            return
        if not source.demo and not self.may_record(lambda: self.start_set(checks=checks, next_set=next_set)):
            return
        self._save_notes()
        if next_set is not None:
            self.bar.choose(next_set.item.exercise, next_set.item.variant, next_set.item.side)
        self.settings = self.bar.chosen(self.settings)
        self.settings_changed.emit(self.settings)
        checks = self.settings.guide if checks is None else checks
        owner, video = (Owner(), True) if source.demo else self.owner()
        plan = make_plan(self.bar.exercise, source, self.settings, checks=checks, owner=owner, video=video, next_set=next_set)
        worker = self.sets.start(plan, source, self.settings, size=self.live.picture.room())
        self.bar.set_running(True)
        self.client_bar.setEnabled(False)
        self.menus.set_running(True)
        self.show_page(self.live)
        self.live.begin(worker, plan, next_set)
        self.live.picture.setFocus()
        worker.start()

    def stop_set(self) -> None:
        self.sets.stop()

    def signal_set(self) -> None:
        """Start, pause or go on, as any key does."""
        self.sets.signal()

    def look_for_cameras(self) -> None:
        """List the cameras in the background."""
        if self.running:
            return
        job = Job(lambda _: self._list_cameras())
        job.done.connect(self._found_cameras)
        job.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Any key, so a foot pedal too, works the set."""
        if not self.running or event.isAutoRepeat() or Qt.Key(event.key()) in _IGNORED_KEYS:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.stop_set()
        else:
            self.signal_set()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        path = next((Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()), None)
        if path is not None:
            event.acceptProposedAction()
            (self.session_wanted if path.is_dir() or path.suffix == ".json" else self.video_wanted).emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self.sets.finish()
        self._look.stop()
        self._save_notes()
        self.closing.emit()
        finish_jobs()
        geometry = base64.b64encode(self.saveGeometry().data()).decode()
        self.settings = replace(self.bar.chosen(self.settings), geometry=geometry)
        self.settings_changed.emit(self.settings)
        super().closeEvent(event)

    def _connect(self) -> None:
        self.sets.ended.connect(self._set_ended)
        self.sets.failed.connect(self._set_failed)
        self.bar.start.connect(self.start_set)
        self.bar.stop.connect(self.stop_set)
        self.bar.changed.connect(self._show_choice)
        self.live.mirror_changed.connect(lambda on: self.change(mirror=on))
        self.live.mute_changed.connect(lambda on: self.change(sounds=not on))
        self.live.record_changed.connect(self._switch_recording)
        self.live.enough.connect(self.stop_set)
        self.summary.again.connect(self.start_set)
        for leaving in (self.summary.show_rep, self.summary.review, self.summary.report):
            leaving.connect(lambda *_: self._save_notes())  # whatever opens the session reads the answers, and writes them again
        self.summary.show_rep.connect(lambda number: self.rep_wanted.emit(self._folder, number))
        self.summary.review.connect(lambda: self.session_wanted.emit(self._folder))
        self.summary.report.connect(lambda: self.report_wanted.emit(self._folder))
        self.summary.notes_changed.connect(self._noted)

    def _switch_recording(self, on: bool) -> None:
        self.change(record=on)
        if self.sets.worker is not None:
            if not on:
                self.sets.worker.stop_recording()
            else:
                self.notice(tr("Recording begins with the next set."))

    def _show_choice(self) -> None:
        settings = self.bar.chosen(self.settings)
        self.guide.show_exercise(self.bar.exercise, settings.variant, settings)
        if self.pages.currentWidget() is self.summary and not self.running:
            self.show_guide()

    def _found_cameras(self, cameras: list[CameraInfo]) -> None:
        self._cameras = camera_choices(cameras)
        self._offer_sources()
        if cameras:
            self._look.stop()
        else:
            self._look.start()

    def _offer_sources(self) -> None:
        cameras = self._cameras or [missing_camera()]
        self.bar.set_sources([*cameras, *self._videos, demo_choice()], self.settings.camera)

    def _let_go(self) -> None:
        self.live.finish()
        self.bar.set_running(False)
        self.client_bar.setEnabled(True)
        self.menus.set_running(False)

    def _set_ended(self, ended: Ended, plan: SetPlan) -> None:
        self._let_go()
        if ended.session is None:
            self.show_guide()
            return
        self._folder = ended.folder
        self.show_page(self.summary)
        self.summary.show_session(
            ended.session,
            plan.exercise,
            ended.folder,
            ask_pain=self.settings.ask_pain,
            problem=ended.problem,
            demo=plan.demo,
        )
        self.set_kept.emit(ended, plan)

    def _set_failed(self, words: str) -> None:
        self._let_go()
        self.show_guide()
        self.trouble(words)

    def _noted(self, notes: Notes) -> None:
        if self._folder is not None:
            self._unsaved = self._folder, notes
            self._notes_timer.start()

    def _save_notes(self) -> None:
        """What was answered after the set, if it is not saved yet."""
        self._notes_timer.stop()
        if self._unsaved is not None:
            folder, notes = self._unsaved
            self._unsaved = None
            self.notes_wanted.emit(folder, NOTES, dump(notes))
