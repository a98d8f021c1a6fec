"""What a session folder holds of each frame: its measurements, the body's angles, and the signals they came from."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.contract import Exercise
from formcheck.frames import Observation
from formcheck.measurement.angles import ANGLES as COLUMNS
from formcheck.measurement.repetition import Course
from formcheck.session.layout import ANGLES, SERIES, SIGNALS
from formcheck.session.signals import SignalsWriter
from formcheck.session.tables import RELATIVE, FrameTable, Write

EVERY_S = 1.0
"""Rows wait for so long until they are written."""
PHASE = "phase"


def call(act: Callable[[], None]) -> None:
    """Write at once; OSError comes out."""
    act()


def series_columns(exercise: Exercise) -> list[str]:
    """Those of series.csv beside t_s. The last holds nothing: its title says what the others are relative to."""
    own = [q.name for q in exercise.quantities if q.absolute]
    relative = [q.name for q in exercise.quantities if not q.absolute]
    note = f"{RELATIVE} its level at rest: {' '.join(relative)}" + (f"; value in its own right: {' '.join(own)}" if own else "")
    return [*(q.name for q in exercise.quantities), PHASE, note]


class FrameFiles:
    """A FrameSink. Its tables are never more than EVERY_S behind, its signals a block."""

    def __init__(self, folder: Path, exercise: Exercise, write: Write = call, spare: Write | None = call) -> None:
        """write: how tables are written; spare: how signals are, None for no signals."""
        self._exercise = exercise
        self._series = FrameTable(folder / SERIES, series_columns(exercise), write)
        self._angles = FrameTable(folder / ANGLES, COLUMNS, write)
        self._signals = SignalsWriter(folder / SIGNALS, spare) if spare is not None else None
        self._written_s = 0.0

    def add(self, time_s: float, observation: Observation, snapshot: Snapshot, angles: Mapping[str, float]) -> None:
        self._series.add(time_s, {**snapshot.curve, PHASE: snapshot.phase})
        self._angles.add(time_s, angles)
        if self._signals is not None:
            self._signals.add(time_s, observation)
        if time_s - self._written_s >= EVERY_S:
            self._written_s = time_s
            self.flush()

    def fill(self, courses: Sequence[Course], stances: Sequence[Course]) -> None:
        """The angles that repetitions measured, in the table that was written without them; of a run or a walk, in place of the
        running values, each stance as it was measured: what has a side means nothing between stances."""
        self._angles.fill([(course.times_s, course.values) for course in courses])
        if self._exercise.compares_sides:
            own = [q.name for q in self._exercise.quantities if q.absolute]
            self._series.fill([(course.times_s, course.values) for course in stances], alone=own)

    def flush(self) -> None:
        """Write the rows that wait."""
        self._series.flush()
        self._angles.flush()

    def close(self) -> None:
        """Write all that waits."""
        self.flush()
        if self._signals is not None:
            self._signals.finish()
