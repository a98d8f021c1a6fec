"""The program's version, read without loading it."""

import re
from pathlib import Path


def version() -> str:
    text = (Path(__file__).parent.parent / "formcheck" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    assert found is not None
    return found[1]
