"""Files written whole or not at all, readable by their owner only."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_atomic(path: Path, content: str | bytes) -> None:
    """Replace `path` by `content` in one step: a reader, or a crash, sees the old file or the new one, never a part.

    OSError as open() raises it; then nothing is left behind.
    """
    with replaced_by(path) as new:
        new.write_bytes(content.encode() if isinstance(content, str) else content)


@contextmanager
def replaced_by(path: Path) -> Iterator[Path]:
    """A new file to be written, which then takes the place of `path` in one step; where something is raised, it is removed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp: mode 0600
    os.close(handle)
    new = Path(name)
    try:
        yield new
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def append_whole(path: Path, content: bytes) -> None:
    """Add to a file all of it or, where it does not fit, nothing. OSError as open() and write() raise it."""
    size = path.stat().st_size if path.exists() else 0
    try:
        with open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(content)
    except OSError:
        with contextlib.suppress(OSError):
            os.truncate(path, size)
        raise


def private_folder(path: Path) -> Path:
    """Make a folder (with its parents) that only its owner can enter; one that exists stays as it is."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
