"""Makes an ordinary MP4, which every player can seek in, of a recording: its pictures are copied, not encoded again."""

import contextlib
import glob
import shutil
from pathlib import Path

import av
import av.error

from formcheck.system.files import replaced_by

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
