"""Where an analysis puts its files: a folder that holds another session stays as it is, unless that is to be replaced."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from formcheck.results import VideoInfo
from formcheck.session.file import BadSessionFile, read_session
from formcheck.session.layout import ANNOTATED, FILES, JOURNAL, MEASURED, SESSION, VIDEOS
from formcheck.system.errors import UserError
from formcheck.system.files import private_folder
from formcheck.system.folder_lock import is_unfinished
from formcheck.system.language import tr

UNFINISHED, REPLACED = ".unfinished-", ".replaced-"
OF_A_SESSION = (*FILES, *VIDEOS, JOURNAL)


class Occupied(UserError):
    """The folder holds another session; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Film:
    """What two analyses have in common that measure the same."""

    exercise: str
    sha256: str
    from_s: float
    to_s: float | None


def film_of(exercise: str, video: VideoInfo) -> Film | None:
    """None where an older program did not say which film it was."""
    return Film(exercise, video.sha256, video.from_s, video.to_s) if video.sha256 else None


def held_film(folder: Path) -> Film | None:
    """Of the finished session that the folder holds, as far as that is known."""
    try:
        session = read_session(folder)
    except BadSessionFile:
        return None
    return None if is_unfinished(folder) else film_of(session.exercise, session.video)


def claim(folder: Path, film: Film, *, replace: bool) -> None:
    """Make the folder, or make sure that this film's session may go into it. Occupied, or OSError."""
    private_folder(folder)
    for aside in folder.glob(f"{REPLACED}*"):
        _put_back(aside, folder)
    held = _held(folder)
    if not held or (is_unfinished(folder) and SESSION not in held):  # whoever made the folder for this holds its lock
        return
    if is_unfinished(folder):
        raise Occupied(
            tr(
                "{folder}: a live set is being done in it, or was cut off (formcheck recover): choose another folder",
                folder=folder,
            )
        )
    if not replace and held_film(folder) != film:
        raise Occupied(
            tr(
                "{folder}: holds a session of another film, exercise or part: choose another folder, "
                "or say --replace to delete it",
                folder=folder,
            )
        )


def settle(work: Path, folder: Path, *, replace: bool) -> None:
    """Move what was written in `work`, a folder in `folder`, to its place, session.json last: it is what counts.

    replace: all that the folder held of a session goes; else only what measuring makes anew. OSError leaves the old one there.
    """
    new = sorted((path.name for path in work.iterdir()), key=lambda name: name == SESSION)
    old = _held(folder) if replace else {name for name in _held(folder) if name in (*MEASURED, ANNOTATED, *new)}
    aside = Path(tempfile.mkdtemp(dir=folder, prefix=REPLACED))
    try:
        for name in sorted(old, key=lambda name: name != SESSION):
            (folder / name).rename(aside / name)
        for name in new:
            (work / name).rename(folder / name)
    except BaseException:
        for name in new:
            if not (work / name).exists():
                (folder / name).unlink(missing_ok=True)
        _put_back(aside, folder)
        raise
    shutil.rmtree(aside)
    work.rmdir()


def _put_back(aside: Path, folder: Path) -> None:
    """What lies aside returns, unless the session that replaces it is whole."""
    if not (folder / SESSION).exists():
        for path in sorted(aside.iterdir(), key=lambda path: path.name == SESSION):
            path.replace(folder / path.name)
    shutil.rmtree(aside)


def _held(folder: Path) -> set[str]:
    """The files of a session in the folder, plain or locked."""
    return {path.name for path in folder.iterdir() if path.name.removesuffix(".locked") in OF_A_SESSION}
