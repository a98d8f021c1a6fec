"""Measures speed: this program against the loop that every tutorial writes, and against bare inference.

    python scripts/benchmark.py [--rounds 3] [--markdown FILE] [--high CLIP]       the goals of docs/speed.md
    python scripts/benchmark.py CLIP [--exercise clam] [--rounds 5] [--size 1280x720]     one clip, and its stages

All are run in turn, round after round, in one process, so that the ratios hold when the machine's speed drifts:

    bare       decode and infer, one stream
    tutorial   read, convert, detect, draw, write with cv2.VideoWriter
    every      this program with annotated recording, a pose found on every frame
    program    the same as it is shipped, poses on the frames that the schedule chooses

--size enlarges the clip first. --high names a film of 240 frames a second; without it one is made of a film of fewer. Prints
frames a second, CPU time per frame, ratios with median and 95th percentile, and milliseconds per stage. Clips are ../shared's
where they are there, else the demo's.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from benchmark_clips import enlarged, faster_filmed, first_seconds

from formcheck.analysis.analyzer import Analyzer
from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise
from formcheck.frames import Observation
from formcheck.motion.surface import TrunkSurface
from formcheck.overlay.held import HeldOverlay
from formcheck.overlay.overlay import Overlay
from formcheck.planes import even, planes_of
from formcheck.pose.landmarker import (  # type: ignore[attr-defined]  # from here, where its uploads are forbidden
    BaseOptions,
    mp,
    vision,
)
from formcheck.pose.model import model_file
from formcheck.recording.video_writer import VideoWriter
from formcheck.run.offline.analyze import Request, analyze_video
from formcheck.run.tracking import tracker_for
from formcheck.system.resources import folder

SHARED = Path(__file__).parents[2] / "shared"
SECONDS = 16.0
"""Of each film."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run over the clip."""

    wall_s: float
    cpu_s: float


def timed(job: Callable[[], object]) -> Run:
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    job()
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    return Run(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def landmarker(model: Path) -> vision.PoseLandmarker:
    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model)), running_mode=vision.RunningMode.VIDEO
    )
    return vision.PoseLandmarker.create_from_options(options)


def read(clip: Path) -> Iterator[tuple[int, np.ndarray]]:
    capture = cv2.VideoCapture(str(clip))
    fps = capture.get(cv2.CAP_PROP_FPS) or 30
    index = 0
    while True:
        ok, image = capture.read()
        if not ok:
            capture.release()
            return
        yield round(index * 1000 / fps), image
        index += 1


def bare(clip: Path, model: Path) -> None:
    cv2.setNumThreads(-1)  # as many as there are cores, which this program does not want for itself
    with landmarker(model) as detector:
        for clock_ms, image in read(clip):
            rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            detector.detect_for_video(mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb), clock_ms)


def tutorial(clip: Path, model: Path, out: Path) -> None:
    cv2.setNumThreads(-1)
    writer = None
    with landmarker(model) as detector:
        for clock_ms, image in read(clip):
            rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            found = detector.detect_for_video(mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb), clock_ms)
            height, width = image.shape[:2]
            for person in found.pose_landmarks:
                points = [(int(p.x * width), int(p.y * height)) for p in person]
                for link in vision.PoseLandmarksConnections.POSE_LANDMARKS:
                    cv2.line(image, points[link.start], points[link.end], (0, 255, 0), 2)
                for point in points:
                    cv2.circle(image, point, 3, (0, 0, 255), -1)
            writer = writer or cv2.VideoWriter(str(out), cv2.VideoWriter.fourcc(*"mp4v"), 30, (width, height))
            writer.write(image)
    if writer is not None:
        writer.release()


def program(clip: Path, model: Path, exercise: Exercise, out: Path, *, every_frame: bool) -> None:
    analyze_video(Request(clip, exercise, out, model, every_frame=every_frame, replace=True))


def stages(clip: Path, model: Path, exercise: Exercise, out: Path) -> dict[str, list[float]]:
    """Milliseconds of each frame in each stage, all in one thread."""
    spent: dict[str, list[float]] = {}

    def measured(name: str, start: float) -> float:
        now = time.perf_counter()
        spent.setdefault(name, []).append((now - start) * 1000)
        return now

    surface, analyzer = TrunkSurface(), Analyzer(exercise)
    with VideoFile(clip) as source, tracker_for(exercise, model) as tracker:
        size = source.info.width, source.info.height
        writer, overlay = VideoWriter(out, size), HeldOverlay(Overlay(), even(size))
        now = time.perf_counter()
        for frame in source.frames():
            now = measured("wait for decoder", now)
            pose = tracker.process(frame)
            now = measured("pose", now)
            seen = surface.update(frame, pose)
            now = measured("surface", now)
            snapshot = analyzer.update(Observation(pose, seen))
            now = measured("analysis", now)
            planes = planes_of(frame.picture, size)
            overlay.lay_on(planes, frame.timestamp_s, pose, snapshot, exercise)
            now = measured("overlay", now)
            writer.write(planes, frame.timestamp_s)
            now = measured("encode", now)
        writer.close()
    return spent


def frames_in(clip: Path) -> tuple[int, str]:
    with VideoFile(clip) as source:
        frames = sum(1 for _ in source.frames())
        return frames, f"{source.info.width}×{source.info.height}, {source.info.fps:.0f} frames a second"


