"""A wrong Python is told so in one sentence, before anything else."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from formcheck.system.python_versions import FIRST, LAST, python_problem

ROOT = Path(__file__).parents[2]
BEFORE_THE_CHECK = ("__init__.py", "__main__.py", "system/__init__.py", "system/python_versions.py")


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 9), (3, 13, 5)])
def test_pythons_that_do(version: tuple[int, ...]) -> None:
    assert python_problem(version) == ""


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 14, 0), (4, 0, 0)])
def test_pythons_that_do_not(version: tuple[int, ...]) -> None:
    words = python_problem(version)
    assert "3.11, 3.12 or 3.13" in words
    assert ".".join(map(str, version)) in words
    assert len(words.splitlines()) == 1


def test_the_package_says_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={FIRST[0]}.{FIRST[1]},<{LAST[0]}.{LAST[1] + 1}"


@pytest.mark.parametrize("name", BEFORE_THE_CHECK)
def test_an_old_python_can_read_so_far(name: str) -> None:
    ast.parse((ROOT / "formcheck" / name).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_nothing_else_is_loaded_before_the_check() -> None:
    code = "import sys; before = set(sys.modules); import formcheck.__main__; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    ours = {m for m in done.stdout.split() if m.startswith("formcheck")}
    assert ours == {"formcheck", "formcheck.__main__", "formcheck.system", "formcheck.system.python_versions"}


def test_a_python_without_libraries_is_not_refused() -> None:
    """As the README's first line asks it, before anything is installed."""
    command = [sys.executable, "-S", "-E", "-m", "formcheck", "--version"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("formcheck ")


def test_the_readme_asks_python_first() -> None:
    lines = re.findall(r"^    (py\S*) (.*demo)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == 2
    assert all(rest.startswith("-m formcheck --version && ") for _, rest in lines)
