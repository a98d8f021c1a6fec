"""What pyproject.toml and the program say of themselves, read without loading it."""

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


def version() -> str:
    text = (ROOT / "formcheck" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    assert found is not None
    return found[1]


def address() -> str:
    return str(_project()["urls"]["Repository"])


def requirements() -> list[str]:
    """Of the program and of what builds it."""
    return [*_project()["dependencies"], *_project()["optional-dependencies"]["build"]]


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project
