"""Session folders as the window finds them: clams with chosen figures, with or without a film."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import numpy as np
from series import write_series

from formcheck.exercises import EXERCISES
from formcheck.recording.video_writer import VideoWriter
from formcheck.results import Finding, Limits, Measurement, Rep, Session, Severity, Side, VideoInfo
from formcheck.run.live.folder import new_folder
from formcheck.session.file import write_session
from formcheck.session.ownership import Owner, Ownership, write_ownership


def now() -> datetime:
    return datetime.now().astimezone()


def clam(roll: float = 4.0, side: Side = Side.LEFT, program: str = "0.1.0", reps: int = 3) -> Session:
    """Repetitions that are all alike; beyond a roll of 10 degrees each has a finding."""
    found = (Finding("pelvic_roll", Severity.CAUTION, 4.0, roll, 10.0, "deg"),) if roll > 10 else ()
    measured = {"pelvic_roll": Measurement(roll, "deg", 2.5), "hip_opening": Measurement(35.0, "deg", 4.0)}
    done = tuple(Rep(i, side, 3.0 * i, 3.0 * i + 1, 3.0 * i + 2, measured, found) for i in range(1, reps + 1))
    video = VideoInfo("camera", 640, 480, 30.0, 20.0, 600)
    return Session(program, "clam", "standard", side, video, "full", 600, {"pelvic_roll": Limits(10, 15)}, done)


def set_folder(sessions: Path, session: Session, owner: Owner | None = None, days_ago: float = 0) -> Path:
    """A folder as a live set leaves it among the sessions."""
    owner = owner or Owner()
    folder = new_folder(sessions, "clam")
    write_session(folder, session)
    write_ownership(folder, Ownership(uuid4().hex, now() - timedelta(days=days_ago), owner.client, owner.plan, owner.item))
    return folder


def filmed_session(folder: Path, *, video: bool = True) -> Path:
    """Three repetitions of a clam with curves: clean, with a fault, not assessable. The film is brighter from frame to frame."""
    folder.mkdir(parents=True)
    names = [q.name for q in EXERCISES["clam"].quantities]
    measured = {n: Measurement(12.0, "deg", 3.0, at_s=3.0) for n in names}
    fault = Finding("pelvic_roll", Severity.FAULT, 3.0, 19.0, 15.0, "deg")
    reps = (
        Rep(1, Side.LEFT, 0.5, 1.0, 1.5, measured),
        Rep(2, Side.LEFT, 2.5, 3.0, 3.6, measured, (fault,)),
        Rep(3, Side.LEFT, 4.0, 4.5, 5.0, measured, (), {"feet_apart": "feet out of frame"}),
    )
    info = VideoInfo("clip.mp4", 64, 48, 20.0, 6.0, 120)
    limits = {f.name: f.limits for f in EXERCISES["clam"].faults}
    write_session(folder, Session("0", "clam", "standard", Side.LEFT, info, "full", 120, limits, reps))
    times = np.arange(120) / 20
    write_series(folder / "series.csv", names, [(t, {**dict.fromkeys(names, 10 * np.sin(t)), "phase": 0.5}) for t in times])
    if video:
        with VideoWriter(folder / "annotated.mp4", (64, 48), fps_hint=20) as writer:
            for i, t in enumerate(times):
                writer.write(np.full((48, 64, 3), 2 * i, np.uint8), float(t))
    return folder
