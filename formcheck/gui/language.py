"""The language of the window: its words, its numbers and dates, its direction, and the words of Qt's own buttons."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from formcheck.system.language import use_language

_TRANSLATOR = "formcheck_qt"


def speak(app: QApplication, language: str) -> None:
    """language: a code, or `system`. Before the first widget is made."""
    locale = QLocale.system() if language == "system" else QLocale(language)
    use_language(locale.name() if language == "system" else language)
    QLocale.setDefault(locale)
    app.setLayoutDirection(locale.textDirection())
    old = app.findChild(QTranslator, _TRANSLATOR)
    if old is not None:
        app.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(app)
    translator.setObjectName(_TRANSLATOR)
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
