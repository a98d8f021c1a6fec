"""Collects the window's words, each passed through tr(), into a Qt translation file: strings.py de -> languages/de.ts.

Translate it with Qt Linguist, then `pyside6-lrelease languages/de.ts -qm formcheck/gui/assets/languages/de.qm`: it is offered
in the settings from the next start. The exercises' own words and the checks' are collected too.
"""

import argparse
import ast
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parent.parent
WORDS = (
    "formcheck/exercises",
    "formcheck/analysis/setup.py",
    "formcheck/capture/health.py",
    "formcheck/library/clients.py",
    "formcheck/library/encryption/passphrase.py",
)
"""Whose long texts reach the screen through tr() as values."""


def called(tree: ast.AST) -> Iterator[str]:
    """The first argument of every tr("...")."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr" and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def texts(tree: ast.Module) -> Iterator[str]:
    """Texts with a space in them that are no docstrings."""
    documentation = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in documentation else None
        if isinstance(text, str) and " " in text.strip():
            yield text


def collect() -> list[str]:
    found: dict[str, None] = {}
    for file in sorted((ROOT / "formcheck" / "gui").rglob("*.py")):
        found |= dict.fromkeys(called(ast.parse(file.read_text(encoding="utf-8"))))
    for name in WORDS:
        path = ROOT / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            found |= dict.fromkeys(texts(ast.parse(file.read_text(encoding="utf-8"))))
    return list(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language", help="its code, such as de")
    language = parser.parse_args().language
    messages = "".join(
        f'  <message><source>{escape(text)}</source><translation type="unfinished"></translation></message>\n'
        for text in collect()
    )
    target = ROOT / "languages" / f"{language}.ts"
    target.parent.mkdir(exist_ok=True)
    target.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n<TS version="2.1" language="{escape(language)}">\n<context>\n'
        f"  <name>formcheck</name>\n{messages}</context>\n</TS>\n",
        encoding="utf-8",
    )
    print(f"{target.relative_to(ROOT)}: {messages.count('<message>')} texts")


if __name__ == "__main__":
    main()
