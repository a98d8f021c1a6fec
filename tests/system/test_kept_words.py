"""What a session file keeps in English is said in the user's language, whoever wrote the file and whenever."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck.exercises import EXERCISES
from formcheck.system.kept_words import kept, shown
from formcheck.system.language import tr, use_language

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped translations, compiled: a checkout may hold none, or old ones."""
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        from catalogues import compile_all
    finally:
        sys.path.pop(0)
    folder = tmp_path_factory.mktemp("languages")
    compile_all(ROOT / "formcheck" / "languages", folder)
    return folder


@pytest.fixture
def german(catalogues: Path) -> Iterator[None]:
    use_language("de", catalogues)
    yield
    use_language("en")


def test_english_is_shown_as_it_was_kept() -> None:
    words = kept("{times} of {all} repetitions could not be judged: {why}.", times=2, all=5, why="the feet were hidden")
    assert shown(words) == words == "2 of 5 repetitions could not be judged: the feet were hidden."


@pytest.mark.usefixtures("german")
def test_a_reason_within_a_notice_is_translated_with_it() -> None:
    place = EXERCISES["pivot"].camera
    why = kept("the camera looks from the side: {place}", place=place.advice)
    notice = kept("{times} of {all} repetitions could not be judged in full: {why}.", times=3, all=4, why=why)
    said = shown(notice)
    assert said.startswith("3 von 4 Wiederholungen nicht ganz beurteilbar: die Kamera ")
    assert said.endswith(tr(place.words))
    assert ".." not in said


@pytest.mark.usefixtures("german")
def test_titles_in_small_letters_are_found() -> None:
    said = shown(kept("this looks like {rather}, not {chosen}: measure it as that", rather="clam", chosen="single-leg squat"))
    assert said == f"das sieht nach „{tr('Clam')}“ aus, nicht nach „{tr('Single-leg squat')}“: messen Sie es als jenes"


@pytest.mark.usefixtures("german")
def test_a_sentence_begun_large_stays_large() -> None:
    said = shown("The left side was chosen, but it is the right side that works here: choose that one.")
    assert said == "Gewählt war die linke Seite, hier arbeitet aber die rechte: wählen Sie diese."


@pytest.mark.usefixtures("german")
def test_numbers_and_days_are_written_as_the_language_does() -> None:
    said = shown(kept("The video breaks off at {end_s:.1f} s; only what comes before was used.", end_s=12.34))
    assert said == "Das Video bricht bei 12,3 s ab; nur was davor liegt, wurde benutzt."
    assert shown("Moved here from another list on 2026-11-27.") == "Am 27.11.2026 aus einer anderen Liste hierher verschoben."


@pytest.mark.parametrize("words", ["", "what an older version said of a set", "12", "Anna: 3 of 4"])
@pytest.mark.usefixtures("german")
def test_what_is_not_known_stays_as_it_is(words: str) -> None:
    assert shown(words) == words


@pytest.mark.usefixtures("german")
def test_no_exercise_is_named_in_english() -> None:
    for exercise in EXERCISES.values():
        for words in (exercise.title, exercise.title.lower(), exercise.camera.words, exercise.camera.advice):
            assert shown(words) != words, words
