"""The plain CSV, for any other sensor: `t_s, qw, qx, qy, qz` or `t_s, gx, gy, gz, ax, ay, az` (or all of them).

Seconds; a unit quaternion that turns the sensor's axes into those of a frame whose z axis is up; rad/s and m/s² about and
along the sensor's axes, gravity included, upward at rest.
"""

from collections.abc import Sequence

import numpy as np

from formcheck.agreement.sensors.recording import Kind, Recording, Stream
from formcheck.agreement.sensors.tables import BadSensorFile, TextTable, as_numbers
from formcheck.system.language import tr

APP = "plain CSV"
TIME = "t_s"
_SENSORS = (
    (Kind.ATTITUDE, ("qw", "qx", "qy", "qz")),
    (Kind.ROTATION, ("gx", "gy", "gz")),
    (Kind.ACCELERATION, ("ax", "ay", "az")),
)


def is_plain(table: TextTable) -> bool:
    return TIME in table.columns


def read_plain(tables: Sequence[TextTable]) -> Recording:
    """BadSensorFile where two tables hold the same sensor."""
    streams: dict[Kind, Stream] = {}
    for table in filter(is_plain, tables):
        numbers = as_numbers(table)
        for kind, columns in _SENSORS:
            if not set(columns) <= set(table.columns):
                continue
            if kind in streams:
                raise BadSensorFile(
                    tr("{name}: a second {kind}; name the files of one recording only", name=table.name, kind=kind)
                )
            streams[kind] = Stream(numbers[TIME], np.stack([numbers[c] for c in columns], axis=1))
    return Recording(APP, streams)
