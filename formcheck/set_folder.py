"""The folder of a live set while it runs: from the first it holds a whole session.json, and a mark that close() takes away.

What a killed program leaves is found by that mark (recovery.py).
"""

import contextlib
import logging
import time
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from formcheck.files import private_folder
from formcheck.results import Session
from formcheck.session_file import series_csv, write_session
from formcheck.session_record import Record, write_record
from formcheck.under_way import Mark

SERIES = "series.csv"
SERIES_EVERY_S = 1.0
SAVING_SHARE = 0.05
"""Share of the time that saving may take: a set of thousands of repetitions is not written anew at each."""

log = logging.getLogger(__name__)


class SetFolder:
    """Writes; what fails is said in `problem`, and nothing is raised."""

    def __init__(self, quantities: Sequence[str]) -> None:
        """quantities: the columns of series.csv."""
        self.path: Path | None = None
        """None before it is made, and where it cannot be."""
        self.problem: str | None = None
        """Why nothing is saved any more, in words for the user."""
        self._quantities = quantities
        self._rows: list[tuple[float, Mapping[str, float], float]] = []
        self._mark: Mark | None = None
        self._saved_at_s = self._saving_s = 0.0

    def make(self, sessions: Path, exercise: str) -> None:
        try:
            self.path = new_folder(sessions, exercise)
            self._mark = Mark(self.path)
            write_record(self.path, Record(uuid.uuid4().hex, datetime.now().astimezone()))
        except OSError as error:
            self.problem = f"Nothing is saved: {sessions} cannot be written ({error.strerror}). Choose another folder."

    def add_row(self, time_s: float, values: Mapping[str, float], phase: float) -> None:
        """A row of series.csv; written every second."""
        self._rows.append((time_s, values, phase))
        if time_s - self._rows[0][0] >= SERIES_EVERY_S:
            self.flush()

    def flush(self) -> None:
        """Write the rows that wait."""
        if self.path is None or not self._rows:
            return
        text = series_csv(self._quantities, self._rows)
        self._rows.clear()
        path = self.path / SERIES
        try:
            if path.exists():
                text = text.split("\n", 1)[1]
            with path.open("a", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            self._unsaved(error)

    @property
    def may_save(self) -> bool:
        """Whether saving now keeps to its share of the time."""
        return time.monotonic() - self._saved_at_s >= self._saving_s / SAVING_SHARE

    def save(self, session: Session) -> None:
        if self.path is None:
            return
        began_s = time.monotonic()
        try:
            write_session(self.path, session)
        except OSError as error:
            self._unsaved(error)
        self._saved_at_s = time.monotonic()
        self._saving_s = self._saved_at_s - began_s

    def close(self, session: Session | None) -> None:
        """Write what is left, and take the mark away."""
        self.flush()
        if session is not None:
            self.save(session)
        if self._mark is not None:
            with contextlib.suppress(OSError):  # the folder is gone
                self._mark.close()
            self._mark = None

    def _unsaved(self, error: OSError) -> None:
        log.warning("cannot save the session: %s", error.strerror)
        self.problem = f"The session cannot be saved ({error.strerror}): make room on the disk, or choose another folder."


def new_folder(sessions: Path, exercise: str, now: datetime | None = None) -> Path:
    """A fresh folder named by time and exercise. OSError where it cannot be made."""
    stem = f"{now or datetime.now():%Y-%m-%d_%H-%M-%S}_{exercise}"
    for n in range(1, 1000):
        folder = sessions / (stem if n == 1 else f"{stem}_{n}")
        if not folder.exists():
            return private_folder(folder)
    raise FileExistsError(f"{sessions / stem}: too many folders of that name")
