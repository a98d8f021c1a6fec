"""Builds what people of this system install, without Python: dist/formcheck, and from it

Linux: a .deb and an AppImage (wants gcc, binutils, dpkg, squashfs-tools; where the AppImage's first part cannot be fetched, a
.tar.gz of the same folder). Windows: an installer (wants Inno Setup). macOS: an .app in a .dmg.

The program is built in an environment of its own, from constraints.txt. The pose model goes inside.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import icu
import linux
import macos
import windows
from contents import MODEL, OPENCV, ROOT, spoken
from libraries import drop_unneeded, pack_licences, refuse, share_blas, share_ffmpeg, share_same, strip
from version import requirements

CONSTRAINTS = ROOT / "constraints.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="where the results go")
    parser.add_argument("--work", type=Path, default=ROOT / "build", help="where the environment and PyInstaller's files go")
    parser.add_argument("--runtime", type=Path, help="another first part for the AppImage than the published one")
    options = parser.parse_args()
    os.environ.setdefault("SOURCE_DATE_EPOCH", committed())  # the time that PyInstaller, dpkg and mksquashfs write
    os.environ["PYTHONHASHSEED"] = "1"
    options.work.mkdir(parents=True, exist_ok=True)
    options.dist.mkdir(parents=True, exist_ok=True)
    python = environment(options.work.resolve() / "environment")
    program = built(python, options.dist.resolve(), options.work.resolve())
    print(f"{program}: {size_mb(program):.0f} MB")
    for made in packages(program, options.dist.resolve(), options):
        print(f"{made}: {size_mb(made):.0f} MB")


def environment(folder: Path) -> Path:
    """Its Python. OpenCV without windows takes the place of the one that MediaPipe names, which would bring a second Qt.

    Not so on Windows: there MediaPipe's brings no Qt, and the one without windows reaches no camera (it is built without MSMF).
    """
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    mark = folder / "made-from"
    wanted = CONSTRAINTS.read_text() + "\n".join(requirements())
    if not mark.exists() or mark.read_text() != wanted:
        run(sys.executable, "-m", "venv", "--clear", str(folder))
        pinned = next(line for line in CONSTRAINTS.read_text().splitlines() if line.startswith("opencv-contrib-python=="))
        pip = (str(python), "-m", "pip", "--disable-pip-version-check", "-q")
        run(*pip, "install", "-c", str(CONSTRAINTS), f"{ROOT}[build]")
        run(*pip, "uninstall", "-y", "formcheck")
        if sys.platform != "win32":
            run(*pip, "uninstall", "-y", "opencv-contrib-python")
            run(*pip, "install", "--no-deps", pinned.replace("opencv-contrib-python", OPENCV))
        mark.write_text(wanted)
    return python


def built(python: Path, dist: Path, work: Path) -> Path:
    """The folder with the program."""
    found = subprocess.run(
        [python, "-m", "formcheck", "models", "--path"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    os.environ[MODEL] = found.stdout.strip()
    for made in ("handbook.py", "../scripts/strings.py"):
        run(str(python), str(ROOT / "packaging" / made), *(("--compile",) if made.endswith("strings.py") else ()))
    command = (str(python), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN")
    run(*command, "--distpath", str(dist), "--workpath", str(work), str(ROOT / "packaging" / "formcheck.spec"))
    program = dist / "formcheck"
    if sys.platform == "linux":
        smaller(program / "_internal")
    return program


def smaller(libraries: Path) -> None:
    share_ffmpeg(libraries)
    share_blas(libraries)
    share_same(libraries)
    refuse(libraries)
    icu.slim(next(libraries.glob("PySide6/Qt/lib/libicudata.so.*")), spoken())
    drop_unneeded(libraries)
    strip(libraries)
    pack_licences(libraries)


def packages(program: Path, dist: Path, options: argparse.Namespace) -> list[Path]:
    if sys.platform == "win32":
        return [windows.installer(program, dist)]
    if sys.platform == "darwin":
        return [macos.disk_image(dist / "formcheck.app", dist)]
    return [linux.deb(program, dist), linux.app_image(program, dist, linux.runtime(options.runtime, options.work))]


def committed() -> str:
    """When the commit that is built was made, in seconds since 1970."""
    said = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    return said.strip()


def run(*command: str) -> None:
    subprocess.run(command, check=True)


def size_mb(path: Path) -> float:
    files = [path] if path.is_file() else [f for f in path.rglob("*") if f.is_file() and not f.is_symlink()]
    return sum(f.stat().st_size for f in files) / 1e6


if __name__ == "__main__":
    main()
