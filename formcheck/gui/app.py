"""Starts the window. The only door into gui/ for the rest of the program."""

import sys
from pathlib import Path

from formcheck.system.log_file import log_everything_unforeseen, log_to_file
from formcheck.system.opencv_qt import release_qt


def run(*, demo: bool = False) -> int:
    """The window, until it is closed; the exit code. demo: the shipped clip is played as a live session at once."""
    release_qt()
    from PySide6.QtCore import QLocale, QTimer
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from formcheck.analysis.limits import ignored_limits
    from formcheck.exercises import EXERCISES
    from formcheck.gui.program import Program
    from formcheck.system.language import use_language
    from formcheck.system.settings import load_settings

    log_to_file()
    log_everything_unforeseen()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("formcheck")
    app.setApplicationDisplayName("formcheck")
    app.setDesktopFileName("formcheck")
    app.setWindowIcon(QIcon(str(Path(__file__).parent / "assets" / "formcheck.png")))
    settings, notices = load_settings()
    use_language(QLocale.system().name() if settings.language == "system" else settings.language)
    program = Program(EXERCISES, settings, (*notices, *ignored_limits(settings.custom_limits)))
    program.window.show()
    program.recovery.offer(settings.sessions())
    if demo:
        QTimer.singleShot(0, program.services.sets.start_demo)
    return app.exec()
