"""Opening a video file, or saying in one line why there is no picture to be had from it."""

from pathlib import Path

import av
import av.error
from av.codec.hwaccel import HWAccel
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from formcheck.capture.source import SourceError
from formcheck.capture.streams import the_film
from formcheck.system.kept_words import kept
from formcheck.system.language import to_translate, tr

MAX_PIXELS = 8192 * 8192
DECODE_ERRORS = (av.error.FFmpegError, ValueError, MemoryError)


def open_video(path: Path, card: HWAccel | None = None) -> InputContainer:
    """card: to be decoded by it; what PyAV says where that cannot be passes through."""
    if path.is_dir():
        raise SourceError(tr("{path}: is a folder; name the video file in it", path=path))
    if not path.exists():
        raise SourceError(tr("{path}: there is no such file", path=path))
    try:
        if path.stat().st_size == 0:
            raise SourceError(tr("{name}: the file is empty; copy or record it again", name=path.name))
        # Only this file is read: a playlist in it must not make the program open others, least of all from the network.
        options = {"protocol_whitelist": "file", "max_pixels": str(MAX_PIXELS)}
        container = av.open(str(path.absolute()), options=options, hwaccel=card)
    except PermissionError as error:
        raise SourceError(tr("{path}: may not be read; check the file's permissions", path=path)) from error
    except (*DECODE_ERRORS, OSError) as error:
        raise SourceError(
            tr("{name}: is not a video, or is damaged from the start; check that it plays", name=path.name)
        ) from error
    return container


def video_stream(container: InputContainer, path: Path) -> tuple[VideoStream, str]:
    """The stream that is the film, made ready to be decoded, and a word for the user where it was one of several."""
    if "tty" in container.format.name.split(","):
        raise SourceError(tr("{name}: is a text file, not a video", name=path.name))
    films = [s for s in container.streams.video if Disposition.attached_pic not in s.disposition]
    if not films:
        if container.streams.audio:
            raise SourceError(tr("{name}: holds only sound; choose a file with pictures", name=path.name))
        raise SourceError(tr("{name}: holds no video; choose a file with pictures", name=path.name))
    films = [s for s in films if s.codec_context is not None]
    if not films:
        raise SourceError(tr("{name}: its video format cannot be decoded here; convert it to H.264", name=path.name))
    stream = the_film(container, path, films)
    stream.thread_type = "AUTO"
    stream.codec_context.options = {"max_pixels": str(MAX_PIXELS)}
    if len(films) == 1:
        return stream, ""
    size = f"{stream.codec_context.width}×{stream.codec_context.height}"
    note = to_translate("The file holds {n} video streams: the longest and largest one that moves was used ({size}).")
    return stream, kept(note, n=len(films), size=size)


def declared_duration(container: InputContainer, stream: VideoStream) -> float | None:
    """Seconds, as far as the file says and that can be."""
    if stream.duration and stream.time_base:
        seconds = float(stream.duration * stream.time_base)
    elif container.duration:
        seconds = container.duration / av.time_base
    else:
        return None
    return seconds if 0 < seconds < 7 * 24 * 3600 else None


def mean_rate(stream: VideoStream) -> float:
    """Frames a second at which the stream plays."""
    for rate in (stream.average_rate, stream.guessed_rate):
        if rate and 0.1 <= rate <= 1000:
            return float(rate)
    return 30.0
