"""signals.npz: what was seen in each frame, joints and trunk surface, so that a set can be measured again without its video.

np.load opens it. Frames stand in blocks, packing.py says how. Written while a set runs, a block at a time, into a hidden file
beside it, of which finish_signals() makes signals.npz at the end, or after a crash.
"""

import contextlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

import numpy as np

from formcheck.frames import Observation
from formcheck.session.packing import Array, pack, unpack
from formcheck.session.tables import Write
from formcheck.system.errors import UserError
from formcheck.system.files import append_whole, replaced_by
from formcheck.system.json_format import reason
from formcheck.system.language import tr

FORMAT = "formcheck-signals 1"
PART = ".signals.part"
"""Blocks, each behind its length."""
BLOCK = 300
"""Frames in a block."""
MAX_BYTES = 2_000_000_000
MAX_MEMBER_BYTES = 4_000_000
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, MemoryError)


class BadSignals(UserError):
    """The file holds no signals that this program can read; the message says why in one line."""


class SignalsWriter:
    """add() every frame of a set, finish() at its end."""

    def __init__(self, path: Path, write: Write) -> None:
        self._path, self._write = path, write
        self._block: list[tuple[float, Observation]] = []

    def add(self, time_s: float, observation: Observation) -> None:
        """time_s: on the set's clock."""
        if self._block and (len(self._block) == BLOCK or self._block[0][1].pose.image_size != observation.pose.image_size):
            self._flush()
        self._block.append((time_s, observation))

    def finish(self) -> None:
        self._flush()
        self._write(partial(finish_signals, self._path))
        with contextlib.suppress(OSError):
            self._path.with_name(PART).unlink(missing_ok=True)  # that there was no room for

    def _flush(self) -> None:
        if self._block:
            content = io.BytesIO()
            np.savez_compressed(content, allow_pickle=False, **pack(self._block))
            self._block.clear()
            length = len(content.getvalue()).to_bytes(8, "big")
            self._write(partial(append_whole, self._path.with_name(PART), length + content.getvalue()))


def finish_signals(path: Path) -> None:
    """Make the file of the blocks that were written whole. Nothing where there are none. OSError where it cannot be written."""
    part = path.with_name(PART)
    if not part.exists():
        return
    with replaced_by(path) as new, part.open("rb") as file, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("format.npy", _npy(np.array(FORMAT)))
        for number, content in enumerate(_whole_blocks(file)):
            with zipfile.ZipFile(io.BytesIO(content)) as block:
                for name in block.namelist():
                    target.writestr(f"{number:05d}.{name}", block.read(name))
    part.unlink()


def read_signals(path: Path) -> Iterator[Observation]:
    """Every frame of the file in order, on the set's clock. BadSignals, maybe after some of them, where it makes no sense."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError("too large")
        with zipfile.ZipFile(path) as file:
            if str(_read(file, "format.npy")) != FORMAT:
                raise ValueError("of another version of the program")
            last_s = -np.inf
            for names in _blocks(file):
                for observation in unpack({name.split(".")[1]: _read(file, name) for name in names}):
                    if not observation.timestamp_s > last_s:
                        raise ValueError("times that do not rise")
                    last_s = observation.timestamp_s
                    yield observation
    except OSError as error:
        raise BadSignals(tr("{path}: cannot be read ({what})", path=path, what=error.strerror or reason(error))) from error
    except (*_UNREADABLE, ValueError, LookupError) as error:
        raise BadSignals(tr("{path}: not the signals of a session ({reason})", path=path, reason=reason(error))) from error


def _blocks(file: zipfile.ZipFile) -> Iterator[list[str]]:
    """The members of each block, in order."""
    blocks: dict[str, list[str]] = {}
    for name in file.namelist():
        if name != "format.npy":
            blocks.setdefault(name.split(".")[0], []).append(name)
    yield from (blocks[number] for number in sorted(blocks))


def _whole_blocks(file: BinaryIO) -> Iterator[bytes]:
    while len(head := file.read(8)) == 8:
        length = int.from_bytes(head, "big")
        content = file.read(length)
        if len(content) < length:  # torn here
            return
        yield content


def _read(file: zipfile.ZipFile, name: str) -> Array:
    """An array of a file that anybody may have written: no larger than a block can be, and no code."""
    info = file.getinfo(name)
    if info.file_size > MAX_MEMBER_BYTES:
        raise ValueError(f"{name!r:.40} is too large")
    return np.lib.format.read_array(io.BytesIO(file.read(info)), allow_pickle=False)


def _npy(array: Array) -> bytes:
    content = io.BytesIO()
    np.save(content, array)
    return content.getvalue()
