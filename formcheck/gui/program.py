"""Puts the window together: the pages of the table, the bars above them, the menus, and what they share."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from formcheck.capture.kinds import is_video_name
from formcheck.exercises.contract import Exercise
from formcheck.gui.clients.client_bar import ClientBar
from formcheck.gui.clients.consent_gate import ConsentGate
from formcheck.gui.help.handbook import open_handbook
from formcheck.gui.help.shortcuts import ShortcutsDialog
from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.library.recovery import Recovery
from formcheck.gui.library.report_writer import ReportWriter
from formcheck.gui.pages import CLIENTS, COMPARE, LIVE, PAGES, REVIEW, SUMMARY
from formcheck.gui.review.session_opener import SessionOpener
from formcheck.gui.review.video_analysis import VideoAnalysis
from formcheck.gui.services import Services
from formcheck.gui.sets.equipment import Equipment
from formcheck.gui.sets.set_keys import SetKeys
from formcheck.gui.sets.sets import Sets
from formcheck.gui.settings.current_settings import CurrentSettings
from formcheck.gui.shell.background import finish_jobs
from formcheck.gui.shell.menus import Menus, Recent
from formcheck.gui.shell.navigator import Navigator
from formcheck.gui.shell.notices import WindowNotices, WindowQuestions
from formcheck.gui.shell.page import Command, Menu, Page
from formcheck.gui.shell.window import Window
from formcheck.gui.widgets.theme import apply_theme
from formcheck.gui.widgets.words import with_side
from formcheck.library.services import LibraryContent
from formcheck.report.words import exercise_title
from formcheck.results import Side
from formcheck.system.kept_words import shown
from formcheck.system.language import moment_words, to_translate, tr
from formcheck.system.settings import Settings

RECENT = 12
"""Sessions in the menu."""


class Program(QObject):
    """Lives as long as its window."""

    language_changed = Signal()
    """Another language was chosen: the window is to be opened anew. Not before a set that runs has ended."""

    def __init__(
        self,
        exercises: Mapping[str, Exercise],
        settings: Settings,
        notices: Sequence[str] = (),
        *,
        equipment: Equipment = Equipment(),  # noqa: B008
        pages: Sequence[Page[Services]] = PAGES,
    ) -> None:
        """notices: said at the start."""
        super().__init__()
        _dress(settings)  # before the first widget: some ask for the font when they are made
        self.window = window = Window()
        self.navigator = navigator = Navigator(pages, lambda page: page.factory(self.services), window)
        said, questions = WindowNotices(window), WindowQuestions(window)
        current = CurrentSettings(settings, said)
        library = LibraryState(current, said, questions, navigator)
        consent = ConsentGate(current, library, said, navigator, CLIENTS)
        sessions = SessionOpener(
            library.jobs,
            said,
            questions,
            navigator,
            sessions=lambda: current.value.sessions(),
            review_page=REVIEW,
            compare_page=COMPARE,
        )
        reports = ReportWriter(library, said, questions)
        sets = Sets(
            exercises,
            current,
            library,
            consent,
            said,
            questions,
            navigator,
            equipment,
            live_page=LIVE,
            summary_page=SUMMARY,
        )
        voice = equipment.make_voice()
        self.services = Services(exercises, current, said, questions, navigator, library, consent, sessions, reports, sets, voice)
        self.analysis = VideoAnalysis(exercises, current, library, consent, questions, navigator, sessions.review)
        self.recovery = Recovery(library, said, questions)
        self.client_bar = ClientBar()
        self.menus = Menus(window.menuBar(), pages, self._commands(), show=navigator.show, leave=window.close)
        self._keys = SetKeys(sets)
        self._look = settings.theme, settings.text_size
        self._language = settings.language
        self._put_together()
        navigator.home()
        if notices:
            said.notice(" ".join(map(shown, notices)))
        library.start()
        QTimer.singleShot(0, sets.look_for_cameras)

    def _put_together(self) -> None:
        s, window = self.services, self.window
        window.add_bar(self.client_bar, lambda page: page.shows_client and s.settings.value.clinic)
        window.add_bar(s.sets.bar, lambda page: page.shows_choices)
        window.add_pages(self.navigator.stack)
        window.restore_place(s.settings.value.geometry)
        window.installEventFilter(self._keys)
        window.dropped.connect(self._open_dropped)
        window.closing.connect(self._close)
        self.navigator.changed.connect(window.show_bars)
        self.client_bar.chosen.connect(s.library.choose)
        self.client_bar.manage.connect(lambda: self.navigator.show(CLIENTS))
        s.library.changed.connect(self._show_content)
        s.settings.changed.connect(self._settings_changed)
        s.sets.running_changed.connect(self._running_changed)

    def _commands(self) -> tuple[Command, ...]:
        s = self.services
        return (
            Command(to_translate("&Analyse a video…"), Menu.FILE, self.analysis.choose_video, "Ctrl+O"),
            Command(to_translate("&Play a video as the camera…"), Menu.FILE, s.sets.choose_video, "Ctrl+Shift+O"),
            Command(to_translate("Add a camera on the &network…"), Menu.FILE, s.sets.add_camera),
            Command(to_translate("Open a &session…"), Menu.FILE, s.sessions.choose_folder, "Ctrl+E"),
            Command(to_translate("Save re&port…"), Menu.FILE, lambda: s.reports.save(s.sessions.last), "Ctrl+P"),
            Command(to_translate("&Start"), Menu.SET, s.sets.start, "Ctrl+Return"),
            Command(to_translate("&Pause or go on"), Menu.SET, s.sets.signal, "Ctrl+Space", while_running=True, while_idle=False),
            Command(to_translate("&End the set"), Menu.SET, s.sets.stop, "Ctrl+.", while_running=True, while_idle=False),
            Command(to_translate("&Handbook"), Menu.HELP, lambda: open_handbook(s.notices), "F1", while_running=True),
            Command(to_translate("&Keyboard shortcuts…"), Menu.HELP, self._show_shortcuts, "Ctrl+F1", while_running=True),
        )

    def _show_shortcuts(self) -> None:
        self.navigator.open_dialog(ShortcutsDialog(self.menus.shortcuts()))

    def _open_dropped(self, path: Path) -> None:
        if self.services.sets.running:
            return
        if path.is_dir() or path.suffix == ".json":
            self.services.sessions.review(path)
        elif is_video_name(path):
            self.analysis.analyze(path)
        else:
            words = tr("{name} is not called as videos are: choose it with File, Analyse a video, to try it.", name=path.name)
            self.services.notices.notice(words)

    def _show_content(self, content: LibraryContent) -> None:
        self.client_bar.show_content(content)
        recent: list[Recent] = []
        for entry in content.entries[:RECENT]:
            title = with_side(tr(exercise_title(entry.exercise)), Side(entry.side) if entry.side else None)
            folder = self.services.library.folder(entry)
            recent.append((f"{moment_words(entry.when)}  {title}", partial(self.services.sessions.review, folder)))
        self.menus.show_recent(recent)

    def _settings_changed(self, settings: Settings) -> None:
        if (settings.theme, settings.text_size) != self._look:
            self._look = settings.theme, settings.text_size
            _dress(settings)
            self.navigator.restyle()
        self.window.show_bars(self.navigator.page)
        self._look_for_language()

    def _look_for_language(self) -> None:
        language = self.services.settings.value.language
        if language != self._language and not self.services.sets.running:
            self._language = language
            self.language_changed.emit()

    def _running_changed(self, running: bool) -> None:
        self.navigator.running = running
        self.client_bar.setEnabled(not running)
        self.menus.set_running(running)
        self._look_for_language()

    def _close(self) -> None:
        s = self.services
        s.sets.close()
        self.navigator.close()
        s.library.jobs.close()
        s.voice.close()
        finish_jobs()
        s.settings.take(replace(s.sets.bar.chosen(s.settings.value), geometry=self.window.place()))


def _dress(settings: Settings) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, settings.theme, settings.text_size)
