"""A sample of scripts/fuzz_video.py; the script does a thousand."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_hundred_damaged_files_make_no_trouble(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/fuzz_video.py"), "--files", "100", "--seed", "1", "--keep", str(tmp_path / "bad")],
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "100 damaged files" in done.stdout
    assert "0 made trouble" in done.stdout
