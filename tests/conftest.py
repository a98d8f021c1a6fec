"""Generated cases are the same in every run, and a busy computer is no fault of theirs. What takes long to make is made once."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a set of four clams that was measured live, without a film; not to be written to."""
    from put_right_cases import recorded_set

    return recorded_set(tmp_path_factory.mktemp("recorded"))


@pytest.fixture
def recorded_in(recorded: Path) -> Callable[[Path], Path]:
    """Copies that set into a folder of sessions."""
    return lambda sessions: shutil.copytree(recorded, sessions / recorded.name)
