"""Session folders of runs, with film, signals and what was seen in each frame: a runner who is a dark box that sways."""

import math
from pathlib import Path

import cv2
import numpy as np
from series import write_series

from formcheck.exercises import EXERCISES
from formcheck.frames import LANDMARKS, Floats, Observation, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.measurement.running.sides import by_sides
from formcheck.recording.video_writer import VideoWriter
from formcheck.results import Finding, Measurement, Rep, Session, Severity, Side, VideoInfo
from formcheck.session.file import write_session
from formcheck.session.layout import ANGLES, RAW, SERIES, SIGNALS
from formcheck.session.signals import SignalsWriter

STRIDE_S, FPS, SIZE = 0.72, 30, (160, 120)
FIRST_S = 1.0
TORSO_PX = 30.0
LIMITS = {fault.name: fault.limits for fault in EXERCISES["running"].faults}


def stances(count: int, drops: tuple[float, float] = (9.0, 4.0), tiring: float = 0.0) -> tuple[Rep, ...]:
    """drops: of the left and the right side, degrees; tiring: by how much the left one grows to the run's end."""
    reps = []
    for i in range(count):
        side, mid_s = (Side.LEFT, Side.RIGHT)[i % 2], FIRST_S + i * STRIDE_S / 2
        drop = drops[i % 2] + (tiring * i / count if side is Side.LEFT else 0.0) + 0.2 * (i % 3)
        found = {"pelvic_drop": Measurement(drop, "deg", 1.8), "step_width": Measurement(0.05, "m", 0.03)}
        caution = (Finding("pelvic_drop", Severity.CAUTION, mid_s, drop, 7.0, "deg"),) if drop > 7 else ()
        reps.append(Rep(i + 1, side, mid_s - 0.12, mid_s, mid_s + 0.15, found, caution))
    return tuple(reps)


def run_session(reps: tuple[Rep, ...]) -> Session:
    last_s = reps[-1].end_s + 0.5
    video = VideoInfo("run.mp4", *SIZE, float(FPS), last_s, round(last_s * FPS))
    summary = {"cadence_spm": Measurement(120 / STRIDE_S, "steps/min", 1.0)}
    return Session(
        "0.3", "running", "standard", None, video, "full", video.frames, LIMITS, reps,
        sides=by_sides(reps), summary=summary, view="behind",
    )  # fmt: skip


def run_folder(folder: Path, session: Session, *, left_px: float = 0.0) -> Path:
    """left_px: by how much the runner stands to the left of the picture's middle."""
    folder.mkdir(parents=True)
    write_session(folder, session)
    times = np.arange(session.video.frames) / FPS
    phase = 2 * math.pi * (times - session.reps[0].start_s) / STRIDE_S
    names = [q.name for q in EXERCISES["running"].quantities]
    write_series(folder / SERIES, names, [(t, dict.fromkeys(names, 0.0) | {"phase": 0.5}) for t in times])
    tilts = 5 * np.cos(phase)
    write_series(
        folder / ANGLES,
        ["pelvic_obliquity_right_up"],
        [(t, {"pelvic_obliquity_right_up": -v}) for t, v in zip(times, tilts, strict=True)],
    )
    signals = SignalsWriter(folder / SIGNALS, lambda act: act())
    with VideoWriter(folder / RAW, SIZE, fps_hint=FPS) as film:
        for i, now_s in enumerate(times):
            x = SIZE[0] / 2 - left_px + 4 * math.sin(phase[i])
            signals.add(float(now_s), Observation(_pose(i, float(now_s), x), None))
            image = np.full((SIZE[1], SIZE[0], 3), 200, np.uint8)
            cv2.rectangle(image, (round(x) - 8, 40), (round(x) + 8, 70), (20, 20, 20), -1)
            film.write(image, float(now_s))
    signals.finish()
    return folder


def _pose(index: int, time_s: float, x: float) -> PoseFrame:
    xy: Floats = np.full((LANDMARKS, 2), (x, 60.0))
    for joint, dx, y in ((L.LEFT_HIP, -6, 70), (L.RIGHT_HIP, 6, 70), (L.LEFT_SHOULDER, -8, 40), (L.RIGHT_SHOULDER, 8, 40)):
        xy[joint] = (x + dx, y)
    return PoseFrame(index, time_s, SIZE, xy, np.zeros((LANDMARKS, 3)), np.ones(LANDMARKS))
