"""Measures speed on one clip: this program against the loop that every tutorial writes, and against bare inference.

    python scripts/benchmark.py CLIP [--exercise clam] [--rounds 5] [--size 1280x720]

All are run in turn, round after round, in one process, so that the ratios hold when the machine's speed drifts:

    bare       decode and infer, one stream
    tutorial   read, convert, detect, draw, write with cv2.VideoWriter
    single     this program with annotated recording, inference in one stream
    program    the same as it is shipped, poses on the frames that the schedule chooses

--size enlarges the clip first. Prints frames a second, CPU time per frame, ratios with median and 95th percentile, and
milliseconds per stage.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from benchmark_live import enlarged

from formcheck.analysis.analyzer import Analyzer
from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise
from formcheck.frames import Observation
from formcheck.motion.surface import TrunkSurface
from formcheck.overlay.overlay import Overlay
from formcheck.pose.landmarker import (  # type: ignore[attr-defined]  # from here, where its uploads are forbidden
    BaseOptions,
    mp,
    vision,
)
from formcheck.pose.model import model_file
from formcheck.recording.video_writer import VideoWriter
from formcheck.run.offline.analyze import Request, analyze_video
from formcheck.run.tracking import tracker_for


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
    analyze_video(Request(clip, exercise, out, model, every_frame=every_frame))


def stages(clip: Path, model: Path, exercise: Exercise, out: Path) -> dict[str, list[float]]:
    """Milliseconds of each frame in each stage, all in one thread."""
    spent: dict[str, list[float]] = {}

    def measured(name: str, start: float) -> float:
        now = time.perf_counter()
        spent.setdefault(name, []).append((now - start) * 1000)
        return now

    overlay = Overlay()
    surface, analyzer = TrunkSurface(), Analyzer(exercise)
    with VideoFile(clip) as source, tracker_for(exercise, model) as tracker:
        writer = VideoWriter(out, (source.info.width, source.info.height))
        now = time.perf_counter()
        for frame in source.frames():
            now = measured("wait for decoder", now)
            pose = tracker.process(frame)
            now = measured("pose", now)
            snapshot = analyzer.update(Observation(pose, surface.update(frame, pose)))
            now = measured("surface and analysis", now)
            image = overlay.annotate(frame.image, pose, snapshot, exercise)
            now = measured("overlay", now)
            writer.write(image, frame.timestamp_s)
            now = measured("encode", now)
        writer.close()
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", type=Path, metavar="CLIP")
    parser.add_argument("--exercise", default="clam", choices=sorted(EXERCISES))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", help="WIDTHxHEIGHT")
    options = parser.parse_args()
    model, exercise, clip = model_file(), EXERCISES[options.exercise], options.clip
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        if options.size:
            width, height = map(int, options.size.split("x"))
            enlarged(clip, (width, height), out / f"{options.size}.mp4")
            clip = out / f"{options.size}.mp4"
        with VideoFile(clip) as source:
            frames = sum(1 for _ in source.frames())
            print(f"{clip.name}: {frames} frames, {source.info.width}×{source.info.height}")
        jobs = {
            "bare": lambda: bare(clip, model),
            "tutorial": lambda: tutorial(clip, model, out / "tutorial.mp4"),
            "single": lambda: program(clip, model, exercise, out / "single", every_frame=True),
            "program": lambda: program(clip, model, exercise, out / "program", every_frame=False),
        }
        bare(clip, model)  # warms the caches for all
        runs: dict[str, list[Run]] = {name: [] for name in jobs}
        for _ in range(options.rounds):
            for name, job in jobs.items():
                runs[name].append(timed(job))
        report(runs, frames)
        print("\n| stage, one thread | median ms | 95th percentile ms |\n|---|---|---|")
        for name, spent in stages(clip, model, exercise, out / "stages.mp4").items():
            print(f"| {name} | {np.median(spent):.2f} | {np.percentile(spent, 95):.2f} |")


def report(runs: dict[str, list[Run]], frames: int) -> None:
    print("\n| | frames/s | CPU ms a frame | wall ÷ bare | wall ÷ tutorial | CPU ÷ bare |\n|---|---|---|---|---|---|")
    for name, some in runs.items():
        wall = np.array([r.wall_s for r in some])
        cpu = np.array([r.cpu_s for r in some])
        cells = [
            f"{frames / np.median(wall):.0f}",
            f"{np.median(cpu) / frames * 1000:.1f}",
            ratio(wall, np.array([r.wall_s for r in runs["bare"]])),
            ratio(wall, np.array([r.wall_s for r in runs["tutorial"]])),
            ratio(cpu, np.array([r.cpu_s for r in runs["bare"]])),
        ]
        print(f"| {name} | {' | '.join(cells)} |")


def ratio(a: np.ndarray, b: np.ndarray) -> str:
    """Pair by pair: median (95th percentile)."""
    pairs = a / b
    return f"{np.median(pairs):.2f} ({np.percentile(pairs, 95):.2f})"


if __name__ == "__main__":
    main()
