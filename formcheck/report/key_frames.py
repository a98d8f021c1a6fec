"""Pictures of the moments that matter, cut from a session's annotated video."""

from collections.abc import Sequence
from pathlib import Path

import av
import av.error
import cv2
import numpy as np

from formcheck.analysis.clean import clean_as_seen
from formcheck.exercises import EXERCISES
from formcheck.frames import Image
from formcheck.report.document import Picture
from formcheck.report.words import outcome, worst
from formcheck.results import Rep, Session, Severity
from formcheck.system.language import tr

JPEG_QUALITY = 85
MAX_WIDTH = 640


def key_moments(session: Session, count: int = 6) -> list[tuple[float, Rep]]:
    """(time, repetition) of the worst findings and of a clean repetition to set beside them, in the order of time."""
    found = sorted((r for r in session.reps if r.findings), key=lambda r: worst(r) != Severity.FAULT)
    chosen = [(next(f for f in r.findings if f.severity == worst(r)).at_s, r) for r in found[: count - 1]]
    clean = [(r.peak_s, r) for r in session.reps if clean_as_seen(r, EXERCISES.get(session.exercise))]
    return sorted(chosen + clean[:1], key=lambda m: m[0])


def key_frames(video: Path, session: Session, count: int = 6) -> tuple[Picture, ...]:
    """The pictures of key_moments(). Empty where the video is missing or cannot be read: a report goes without."""
    moments = key_moments(session, count)
    images = frames_at(video, [t for t, _ in moments])
    return tuple(
        Picture(
            jpeg(image),
            tr("Repetition {number} at {at:.1f} s: {outcome}", number=rep.number, at=at, outcome=outcome(session, rep)),
        )
        for (at, rep), image in zip(moments, images, strict=True)
        if image is not None
    )


def frames_at(video: Path, times_s: Sequence[float]) -> list[Image | None]:
    """For each time, the last frame shown by then, upright, (H, W, 3) BGR; None where there is none."""
    try:
        with av.open(str(video)) as container:
            return [_frame_at(container, t) for t in times_s]
    except (OSError, av.error.FFmpegError, IndexError):
        return [None] * len(times_s)


def _frame_at(container: "av.container.InputContainer", at_s: float) -> Image | None:
    stream = container.streams.video[0]
    first = float((stream.start_time or 0) * stream.time_base) if stream.time_base else 0.0
    container.seek(int((first + at_s) * av.time_base), backward=True)
    shown: av.VideoFrame | None = None
    for frame in container.decode(stream):
        if frame.time is None or frame.time > first + at_s + 1e-3:
            shown = shown or frame
            break
        shown = frame
    if shown is None:
        return None
    image = np.asarray(shown.to_ndarray(format="bgr24"), np.uint8)
    return np.ascontiguousarray(np.rot90(image, round(shown.rotation / 90))) if shown.rotation else image


def jpeg(image: Image) -> bytes:
    """A JPEG file's content, no wider than MAX_WIDTH."""
    if image.shape[1] > MAX_WIDTH:
        height = round(image.shape[0] * MAX_WIDTH / image.shape[1])
        image = np.asarray(cv2.resize(image, (MAX_WIDTH, height), interpolation=cv2.INTER_AREA), np.uint8)
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not done:
        raise ValueError(tr("the picture could not be encoded"))
    return bytes(data)