def in_turn(jobs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[Run]]:
    runs: dict[str, list[Run]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            runs[name].append(timed(job))
    return runs


def one_clip(clip: Path, exercise: Exercise, rounds: int, out: Path, *, names: Sequence[str] = ()) -> str:
    """The table of one clip. names: only these jobs."""
    model = model_file()
    jobs = {
        "bare": lambda: bare(clip, model),
        "tutorial": lambda: tutorial(clip, model, out / "tutorial.mp4"),
        "every": lambda: program(clip, model, exercise, out / "every", every_frame=True),
        "program": lambda: program(clip, model, exercise, out / "program", every_frame=False),
    }
    frames, words = frames_in(clip)
    runs = in_turn({name: job for name, job in jobs.items() if name in (names or jobs)}, rounds)
    return f"{clip.name}: {frames} frames, {words}\n\n{table(runs, frames)}"


def table(runs: Mapping[str, Sequence[Run]], frames: int) -> str:
    out = ["| | frames/s | CPU ms a frame | wall ÷ bare | tutorial ÷ wall | CPU ÷ bare |", "|---|---|---|---|---|---|"]
    for name, some in runs.items():
        cells = [
            f"{frames / np.median([r.wall_s for r in some]):.0f}",
            f"{np.median([r.cpu_s for r in some]) / frames * 1000:.1f}",
            ratio(some, runs.get("bare"), "wall_s"),
            ratio(runs.get("tutorial"), some, "wall_s"),
            ratio(some, runs.get("bare"), "cpu_s"),
        ]
        out.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(out)


def ratio(a: Sequence[Run] | None, b: Sequence[Run] | None, what: str) -> str:
    """Pair by pair: median (95th percentile)."""
    if a is None or b is None:
        return ""
    pairs = np.array([getattr(r, what) for r in a]) / np.array([getattr(r, what) for r in b])
    return f"{np.median(pairs):.2f} ({np.percentile(pairs, 95):.2f})"


def goals(rounds: int, high: Path | None, out: Path) -> str:
    """The rows of docs/speed.md that need no window, and the tables behind them."""
    model, clam, walk = model_file(), EXERCISES["clam"], EXERCISES["lateral-band-walk"]
    vga, hd60, hd240, hd30 = (out / f"{name}.mp4" for name in ("vga", "hd60", "hd240", "hd30"))
    demo = folder("assets") / "demo.mp4"
    real = SHARED / "real" / "clamshell" / "clamshell_ai_photoreal.mp4"
    side = SHARED / "real" / "band_walk" / "wongfit_lateral-band-walk.mp4"
    large = out / "large.mp4"
    if real.exists():
        first_seconds(real, SECONDS, large)
    else:
        first_seconds(demo, SECONDS, out / "short.mp4")
        enlarged(out / "short.mp4", (1280, 720), large)
    first_seconds(SHARED / "clips" / "clam_00.mp4" if real.exists() else demo, SECONDS, vga)
    faster_filmed(large, 240, hd240)
    faster_filmed(large, 30, hd30)
    if side.exists():
        first_seconds(side, SECONDS, hd60)
    else:
        faster_filmed(large, 60, hd60)
    bare(hd30, model)  # warms the caches for all
    few = max(2, rounds - 1)
    parts = [
        one_clip(vga, clam, rounds, out),
        one_clip(hd60, walk if side.exists() else clam, rounds, out, names=("bare", "tutorial", "program")),
        one_clip(high or hd240, clam, few, out, names=("tutorial", "program")),
    ]
    jobs = {
        name: lambda clip=clip: program(clip, model, clam, out / "same", every_frame=False)
        for name, clip in (("240 frames a second", hd240), ("30 frames a second", hd30))
    }
    same = in_turn(jobs, rounds)
    high_runs, low_runs = same.values()
    seconds = (
        "| the same seconds | wall s | CPU s |\n|---|---|---|\n"
        + "\n".join(
            f"| {name} | {np.median([r.wall_s for r in some]):.1f} | {np.median([r.cpu_s for r in some]):.1f} |"
            for name, some in same.items()
        )
        + f"\n| 240 ÷ 30 | {ratio(high_runs, low_runs, 'wall_s')} | {ratio(high_runs, low_runs, 'cpu_s')} |"
    )
    return "\n\n".join([*parts, seconds])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", type=Path, nargs="?", metavar="CLIP")
    parser.add_argument("--exercise", default="clam", choices=sorted(EXERCISES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--size", help="WIDTHxHEIGHT")
    parser.add_argument("--high", type=Path, metavar="CLIP", help="a film of 240 frames a second of a clam")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables here as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        if options.clip is None:
            text = goals(options.rounds, options.high, out)
        else:
            text = with_stages(options.clip, options.size, EXERCISES[options.exercise], options.rounds, out)
    text = f"{os.cpu_count()} cores; load before: {os.getloadavg()[0]:.1f}\n\n{text}\n" if hasattr(os, "getloadavg") else text
    print(text)
    if options.markdown:
        options.markdown.write_text(text)


def with_stages(clip: Path, size: str | None, exercise: Exercise, rounds: int, out: Path) -> str:
    model = model_file()
    if size:
        width, height = map(int, size.split("x"))
        enlarged(clip, (width, height), out / f"{size}.mp4")
        clip = out / f"{size}.mp4"
    bare(clip, model)
    lines = ["| stage, one thread | median ms | 95th percentile ms |", "|---|---|---|"]
    text = one_clip(clip, exercise, rounds, out)
    for stage, spent in stages(clip, model, exercise, out / "stages.mp4").items():
        lines.append(f"| {stage} | {np.median(spent):.2f} | {np.percentile(spent, 95):.2f} |")
    return "\n\n".join([text, "\n".join(lines)])


if __name__ == "__main__":
    main()
