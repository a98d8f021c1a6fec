"""Which of a file's video streams is the film: covers and previews lie beside it, often before it."""

import contextlib
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import av
import av.error
import numpy as np
from av.container import InputContainer
from av.video.stream import VideoStream

from formcheck.frames import Floats

AS_LONG = 0.5
"""A stream of less than this share of the longest one's time is a trailer or a cover."""
LOOKS = 5
"""Pictures of a stream that are compared, spread over its time."""
LOOK_SIZE = (160, 120)
CHANGED = 12.0
"""Grey levels by which a picture element differs where something moved; encoding a still picture changes less."""
CHANGED_SHARE = 0.001
"""Of the picture's elements."""


def the_film(container: InputContainer, path: Path, streams: Sequence[VideoStream]) -> VideoStream:
    """Of several streams the largest that is about as long as the longest and moves; the first of those that are alike."""
    if len(streams) == 1:
        return streams[0]
    lengths = {s.index: _length_s(container, s) for s in streams}
    long = [s for s in streams if lengths[s.index] >= AS_LONG * max(lengths.values())]
    moving = [s for s in long if len(long) == 1 or _moves(path, s.index, lengths[s.index])]
    return max(moving or long, key=lambda s: s.codec_context.width * s.codec_context.height)


def _length_s(container: InputContainer, stream: VideoStream) -> float:
    """Seconds, as far as the file says."""
    if stream.frames == 1:
        return 0.0
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    tag = re.fullmatch(r"(\d+):(\d+):([\d.]+)", stream.metadata.get("DURATION", ""))  # as Matroska files have it
    if tag:
        return 3600 * int(tag[1]) + 60 * int(tag[2]) + float(tag[3])
    return (container.duration or 0) / av.time_base


def _moves(path: Path, index: int, length_s: float) -> bool:
    looks = list(_looks(path, index, length_s))
    differences = [abs(a - b) > CHANGED for a, b in pairwise(looks)]
    return any(changed.mean() > CHANGED_SHARE for changed in differences)


def _looks(path: Path, index: int, length_s: float) -> Iterator[Floats]:
    """Small grey pictures; fewer where the stream cannot be decoded."""
    with contextlib.suppress(av.error.FFmpegError, ValueError, MemoryError), av.open(str(path.absolute())) as container:
        stream = container.streams[index]
        tick_s, first = float(stream.time_base or 1), stream.start_time or 0
        for share in np.linspace(0.1, 0.9, LOOKS):
            wanted = first + int(share * length_s / tick_s)
            container.seek(wanted, stream=stream)
            later = (f for f in container.decode(stream) if isinstance(f, av.VideoFrame) and (f.pts or 0) >= wanted)
            picture = next(later, None)  # the seek ends at the key frame before
            if picture is None:
                return
            yield picture.reformat(*LOOK_SIZE, format="gray").to_ndarray().astype(float)
