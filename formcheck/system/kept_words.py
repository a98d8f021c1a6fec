"""Sentences that a file keeps: English in the file, in the user's language wherever they are shown.

session.json says in words why something could not be judged. Another program, or the same one in another language, reads it
again, so the file holds English. kept() makes such a sentence from a text of the catalogue; shown() finds the text that a
sentence was made from, and says it in the user's language, with its values.
"""

import re
from datetime import date
from functools import cache, lru_cache
from gettext import NullTranslations

from formcheck.system.language import catalogue, day_words, decimals, language, mid_sentence

_NUMBER = re.compile(r"-?\d+\.\d+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIELD = re.compile(r"{(\w+)[^{}]*}")
LEAST_LETTERS = 8
"""A text with fewer letters beside its values fits sentences that were not made from it."""


def kept(text: str, /, **values: object) -> str:
    """`text` in English with its {names} filled in; values may be kept sentences themselves."""
    return text.format(**values) if values else text


def shown(sentence: str) -> str:
    """A sentence of kept() or to_translate() in the user's language; what is not in the catalogue stays as it is."""
    return sentence if language() == "en" else _shown(sentence, catalogue())


@lru_cache(2000)
def _shown(sentence: str, words: NullTranslations) -> str:
    for known in (sentence, f"{sentence}.", sentence.removesuffix(".")):  # it may have been put at the end of another one
        found = _looked_up(known, words)
        found = _filled_in(known, words) if found is None else found
        if found is not None:
            return _ended(found, like=sentence) if known != sentence else found
    return _figure(sentence)


def _ended(found: str, like: str) -> str:
    """With a full stop or without one."""
    bare = found.rstrip(".。")
    stop = "。" if language().startswith("zh") else "."
    return bare + stop if like.endswith(".") else bare


def _looked_up(sentence: str, words: NullTranslations) -> str | None:
    """As it stands in the catalogue, or with its first letter small or large."""
    if not sentence:
        return ""
    for known in (sentence, sentence[0].swapcase() + sentence[1:]):
        found = words.gettext(known)
        if found != known:
            return found if known == sentence else _begun(found, like=sentence)
    return None


def _begun(found: str, like: str) -> str:
    """With a first letter as large or small as that of `like`; German words keep their large ones."""
    if like[0].isupper():
        return found[0].upper() + found[1:]
    return mid_sentence(found)


def _filled_in(sentence: str, words: NullTranslations) -> str | None:
    """The translation of the text that fits most closely, with the sentence's values."""
    for text in _templates(words):
        for known in (text, text[0].swapcase() + text[1:]):
            match = _pattern(known).fullmatch(sentence) if all(p in sentence for p in _literals(known)) else None
            if match is not None:
                values = {name: _shown(value, words) for name, value in match.groupdict().items()}
                translated = _FIELD.sub(lambda field, values=values: values[field[1]], words.gettext(text))  # type: ignore[misc]
                return translated if known == text else _begun(translated, like=sentence)
    return None


def _figure(value: str) -> str:
    """A number or a day as the language writes it; other values stay."""
    if _NUMBER.fullmatch(value):
        return decimals(value)
    return day_words(date.fromisoformat(value)) if _DAY.fullmatch(value) else value


@cache
def _templates(words: NullTranslations) -> tuple[str, ...]:
    """The catalogue's texts with values, those with most letters of their own first."""
    texts = [text for text in vars(words).get("_catalog", ()) if isinstance(text, str) and _FIELD.search(text)]
    texts = [text for text in texts if sum(c.isalpha() for c in "".join(_literals(text))) >= LEAST_LETTERS]
    return tuple(sorted(texts, key=lambda text: -len("".join(_literals(text)))))


@cache
def _literals(text: str) -> tuple[str, ...]:
    """What stands between the values."""
    return tuple(_FIELD.split(text)[::2])


@cache
def _pattern(text: str) -> re.Pattern[str]:
    made, seen = "", set[str]()
    for i, part in enumerate(_FIELD.split(text)):
        if i % 2 == 0:
            made += re.escape(part)
        else:
            made += f"(?P={part})" if part in seen else f"(?P<{part}>.+?)"
            seen.add(part)
    return re.compile(made, re.DOTALL)
