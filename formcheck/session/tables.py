"""The tables of a session folder as CSV: reps.csv, and the two with a row a frame, series.csv and angles.csv."""

import csv
import io
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import numpy as np

from formcheck.frames import Floats
from formcheck.results import Measurement, Session
from formcheck.session.layout import ANGLES
from formcheck.system.files import append_whole, write_atomic

MAX_SERIES_BYTES = 200_000_000
DIGITS = 3
"""Of what is written of a frame: its time in seconds, and what was measured."""
LEAST_S = 1e-6
"""Times nearer than that are one."""
LARGEST = 1e6
"""Of a measurement, as in session.json."""

RELATIVE = "relative to"
"""Begins the title of a column without values that says what the others are relative to."""

Write: TypeAlias = Callable[[Callable[[], None]], object]
"""Does what is handed to it, and decides what becomes of an OSError."""


def reps_csv(session: Session) -> str:
    """One row per repetition: times, each measurement with its uncertainty (empty where not measured), findings."""
    names = sorted({name for rep in session.reps for name in rep.measurements})
    head = ["number", "side", "start_s", "peak_s", "end_s", "clean", "findings", "not_assessable"]
    rows = [
        [rep.number, rep.side or "", rep.start_s, rep.peak_s, rep.end_s, rep.clean]
        + [safe(";".join(f"{f.fault}:{f.severity}" for f in rep.findings)), safe(";".join(rep.not_assessable))]
        + [x for n in names for x in _value_and_uncertainty(rep.measurements.get(n))]
        for rep in session.reps
    ]
    return _csv([head + [x for n in names for x in (safe(n), safe(f"{n}_uncertainty"))], *rows])


def safe(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r") else words


class FrameTable:
    """series.csv or angles.csv while a set runs: a row a frame, a cell empty where nothing was measured."""

    def __init__(self, path: Path, columns: Sequence[str], write: Write) -> None:
        """columns: beside t_s."""
        self._path, self._columns, self._write = path, columns, write
        self._rows: list[list[str]] = []

    def add(self, time_s: float, values: Mapping[str, float]) -> None:
        self._rows.append([f"{time_s:.{DIGITS}f}", *(_cell(values.get(column, math.nan)) for column in self._columns)])

    def flush(self) -> None:
        """Write the rows that wait."""
        if self._rows:
            head = [] if self._path.exists() else [["t_s", *self._columns]]
            content = _csv([*head, *self._rows]).encode()
            self._rows.clear()
            self._write(partial(append_whole, self._path, content))

    def fill(self, known: Sequence[tuple[Floats, Mapping[str, Floats]]], alone: Collection[str] = ()) -> None:
        """Write what came to be known of rows since: times that rise, and by column the values at them. Between two times a value
        lies on the straight line; before the first and after the last nothing is known. alone: columns in which nothing else
        stays."""
        self.flush()
        if known and self._path.exists():
            self._write(partial(_fill, self._path, known, alone))


def read_series(path: Path) -> dict[str, list[float]] | None:
    """series.csv by columns, NaN where a cell is empty; None where it is missing or makes no sense."""
    try:
        if path.stat().st_size > MAX_SERIES_BYTES:
            return None
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            head = next(rows, [])
            columns: dict[str, list[float]] = {name: [] for name in head if not name.startswith(RELATIVE)}
            for row in rows:
                for name, cell in zip(head, row, strict=True):
                    if name in columns:
                        columns[name].append(_number(cell))
    except (OSError, ValueError, csv.Error):
        return None
    times = columns.get("t_s", [])
    rising = all(a < b for a, b in pairwise(times))
    return columns if times and rising and all(math.isfinite(t) for t in times) else None


def read_curves(path: Path) -> dict[str, list[float]] | None:
    """The columns of series.csv, and of the angles.csv beside it where that tells of the same frames."""
    series, angles = read_series(path), read_series(path.with_name(ANGLES))
    if series is None or angles is None or angles["t_s"] != series["t_s"]:
        return series
    return angles | series


def _fill(path: Path, known: Sequence[tuple[Floats, Mapping[str, Floats]]], alone: Collection[str]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    times = np.array([float(row[0]) for row in rows])
    for column in (head.index(name) for name in alone):
        for row in rows:
            row[column] = ""
    for exact, values in known:
        at = np.round(exact, DIGITS)
        first, last = np.searchsorted(times, (at[0] - LEAST_S, at[-1] + LEAST_S))
        for name, value in values.items():
            column = head.index(name)
            inside = np.clip(times[first:last], at[0], at[-1])
            for row, cell in zip(rows[first:last], np.interp(inside, at, value), strict=True):
                row[column] = _cell(cell) or row[column]
    write_atomic(path, _csv([head, *rows]))


def _number(cell: str) -> float:
    """NaN for nothing; ValueError for what formcheck never wrote."""
    value = float(cell) if cell else math.nan
    if cell and not abs(value) <= LARGEST:
        raise ValueError(f"{cell} is no measurement")
    return value


def _csv(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _cell(value: float) -> str:
    return f"{value:.{DIGITS}f}" if math.isfinite(value) else ""


def _value_and_uncertainty(measurement: Measurement | None) -> tuple[object, object]:
    if measurement is None or measurement.value is None:
        return "", ""
    return round(measurement.value, 3), "" if measurement.uncertainty is None else round(measurement.uncertainty, 3)
