"""Words in the user's language: the one way from the English in the code to what is shown.

A sentence passes tr() or trn() as a whole, with named values, so that a translation can put them in its own order. Nothing is
put together before it is translated. Catalogues are gettext's, in languages/CODE/LC_MESSAGES/formcheck.mo; English needs none.
"""

import gettext
from pathlib import Path

DOMAIN = "formcheck"
FOLDER = Path(__file__).parents[1] / "languages"


class _Language:
    """The language of this process, as its locale is: set once, when the program starts."""

    def __init__(self) -> None:
        self.catalogue: gettext.NullTranslations = gettext.NullTranslations()


_language = _Language()


def tr(text: str, /, **values: object) -> str:
    """`text` in the user's language, with its {names} filled in."""
    translated = _language.catalogue.gettext(text)
    return translated.format(**values) if values else translated


def trn(singular: str, plural: str, n: int, /, **values: object) -> str:
    """The form that fits the number n, in the user's language, with {n} and other {names} filled in."""
    return _language.catalogue.ngettext(singular, plural, n).format(n=n, **values)


def to_translate(text: str) -> str:
    """Marks a text of a table for the translators; tr() translates it where it is shown."""
    return text


def languages(folder: Path = FOLDER) -> list[str]:
    """Codes of the languages that are shipped, English first."""
    return ["en", *sorted(file.parts[-3] for file in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))]


def use_language(code: str, folder: Path = FOLDER) -> None:
    """Use a language from now on, such as `de` or `de_AT`. One that is not shipped is English."""
    _language.catalogue = gettext.translation(DOMAIN, folder, languages=[code], fallback=True)
