"""From files to a recording: finds out which app wrote them, and refuses what cannot be meant."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from formcheck.agreement.sensors.clock import in_order
from formcheck.agreement.sensors.files import text_files
from formcheck.agreement.sensors.phyphox import is_phyphox, read_phyphox
from formcheck.agreement.sensors.plain import is_plain, read_plain
from formcheck.agreement.sensors.recording import Recording
from formcheck.agreement.sensors.sensor_logger import is_sensor_logger, read_sensor_logger
from formcheck.agreement.sensors.tables import BadSensorFile, TextTable, read_text_table
from formcheck.agreement.sensors.units import with_checked_units
from formcheck.system.language import tr

_READERS = ((is_sensor_logger, read_sensor_logger), (is_plain, read_plain), (is_phyphox, read_phyphox))


def read_recording(paths: Sequence[Path]) -> Recording:
    """The recording in the files of one app's export. BadSensorFile, with what to do, for anything else."""
    recording = _read([read_text_table(name, content) for name, content in text_files(paths).items() if content.strip()])
    streams, notes = {}, list(recording.notes)
    for kind, stream in recording.streams.items():
        streams[kind], said = in_order(kind, stream)
        notes += said
    return with_checked_units(replace(recording, streams=streams, notes=tuple(notes)))


def _read(tables: Sequence[TextTable]) -> Recording:
    for is_one, read in _READERS:
        if any(map(is_one, tables)):
            recording = read(tables)
            if not recording.streams:
                raise BadSensorFile(
                    tr("{app}: no gyroscope, acceleration or attitude in it; switch them on in the app", app=recording.app)
                )
            return recording
    if not tables:
        raise BadSensorFile(tr("the files are empty; export a CSV from the app again"))
    seen = ", ".join(tables[0].columns[:4])
    raise BadSensorFile(
        tr(
            "{name}: columns {seen:.80}; an export of phyphox or Sensor Logger was expected, or a "
            "CSV with t_s, qw, qx, qy, qz or t_s, gx, gy, gz, ax, ay, az",
            name=tables[0].name,
            seen=seen,
        )
    )
