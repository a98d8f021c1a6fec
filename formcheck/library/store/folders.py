"""Session folders on disk: their names, taking them in, and throwing them away."""

import re
import shutil
import tempfile
from pathlib import Path

import platformdirs

from formcheck.recording.remux import copy_pictures
from formcheck.results import Session
from formcheck.session.layout import FILES, VIDEOS
from formcheck.session.ownership import Ownership

APP = "formcheck"
INCOMING = ".incoming-"
DELETED = ".deleted-"


def default_root() -> Path:
    """Where the library lies unless told otherwise."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def default_sessions(root: Path) -> Path:
    return root / "sessions"


def library_folders(root: Path | None, sessions: Path | None) -> tuple[Path, Path]:
    """(root, sessions), the defaults where none are given."""
    root = root or default_root()
    return root, sessions or default_sessions(root)


def folder_name(session: Session, ownership: Ownership) -> str:
    """2026-11-23_1405_clam_left_1a2b3c4d: to be found by eye; says nothing of the client."""
    side = [session.side.value] if session.side else []
    parts = [f"{ownership.when:%Y-%m-%d_%H%M}", session.exercise, *side, ownership.uid[:8]]
    return "_".join(re.sub(r"[^A-Za-z0-9-]+", "-", p) if i else p for i, p in enumerate(parts))[:120]


def take_in(folder: Path, sessions: Path, name: str, *, keep_video: bool, bare: bool = False) -> Path:
    """Copy a session folder's own files among the sessions, in one step for whoever looks; returns where it lies.

    bare: films without what a camera wrote beside their pictures.
    """
    work = Path(tempfile.mkdtemp(dir=sessions, prefix=INCOMING))
    try:
        for file in (*FILES, *(VIDEOS if keep_video else ())):
            if (folder / file).is_file():
                if bare and file in VIDEOS:
                    copy_pictures(folder / file, work / file)  # what is no film is left out
                else:
                    shutil.copyfile(folder / file, work / file)
        for file in work.iterdir():
            file.chmod(0o600)
        return place(work, sessions, name)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


def place(work: Path, sessions: Path, name: str) -> Path:
    """Rename a finished folder into its place; a number is added where the name is taken."""
    number = 1
    while True:
        target = sessions / (name if number == 1 else f"{name}-{number}")
        if not target.exists():
            return work.rename(target)
        number += 1


def discard(folder: Path) -> None:
    """Delete a session folder; should that be interrupted, clear() ends it."""
    if not folder.exists():
        return
    doomed = folder.with_name(f"{DELETED}{folder.name}")
    folder.rename(doomed)
    shutil.rmtree(doomed)


def clear(sessions: Path) -> None:
    """End what a crash interrupted: deletions. Copies that are being taken in may be another window's: they stay."""
    for doomed in sessions.glob(f"{DELETED}*"):
        shutil.rmtree(doomed, ignore_errors=True)
