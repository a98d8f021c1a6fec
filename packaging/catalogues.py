"""Compiles translations: every .po of a folder to the .mo that the program reads. setup.py calls it when the package is built."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_all(source: Path, target: Path) -> None:
    """source/CODE/LC_MESSAGES/formcheck.po -> target/CODE/LC_MESSAGES/formcheck.mo; entries without words stay English."""
    for file in sorted(source.glob("*/LC_MESSAGES/formcheck.po")):
        with file.open("rb") as opened:
            catalogue = read_po(opened, locale=file.parts[-3])
        made = target / file.relative_to(source).with_suffix(".mo")
        made.parent.mkdir(parents=True, exist_ok=True)
        with made.open("wb") as opened:
            write_mo(opened, catalogue)
