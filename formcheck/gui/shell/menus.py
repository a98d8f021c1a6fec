"""The menus and their shortcuts."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu

from formcheck.gui.widgets.words import with_side
from formcheck.library.services import LibraryContent
from formcheck.report.words import exercise_title
from formcheck.results import Side
from formcheck.system.language import tr

if TYPE_CHECKING:
    from formcheck.gui.shell.main_window import MainWindow

RECENT = 12
VIDEOS = "*.mp4 *.mov *.m4v *.avi *.mkv *.webm *.mpg *.wmv *.3gp"


class Menus:
    """Builds the window's menus; keeps the recent sessions and what is enabled up to date."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        bar = window.menuBar()
        file = bar.addMenu(tr("&File"))
        self.open_video = _add(file, tr("&Analyse a video…"), "Ctrl+O")
        self.play_video = _add(file, tr("&Play a video as the camera…"), "Ctrl+Shift+O")
        self.open_session = _add(file, tr("Open a &session…"), "Ctrl+E")
        self.recent = file.addMenu(tr("&Recent sessions"))
        self.report = _add(file, tr("Save re&port…"), "Ctrl+P")
        file.addSeparator()
        self.settings = _add(file, tr("S&ettings…"), QKeySequence.StandardKey.Preferences, role=QAction.MenuRole.PreferencesRole)
        self.quit = _add(file, tr("&Quit"), QKeySequence.StandardKey.Quit, role=QAction.MenuRole.QuitRole)
        record = bar.addMenu(tr("&Record"))
        self.sessions = _add(record, tr("&Sessions"), "Ctrl+L")
        self.progress = _add(record, tr("&Progress"), "Ctrl+Shift+P")
        self.plans = _add(record, tr("P&lans…"), "Ctrl+T")
        self.clients = _add(record, tr("&Clients…"), "Ctrl+K")
        self.privacy = _add(record, tr("Pri&vacy…"))
        run = bar.addMenu(tr("&Set"))
        self.start = _add(run, tr("&Start"), "Ctrl+Return")
        self.pause = _add(run, tr("&Pause or go on"), "Ctrl+Space")
        self.end = _add(run, tr("&End the set"), "Ctrl+.")
        self.guide = _add(run, tr("&Guide"), "Ctrl+G")
        help_menu = bar.addMenu(tr("&Help"))
        self.about = _add(help_menu, tr("&About formcheck"), role=QAction.MenuRole.AboutRole)
        self.open_video.triggered.connect(self._choose_video)
        self.play_video.triggered.connect(self._choose_played)
        self.open_session.triggered.connect(self._choose_session)
        self.quit.triggered.connect(window.close)
        self.start.triggered.connect(lambda: window.start_set())
        self.pause.triggered.connect(window.signal_set)
        self.end.triggered.connect(window.stop_set)
        self.guide.triggered.connect(window.show_guide)
        self.set_running(False)
        self.show_recent(LibraryContent())

    def set_running(self, running: bool) -> None:
        for action in (self.open_video, self.play_video, self.open_session, self.report, self.settings, self.start, self.guide):
            action.setEnabled(not running)
        for action in (self.sessions, self.progress, self.plans, self.clients, self.privacy):
            action.setEnabled(not running)
        self.recent.setEnabled(not running)
        for action in (self.pause, self.end):
            action.setEnabled(running)

    def show_recent(self, content: LibraryContent) -> None:
        self.recent.clear()
        for entry in content.entries[:RECENT]:
            side = Side(entry.side) if entry.side else None
            exercise = with_side(tr(exercise_title(entry.exercise)), side)
            action = self.recent.addAction(f"{entry.when:%Y-%m-%d %H:%M}  {exercise}")
            path = self._window.settings.sessions() / entry.folder
            action.triggered.connect(lambda _=False, path=path: self._window.session_wanted.emit(path))
        if not content.entries:
            self.recent.addAction(tr("None yet")).setEnabled(False)

    def _choose_video(self) -> None:
        path = self._ask_for_video(tr("Analyse a video"))
        if path is not None:
            self._window.video_wanted.emit(path)

    def _choose_played(self) -> None:
        path = self._ask_for_video(tr("Play a video as the camera"))
        if path is not None:
            self._window.add_video(path)

    def _choose_session(self) -> None:
        start = str(self._window.settings.sessions())
        folder = QFileDialog.getExistingDirectory(self._window, tr("Open a session folder"), start)
        if folder:
            self._window.session_wanted.emit(Path(folder))

    def _ask_for_video(self, title: str) -> Path | None:
        kinds = ";;".join((tr("Videos ({patterns})", patterns=VIDEOS), tr("All files (*)")))
        name, _ = QFileDialog.getOpenFileName(self._window, title, "", kinds)
        return Path(name) if name else None


def _add(
    menu: QMenu,
    words: str,
    shortcut: str | QKeySequence.StandardKey | None = None,
    *,
    role: QAction.MenuRole = QAction.MenuRole.NoRole,
) -> QAction:
    action = QAction(words, menu)
    action.setMenuRole(role)
    if shortcut is not None:
        action.setShortcut(QKeySequence(shortcut))
    menu.addAction(action)
    return action
