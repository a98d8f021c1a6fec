"""Files written whole or not at all; readable by their owner only, unless they are exports."""

import contextlib
import errno
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote_to_bytes

from formcheck.system.language import tr

_ADDRESS = "file://"
PRIVATE, USUAL = 0o600, 0o666
"""Permissions of a new file: its owner only, or what the user's umask leaves."""


def write_atomic(path: Path, content: str | bytes, *, mode: int = PRIVATE) -> None:
    """Replace `path` by `content` in one step: a reader, or a crash, sees the old file or the new one, never a part.

    OSError as open() raises it; then nothing is left behind.
    """
    with replaced_by(path, mode=mode) as new:
        new.write_bytes(content.encode() if isinstance(content, str) else content)


def write_export(path: Path, content: str | bytes) -> None:
    """As write_atomic(), for a file that is to be handed on: with the permissions that the user's files usually have."""
    write_atomic(path, content, mode=USUAL)


@contextmanager
def replaced_by(path: Path, *, mode: int = PRIVATE) -> Iterator[Path]:
    """A new file to be written, which then takes the place of `path` in one step; where something is raised, it is removed."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    except FileNotFoundError as error:
        raise FileNotFoundError(
            errno.ENOENT, tr("there is no such folder: make it, or name another"), str(path.parent)
        ) from error
    try:
        yield new
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def content_id(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal digits. OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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


def as_text(path: Path) -> str:
    """A path as it can stand in a JSON file: one whose name is no text as a file:// address."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return path.as_uri()
    return str(path)


def as_path(text: str) -> Path:
    """The reverse of as_text()."""
    return Path(os.fsdecode(unquote_to_bytes(text.removeprefix(_ADDRESS)))) if text.startswith(_ADDRESS) else Path(text)


def may_write(folder: Path) -> bool:
    """Whether files can be made in a folder, which need not be there yet."""
    there = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    return os.access(there, os.W_OK)


def private_folder(path: Path) -> Path:
    """Make a folder (with its parents) that only its owner can enter; one that exists stays as it is."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
