"""Mends a film whose program was killed: what plays of it is copied, without decoding, into a file that ends as it should."""

import contextlib
from pathlib import Path

import av
import av.error

from formcheck.system.files import replaced_by


def mend(path: Path) -> bool:
    """Whether there was anything in the film; one with nothing in it is removed. OSError where the disk is full.

    The film is replaced in one step: whatever happens on the way, the old one is there.
    """
    with replaced_by(path) as new:
        kept = _copy(path, new)
    if not kept:
        path.unlink()
    return bool(kept)


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
