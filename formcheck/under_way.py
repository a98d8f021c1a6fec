"""The mark of a set that is under way: a locked file in its folder. Found unlocked, it tells of a set that was cut off.

The system takes the lock away when the process ends, however it ends, and when the computer does.
"""

import contextlib
import os
import sys
from pathlib import Path
from typing import Self

NAME = ".under-way"
RESERVE_BYTES = 1_000_000
"""The mark is as large as this, so that on a disk that fills up there is room to save the session in."""


class Mark:
    """Made and locked on opening; OSError where the folder cannot be written, or has no room."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._path.write_bytes(bytes(RESERVE_BYTES))
        self._path.chmod(0o600)
        self._file = os.open(self._path, os.O_RDWR)
        with contextlib.suppress(OSError):  # a disk that knows no locks: such a set is never taken for one that was cut off
            _lock(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def give_room(self) -> bool:
        """Give the reserve away; whether there was one."""
        had = os.fstat(self._file).st_size > 0
        os.ftruncate(self._file, 0)
        return had

    def close(self) -> None:
        """The set has ended: take the mark away. OSError where that fails."""
        os.close(self._file)
        self._path.unlink(missing_ok=True)


def is_under_way(folder: Path) -> bool:
    """Whether a set is recorded into the folder, or was when its program was stopped."""
    return (folder / NAME).exists()


def was_cut_off(folder: Path) -> bool:
    """Whether the program was stopped in the middle of the folder's set."""
    try:
        file = os.open(folder / NAME, os.O_RDWR)
    except OSError:
        return False
    try:
        _lock(file)
    except OSError:
        return False
    finally:
        os.close(file)
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
