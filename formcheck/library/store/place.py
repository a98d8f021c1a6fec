"""One library for one folder of sessions. Two computers, or two users, on one folder would come apart: each has its own clients,
plans and list, and neither hears of what the other deletes. So the folder says whose it is, and another library is refused.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from formcheck.library.errors import ForeignFolder, StoreError
from formcheck.system.computer import computer_id, computer_name, user_name
from formcheck.system.files import may_write, private_folder, write_atomic
from formcheck.system.json_format import Format, Moment, Uid, Words, encode, read
from formcheck.system.language import to_translate, tr

NAME = ".library.json"
FORMAT = Format("formcheck-place", to_translate("the mark of a folder of sessions"))


@dataclass(frozen=True, slots=True)
class Place:
    library: Uid
    """Tells the library by its computer and its folder there."""
    name: Words
    """What that computer is called."""
    since: Moment


def claim(root: Path, sessions: Path) -> None:
    """Make the folder of sessions this library's, once it holds any. ForeignFolder where it is another's."""
    path, own = _path(root, sessions), _own(root, sessions)
    if not path.exists():
        if not any(sessions.glob("[!.]*/")):
            return
        with suppress(OSError):  # a folder that can only be read is still read
            _mark(path, own)
        return
    if not may_write(path.parent):  # nothing comes apart by reading
        return
    found = read(
        path,
        FORMAT,
        Place,
        lambda reason: StoreError(tr("{path}: {reason}; formcheck library adopt writes it again", path=path, reason=reason)),
    )
    if found.library != own:
        raise ForeignFolder(
            tr(
                "{sessions}: this folder belongs to the library of another computer or user ({name}, "
                "since {since:%Y-%m-%d}). Two libraries on one folder would come apart: choose "
                "another folder in the settings and exchange sessions as .zip, or take the folder "
                "over (formcheck library adopt)",
                sessions=sessions,
                name=found.name,
                since=found.since,
            )
        )


def adopt(root: Path, sessions: Path) -> None:
    """Take the folder over: from now on the other library is refused. OSError where it cannot be written."""
    _mark(_path(root, sessions), _own(root, sessions))


def _mark(path: Path, own: str) -> None:
    write_atomic(path, encode(FORMAT, Place(own, computer_name(), datetime.now().astimezone())))


def _within(root: Path, sessions: Path) -> bool:
    return sessions.resolve().is_relative_to(root.resolve())


def _path(root: Path, sessions: Path) -> Path:
    """In what may be shared: the folder of sessions, or the library's own where the sessions lie in it."""
    folder = root if _within(root, sessions) else sessions
    with suppress(OSError):
        private_folder(folder)
    return folder / NAME


def _own(root: Path, sessions: Path) -> str:
    """A library that holds its sessions may be moved as a whole on its computer."""
    where = "" if _within(root, sessions) else str(root.resolve())
    return hashlib.sha256("\n".join(("formcheck", computer_id(), user_name(), where)).encode()).hexdigest()[:32]
