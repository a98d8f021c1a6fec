"""Plays a live set of two hours as fast as this computer can, and measures how its memory grows.

    python scripts/soak.py [--hours 2] [--fps 30] [--scale 1] [--clip CLIP]

The clip is looped with rising times; its poses are found once and replayed; all else is the program's own: surface, analysis,
overlay, the recorded film, the session's files. Memory is this process's in RAM, where the system tells (Linux), else its peak.
The first five minutes are left out: buffers and caches fill then. Exit 0 if it grew by less than 50 MB.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from formcheck.analysis.handsfree import Stage
from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.frames import Frame, PoseFrame
from formcheck.pose.model import model_file
from formcheck.run.live.live_set import LiveSet, SetPlan
from formcheck.run.loop import run
from formcheck.run.tracking import tracker_for
from formcheck.system.resources import folder

EXERCISE = EXERCISES["clam"]
WARM_S = 300.0
MOST_MB = 50.0


def memory_mb() -> float:
    """Of this process, in RAM now; the most it ever was where the system tells only that."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize() / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def poses_of(clip: Path) -> list[PoseFrame]:
    with VideoFile(clip) as video, tracker_for(EXERCISE, model_file()) as tracker:
        return [tracker.process(frame) for frame in video.frames()]


def looped(clip: Path, poses: list[PoseFrame], seconds: float, fps: float, scale: float) -> Iterator[tuple[Frame, PoseFrame]]:
    """The clip again and again, at most `fps` frames a second of it, times and numbers going on; pictures scaled."""
    offset_s, index, last_s = 0.0, 0, -1.0
    while offset_s < seconds:
        with VideoFile(clip) as video:
            for frame, pose in zip(video.frames(), poses, strict=False):
                now_s = offset_s + frame.timestamp_s
                if now_s - last_s < 0.99 / fps:
                    continue
                last_s = now_s
                image = np.asarray(cv2.resize(frame.image, None, fx=scale, fy=scale), np.uint8)
                size = (image.shape[1], image.shape[0])
                yield (
                    Frame(image, index, now_s),
                    replace(pose, index=index, timestamp_s=now_s, image_size=size, image_xy=pose.image_xy * scale),
                )
                index += 1
        offset_s = last_s + 1 / fps


def soak(clip: Path, seconds: float, fps: float, scale: float = 1.0, *, warm_s: float = WARM_S) -> float:
    """Play so many seconds; MB by which the memory grew after the first `warm_s` of them."""
    poses = poses_of(clip)
    limits = {fault.name: fault.limits for fault in EXERCISE.faults}
    base_mb, told_s = memory_mb(), 0.0
    with tempfile.TemporaryDirectory() as sessions:
        plan = SetPlan(EXERCISE, None, None, limits, Path(sessions), "soak", checks=False, record=True)
        live = LiveSet(plan, "full")
        began_s = time.monotonic()
        for update in run(looped(clip, poses, seconds, fps, scale), live):
            frame = update.result.frame
            live.film((frame,))
            assert update.stage is not Stage.DONE
            while live.backlog > 0.5:  # faster than life: let the encoder follow
                time.sleep(0.001)
            if frame.timestamp_s <= warm_s:
                base_mb = memory_mb()
            if frame.timestamp_s - told_s >= 600.0:
                told_s = frame.timestamp_s
                reps = len(update.result.snapshot.reps)
                print(
                    f"{told_s / 60:4.0f} min: {memory_mb():.0f} MB, {reps} repetitions, {time.monotonic() - began_s:.0f} s",
                    flush=True,
                )
        session = live.close()
        grown_mb = memory_mb() - base_mb
    if session is None or session.notices or live.problem:
        raise SystemExit(f"the set did not go well: {session and session.notices}, {live.problem}")
    print(f"{seconds / 3600:.2f} h at {fps:g} frames a second, {len(session.reps)} repetitions: memory grew by {grown_mb:.1f} MB")
    return grown_mb


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, default=2.0)
    parser.add_argument("--fps", type=float, default=30.0)
    parser.add_argument("--scale", type=float, default=1.0, help="of the pictures; small ones go faster")
    parser.add_argument("--clip", type=Path, default=folder("assets") / "demo.mp4")
    options = parser.parse_args()
    return 0 if soak(options.clip, 3600 * options.hours, options.fps, options.scale) < MOST_MB else 1


if __name__ == "__main__":
    sys.exit(main())
