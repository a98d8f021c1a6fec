"""The language of the window: its words, its numbers and dates, its direction, and the words of Qt's own buttons."""

from functools import cache

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from formcheck.system.language import use_language
from formcheck.system.resources import folder

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
    if locale.language() is QLocale.Language.Chinese:
        _have_chinese_signs()


@cache
def _have_chinese_signs() -> None:
    """A Linux without a Chinese font would show boxes: then the one of the reports is used."""
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        QFontDatabase.addApplicationFont(str(folder("assets") / "fonts" / "NotoSansCJK.otf"))
