"""Lint, types, direction of imports, and what packaging promises."""

import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: str) -> None:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_lint() -> None:
    run("-m", "ruff", "check", ".")


def test_format() -> None:
    run("-m", "ruff", "format", "--check", ".")


def test_types(types_checked: "subprocess.Popen[str]") -> None:
    said, _ = types_checked.communicate()
    assert types_checked.returncode == 0, said


def test_imports_point_one_way() -> None:
    run(
        "-c", "import sys; from importlinter.cli import lint_imports_command as c; sys.argv = ['lint-imports', '--no-cache']; c()"
    )


def test_every_package_travels() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    found = {".".join(p.parent.relative_to(ROOT).parts) for p in (ROOT / "formcheck").rglob("__init__.py")}
    assert set(listed) == found | {"formcheck.assets", "formcheck.models"}


def test_every_dependency_is_pinned_and_has_a_lower_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert [r for r in project["dependencies"] if ">=" not in r] == []
    needed = {_name(r) for r in (*project["dependencies"], *project["optional-dependencies"]["test"])}
    pins = {_name(line) for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line}
    assert needed <= pins


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")


def test_a_package_index_shows_the_readme() -> None:
    """Its pictures and links are absolute there."""
    page = runpy.run_path(str(ROOT / "setup.py"))["index_page"]((ROOT / "README.md").read_text(encoding="utf-8"))
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert any(link.endswith((".png", ".webp")) for link in links)
    assert [link for link in links if not link.startswith("https://")] == []


def test_command_line_loads_no_qt() -> None:
    run(
        "-c",
        "import sys; from formcheck.cli.main import load; from formcheck.cli.table import COMMANDS\n"
        "for command in COMMANDS: load(command.action)\n"
        "assert not [m for m in sys.modules if m.startswith('PySide6')]",
    )


def test_one_opencv() -> None:
    from importlib.metadata import packages_distributions

    assert set(packages_distributions()["cv2"]) == {"opencv-contrib-python"}


@pytest.mark.parametrize("file", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_links_lead_somewhere(file: str) -> None:
    page = ROOT / file
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
        assert (page.parent / target).exists(), target


def test_the_screenshots_that_travel_are_shown_and_small() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    shown = {
        (page.parent / name).resolve() for page in pages for name in re.findall(r"!\[[^]]*\]\(([^)#:]+)\)", page.read_text())
    }
    kept = list((ROOT / "docs" / "screenshots").iterdir())
    assert len(kept) == 5
    for picture in kept:
        assert picture.resolve() in shown
        assert picture.stat().st_size <= 150_000
