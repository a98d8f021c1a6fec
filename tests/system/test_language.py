"""Every sentence is translated whole: what the catalogue says is shown, plurals fit, nothing is put together before."""

import ast
import struct
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from formcheck.system.language import day_words, decimals, languages, moment_words, tr, trn, use_language

ROOT = Path(__file__).parents[2]


def compiled(texts: dict[str, str]) -> bytes:
    """The content of a .mo file, as the gettext manual describes it."""
    pairs = [(k.encode(), v.encode()) for k, v in sorted(texts.items())]
    at = 28 + 16 * len(pairs)
    tables, data = [b"", b""], b""
    for column in (0, 1):
        for pair in pairs:
            tables[column] += struct.pack("<II", len(pair[column]), at + len(data))
            data += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + tables[0] + tables[1] + data


@pytest.fixture
def german(tmp_path: Path) -> Iterator[Path]:
    """A folder with a catalogue of three texts; English again afterwards."""
    file = tmp_path / "de" / "LC_MESSAGES" / "formcheck.mo"
    file.parent.mkdir(parents=True)
    texts = {
        "": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n",
        "Saved {file}": "{file} wurde gespeichert",
        "{n} set\0{n} sets": "{n} Satz\0{n} Sätze",
    }
    file.write_bytes(compiled(texts))
    yield tmp_path
    use_language("en")


def test_words_come_from_the_catalogue_of_the_language(german: Path) -> None:
    assert languages(german) == ["en", "de"]
    use_language("de_AT", german)
    assert tr("Saved {file}", file="a.pdf") == "a.pdf wurde gespeichert"
    assert [trn("{n} set", "{n} sets", n) for n in (0, 1, 2)] == ["0 Sätze", "1 Satz", "2 Sätze"]
    assert tr("not in the catalogue") == "not in the catalogue"


def test_a_language_that_is_not_shipped_is_english(german: Path) -> None:
    use_language("xx", german)
    assert tr("Saved {file}", file="a.pdf") == "Saved a.pdf"
    assert [trn("{n} set", "{n} sets", n) for n in (1, 2)] == ["1 set", "2 sets"]


def trees(folder: str) -> Iterator[tuple[Path, ast.AST]]:
    for file in sorted((ROOT / folder).rglob("*.py")):
        yield file, ast.parse(file.read_text(encoding="utf-8"))


def translated(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "trn"):
            yield node


def test_no_text_is_put_together_before_it_is_translated() -> None:
    for file, tree in trees("formcheck"):
        for call in translated(tree):
            given = call.args[: 2 if call.func.id == "trn" else 1]  # type: ignore[attr-defined]
            for text in given:
                assert not isinstance(text, ast.JoinedStr | ast.BinOp), f"{file}:{call.lineno}"


def test_translated_texts_are_not_put_together_in_an_f_string() -> None:
    for file, tree in trees("formcheck/gui"):
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                assert not list(translated(node)), f"{file}:{node.lineno}"


def test_the_translators_template_holds_every_text_of_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "scripts"), *sys.path])
    import strings

    template = strings.template(strings.collect())
    assert template.get("{n} repetition").id == ("{n} repetition", "{n} repetitions")
    for _, tree in trees("formcheck/gui"):
        for call in translated(tree):
            text = call.args[0]
            if isinstance(text, ast.Constant):
                assert template.get(text.value) is not None, text.value


def test_numbers_and_dates_follow_the_language(tmp_path: Path) -> None:
    when = datetime(2026, 3, 9, 17, 5)
    assert (decimals("12.5"), moment_words(when)) == ("12.5", "2026-03-09 17:05")
    for code in ("de", "zh"):
        place = tmp_path / code / "LC_MESSAGES"
        place.mkdir(parents=True)
        (place / "formcheck.mo").write_bytes(compiled({"": "Content-Type: text/plain; charset=UTF-8\n"}))
    try:
        use_language("de", tmp_path)
        assert (decimals("12.5"), day_words(when), moment_words(when)) == ("12,5", "9.3.2026", "9.3.2026 17:05")
        assert tr("{x:.1f}° at {when:%Y-%m-%d %H:%M}", x=1.25, when=when) == "1,2° at 9.3.2026 17:05"
        use_language("zh", tmp_path)
        assert (decimals("12.5"), day_words(when)) == ("12.5", "2026/3/9")
    finally:
        use_language("en")
    assert tr("") == ""


def catalogue_files() -> list[Path]:
    return sorted((ROOT / "formcheck" / "languages").glob("*/LC_MESSAGES/formcheck.po"))


@pytest.mark.parametrize("file", catalogue_files(), ids=lambda file: file.parts[-3])
def test_a_language_is_complete_and_names_the_same_values(file: Path) -> None:
    import strings
    from babel.messages.pofile import read_po

    with file.open("rb") as opened:
        assert strings.problems(read_po(opened, locale=file.parts[-3]), strings.collect()) == []


def test_what_is_missing_or_malformed_is_found() -> None:
    import strings

    entries: list[tuple[str, ...]] = [("Saved {file}",), ("{n} set", "{n} sets"), ("Start",)]
    made = strings.template(entries)
    made["Saved {file}"].string = "{datei} gespeichert"
    made["{n} set"].string = ("ein Satz von {n}", "{n} Sätze")
    assert strings.problems(made, entries) == ["other names: 'Saved {file}'", "missing: 'Start'"]
