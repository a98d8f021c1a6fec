"""Measures how much memory the analysis of a long film takes, with its annotated film: a clip again and again.

    python scripts/peak_memory.py [--minutes 60] [--clip CLIP]

Prints the memory in RAM each tenth of the film, and the most there ever was. Exit 0 if that is less than 450 MB.
"""

import argparse
import resource
import sys
import tempfile
from pathlib import Path

import av
from soak import memory_mb

from formcheck.exercises import EXERCISES
from formcheck.pose.model import model_file
from formcheck.run.offline.analyze import Request, analyze_video
from formcheck.system.resources import folder

MOST_MB = 450.0


def repeated(clip: Path, seconds: float, target: Path) -> int:
    """Copies the encoded pictures over and over, times running on; returns how many."""
    written, offset_s = 0, 0.0
    with av.open(str(target), "w") as new:
        copy = None
        while offset_s < seconds:
            with av.open(str(clip)) as old:
                stream = old.streams.video[0]
                tick = float(stream.time_base or 0)
                copy = copy or new.add_stream_from_template(stream)
                shift = round(offset_s / tick)
                last = 0
                for packet in old.demux(stream):
                    if packet.dts is None or packet.pts is None:
                        continue
                    last = max(last, packet.pts + (packet.duration or 0))
                    packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                    packet.stream = copy
                    new.mux(packet)
                    written += 1
                offset_s = (shift + last) * tick
    return written


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--clip", type=Path, default=folder("assets") / "demo.mp4")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        film = Path(name) / "long.mkv"
        frames = repeated(options.clip, 60 * options.minutes, film)

        def told(done: int, _total: int | None) -> None:
            if done % max(1, frames // 10) == 0:
                print(f"{100 * done / frames:3.0f} %: {memory_mb():.0f} MB", flush=True)

        session = analyze_video(Request(film, EXERCISES["clam"], Path(name) / "out", model_file(), progress=told))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(
        f"{options.minutes:g} minutes, {session.video.frames} frames, {len(session.reps)} repetitions: at most {peak_mb:.0f} MB"
    )
    return 0 if peak_mb < MOST_MB else 1


if __name__ == "__main__":
    sys.exit(main())
