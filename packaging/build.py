"""Builds the program into a folder that runs without Python: dist/formcheck. Wants `pip install '.[build]'`."""

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dist", type=Path, default=HERE.parent / "dist", help="where the folder goes")
    parser.add_argument("--work", type=Path, default=HERE.parent / "build", help="where PyInstaller works")
    options = parser.parse_args()
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", str(options.dist), "--workpath", str(options.work), str(HERE / "formcheck.spec")]
    done = subprocess.run(command, check=False)
    if done.returncode == 0:
        print(options.dist / "formcheck")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
