"""Starts the window. The only door into gui/ for the rest of the program."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.system.log_file import log_everything_unforeseen, log_to_file
from formcheck.system.opencv_qt import release_qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from formcheck.gui.program import Program


def run(*, demo: bool = False, show: Path | None = None) -> int:
    """The window, until it is closed; the exit code.

    demo: the shipped clip is played as a live session at once. show: a session or a video that is opened, as if dropped on it.
    """
    release_qt()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from formcheck.gui.pages import WELCOME
    from formcheck.gui.shell.garbage import GarbageInWindow

    log_to_file()
    log_everything_unforeseen()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    GarbageInWindow(app)
    opened = Opened(app)
    program = opened.program
    if demo:
        QTimer.singleShot(0, program.services.sets.start_demo)
    elif show is not None:
        QTimer.singleShot(0, lambda: program.window.dropped.emit(show))
    elif not program.services.settings.value.welcomed:
        program.navigator.show(WELCOME)
    return app.exec()


class Opened:
    """The program in its language. Another language is another window at the same page: words are read when a page is built."""

    def __init__(self, app: "QApplication") -> None:
        from PySide6.QtGui import QIcon

        app.setApplicationName("formcheck")
        app.setApplicationDisplayName("formcheck")
        app.setDesktopFileName("formcheck")
        app.setWindowIcon(QIcon(str(Path(__file__).parent / "assets" / "formcheck.png")))
        have_a_font(app)
        self._app = app
        self.program = self._open()
        self.program.recovery.offer(self.program.services.settings.value.sessions())

    def _open(self) -> "Program":
        from PySide6.QtCore import QTimer

        from formcheck.analysis.limits import ignored_limits
        from formcheck.exercises import EXERCISES
        from formcheck.gui.language import speak
        from formcheck.gui.program import Program
        from formcheck.system.settings import load_settings

        settings, notices = load_settings()
        speak(self._app, settings.language)
        program = Program(EXERCISES, settings, (*notices, *ignored_limits(settings.custom_limits)))
        program.language_changed.connect(lambda: QTimer.singleShot(0, self._open_again))
        program.window.show()
        return program

    def _open_again(self) -> None:
        old, page = self.program, self.program.navigator.current
        self._app.setQuitOnLastWindowClosed(False)
        old.window.close()  # which saves the settings
        self.program = self._open()
        self._app.setQuitOnLastWindowClosed(True)
        self.program.navigator.show(page)
        old.window.deleteLater()


def have_a_font(app: "QApplication") -> None:
    """A Linux without any font would show boxes for letters: then the one of the reports is used."""
    from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

    from formcheck.system.resources import fonts

    if QFontMetrics(app.font()).inFont("A"):  # families() names some even where there is no font
        return
    for file in fonts().glob("DejaVuSans*.ttf"):
        QFontDatabase.addApplicationFont(str(file))
    app.setFont(QFont("DejaVu Sans"))
