"""Collects the words that are shown, in the form translators work from: strings.py -> languages/formcheck.pot (gettext).

Collected are the texts of tr(), trn() and to_translate(), and the long texts of the modules in TABLES, which reach the screen as
values. A translation is made from it with msginit or Poedit and compiled with msgfmt to
formcheck/languages/CODE/LC_MESSAGES/formcheck.mo; it is offered in the settings from the next start.
"""

import argparse
import ast
import json
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "languages" / "formcheck.pot"
TABLES = (
    "formcheck/exercises",
    "formcheck/analysis/setup.py",
    "formcheck/capture/health.py",
    "formcheck/library/clients.py",
    "formcheck/library/encryption/passphrase.py",
)
HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n'
)

Entry = tuple[str, ...]
"""A text, or its singular and plural."""


def called(tree: ast.AST) -> Iterator[Entry]:
    """What is given to tr(), trn() and to_translate() as it stands in the code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "trn", "to_translate"):
            given = node.args[: 2 if node.func.id == "trn" else 1]
            texts = tuple(a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str))
            if texts:
                yield texts


def long_texts(tree: ast.Module) -> Iterator[Entry]:
    """Texts with a space in them that are no docstrings."""
    documentation = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in documentation else None
        if isinstance(text, str) and " " in text.strip():
            yield (text,)


def collect() -> list[Entry]:
    found: dict[str, Entry] = {}
    for file in sorted((ROOT / "formcheck").rglob("*.py")):
        for entry in called(ast.parse(file.read_text(encoding="utf-8"))):
            if len(entry) > len(found.get(entry[0], ())):  # a plural wins over the same words without one
                found[entry[0]] = entry
    for name in TABLES:
        path = ROOT / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for entry in long_texts(ast.parse(file.read_text(encoding="utf-8"))):
                found.setdefault(entry[0], entry)
    return list(found.values())


def template(entries: list[Entry]) -> str:
    """The content of a .pot file."""
    blocks = [HEADER]
    for singular, *plural in entries:
        lines = [f"msgid {quoted(singular)}"]
        lines += [f"msgid_plural {quoted(plural[0])}", 'msgstr[0] ""', 'msgstr[1] ""'] if plural else ['msgstr ""']
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    entries = collect()
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(template(entries), encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {len(entries)} texts")


if __name__ == "__main__":
    main()
