"""Small real video files, made with PyAV as needed."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.video.stream import VideoStream

RED, GREEN, BLUE, WHITE = (40, 40, 220), (40, 220, 40), (220, 40, 40), (230, 230, 230)


def quarters(width: int = 64, height: int = 48) -> np.ndarray:
    """Red and green above, blue and white below: shows how a picture was turned."""
    image = np.empty((height, width, 3), np.uint8)
    image[: height // 2, : width // 2], image[: height // 2, width // 2 :] = RED, GREEN
    image[height // 2 :, : width // 2], image[height // 2 :, width // 2 :] = BLUE, WHITE
    return image


def corners(image: np.ndarray) -> list[str]:
    """Colour names of the four corners: top left, top right, bottom left, bottom right."""
    h, w = image.shape[:2]
    names = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
    places = [(h // 8, w // 8), (h // 8, w - w // 8), (h - h // 8, w // 8), (h - h // 8, w - w // 8)]
    return [min(names, key=lambda n: float(np.abs(image[p].astype(float) - names[n]).sum())) for p in places]


def moving(index: int, width: int = 64, height: int = 48) -> np.ndarray:
    """A picture that tells its number: a bright column moves to the right."""
    image = quarters(width, height) // 2
    image[:, (index * 3) % width] = 255
    return image


def make_film(
    path: Path,
    images: Sequence[np.ndarray],
    times_s: Sequence[float] | None = None,
    *,
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    source_format: str = "bgr24",
    container_options: dict[str, str] | None = None,
    fps: int = 30,
    **options: Any,
) -> Path:
    """Write the images at the given times (evenly if none)."""
    times_s = times_s if times_s is not None else [i / fps for i in range(len(images))]
    with av.open(str(path), "w", options=container_options or {}) as container:
        stream = cast(VideoStream, container.add_stream(codec, rate=fps, options={k: str(v) for k, v in options.items()}))
        stream.height, stream.width = images[0].shape[:2]
        stream.pix_fmt = pix_fmt
        exact = Fraction(1, 90_000) if codec not in ("gif", "mjpeg", "mpeg4") else Fraction(1, fps)
        stream.codec_context.time_base = exact
        for image, time_s in zip(images, times_s, strict=True):
            frame = av.VideoFrame.from_ndarray(image, format=source_format)
            frame.pts, frame.time_base = round(time_s / exact), exact
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def first_seconds(source: Path, seconds: float, target: Path) -> Path:
    """The beginning of a film, copied without decoding."""
    return cut_out(source, 0.0, seconds, target)


def cut_out(source: Path, from_s: float, to_s: float, target: Path) -> Path:
    """A part of a film that begins with a key frame, copied without decoding."""
    with av.open(str(source)) as reading, av.open(str(target), "w") as writing:
        stream = reading.streams.video[0]
        out = writing.add_stream_from_template(stream)
        for packet in reading.demux(stream):
            if packet.dts is not None and from_s <= (packet.pts or 0) * (stream.time_base or 0) < to_s:
                packet.stream = out
                writing.mux(packet)
    return target


def turn_by_metadata(path: Path, quarters_clockwise: int) -> None:
    """Set the display matrix in an MP4's track header, as a phone held sideways does."""
    one, minus = b"\x00\x01\x00\x00", b"\xff\xff\x00\x00"
    zero = b"\x00" * 4
    a, b, c, d = {1: (zero, one, minus, zero), 2: (minus, zero, zero, minus), 3: (zero, minus, one, zero)}[quarters_clockwise]
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40  # version and flags, times, track, layer, group, volume
    data[at : at + 36] = a + b + zero + c + d + zero + zero + zero + b"\x40\x00\x00\x00"
    path.write_bytes(data)


def make_sound(path: Path) -> Path:
    """An audio-only file."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44_100)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.rate = 44_100
        frame.pts = 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
