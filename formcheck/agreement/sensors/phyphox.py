"""phyphox exports: "Time (s)" first, a unit in every column's name, one table a sensor, meta/time.csv with the pauses.

The app's attitude is that relative to its first sample (its own experiment subtracts it), so what is up must come from the
accelerometer. Experiment time stands still during a pause; meta/time.csv says how long the pause was.
"""

import re
from collections.abc import Sequence

import numpy as np

from formcheck.agreement.sensors.recording import Kind, Recording, Stream
from formcheck.agreement.sensors.tables import BadSensorFile, TextTable, as_numbers
from formcheck.frames import Floats
from formcheck.system.kept_words import kept
from formcheck.system.language import tr

APP = "phyphox"
_AXIS = re.compile(r"(?<![a-z])([xyz])(?![a-z])")
_ATTITUDE = ("w", "x", "y", "z")


def is_phyphox(table: TextTable) -> bool:
    return len(table.columns) > 1 and table.columns[0].lower().endswith("(s)")


def read_phyphox(tables: Sequence[TextTable]) -> Recording:
    """BadSensorFile where two tables hold the same sensor, or none holds a sensor that matters."""
    clock = next((t for t in tables if t.name.lower().endswith("meta/time.csv")), None)
    pauses = _pauses(clock) if clock is not None else []
    streams: dict[Kind, Stream] = {}
    for table in filter(is_phyphox, tables):
        found = _axes(table)
        if found is None:
            continue
        kind, columns = found
        if kind in streams:
            raise BadSensorFile(tr("{name}: a second {kind}; name the files of one recording only", name=table.name, kind=kind))
        numbers = as_numbers(table)
        times = _with_pauses(numbers.values[:, 0], pauses)
        streams[kind] = Stream(times, np.stack([numbers[c] for c in columns], axis=1))
    notes = tuple(kept("the app was paused for {pause_s:.1f} s", pause_s=pause) for _, pause in pauses)
    return Recording(APP, streams, level=False, notes=notes)


def _axes(table: TextTable) -> tuple[Kind, tuple[str, ...]] | None:
    """Which sensor a table holds and its columns in the order of the axes, whatever language the app speaks."""
    names = {c.lower(): c for c in table.columns}
    if all(axis in names for axis in _ATTITUDE):
        return Kind.ATTITUDE, tuple(names[axis] for axis in _ATTITUDE)
    for unit, kind in (("rad/s", Kind.ROTATION), ("m/s^2", Kind.ACCELERATION), ("m/s²", Kind.ACCELERATION)):
        axes = {}
        for low, column in names.items():
            axis = _AXIS.search(low.partition("(")[0])
            if unit in low and axis:
                axes[axis[1]] = column
        if len(axes) == 3:
            return _acceleration(table, kind), tuple(axes[a] for a in "xyz")
    return None


def _acceleration(table: TextTable, kind: Kind) -> Kind:
    words = " ".join((table.name, *table.columns)).lower()
    if kind is Kind.ACCELERATION and "grav" in words:
        return Kind.GRAVITY
    return Kind.MOTION if kind is Kind.ACCELERATION and "linear" in words else kind


def _pauses(clock: TextTable) -> list[tuple[float, float]]:
    """(experiment time, length) of each pause, seconds."""
    try:
        events = [
            (row[0].upper(), float(row[1].replace(",", ".")), float(row[2].replace(",", ".")))
            for row in clock.rows()
            if len(row) > 2
        ]
    except ValueError as error:
        raise BadSensorFile(tr("{name}: {error}; export it from the app again", name=clock.name, error=error)) from error
    ends = [(experiment, system) for event, experiment, system in events if event == "PAUSE"]
    starts = [(experiment, system) for event, experiment, system in events if event == "START"][1:]
    return [(at, again - end) for (at, end), (_, again) in zip(ends, starts, strict=False)]


def _with_pauses(times_s: Floats, pauses: Sequence[tuple[float, float]]) -> Floats:
    out = times_s.copy()
    for at, pause in pauses:
        out[times_s > at] += pause
    return out
