"""Builds the companion package formcheck-model: dist/formcheck_model-*.whl, with the pose model, its card, licence and notice.

The model is looked for as the program does, and fetched where it is nowhere. Wants formcheck's environment with pip.
"""

import argparse
import importlib.metadata
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="where the wheel goes")
    dist: Path = parser.parse_args().dist
    with tempfile.TemporaryDirectory() as name:
        project = Path(name) / "model"
        shutil.copytree(HERE / "model", project)
        package = project / "formcheck_model"
        package.mkdir()
        (package / "__init__.py").write_text('"""The pose model that formcheck uses. Data only."""\n')
        found = [sys.executable, "-m", "formcheck", "models", "--path"]
        model = subprocess.run(found, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
        shutil.copy(model, package)
        shutil.copy(ROOT / "models" / "pose_landmarker_full.md", package)
        (project / "LICENSE").write_text(apache_licence(), encoding="utf-8")
        command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--disable-pip-version-check", "-q", "-w", str(dist)]
        subprocess.run([*command, str(project)], check=True)
    print(next(dist.glob("formcheck_model-*.whl")))


def apache_licence() -> str:
    """The licence's text, as MediaPipe ships it."""
    files = importlib.metadata.files("mediapipe") or []
    return next(file for file in files if file.name == "LICENSE").read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
