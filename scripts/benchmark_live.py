"""Measures a live set in the real window: a clip plays as the camera, its frames stamped as they come.

    python scripts/benchmark_live.py [--clip CLIP] [--seconds 15] [--size 1280x720]

Needs a display (xvfb-run makes one). Prints frames and poses a second, frames recorded, how long a picture takes from the
camera to the window, how long the window's thread was busy at a stretch, and how long finding one pose took meanwhile: where that
comes near 33 ms, no program finds 30 a second.
"""

import argparse
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np

from formcheck.frames import Frame, PoseFrame
from formcheck.system.opencv_qt import release_qt
from formcheck.system.resources import folder

FPS = 30
WARM_S = 4.0
"""What happens before is the start's business (benchmark_start.py)."""


def enlarged(clip: Path, size: tuple[int, int], target: Path) -> None:
    """The clip at another size and 30 frames a second, its pictures repeated or left out as need be."""
    with av.open(str(clip)) as old, av.open(str(target), "w") as new:
        stream = new.add_stream("libx264", rate=FPS, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        sent = 0
        for decoded in old.decode(video=0):
            image = np.asarray(cv2.resize(decoded.to_ndarray(format="bgr24"), size), np.uint8)
            while sent <= float(decoded.time or 0) * FPS:
                new.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
                sent += 1
        new.mux(stream.encode(None))


def measure(clip: Path, seconds: float, home: Path) -> None:
    release_qt()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from formcheck.exercises import EXERCISES
    from formcheck.exercises.contract import Exercise
    from formcheck.gui.live.live_presenter import LivePresenter
    from formcheck.gui.pages import LIVE
    from formcheck.gui.program import Program
    from formcheck.gui.sets.equipment import Equipment
    from formcheck.pose.tracker import PoseTracker
    from formcheck.run.tracking import tracker_for
    from formcheck.system.settings import Settings

    delays: list[float] = []
    busy: list[float] = []
    ticks: list[float] = []
    inferred: list[float] = []

    def timed_tracker(exercise: Exercise, model: Path) -> PoseTracker:
        tracker = tracker_for(exercise, model)
        process = tracker.process

        def processed(frame: Frame) -> PoseFrame:
            start = time.perf_counter()
            pose = process(frame)
            if ticks and timer.isActive():
                inferred.append(time.perf_counter() - start)
            return pose

        tracker.process = processed  # type: ignore[method-assign]
        return tracker

    app = QApplication([])
    settings = replace(Settings(), record=True, sessions_folder=str(home))
    program = Program(EXERCISES, settings, equipment=replace(Equipment(), make_tracker=timed_tracker))
    program.window.show()
    sets, live = program.services.sets, program.navigator.presenter(LIVE)
    assert isinstance(live, LivePresenter)
    sets.add_video(clip)
    take = live.take_newest

    def taken() -> None:
        start = time.thread_time()
        take()
        if timer.isActive() and live.newest and live.source:
            busy.append(time.thread_time() - start)
            delays.append(live.source.now_s() - live.newest.update.result.frame.timestamp_s)

    live.take_newest = taken  # type: ignore[method-assign]
    timer = QTimer()

    def end() -> None:
        timer.stop()
        program.window.close()
        app.quit()

    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    QTimer.singleShot(500, lambda: sets.start(checks=False))
    QTimer.singleShot(int(1000 * WARM_S), lambda: timer.start(4))
    QTimer.singleShot(int(1000 * (WARM_S + seconds)), end)
    app.exec()
    steps = np.diff(ticks) * 1000
    print(f"camera to window: {spread(delays)}")
    print(f"a second: {len(inferred) / seconds:.1f} poses found, {len(delays) / seconds:.1f} pictures shown")
    print(
        f"finding a pose: median {np.median(inferred) * 1000:.0f} ms, 95th percentile {np.percentile(inferred, 95) * 1000:.0f} ms"
    )
    print(f"taking a picture: median {np.median(busy) * 1000:.1f} ms, most {np.max(busy) * 1000:.1f} ms of the window's thread")
    print(f"between ticks of the window: 99th percentile {np.percentile(steps, 99):.0f} ms, longest {steps.max():.0f} ms")
    for film in sorted(home.rglob("*.mp4")):
        with av.open(str(film)) as container:
            times = [float(f.time or 0) for f in container.decode(video=0)]
        print(f"{film.name}: {len(times)} frames in {times[-1]:.1f} s, {(len(times) - 1) / times[-1]:.1f} a second")


def spread(seconds: list[float]) -> str:
    return f"median {np.median(seconds) * 1000:.0f} ms, 95th percentile {np.percentile(seconds, 95) * 1000:.0f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clip", type=Path, default=folder("assets") / "demo.mp4")
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--size", default="1280x720")
    options = parser.parse_args()
    width, height = (int(n) for n in options.size.split("x"))
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            os.environ[variable] = str(home / variable)
        clip = home / "camera.mkv"
        enlarged(options.clip, (width, height), clip)
        (home / "sessions").mkdir()
        measure(clip, options.seconds, home / "sessions")


if __name__ == "__main__":
    main()
