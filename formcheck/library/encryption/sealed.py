"""Files that are locked if the library is: the same calls for both."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from formcheck.library.encryption.crypto import Keys
from formcheck.library.errors import Locked
from formcheck.system.files import private_folder, write_atomic
from formcheck.system.language import tr

SUFFIX = ".locked"


def locked_path(path: Path) -> Path:
    return path.with_name(path.name + SUFFIX)


def stored(path: Path) -> Path | None:
    """Where the file lies, plain or locked; None where it is neither."""
    return next((p for p in (path, locked_path(path)) if p.is_file()), None)


def read(path: Path, keys: Keys | None) -> bytes:
    """A file's content, unlocked. FileNotFoundError; Locked where a passphrase is missing or wrong."""
    found = stored(path)
    if found is None:
        raise FileNotFoundError(2, "no such file", str(path))
    content = found.read_bytes()
    if found == path:
        return content
    if keys is None:
        raise Locked(tr("{name} is locked: give the passphrase", name=path.name))
    return keys.unlock_bytes(content)


def write(path: Path, content: str | bytes, keys: Keys | None) -> None:
    """Replace a file in one step, locked where there are keys; then no plain copy remains."""
    data = content.encode() if isinstance(content, str) else content
    if keys is None:
        write_atomic(path, data)
        locked_path(path).unlink(missing_ok=True)
    else:
        write_atomic(locked_path(path), keys.lock_bytes(data))
        path.unlink(missing_ok=True)


def lock_folder(folder: Path, keys: Keys) -> None:
    """Lock every plain file of a folder, one after the other: at each moment each is there, plain or locked, whole.

    Hidden files are what an interrupted write left: deleted, since they may hold half of something in plain.
    """
    for path in sorted(folder.iterdir()):
        with suppress(FileNotFoundError):  # another window may be locking the same folder; what both leave, the next start locks
            if path.name.startswith("."):
                path.unlink()
            elif path.is_file() and path.suffix != SUFFIX:
                _convert(path, locked_path(path), keys.lock)
                path.unlink()


def unlock_folder(folder: Path, keys: Keys) -> None:
    """The reverse of lock_folder(), in place."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        _convert(path, path.with_name(path.name.removesuffix(SUFFIX)), keys.unlock)
        path.unlink()


def is_locked_folder(folder: Path) -> bool:
    return any(folder.glob(f"*{SUFFIX}"))


@contextmanager
def opened(folder: Path, keys: Keys | None) -> Iterator[Path]:
    """The folder itself; or, where it is locked, an unlocked copy for its owner alone, removed afterwards.

    Locked where a passphrase is missing or wrong.
    """
    if not is_locked_folder(folder):
        yield folder
        return
    if keys is None:
        raise Locked(tr("{folder}: locked; give the passphrase", folder=folder))
    with tempfile.TemporaryDirectory(prefix="formcheck-") as work:  # mkdtemp: mode 0700
        copy = private_folder(Path(work) / folder.name)
        for path in sorted(p for p in folder.iterdir() if p.is_file()):
            target = copy / path.name
            if path.suffix == SUFFIX:
                _convert(path, target.with_name(target.name.removesuffix(SUFFIX)), keys.unlock)
            else:
                shutil.copyfile(path, target)
        yield copy


def keys_for(folder: Path, passphrase: str) -> Keys:
    """The keys to a locked folder, with or without the library it came from. Locked if the passphrase is wrong."""
    first = next(iter(sorted(folder.glob(f"*{SUFFIX}"))), None)
    if first is None:
        raise Locked(tr("{folder}: not a locked session folder", folder=folder))
    with first.open("rb") as file:
        return Keys.of(passphrase, file)


def rewrap(path: Path, keys: Keys) -> None:
    """Bring a locked file to the keys' present passphrase, in one step."""
    _convert(path, path, keys.rewrap)


def _convert(source: Path, target: Path, change: Callable[[BinaryIO, BinaryIO], None]) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with source.open("rb") as read_from, os.fdopen(handle, "wb") as write_to:
            change(read_from, write_to)
            write_to.flush()
            os.fsync(write_to.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def delete(*paths: Path) -> bool:
    """Delete files, locked or not; whether there was any."""
    found = [p for path in paths for p in (path, locked_path(path)) if p.exists()]
    for path in found:
        path.unlink()
    return bool(found)
