"""Where the files that travel with the program lie: in the installed package, or beside it in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def folder(name: str) -> Path:
    """`assets` or `models`."""
    installed = PACKAGE / name
    return installed if installed.is_dir() else PACKAGE.parent / name
