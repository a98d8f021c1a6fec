"""What the program said of a film: a session folder's repetitions and its values frame by frame."""

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcheck.frames import Floats
from formcheck.results import Session
from formcheck.session.file import read_session
from formcheck.session.tables import RELATIVE
from formcheck.system.errors import UserError
from formcheck.system.language import tr

SERIES, ANGLES = "series.csv", "angles.csv"


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    session: Session
    times_s: Floats
    """(n,) of the frames."""
    series: Mapping[str, Floats]
    """Running values, (n,), less their level at rest (in version 0.1: at the repetition's start); NaN where not measured."""
    angle_times_s: Floats
    """(m,)"""
    angles: Mapping[str, Floats]
    """Absolute angles of angles.csv, (m,), NaN where not assessable; empty in sessions of earlier versions."""


def read_film(folder: Path) -> Film:
    """UserError where the folder holds no session or no values frame by frame."""
    session = read_session(folder)
    series = _columns(folder / SERIES)
    angles = _columns(folder / ANGLES) if (folder / ANGLES).is_file() else {"t_s": np.zeros(0)}
    times, angle_times = series.pop("t_s"), angles.pop("t_s")
    series.pop("phase", None)
    if not session.reps and not any(np.isfinite(v).any() for v in angles.values()):
        raise UserError(tr("{folder}: no repetition was found in this session, so there is nothing to compare", folder=folder))
    return Film(session, times, series, angle_times, angles)


def _columns(path: Path) -> dict[str, Floats]:
    """A CSV of numbers by column; t_s is among them and rises. UserError otherwise."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        names = [name for name in rows[0] if name and not name.startswith(RELATIVE)]
        columns = {name: np.array([_number(row[name]) for row in rows]) for name in names}
    except (OSError, ValueError, IndexError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(
            tr("{path}: cannot be read as values frame by frame ({error}); analyse the film again", path=path, error=error)
        ) from error
    times = columns.get("t_s", np.zeros(0))
    if len(times) < 2 or not (np.diff(times) > 0).all():
        raise UserError(tr("{path}: its times do not rise; analyse the film again", path=path))
    return columns


def _number(cell: str | None) -> float:
    return float(cell) if cell else math.nan
