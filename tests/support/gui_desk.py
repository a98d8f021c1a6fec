"""What presenters share, without a window: a real library with its jobs, and answers that the test gives."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from gui_fakes import PATIENCE_MS, RememberedNavigation, RememberedNotices, ScriptedQuestions
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from formcheck.exercises import EXERCISES
from formcheck.gui.clients.consent_gate import ConsentGate
from formcheck.gui.correct.correct_bar import CorrectBar
from formcheck.gui.correct.corrections import Corrections
from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.library.report_writer import ReportWriter
from formcheck.gui.review.session_opener import SessionOpener
from formcheck.gui.services import Services
from formcheck.gui.sets.equipment import Equipment
from formcheck.gui.sets.sets import Sets
from formcheck.gui.settings.current_settings import CurrentSettings
from formcheck.gui.shell.background import finish_jobs
from formcheck.gui.sound.voice import Voice
from formcheck.library.clients import CONSENT_WORDS, Client, Consent
from formcheck.library.store.library import Library
from formcheck.library.store.sync import open_library
from formcheck.system.settings import Settings


class Desk:
    def __init__(self, settings: Settings, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.notices, self.questions, self.navigation = RememberedNotices(), ScriptedQuestions(), RememberedNavigation()
        self.saved: list[Settings] = []
        self.settings = CurrentSettings(settings, self.notices, self.saved.append)
        self.library = LibraryState(self.settings, self.notices, self.questions, self.navigation)
        self.consent = ConsentGate(self.settings, self.library, self.notices, self.navigation, "clients")
        self.sessions = SessionOpener(
            self.library.jobs,
            self.notices,
            self.questions,
            self.navigation,
            sessions=lambda: self.folder,
            review_page="review",
            compare_page="compare",
        )
        self.reports = ReportWriter(self.library, self.notices, self.questions)
        self.sets = Sets(
            EXERCISES,
            self.settings,
            self.library,
            self.consent,
            self.notices,
            self.questions,
            self.navigation,
            Equipment(list_cameras=list, saved_cameras=tuple, make_voice=Voice),
            live_page="live",
            summary_page="summary",
        )

    def corrections(self, bar: CorrectBar) -> Corrections:
        """As the review's factory makes them."""
        return Corrections(bar, EXERCISES, self.library, self.notices, self.navigation, lambda: None)

    @property
    def folder(self) -> Path:
        """Where the sessions lie."""
        return self.settings.value.sessions()

    def services(self) -> Services:
        """As the factories of the page table get them."""
        return Services(
            EXERCISES,
            self.settings,
            self.notices,
            self.questions,
            self.navigation,
            self.library,
            self.consent,
            self.sessions,
            self.reports,
            self.sets,
            Voice(),
        )

    def read(self) -> None:
        """Read the library and wait for it."""
        with self.qtbot.waitSignal(self.library.changed, timeout=PATIENCE_MS):
            self.library.refresh()

    @contextmanager
    def opened(self) -> Iterator[Library]:
        """The library itself, to prepare or to look."""
        with open_library(sessions=self.folder) as library:
            yield library

    def new_client(self, code: str, *, video: bool | None = None) -> Client:
        """Clinic mode with this client chosen; video: consent was given, with or without video; None: no consent."""
        with self.opened() as library:
            client = library.new_client(code, f"Name of {code}")
            if video is not None:
                client = library.give_consent(client.uid, Consent(datetime.now().astimezone(), True, video, CONSENT_WORDS))
        self.settings.take(replace(self.settings.value, clinic=True))
        self.library.choose(client.uid)
        self.wait(lambda: self.library.content.client == client)
        return client

    def noticed(self, words: str) -> None:
        self.wait(lambda: any(words in said for said in self.notices.notices))

    def troubled(self, words: str) -> None:
        self.wait(lambda: any(words in said for said in self.notices.troubles))

    def wait(self, condition: Callable[[], bool], timeout_ms: int = PATIENCE_MS) -> None:
        self.qtbot.waitUntil(condition, timeout=timeout_ms)

    def close(self) -> None:
        self.library.jobs.close()
        self.sets.close()
        finish_jobs()
        QApplication.processEvents()  # what they found just now reaches pages that are still there
        for dialog in self.navigation.dialogs:
            dialog.close()
