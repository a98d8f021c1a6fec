"""kill -9 during a save, fifty times: no finished session is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "kill_during_save.py"


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_no_finished_session_is_lost() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--rounds", "50"],
        env=os.environ | {"PYTHONPATH": str(SCRIPT.parents[1])},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    kills, sessions = (int(word) for word in (done.stdout.split()[0], done.stdout.split()[2]))
    assert kills == 50
    assert sessions > 20, "the kills came before anything was saved"
