"""Generated cases are the same in every run, and a busy computer is no fault of theirs. What takes long to make is made once."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]

settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repeatable")


TYPES = pytest.StashKey["subprocess.Popen[str]"]()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Types take most of a minute of one processor to check: that begins at once, while other tests run on another."""
    if not session.config.option.collectonly and any(item.name == "test_types" for item in session.items):
        session.config.stash[TYPES] = subprocess.Popen(
            [sys.executable, "-m", "mypy"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    checked = session.config.stash.get(TYPES, None)
    if checked is not None and checked.returncode is None:
        checked.kill()
        checked.communicate()


@pytest.fixture(scope="session")
def types_checked(request: pytest.FixtureRequest) -> "subprocess.Popen[str]":
    """mypy, under way since the tests were collected."""
    return request.config.stash[TYPES]


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a set of four clams that was measured live, without a film; not to be written to."""
    from put_right_cases import recorded_set

    return recorded_set(tmp_path_factory.mktemp("recorded"))


@pytest.fixture
def recorded_in(recorded: Path) -> Callable[[Path], Path]:
    """Copies that set into a folder of sessions."""
    return lambda sessions: shutil.copytree(recorded, sessions / recorded.name)
