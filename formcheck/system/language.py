"""Words in the user's language: the one way from the English in the code to what is shown.

A sentence passes tr() or trn() as a whole, with named values, so that a translation can put them in its own order. Nothing is
put together before it is translated. Catalogues are gettext's, in languages/CODE/LC_MESSAGES/formcheck.mo; English needs none.
Numbers and dates among the values are written as the language's countries do; in English dates stay 2026-11-27.
"""

import gettext
import locale
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

DOMAIN = "formcheck"
FOLDER = Path(__file__).parents[1] / "languages"
SYSTEM = "system"


class _Language:
    """The language of this process, as its locale is: set once, when the program starts or another is chosen."""

    def __init__(self) -> None:
        self.catalogue: gettext.NullTranslations = gettext.NullTranslations()
        self.code = "en"
        self.folder = FOLDER


_language = _Language()


def tr(text: str, /, **values: object) -> str:
    """`text` in the user's language, with its {names} filled in."""
    translated = _language.catalogue.gettext(text) if text else ""
    return translated.format(**_local(values)) if values else translated


def trn(singular: str, plural: str, n: int, /, **values: object) -> str:
    """The form that fits the number n, in the user's language, with {n} and other {names} filled in."""
    return _language.catalogue.ngettext(singular, plural, n).format(n=n, **_local(values))


def to_translate(text: str) -> str:
    """Marks a text of a table for the translators; tr() translates it where it is shown."""
    return text


def mid_sentence(title: str) -> str:
    """A title within a sentence: with a small first letter, but in German, where nouns keep their large one."""
    return title if _language.code.startswith("de") else title[:1].lower() + title[1:]


def decimals(number: str) -> str:
    """Digits with a decimal point, as the language writes them."""
    return number.replace(".", _decimal_sign())


def day_words(day: date) -> str:
    """27.11.2026, or 2026-11-27 in English."""
    if _language.code == "en":
        return f"{day:%Y-%m-%d}"
    from babel.dates import format_skeleton  # takes a tenth of a second to load

    return str(format_skeleton("yMd", day, locale=_language.code))


def short_day_words(day: date) -> str:
    """27.11., or 11-27 in English."""
    if _language.code == "en":
        return f"{day:%m-%d}"
    from babel.dates import format_skeleton

    return str(format_skeleton("Md", day, locale=_language.code))


def moment_words(when: datetime) -> str:
    """The day, and hours and minutes."""
    return f"{day_words(when)} {when:%H:%M}"


def languages(folder: Path = FOLDER) -> list[str]:
    """Codes of the languages that are shipped, English first."""
    return ["en", *sorted(file.parts[-3] for file in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))]


def use_language(code: str, folder: Path = FOLDER) -> None:
    """Use a language from now on, such as `de` or `de_AT`, or `system`. One that is not shipped is English."""
    code = system_language() if code == SYSTEM else code
    _language.catalogue = gettext.translation(DOMAIN, folder, languages=[code], fallback=True)
    _language.folder = folder
    shipped = isinstance(_language.catalogue, gettext.GNUTranslations)
    _language.code = code.split(".")[0].replace("-", "_") if shipped else "en"


def catalogue() -> gettext.NullTranslations:
    """The texts of the language that is used now."""
    return _language.catalogue


def catalogues() -> Path:
    """The folder of the catalogues that are used now."""
    return _language.folder


def language() -> str:
    """The code of the language that is used now: what another process of the program is told."""
    return _language.code


def system_language() -> str:
    """As the user's session says it; English where it says nothing."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    if not said and sys.platform != "linux":
        said = locale.getlocale()[0] or ""
    return said.split(".")[0] or "en"


def _decimal_sign() -> str:
    if _language.code == "en":
        return "."
    from babel.numbers import get_decimal_symbol

    return str(get_decimal_symbol(_language.code))


class _Number(float):
    """In a sentence, with the language's decimal sign."""

    def __format__(self, how: str) -> str:
        return decimals(super().__format__(how))


class _Day:
    """In a sentence; the format in the text, which is English, says only whether the time of day belongs to it."""

    def __init__(self, when: date) -> None:
        self._when = when

    def __format__(self, how: str) -> str:
        return moment_words(self._when) if isinstance(self._when, datetime) and "%H" in how else day_words(self._when)


def _local(values: dict[str, object]) -> dict[str, Any]:
    return {name: _localised(value) for name, value in values.items()}


def _localised(value: object) -> object:
    if _language.code == "en":
        return value
    if isinstance(value, float):
        return _Number(value)
    return _Day(value) if isinstance(value, date) else value
