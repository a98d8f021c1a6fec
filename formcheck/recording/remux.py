"""Makes an ordinary MP4, which every player can seek in, of a recording: its pictures are copied, not encoded again."""

import contextlib
import glob
import shutil
from pathlib import Path

import av
import av.error
from av.stream import Disposition

from formcheck.system.files import replaced_by

MATROSKA = (".mkv", ".webm")
"""Films that another container holds less exactly; mp4 in turn does not hold every kind of picture."""
SPARE_BYTES = 50_000_000
"""Left free on the disk for what else must be written."""


def remux(path: Path) -> bool:
    """Whether there was anything in the film; one with nothing in it is removed. OSError where the disk is full.

    Of a film whose program was killed, what plays is kept. It is replaced in one step: whatever happens on the way, the old one
    is there.
    """
    for left in path.parent.glob(f".{glob.escape(path.name)}.????????"):  # of a program that was killed here
        left.unlink()
    with replaced_by(path) as new:
        kept = _copy(path, new)
        shutil.copymode(path, new)
    if not kept:
        path.unlink()
    return bool(kept)


def finish(path: Path) -> None:
    """remux() a film that was written to its end; where there is no room for it, the film stays as it was recorded."""
    with contextlib.suppress(OSError, av.error.FFmpegError):
        if shutil.disk_usage(path.parent).free > 2 * path.stat().st_size + SPARE_BYTES:
            remux(path)


def copy_pictures(film: Path, target: Path) -> bool:
    """A film's pictures in a new file, as they are, and nothing else of it: no sound, no place, no device, no name.

    Whether it is a film at all; else there is no new file. OSError where it cannot be written.
    """
    for kind in ("mp4", "matroska") if film.suffix.lower() not in MATROSKA else ("matroska", "mp4"):
        with contextlib.suppress(av.error.FFmpegError, ValueError):
            with replaced_by(target) as new:
                _copy_streams(film, new, kind)
            return True
    return False


def _copy_streams(film: Path, new: Path, kind: str) -> None:
    """ValueError where there are no pictures."""
    kept = 0
    with av.open(str(film)) as source, av.open(str(new), "w", format=kind, options={"movflags": "faststart"}) as target:
        streams = [s for s in source.streams.video if not s.disposition & Disposition.attached_pic]
        copies = {s.index: target.add_stream_from_template(s) for s in streams}
        for packet in source.demux(streams):
            if packet.size and not packet.is_corrupt:
                packet.stream = copies[packet.stream.index]
                target.mux(packet)
                kept += 1
    if not kept:
        raise ValueError("no pictures")


def _copy(old: Path, new: Path) -> int:
    """How many pictures were copied."""
    kept = 0
    with (
        contextlib.suppress(av.error.InvalidDataError, av.error.EOFError),
        av.open(str(old)) as source,
        av.open(str(new), "w", format="mp4", options={"movflags": "faststart"}) as target,
    ):
        stream = source.streams.video[0]
        copy = target.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.dts is None or packet.is_corrupt:
                continue
            packet.stream = copy
            target.mux(packet)
            kept += 1
    return kept
