"""Measures a live set in the real window: a clip plays as the camera, its frames stamped as they come.

    python scripts/benchmark_live.py [--clip CLIP] [--exercise clam] [--view auto|behind|front] [--seconds 12] [--size 1280x720]
                                     [--rounds 2] [--markdown FILE]

Needs a display (xvfb-run makes one). Sets with a pose found on every picture and sets on the schedule run in turn, each in a
process of its own, and sets on the schedule on a computer whose poses take 30 ms (a loop beside the network makes up the rest).
Prints processor time, frames and poses a second, frames recorded, how long a picture takes from the camera to the window, how
long the window's thread was busy at a stretch, and how long finding one pose took meanwhile: where that comes near 33 ms, no
program finds 30 a second. The start to the first live picture is measured as well (benchmark_start.py).
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import av
import numpy as np
from benchmark_clips import enlarged
from benchmark_start import COMMANDS, start_times

from formcheck.frames import Frame, PoseFrame
from formcheck.system.opencv_qt import release_qt
from formcheck.system.resources import folder

WARM_S = 4.0
"""What happens before is the start's business (benchmark_start.py)."""
SLOW_S = 0.03
"""What a pose takes on a laptop."""
KINDS = {"every": "every picture", "scheduled": "schedule", "slow": "schedule, 30 ms a pose"}


@dataclass(frozen=True, slots=True)
class Live:
    """What one live set took."""

    cpu_share: float
    """Processor seconds a second."""
    delay_ms: tuple[float, float]
    """Camera to window: median, 95th percentile."""
    poses_hz: float
    shown_hz: float
    pose_ms: float
    busy_ms: tuple[float, float]
    """The window's thread for one picture: median, most."""
    ticks_ms: tuple[float, float]
    """Between two ticks of the window: 99th percentile, longest."""
    recorded_hz: float
    counted: int
    """Repetitions, or stances, of the whole set."""


def measure(clip: Path, seconds: float, home: Path, kind: str, exercise: str = "clam", view: str = "auto") -> Live:
    release_qt()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from formcheck.exercises import EXERCISES
    from formcheck.exercises.contract import Exercise
    from formcheck.gui.live.live_presenter import LivePresenter
    from formcheck.gui.pages import LIVE
    from formcheck.gui.program import Program
    from formcheck.gui.sets.equipment import Equipment
    from formcheck.gui.shell.garbage import GarbageInWindow
    from formcheck.pose.tracker import PoseTracker
    from formcheck.run.tracking import tracker_for
    from formcheck.system.settings import Settings

    delays: list[float] = []
    busy: list[float] = []
    ticks: list[float] = []
    inferred: list[float] = []
    processor: list[float] = []

    def timed_tracker(exercise: Exercise, model: Path) -> PoseTracker:
        tracker = tracker_for(exercise, model)
        process = tracker.process

        def processed(frame: Frame) -> PoseFrame:
            start = time.perf_counter()
            pose = process(frame)
            while kind == "slow" and time.perf_counter() - start < SLOW_S:
                hashlib.pbkdf2_hmac("sha256", b"busy", b"busy", 1000)  # works without the interpreter, as the network does
            if ticks and timer.isActive():
                inferred.append(time.perf_counter() - start)
            return pose

        tracker.process = processed  # type: ignore[method-assign]
        return tracker

    app = QApplication([])
    GarbageInWindow(app)
    settings = replace(Settings(), record=True, sessions_folder=str(home), every_frame=kind == "every")
    settings = replace(settings, exercise=exercise, view=view)
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

    def begin() -> None:
        timer.start(4)
        processor.append(time.process_time())

    def end() -> None:
        processor.append(time.process_time())
        timer.stop()
        program.window.close()
        app.quit()

    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    QTimer.singleShot(500, lambda: sets.start(checks=False))
    QTimer.singleShot(int(1000 * WARM_S), begin)
    QTimer.singleShot(int(1000 * (WARM_S + seconds)), end)
    app.exec()
    steps, passed_s = np.diff(ticks) * 1000, ticks[-1] - ticks[0]
    return Live(
        cpu_share=(processor[1] - processor[0]) / passed_s,
        delay_ms=(1000 * float(np.median(delays)), 1000 * float(np.percentile(delays, 95))),
        poses_hz=len(inferred) / passed_s,
        shown_hz=len(delays) / passed_s,
        pose_ms=1000 * float(np.median(inferred)),
        busy_ms=(1000 * float(np.median(busy)), 1000 * max(busy)),
        ticks_ms=(float(np.percentile(steps, 99)), float(steps.max())),
        recorded_hz=recorded_hz(home),
        counted=len(live.newest.update.result.snapshot.reps) if live.newest is not None else 0,
    )


