"""The system's voice is asked to speak the language that the words are in."""

from pathlib import Path

import pytest

from formcheck.system.language import use_language
from formcheck.voice.engines import CHILDREN, of_language, voice_in_list

LISTED = """Albert              en_US    # Hello! My name is Albert.
Samantha            en_US    # Hello! My name is Samantha.
Alex                en_US    # Most people recognize me by my voice.
Anna                de_DE    # Hallo! Ich heiße Anna.
Eddy (German)       de_AT    # Hallo! Ich heiße Eddy.
Tingting            zh_CN    # 你好！我叫婷婷。
"""
SPOKEN = {"de": "de", "es": "es", "fr": "fr", "zh_CN": "cmn"}


@pytest.mark.parametrize(
    ("code", "voice"), [("de", "Anna"), ("de_AT", "Eddy (German)"), ("zh_CN", "Tingting"), ("en", "Samantha"), ("fr", None)]
)
def test_the_voice_of_macos(code: str, voice: str | None) -> None:
    assert voice_in_list(LISTED, code) == voice


@pytest.mark.parametrize(
    ("numbers", "code", "speaks"),
    [("409;9", "en", True), ("C0A", "es", True), ("407", "de_AT", True), ("804", "zh_CN", True), ("409", "es", False)],
)
def test_the_languages_of_a_windows_voice(numbers: str, code: str, speaks: bool) -> None:
    assert of_language(numbers, code) is speaks


@pytest.mark.parametrize("code", SPOKEN)
def test_espeak_is_told_the_language(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(__file__).parents[2]
    monkeypatch.syspath_prepend(str(root / "packaging"))
    from catalogues import compile_all

    compile_all(root / "formcheck" / "languages", tmp_path)
    command = dict(CHILDREN["linux"])["espeak-ng"]
    try:
        use_language(code, tmp_path)
        assert SPOKEN[code] in command("Gut", 1.0)
    finally:
        use_language("en")
    assert "en" in command("Good", 1.0)
