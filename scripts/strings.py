"""Collects the words that are shown, in the form translators work from: languages/formcheck.pot (gettext).

Collected are the texts of tr(), trn(), to_translate() and kept(), and the long texts of the modules in TABLES, which reach the
screen as values. A translation is formcheck/languages/CODE/LC_MESSAGES/formcheck.po, begun with --new CODE; the build compiles
it, and --compile does so for a checkout. It is then offered in the settings.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

sys.path.insert(0, str(Path(__file__).parent.parent / "packaging"))
from catalogues import compile_all

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "languages" / "formcheck.pot"
TABLES = (
    "formcheck/exercises",
    "formcheck/analysis/gates.py",
    "formcheck/analysis/setup.py",
    "formcheck/cli/library_table.py",
    "formcheck/cli/options.py",
    "formcheck/cli/table.py",
    "formcheck/cli/words.py",
    "formcheck/capture/health.py",
    "formcheck/library/clients.py",
    "formcheck/library/encryption/passphrase.py",
)
CATALOGUES = ROOT / "formcheck" / "languages"
MARKS = ("tr", "trn", "to_translate", "kept")
_TITLE = re.compile(r"[A-Z][a-z]{2,}")
_NAMES = re.compile(r"{[^{}]*}")

Entry = tuple[str, ...]
"""A text, or its singular and plural."""


def called(tree: ast.AST) -> Iterator[Entry]:
    """What is given to them as it stands in the code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            given = node.args[: 2 if node.func.id == "trn" else 1]
            texts = tuple(a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str))
            if texts:
                yield texts


def long_texts(tree: ast.Module) -> Iterator[Entry]:
    """Texts with a space in them, and names such as "Clam", that are no docstrings."""
    documentation = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in documentation else None
        if isinstance(text, str) and (" " in text.strip() or _TITLE.fullmatch(text)):
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


def template(entries: list[Entry]) -> Catalog:
    """What a translation begins with."""
    made = Catalog(project="formcheck", charset="utf-8", fuzzy=False)
    for singular, *plural in entries:
        made.add((singular, plural[0]) if plural else singular)
    return made


def problems(catalogue: Catalog, entries: list[Entry]) -> list[str]:
    """What is missing in a translation, or names other values than the English."""
    found = []
    for singular, *plural in entries:
        message = catalogue.get(singular)
        given = message.string if message is not None else ""
        forms = tuple(given) if isinstance(given, tuple | list) else (str(given or ""),)
        allowed = {tuple(sorted(_NAMES.findall(text))) for text in (singular, *plural)}
        if not forms or not all(forms):
            found.append(f"missing: {singular!r}")
        elif not all(tuple(sorted(_NAMES.findall(form))) in allowed for form in forms):
            found.append(f"other names: {singular!r}")
    return found


def pseudo(text: str) -> str:
    """40 % longer, with marks at its ends: what is cut off or was never translated can be seen."""
    letters = text.translate(str.maketrans("aeiouAEIOU", "àéîöüÀÉÎÖÜ")) if "{" not in text else text
    return f"⟦{letters}{'·' * round(0.4 * len(text))}⟧"


def write_pseudo(code: str, entries: list[Entry]) -> Path:
    """A made-up translation into `code`, to look at the pages with; ar for one that runs from right to left."""
    made = template(entries)
    made.locale = code
    for message in made:
        if message.id:
            ids = [str(text) for text in message.id] if isinstance(message.id, tuple | list) else [str(message.id)]
            forms = tuple(pseudo(ids[min(i, len(ids) - 1)]) for i in range(made.num_plurals if len(ids) > 1 else 1))
            message.string = forms if len(ids) > 1 else forms[0]
    target = CATALOGUES / code / "LC_MESSAGES" / "formcheck.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, made)
    return target


def update(entries: list[Entry]) -> None:
    """Bring every translation up to the texts of today; new ones are empty, those no longer used are put aside."""
    for file in sorted(CATALOGUES.glob("*/LC_MESSAGES/formcheck.po")):
        with file.open("rb") as source:
            catalogue = read_po(source, locale=file.parts[-3])
        catalogue.update(template(entries), no_fuzzy_matching=True)
        with file.open("wb") as target:
            write_po(target, catalogue, width=130, omit_header=False, ignore_obsolete=True)
        print(f"{file.relative_to(ROOT)}: {len(problems(catalogue, entries))} missing or malformed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--new", metavar="CODE", help="begin a translation into this language")
    parser.add_argument("--update", action="store_true", help="bring the translations up to the texts of today")
    parser.add_argument("--compile", action="store_true", help="make the .mo files that a checkout reads")
    parser.add_argument("--pseudo", metavar="CODE", help="make a made-up translation, 40 %% longer; ar runs from right to left")
    options = parser.parse_args()
    entries = collect()
    TARGET.parent.mkdir(exist_ok=True)
    with TARGET.open("wb") as file:
        write_po(file, template(entries), width=130)
    print(f"{TARGET.relative_to(ROOT)}: {len(entries)} texts")
    if options.new:
        place = CATALOGUES / options.new / "LC_MESSAGES" / "formcheck.po"
        place.parent.mkdir(parents=True)
        made = template(entries)
        made.locale = options.new
        with place.open("wb") as file:
            write_po(file, made, width=130)
    if options.update:
        update(entries)
    if options.compile:
        compile_all(CATALOGUES, CATALOGUES)
    if options.pseudo:
        print(write_pseudo(options.pseudo, entries))


if __name__ == "__main__":
    main()
