"""Makes the built program's libraries smaller, on Linux."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

PAGE = 4096
_SEGMENT = re.compile(r"^ +LOAD +(0x[0-9a-f]+) +(0x[0-9a-f]+)", re.MULTILINE)


def share_ffmpeg(program: Path) -> None:
    """Let OpenCV use PyAV's copy of FFmpeg, of the same major versions: its own is 30 MB, and plays no film here."""
    own = {library.name.split("-")[0]: library for library in (program / "av.libs").glob("lib*.so.*")}
    for library in (program / "opencv_python_headless.libs").glob("lib*.so.*"):
        shared = own.get(library.name.split("-")[0])
        if shared is None or library.name.split(".so.")[1].split(".")[0] != shared.name.split(".so.")[1].split(".")[0]:
            continue
        if library.name.startswith(("libav", "libsw")) and not library.name.startswith("libavif"):
            library.unlink()
            library.symlink_to(Path("..") / "av.libs" / shared.name)


def strip(program: Path) -> None:
    """Take out the names that only a debugger reads. Wheels' libraries may not survive that: such a one stays as it was."""
    for library in program.rglob("*.so*"):
        if library.is_symlink():
            continue
        with tempfile.TemporaryDirectory() as folder:
            smaller = Path(folder) / library.name
            done = subprocess.run(["strip", "--strip-unneeded", "-o", smaller, library], capture_output=True, check=False)
            if done.returncode == 0 and loadable(smaller):
                shutil.copyfile(smaller, library)


def loadable(library: Path) -> bool:
    """Whether the system's loader takes it: each part must lie in the file as it will lie in the pages of memory."""
    said = subprocess.run(["readelf", "-lW", library], capture_output=True, text=True, check=False).stdout
    parts = [(int(offset, 16), int(address, 16)) for offset, address in _SEGMENT.findall(said)]
    return bool(parts) and all((offset - address) % PAGE == 0 for offset, address in parts)
