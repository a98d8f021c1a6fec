"""Where the files that travel with the program lie: in the installed package, or beside it in a checkout."""

from importlib.util import find_spec
from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def fonts() -> Path:
    """The folder of DejaVu Sans: the built program's own, or matplotlib's, which MediaPipe brings and which is not loaded."""
    own = PACKAGE / "fonts"
    if own.is_dir():
        return own
    spec = find_spec("matplotlib")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"


def handbook(language: str, made: Path = PACKAGE / "handbook") -> Path:
    """The handbook's first page, in this language (such as `de_AT`) or in English. It is made when the package is built: in a
    checkout it may not be there."""
    places = (made / code / "index.html" for code in (language, language.split("_")[0]))
    return next((page for page in places if page.is_file()), made / "index.html")


def folder(name: str) -> Path:
    """`assets` or `models`."""
    installed = PACKAGE / name
    return installed if installed.is_dir() else PACKAGE.parent / name
