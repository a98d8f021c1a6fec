"""Says of a folder that a set is being written into it, so that other windows leave it alone.

A lock of the operating system on a hidden file: it goes with the process that holds it, however that ends.
"""

import os
import sys
from pathlib import Path
from typing import BinaryIO

NAME = ".writing"

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Claim:
    """Holds a folder from here to release(). OSError where it is held already, or cannot be written."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._file = _open(self._path)

    def release(self) -> None:
        """Let go; more than once does no harm."""
        if not self._file.closed:
            self._file.close()
            self._path.unlink(missing_ok=True)


def is_claimed(folder: Path) -> bool:
    """Whether a process is writing a set into the folder now."""
    path = folder / NAME
    if not path.exists():
        return False
    try:
        _open(path).close()
    except OSError:
        return True
    return False


def _open(path: Path) -> BinaryIO:
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    try:
        _lock(file)
    except OSError:
        file.close()
        raise
    return file
