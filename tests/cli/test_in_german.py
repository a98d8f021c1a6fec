"""What a set and its report say to somebody who reads German: no sentence of the catalogue in English."""

import re
import sys
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import pytest

from formcheck.analysis.analyzer import Analyzer
from formcheck.capture.source import Part
from formcheck.cli.analyze import analyze_one
from formcheck.cli.output import print_session
from formcheck.cli.parser import argparses_words, build_parser
from formcheck.exercises import EXERCISES
from formcheck.pose.model import model_file
from formcheck.run.offline.again import measure_signals
from formcheck.session.file import read_session
from formcheck.session.layout import REPORT, SIGNALS
from formcheck.system.errors import UserError
from formcheck.system.language import use_language
from formcheck.system.resources import folder
from formcheck.voice.coach import summary

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[re.Pattern[str]]]:
    """Speaks German as the catalogue of the sources does; what is given are the English texts that it says otherwise."""
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        from catalogues import compile_all
    finally:
        sys.path.pop(0)
    place = tmp_path_factory.mktemp("languages")
    compile_all(ROOT / "formcheck" / "languages", place)
    with (place / "de" / "LC_MESSAGES" / "formcheck.mo").open("rb") as file:
        words: dict[object, str] = vars(GNUTranslations(file))["_catalog"]
    texts = [text for text, said in words.items() if isinstance(text, str) and text != said and len(text.split()) > 2]
    use_language("de", place)
    yield [pattern(text) for text in texts if letters(text) > 12]
    use_language("en")


def pattern(text: str) -> re.Pattern[str]:
    """With anything in place of its values."""
    return re.compile(".{1,80}?".join(map(re.escape, re.split(r"{[^{}]*}", text))))


def letters(text: str) -> int:
    """Beside its values."""
    return sum(c.isalpha() for c in re.sub(r"{[^{}]*}", "", text))


def left_english(shown: str, english: list[re.Pattern[str]]) -> list[str]:
    return [found[0] for text in english if (found := text.search(shown))]


def test_a_film_is_told_in_german(tmp_path: Path, english: list[re.Pattern[str]], capsys: pytest.CaptureFixture[str]) -> None:
    """Then its signals measured as another exercise than was filmed: refused, with the reason."""
    try:
        model_file(progress=lambda *_: None)
    except UserError:
        pytest.skip("the pose model is not on this machine and cannot be fetched")
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    wrong.mkdir()

    def is_german(out: Path, exercise: str, said: str) -> None:
        printed = capsys.readouterr().out
        page = re.sub(r"<[^>]+>", "\n", (out / REPORT).read_text(encoding="utf-8"))
        assert said in printed
        session = read_session(out)
        for shown in (printed, page, summary(EXERCISES[exercise], session.reps)):
            assert left_english(shown, english) == []
        assert not any("Das sieht" in notice for notice in session.notices), "the file is for every language"

    analyze_one(folder("assets") / "demo.mp4", EXERCISES["clam"], right, part=Part(12.5, 22.0), annotated=False)
    is_german(right, "clam", "Wiederholung")
    print_session(measure_signals(right / SIGNALS, read_session(right), Analyzer(EXERCISES["sidelying-er"]), wrong))
    is_german(wrong, "sidelying-er", "Das sieht nach")


def test_the_help_is_german(english: list[re.Pattern[str]]) -> None:
    with argparses_words():
        helped = " ".join(build_parser().format_help().split())
    assert "Version" in helped
    assert left_english(helped, english) == []


def test_english_would_be_found(english: list[re.Pattern[str]]) -> None:
    assert left_english("Note: 2 of 5 repetitions could not be judged: the feet were hidden or out of the picture.", english)
    assert left_english("Alles ist gut.", english) == []
