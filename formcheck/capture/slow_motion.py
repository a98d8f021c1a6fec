"""How much slower than life a film plays: phones film at 120 to 960 frames a second and play that at 30.

Android's cameras write the rate of filming into the file. iPhones' originals play at the pace of life, whatever their rate; a
copy that the iPhone slowed down says nothing of it.
"""

from pathlib import Path

from av.container import InputContainer
from av.video.stream import VideoStream

from formcheck.capture.source import SourceError
from formcheck.system.kept_words import kept
from formcheck.system.language import tr

TAG = "com.android.capture.fps"
SLOW_MOTION_FPS = 100.0
"""Slow motion begins at 120 frames a second. Ordinary films carry the tag too, and play fewer than it says in the dark."""
SLOWED = 1.5
"""Times; the rates of ordinary films are off by less."""
FASTEST_FPS = 2000.0


def slowed_by(container: InputContainer, stream: VideoStream, fps: float, capture_fps: float | None) -> float:
    """How many times slower than life the film plays, 1 for an ordinary one.

    fps: at which it plays. capture_fps: at which it was filmed, None for what the file says. SourceError where that cannot be.
    """
    if capture_fps is None:
        return _by_its_tag(container, stream, fps)
    if not fps / SLOWED <= capture_fps <= FASTEST_FPS:
        name = Path(container.name).name
        raise SourceError(
            tr(
                "{name}: plays {fps:.0f} frames a second, so it was filmed at {fps:.0f} to {fastest_fps:.0f}",
                name=name,
                fps=fps,
                fastest_fps=FASTEST_FPS,
            )
        )
    return capture_fps / fps


def in_words(slowed: float, fps: float) -> str | None:
    """What is said of a film that was slowed down; None of an ordinary one."""
    if slowed < SLOWED:
        return None
    return kept(
        "Slow motion: filmed at {capture_fps:.0f} frames a second, it plays {slowed:.1f} times slower. Times are those of life.",
        capture_fps=slowed * fps,
        slowed=slowed,
    )


def _by_its_tag(container: InputContainer, stream: VideoStream, fps: float) -> float:
    for metadata in (container.metadata, stream.metadata):
        try:
            captured = float(metadata.get(TAG, ""))
        except ValueError:
            continue
        if SLOW_MOTION_FPS <= captured <= FASTEST_FPS and captured >= SLOWED * fps:
            return captured / fps
    return 1.0
