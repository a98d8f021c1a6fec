"""Says of a folder that a set is being written into it: a hidden file that its program keeps locked.

The lock goes with the process that holds it, however that ends; the file stays, and tells of a set that was cut off.
"""

import contextlib
import os
import sys
from pathlib import Path
from typing import BinaryIO

NAME = ".writing"
RESERVE_BYTES = 1_000_000
"""The file is as large as this, so that on a disk that fills up there is room to save the session in."""

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """Holds a folder from here to release(). OSError where the folder cannot be written, or has no room."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
        self._file.write(bytes(RESERVE_BYTES))
        with contextlib.suppress(OSError):  # a disk that knows no locks: such a set is never taken for one that was cut off
            _lock(self._file)

    def give_room(self) -> bool:
        """Give the reserve away; whether there was one."""
        had = os.fstat(self._file.fileno()).st_size > 0
        self._file.truncate(0)
        return had

    def release(self, *, finished: bool = True) -> None:
        """The set has ended, or, not finished, counts as cut off; twice does no harm. OSError where the folder is gone."""
        if not self._file.closed:
            self._file.close()
            if finished:
                self._path.unlink(missing_ok=True)


def is_unfinished(folder: Path) -> bool:
    """Whether a set is being written into the folder, or was when its program was stopped."""
    return (folder / NAME).exists()


def was_cut_off(folder: Path) -> bool:
    """Whether the program was stopped in the middle of the folder's set, and it was not kept yet."""
    try:
        with (folder / NAME).open("r+b") as file:
            _lock(file)
    except OSError:
        return False
    return True


def is_being_written(folder: Path) -> bool:
    """Whether a process is writing a set into the folder now."""
    return is_unfinished(folder) and not was_cut_off(folder)
