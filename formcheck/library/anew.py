"""A session folder for somebody else, made anew from the fields that are known: nothing else in its files goes along.

What the source was called, where it was filmed and with what stays behind.
"""

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from formcheck.recording.remux import copy_pictures
from formcheck.report.html import session_html
from formcheck.session.corrections import dump, read_corrections
from formcheck.session.file import read_session, unnamed, write_session
from formcheck.session.layout import (
    ANGLES,
    CORRECTED_SERIES,
    CORRECTED_SIGNALS,
    CORRECTIONS,
    FILES,
    NOTES,
    OWNERSHIP,
    REPORT,
    REPS,
    SERIES,
    SESSION,
    SIGNALS,
    VIDEOS,
)
from formcheck.session.notes import read_notes, write_notes
from formcheck.session.ownership import read_ownership, write_ownership
from formcheck.session.signals import SignalsWriter, read_signals
from formcheck.session.tables import RELATIVE, FrameTable, read_curves, read_series
from formcheck.system.files import write_atomic

_COLUMN = re.compile(r"[a-z][a-z0-9_]{0,60}")


def write_anew(folder: Path, out: Path, *, videos: bool) -> None:
    """Write the session of `folder` into `out`, a folder that is empty. UserError where a file of it makes no sense."""
    for name in (*FILES, *(VIDEOS if videos else ())):
        if (folder / name).is_file():
            _WRITE.get(name, _copied)(folder / name, out / name)


def _session(source: Path, target: Path) -> None:
    write_session(target.parent, unnamed(read_session(source)))


def _notes(source: Path, target: Path) -> None:
    write_notes(target.parent, read_notes(source.parent))


def _corrections(source: Path, target: Path) -> None:
    corrections = read_corrections(source.parent)
    if corrections is not None:
        write_atomic(target, dump(corrections))


def _ownership(source: Path, target: Path) -> None:
    ownership = read_ownership(source.parent)
    if ownership is not None:
        write_ownership(target.parent, replace(ownership, source=None))


def _table(source: Path, target: Path) -> None:
    """Its columns of numbers that are named as ours are; one that makes no sense is left out."""
    columns = read_series(source)
    if columns is None:
        return
    times = columns.pop("t_s")
    known = {name: values for name, values in columns.items() if _COLUMN.fullmatch(name)}
    with source.open(encoding="utf-8") as file:
        relative = file.readline().strip().split(",")[-1]
    note = [relative] if re.fullmatch(rf"{RELATIVE}[a-z0-9_ :;]*", relative) else []
    table = FrameTable(target, [*known, *note], lambda act: act())
    for i, time_s in enumerate(times):
        table.add(time_s, {name: values[i] for name, values in known.items()})
    table.flush()


def _signals(source: Path, target: Path) -> None:
    writer = SignalsWriter(target, lambda act: act())
    for observation in read_signals(source):
        writer.add(observation.timestamp_s, observation)
    writer.finish()


def _report(source: Path, target: Path) -> None:
    series = read_curves(source.with_name(SERIES))
    target.write_text(session_html(unnamed(read_session(source.parent)), series=series), encoding="utf-8")


def _film(source: Path, target: Path) -> None:
    """What is no film is left out."""
    copy_pictures(source, target)


def _made_with_the_session(source: Path, target: Path) -> None:
    pass


def _copied(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


_WRITE: Mapping[str, Callable[[Path, Path], None]] = {
    SESSION: _session,
    REPS: _made_with_the_session,
    NOTES: _notes,
    OWNERSHIP: _ownership,
    SERIES: _table,
    ANGLES: _table,
    SIGNALS: _signals,
    CORRECTIONS: _corrections,
    CORRECTED_SERIES: _table,
    CORRECTED_SIGNALS: _signals,
    REPORT: _report,
    **dict.fromkeys(VIDEOS, _film),
}
