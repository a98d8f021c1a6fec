"""A sample of what scripts/fuzz_landmarks.py does ten thousand times."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent.parent.parent / "scripts" / "fuzz_landmarks.py"


def test_mutated_landmarks_make_no_trouble() -> None:
    command = [sys.executable, "-W", "error", str(SCRIPT), "--streams", "54", "--seed", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, cwd=SCRIPT.parent.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "54 streams, 0 made trouble" in done.stdout
