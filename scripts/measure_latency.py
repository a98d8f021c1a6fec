"""How old a picture is when the program gets it: of MJPEG over HTTP, of RTSP, and of a file played as a camera, in one run.

    python scripts/measure_latency.py [--seconds N]

Pictures that carry their number are made here at 30 a second and streamed by ffmpeg over the loopback, 640 x 360. A picture's
age is the time from when it was made to when it is handed to whoever measures; encoder and server are in it. The file's pictures
are due at their own times; their age is how much later than due they come. Prints a Markdown row each.
"""

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from formcheck.capture.address import parse_address
from formcheck.capture.live import LiveSource
from formcheck.capture.network import NetworkCamera
from formcheck.capture.playback import VideoAsCamera
from formcheck.frames import Image

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))
from films import make_film
from streams import FFMPEG, MjpegServer, RtspServer, StreamServer

FPS, WIDTH, HEIGHT = 30, 640, 360
BITS = 16
WARM_S = 2.0
"""Not counted: the connection begins with what it has buffered."""


def numbered(number: int) -> Image:
    """Its bits as bars, from the left; noise beneath them, as cameras have it."""
    image = np.random.default_rng(number % 7).integers(90, 150, (HEIGHT, WIDTH, 3), np.uint8)
    for bit in range(BITS):
        left = bit * WIDTH // BITS
        image[: HEIGHT // 2, left : left + WIDTH // BITS] = 235 if number >> bit & 1 else 20
    return np.asarray(image, np.uint8)


def number_in(image: Image) -> int:
    middles = [int((bit + 0.5) * image.shape[1] / BITS) for bit in range(BITS)]
    row = image.shape[0] // 4
    return sum(1 << bit for bit, x in enumerate(middles) if image[row - 8 : row + 8, x - 8 : x + 8].mean() > 128)


class Maker:
    """Makes pictures into an ffmpeg child, and remembers when."""

    def __init__(self) -> None:
        self.made_s: dict[int, float] = {}

    def ffmpeg(self, server: StreamServer, *output: str) -> "subprocess.Popen[bytes]":
        source = ["-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS), "-i", "pipe:0"]
        command = [str(FFMPEG), "-loglevel", "error", "-fflags", "nobuffer", *source, "-an", *output]
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        server._children.append(child)
        threading.Thread(target=self._feed, args=(child,), daemon=True).start()
        return child

    def _feed(self, child: "subprocess.Popen[bytes]") -> None:
        assert child.stdin is not None
        begun_s = time.monotonic()
        try:
            for number in range(1 << BITS):
                picture = numbered(number).tobytes()
                time.sleep(max(0.0, begun_s + number / FPS - time.monotonic()))
                self.made_s[number] = time.monotonic()
                child.stdin.write(picture)
                child.stdin.flush()
        except (OSError, ValueError):
            return


def streamed(kind: type[StreamServer], seconds: float) -> list[float]:
    maker = Maker()
    server = kind(Path("none"), fps=FPS)
    server.ffmpeg = lambda *output: maker.ffmpeg(server, *output)  # type: ignore[method-assign]
    with server, NetworkCamera("phone", *parse_address(server.url)) as source:
        return ages(source, seconds, lambda number, now_s: now_s - maker.made_s[number])


def played(seconds: float) -> list[float]:
    with tempfile.TemporaryDirectory() as work:
        film = make_film(Path(work) / "film.mp4", [numbered(i) for i in range(int((seconds + WARM_S + 1) * FPS))])
        with VideoAsCamera(film) as source:
            due = ages(source, seconds, lambda number, now_s: now_s - number / FPS)
    return [age - min(due) for age in due]


def ages(source: LiveSource, seconds: float, age: Callable[[int, float], float]) -> list[float]:
    """Of each picture, as it comes."""
    found, begun_s = [], time.monotonic()
    while time.monotonic() - begun_s < seconds + WARM_S:
        try:
            frame = source.async_read(1.0)
        except TimeoutError:  # not connected yet
            continue
        now_s = time.monotonic()
        if now_s - begun_s > WARM_S:
            found.append(age(number_in(frame.image), now_s))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args()
    print("| camera | pictures | median | 90 % below | longest |\n|---|---|---|---|---|")
    for name, found in (
        ("file played as a camera", played(options.seconds)),
        ("MJPEG over HTTP", streamed(MjpegServer, options.seconds)),
        ("H.264 over RTSP (TCP)", streamed(RtspServer, options.seconds)),
    ):
        figures = [1000 * float(np.quantile(found, share)) for share in (0.5, 0.9, 1.0)]
        print(f"| {name} | {len(found)} | {' | '.join(f'{ms:.0f} ms' for ms in figures)} |")


if __name__ == "__main__":
    main()
