"""The folder of a live set while it runs: from the first it holds a whole session.json, and a lock that close() takes away.

What a killed program leaves is found by that lock (recovery.py).
"""

import contextlib
import errno
import json
import logging
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.contract import Exercise
from formcheck.frames import Observation
from formcheck.measurement.repetition import Course
from formcheck.results import Rep, Session
from formcheck.run.frame_files import FrameFiles
from formcheck.session.file import rep_to_json, write_session
from formcheck.session.layout import JOURNAL
from formcheck.session.ownership import Owner, Ownership, write_ownership
from formcheck.system.files import append_whole, private_folder
from formcheck.system.folder_lock import FolderLock
from formcheck.system.language import tr

SAVING_SHARE = 0.01
"""Share of the time that saving the whole session may take: of thousands of repetitions not at each one."""

log = logging.getLogger(__name__)


class SetFolder:
    """Writes; what fails is said in `problem`, and nothing is raised."""

    def __init__(self, exercise: Exercise) -> None:
        self.path: Path | None = None
        """None before it is made, and where it cannot be."""
        self.problem: str | None = None
        """Why nothing is saved any more, in words for the user."""
        self.full = False
        """The disk is: what room there is must be left to the session."""
        self._exercise = exercise
        self._frames: FrameFiles | None = None
        self._lock: FolderLock | None = None
        self._saved_at_s = self._saving_s = 0.0

    def make(self, sessions: Path, exercise: str, owner: Owner, folder: Path | None = None) -> None:
        """Below `sessions` under a name of its own; folder: exactly this one instead."""
        try:
            self.path = new_folder(sessions, exercise) if folder is None else private_folder(folder)
            self._lock = FolderLock(self.path)
            self._frames = FrameFiles(self.path, self._exercise, self._write, self._write_spare)
            now = datetime.now().astimezone()
            write_ownership(self.path, Ownership(uuid.uuid4().hex, now, owner.client, owner.plan, owner.item))
        except OSError as error:
            self.problem = tr(
                "Nothing is saved: {folder} cannot be written ({why}). Choose another folder.",
                folder=sessions,
                why=error.strerror,
            )

    def add(self, time_s: float, observation: Observation, snapshot: Snapshot, angles: Mapping[str, float]) -> None:
        """What was measured of a frame; written every second."""
        if self._frames is not None:
            self._frames.add(time_s, observation, snapshot, angles)

    def fill(self, courses: Sequence[Course], stances: Sequence[Course]) -> None:
        """What is known since the set has ended."""
        if self._frames is not None:
            self._frames.fill(courses, stances)

    def add_rep(self, rep: Rep, session: Callable[[], Session]) -> None:
        """A repetition has ended; the whole session is written if that keeps to its share of the time."""
        if self.path is not None:
            self._write(partial(append_whole, self.path / JOURNAL, f"{json.dumps(rep_to_json(rep))}\n".encode()))
        if time.monotonic() - self._saved_at_s >= self._saving_s / SAVING_SHARE:
            self.save(session())

    def save(self, session: Session) -> bool:
        """Write session.json, whole; whether that went well."""
        if self.path is None:
            return False
        began_s = time.monotonic()
        saved = self._write(partial(write_session, self.path, session))
        self._saved_at_s = time.monotonic()
        self._saving_s = self._saved_at_s - began_s
        return saved

    def close(self, session: Session | None) -> None:
        """Write what is left, and take the lock away. What could not be saved is offered at the next start."""
        if self._frames is not None:
            self._frames.close()
        saved = session is None or self.save(session)
        if self._lock is not None and self.path is not None:
            with contextlib.suppress(OSError):  # the folder is gone
                self._lock.release(finished=saved)
                if saved:
                    (self.path / JOURNAL).unlink(missing_ok=True)
            self._lock = None

    def _write(self, act: Callable[[], None]) -> bool:
        try:
            try:
                act()
            except OSError as error:
                if error.errno != errno.ENOSPC or self._lock is None or not self._lock.give_room():
                    raise
                self.full = True
                self.problem = tr(
                    "The disk is full: the recording has ended, the figures are still saved. Make room on the disk."
                )
                act()
        except OSError as error:
            self._unsaved(error)
            return False
        return True

    def _write_spare(self, act: Callable[[], None]) -> None:
        """What the session can do without: left out where there is no room."""
        if not self.full:
            with contextlib.suppress(OSError):
                act()

    def _unsaved(self, error: OSError) -> None:
        log.warning("cannot save the session: %s", error.strerror)
        self.problem = tr(
            "The session cannot be saved ({why}): make room on the disk, or choose another folder.", why=error.strerror
        )


def new_folder(sessions: Path, exercise: str, now: datetime | None = None) -> Path:
    """A fresh folder named by time and exercise. OSError where it cannot be made."""
    stem = f"{now or datetime.now():%Y-%m-%d_%H-%M-%S}_{exercise}"
    for n in range(1, 1000):
        folder = sessions / (stem if n == 1 else f"{stem}_{n}")
        if not folder.exists():
            return private_folder(folder)
    raise FileExistsError(f"{sessions / stem}: too many folders of that name")
