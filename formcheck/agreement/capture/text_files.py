"""OpenSim's text files: .mot and .sto (a table of coordinates), .trc (markers)."""

from pathlib import Path

import numpy as np

from formcheck.agreement.capture.recording import BadCapture, Markers
from formcheck.frames import Floats
from formcheck.system.language import tr

MAX_BYTES = 300_000_000
HEAD_LINES = 60
TRC_HEAD = 5


def read_table(path: Path) -> tuple[dict[str, Floats], bool]:
    """A .mot or .sto: column -> (n,), and whether its angles are in degrees. BadCapture where it is none."""
    lines = _lines(path)
    end = next((k for k, line in enumerate(lines[:HEAD_LINES]) if line.strip().lower() == "endheader"), None)
    if end is None or end + 2 >= len(lines):
        raise BadCapture(
            tr("{name}: no line 'endheader' with a table below it; export the coordinates as .mot from OpenSim", name=path.name)
        )
    facts = dict(line.lower().replace(" ", "").split("=", 1) for line in lines[:end] if "=" in line)
    names = lines[end + 1].split()
    values = _numbers(path, lines[end + 2 :], len(names))
    if names[0].lower() != "time":
        raise BadCapture(tr("{name}: its first column is {what!r:.30}, not time", name=path.name, what=names[0]))
    return dict(zip(["time", *names[1:]], values.T, strict=True)), facts.get("indegrees", "yes") == "yes"


def read_trc(path: Path) -> Markers:
    """BadCapture where it is no table of markers."""
    lines = _lines(path)
    if len(lines) <= TRC_HEAD or not lines[0].startswith("PathFileType"):
        raise BadCapture(tr("{name}: does not begin as a .trc does (PathFileType)", name=path.name))
    names = [name.strip() for name in lines[3].split("\t")[2:] if name.strip()]
    rows = [line for line in lines[TRC_HEAD:] if line.strip()]
    values = _numbers(path, rows, 2 + 3 * len(names))
    places = values[:, 2:].reshape(len(values), -1, 3)
    return Markers(values[:, 1], {name: places[:, k] for k, name in enumerate(names)})


def _lines(path: Path) -> list[str]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadCapture(tr("{name}: too large; export the stretch around the set only", name=path.name))
        return path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError as error:
        raise BadCapture(
            tr("{path}: {strerror}; name the file of the motion capture", path=path, strerror=error.strerror)
        ) from error


def _numbers(path: Path, lines: list[str], width: int) -> Floats:
    """(n, width), NaN where a cell is empty or a marker was not seen."""
    rows = [line.rstrip("\r\n").split("\t") if "\t" in line else line.split() for line in lines if line.strip()]
    try:
        return np.array([[_number(cell) for cell in (row + [""] * width)[:width]] for row in rows]).reshape(len(rows), width)
    except ValueError as error:
        raise BadCapture(tr("{name}: {error}; a table of numbers was expected", name=path.name, error=error)) from error


def _number(cell: str) -> float:
    return float(cell) if cell.strip() else np.nan