def recorded_hz(home: Path) -> float:
    (film,) = home.rglob("annotated.mp4")
    with av.open(str(film)) as container:
        times = [float(f.time or 0) for f in container.decode(video=0)]
    return (len(times) - 1) / times[-1]


def in_turn(set_of: Sequence[str], rounds: int) -> dict[str, list[Live]]:
    """Each kind of set in a process of its own, round after round. set_of: the options that say what set."""
    runs: dict[str, list[Live]] = {kind: [] for kind in KINDS}
    for _ in range(rounds):
        for kind, some in runs.items():
            command = [sys.executable, __file__, *set_of, "--one", kind]
            told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            some.append(Live(**json.loads(told.splitlines()[-1])))
    return runs


def table(runs: Mapping[str, Sequence[Live]]) -> str:
    """Medians of the rounds."""

    def row(words: str, cell: str, *names: str) -> str:
        cells = []
        for some in runs.values():
            values = [np.median([value(run, name) for run in some]) for name in names]
            cells.append(cell.format(*values))
        return f"| {words} | {' | '.join(cells)} |"

    def value(run: Live, name: str) -> float:
        field, _, place = name.partition(".")
        found = getattr(run, field)
        return float(found[int(place)] if place else found)

    pairs = [b.cpu_share / a.cpu_share for a, b in zip(runs["every"], runs["scheduled"], strict=True)]
    return "\n".join(
        [
            f"| poses found on | {' | '.join(KINDS.values())} |",
            "|---|---|---|---|",
            row("processor seconds a second", "{:.2f}", "cpu_share"),
            row("camera to window, median; 95th percentile", "{:.0f} ms; {:.0f} ms", "delay_ms.0", "delay_ms.1"),
            row("pictures shown with their pose a second", "{:.1f}", "shown_hz"),
            row("poses found a second; each takes", "{:.1f}; {:.0f} ms", "poses_hz", "pose_ms"),
            row("frames recorded a second", "{:.1f}", "recorded_hz"),
            row("window's thread for a picture, median; most", "{:.1f} ms; {:.1f} ms", "busy_ms.0", "busy_ms.1"),
            row("repetitions counted", "{:.0f}", "counted"),
            row("between ticks of it, 99th percentile; longest", "{:.0f} ms; {:.0f} ms", "ticks_ms.0", "ticks_ms.1"),
            "",
            f"Processor time, schedule ÷ every picture, pair by pair: {np.median(pairs):.2f} ({min(pairs):.2f}-{max(pairs):.2f})",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clip", type=Path, default=folder("assets") / "demo.mp4")
    parser.add_argument("--exercise", default="clam")
    parser.add_argument("--view", default="auto", help="from where a run or a walk is filmed")
    parser.add_argument("--seconds", type=float, default=12.0)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables here as well")
    parser.add_argument("--one", choices=KINDS, help="one set with the clip as it is, told as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            os.environ[variable] = str(home / variable)
        if options.one:
            (home / "sessions").mkdir()
            what = (options.one, options.exercise, options.view)
            print(json.dumps(asdict(measure(options.clip, options.seconds, home / "sessions", *what))))
            return
        width, height = (int(n) for n in options.size.split("x"))
        clip = home / "camera.mkv"
        enlarged(options.clip, (width, height), clip)
        set_of = ["--clip", str(clip), "--seconds", str(options.seconds), "--exercise", options.exercise, "--view", options.view]
        text = table(in_turn(set_of, options.rounds))
        starts = [start_times(title, code, options.rounds) for title, code in COMMANDS.items()]
    text = "\n\n".join([f"{os.cpu_count()} cores; {options.size}, recorded", text, "\n".join(starts)]) + "\n"
    print(text)
    if options.markdown:
        options.markdown.write_text(text)


if __name__ == "__main__":
    main()
