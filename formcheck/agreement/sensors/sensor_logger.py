"""Sensor Logger exports: one CSV a sensor (time, seconds_elapsed, z, y, x) and Metadata.csv.

On an iPhone the app writes accelerations with the opposite sign, unless "Standardise Units & Frames" was on; Metadata.csv
says so in `platform` and `standardisation`.
"""

from collections.abc import Sequence
from pathlib import PurePosixPath

import numpy as np

from formcheck.agreement.sensors.recording import Kind, Recording, Stream
from formcheck.agreement.sensors.tables import BadSensorFile, TextTable, as_numbers
from formcheck.system.kept_words import kept
from formcheck.system.language import tr

APP = "Sensor Logger"
TIME = "seconds_elapsed"
_SENSORS = (
    ("gyroscope", Kind.ROTATION, ("x", "y", "z")),
    ("totalacceleration", Kind.ACCELERATION, ("x", "y", "z")),
    ("accelerometer", Kind.MOTION, ("x", "y", "z")),
    ("gravity", Kind.GRAVITY, ("x", "y", "z")),
    ("orientation", Kind.ATTITUDE, ("qw", "qx", "qy", "qz")),
)
_APPLE_SIGNED = (Kind.MOTION, Kind.GRAVITY)


def is_sensor_logger(table: TextTable) -> bool:
    return TIME in table.columns


def read_sensor_logger(tables: Sequence[TextTable]) -> Recording:
    """BadSensorFile where two tables hold the same sensor."""
    sign, notes = _sign_of_acceleration(tables)
    streams: dict[Kind, Stream] = {}
    for table in filter(is_sensor_logger, tables):
        stem = PurePosixPath(table.name).stem.lower()
        for name, kind, columns in _SENSORS:
            if stem != name or not set(columns) <= set(table.columns):
                continue
            if kind in streams:
                raise BadSensorFile(
                    tr("{name}: a second {kind}; name the files of one recording only", name=table.name, kind=kind)
                )
            numbers = as_numbers(table)
            values = np.stack([numbers[c] for c in columns], axis=1)
            streams[kind] = Stream(numbers[TIME], sign * values if kind in _APPLE_SIGNED else values)
    return Recording(APP, streams, notes=notes)


def _sign_of_acceleration(tables: Sequence[TextTable]) -> tuple[float, tuple[str, ...]]:
    about = next((t for t in tables if PurePosixPath(t.name).stem.lower() == "metadata"), None)
    rows = about.rows() if about is not None else []
    if about is None or not rows:
        return 1.0, (kept("no Metadata.csv: accelerations are taken as an Android phone writes them"),)
    facts = dict(zip(about.columns, rows[0], strict=False))
    apple = facts.get("platform", "").lower() == "ios"
    standard = facts.get("standardisation", "").lower() == "true"
    return (-1.0 if apple and not standard else 1.0), ()
