"""Throws damaged video files at the reader: no crash, no hang, no nonsense.

    python scripts/fuzz_video.py [--files 1000] [--seed 0]

Files are damaged copies of small films in several formats. They are read in child processes, so that a crash in native code is
seen and the file that caused it is kept. Exit 0 if every file gave rising times and whole pictures, or a one-line reason.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import cast

import numpy as np

BATCH = 50
BATCH_TIMEOUT_S = 120.0
MAX_FRAMES = 5000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"), help="where files that made trouble are put")
    parser.add_argument("--read", nargs="+", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        return read_all(options.read)
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        films = make_films(folder)
        rng = np.random.default_rng(options.seed)
        read, refused = 0, 0
        for start in range(0, options.files, BATCH):
            batch = [damaged(rng, films, folder / f"{i}") for i in range(start, min(start + BATCH, options.files))]
            said = run_child(batch)
            for path in batch:
                outcome = said.get(path.name, "crash or hang")
                read += outcome.startswith("read")
                refused += outcome.startswith("refused")
                if not outcome.startswith(("read", "refused")):
                    failures += 1
                    options.keep.mkdir(exist_ok=True)
                    shutil.copy(path, options.keep)
                    print(f"{path.name}: {outcome}")
                path.unlink()
            print(f"{start + len(batch)} files, {failures} made trouble so far", flush=True)
    print(
        f"{options.files} damaged files: {read} read as far as they go, {refused} refused with a reason, {failures} made trouble"
    )
    return 1 if failures else 0


def make_films(folder: Path) -> list[Path]:
    """Small films as phones, cameras, the web and this program make them."""
    kinds = [
        ("phone.mp4", "libx264", "yuv420p", {"movflags": "faststart"}),
        ("index_last.mp4", "libx264", "yuv420p", {}),
        ("hevc.mp4", "libx265", "yuv420p", {"movflags": "faststart"}),
        ("own.mp4", "libx264", "yuv420p", {"movflags": "empty_moov+default_base_moof+frag_keyframe"}),
        ("camera.avi", "mjpeg", "yuvj420p", {}),
        ("web.webm", "libvpx-vp9", "yuv420p", {}),
        ("moving.gif", "gif", "rgb8", {}),
        ("old.mkv", "mpeg4", "yuv420p", {}),
    ]
    films = []
    for name, codec, pix_fmt, options in kinds:
        try:
            write_film(folder / name, codec, pix_fmt, options)
        except (OSError, ValueError) as error:  # an encoder this build lacks
            print(f"without {name}: {error}")
            continue
        films.append(folder / name)
    return films


def write_film(path: Path, codec: str, pix_fmt: str, options: dict[str, str]) -> None:
    import av
    from av.video.stream import VideoStream

    rng = np.random.default_rng(5)
    still = rng.integers(0, 255, (96, 128, 3), np.uint8)
    with av.open(str(path), "w", options=options) as container:
        stream = cast(VideoStream, container.add_stream(codec, rate=25, options={"g": "8", "x265-params": "log-level=none"}))
        stream.width, stream.height, stream.pix_fmt = 128, 96, pix_fmt
        for i in range(24):
            frame = av.VideoFrame.from_ndarray(np.roll(still, 4 * i, axis=1), format="rgb24")
            frame.pts, frame.time_base = i, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def damaged(rng: np.random.Generator, films: list[Path], target: Path) -> Path:
    """One film with one to three kinds of damage, under a name of its format."""
    film = films[int(rng.integers(len(films)))]
    data = bytearray(film.read_bytes())
    for _ in range(int(rng.integers(1, 4))):
        DAMAGES[int(rng.integers(len(DAMAGES)))](data, rng)
    path = target.with_name(f"{target.name}_{film.name}")
    path.write_bytes(data or b"\0")
    return path


def place(data: bytearray, rng: np.random.Generator) -> slice:
    """Some bytes, often in the headers."""
    reach = len(data) if rng.random() < 0.6 else min(2000, len(data))
    at = int(rng.integers(reach)) if reach else 0
    return slice(at, at + int(rng.integers(1, 400)))


def break_off(data: bytearray, rng: np.random.Generator) -> None:
    del data[max(1, place(data, rng).start) :]


def overwrite(data: bytearray, rng: np.random.Generator) -> None:
    where = place(data, rng)
    data[where] = rng.integers(0, 256, where.stop - where.start, np.uint8).tobytes()


def blank(data: bytearray, rng: np.random.Generator) -> None:
    where = place(data, rng)
    data[where] = bytes(where.stop - where.start)


def leave_out(data: bytearray, rng: np.random.Generator) -> None:
    del data[place(data, rng)]


def put_in(data: bytearray, rng: np.random.Generator) -> None:
    where = place(data, rng)
    data[where.start : where.start] = rng.integers(0, 256, where.stop - where.start, np.uint8).tobytes()


def make_huge(data: bytearray, rng: np.random.Generator) -> None:
    at = place(data, rng).start
    data[at : at + 4] = b"\xff\xff\xff\xff"


def flip_bits(data: bytearray, rng: np.random.Generator) -> None:
    for bit in rng.integers(max(1, len(data) * 8), size=20):
        if int(bit) // 8 < len(data):
            data[int(bit) // 8] ^= 1 << (int(bit) % 8)


DAMAGES = (break_off, overwrite, blank, leave_out, put_in, make_huge, flip_bits)


def run_child(batch: list[Path]) -> dict[str, str]:
    """File -> outcome, for those the child got to; a file that killed it is missing, and the rest is tried again."""
    said: dict[str, str] = {}
    waiting = batch
    while waiting:
        command = [sys.executable, __file__, "--read", *map(str, waiting)]
        try:
            done = subprocess.run(
                command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=BATCH_TIMEOUT_S, text=True, check=False
            )
            output = done.stdout
        except subprocess.TimeoutExpired as error:
            output = (error.stdout or b"").decode()
        new = dict(line.split("\t", 1) for line in output.splitlines() if "\t" in line)
        said |= new
        waiting = [path for path in waiting if path.name not in said][1:]  # the first of them ended the child
    return said


def read_all(paths: list[Path]) -> int:
    for path in paths:
        print(f"{path.name}\t{outcome_of(path)}", flush=True)
    return 0


def outcome_of(path: Path) -> str:
    from formcheck.capture.source import SourceError
    from formcheck.capture.video_file import VideoFile

    count, last_s, shape = 0, -1.0, None
    try:
        with VideoFile(path) as video:
            for frame in video.frames():
                if not frame.timestamp_s > last_s:
                    return f"times do not rise: {last_s} {frame.timestamp_s}"
                if frame.image.dtype != np.uint8 or frame.image.ndim != 3 or shape not in (None, frame.image.shape):
                    return f"not a whole picture: {frame.image.dtype} {frame.image.shape}, first {shape}"
                count, last_s, shape = count + 1, frame.timestamp_s, frame.image.shape
                if count > MAX_FRAMES:
                    return "no end"
    except SourceError as error:
        return "refused" if "\n" not in str(error) else f"more than one line: {error!r}"
    except Exception as error:  # whatever it is, the user would see a traceback
        return f"{type(error).__name__}: {error}"
    return f"read {count}"


if __name__ == "__main__":
    sys.exit(main())
