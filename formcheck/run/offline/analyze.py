"""Analyses a video file into a session folder: the live pipeline with a file as source, in threads."""

import math
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from formcheck import __version__
from formcheck.exercises.contract import Exercise
from formcheck.frames import Frame
from formcheck.overlay.face_blur import FaceBlur
from formcheck.overlay.overlay import Overlay
from formcheck.pose.model import model_name
from formcheck.recording.sink import BackgroundWriter
from formcheck.recording.video_writer import VideoWriter
from formcheck.report.html import session_html
from formcheck.results import Limits, Session, Side, VideoInfo
from formcheck.run.measuring import Measuring, Result
from formcheck.run.offline.poses import PosesOfFile
from formcheck.session.file import write_session
from formcheck.session.layout import ANNOTATED, REPORT, SERIES
from formcheck.session.tables import series_csv
from formcheck.system.errors import UserError
from formcheck.system.files import private_folder, write_atomic


class Cancelled(Exception):
    """The caller asked to stop; nothing was written."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to analyse and how."""

    video: Path
    exercise: Exercise
    out: Path
    model: Path
    side: Side | None = None
    variant: str | None = None
    limits: Mapping[str, Limits] | None = None
    annotated: bool = True
    mirrored: bool = False
    hide_face: bool = False
    """Make the followed person unrecognisable in the annotated video."""
    progress: Callable[[int, int | None], None] = lambda done, total: None
    """Called after each frame with how many are done and how many there are, where that is known."""
    cancelled: Callable[[], bool] = lambda: False
    every_frame: bool = False
    """Find a pose on every frame instead of on those that the schedule chooses."""


def analyze_video(request: Request) -> Session:
    """Write session.json, reps.csv, series.csv, report.html and (if asked) annotated.mp4 into request.out.

    UserError, OSError or Cancelled leave nothing half-written behind.
    """
    was_there = request.out.exists()
    private_folder(request.out)
    work = Path(tempfile.mkdtemp(dir=request.out, prefix=".unfinished-"))
    try:
        session = _analyze(request, work)
        for file in work.iterdir():
            file.replace(request.out / file.name)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        if not was_there:
            shutil.rmtree(request.out, ignore_errors=True)
        raise
    work.rmdir()
    return session


def _analyze(request: Request, work: Path) -> Session:
    rows: list[tuple[float, Mapping[str, float], float]] = []
    measuring = Measuring(request.exercise, side=request.side, variant=request.variant, limits=request.limits)
    result, frames = None, 0
    with ExitStack() as stack:
        poses = stack.enter_context(
            PosesOfFile(
                request.video, request.exercise, request.model, mirrored=request.mirrored, every_frame=request.every_frame
            )
        )
        annotated = stack.enter_context(_Annotated(work / ANNOTATED, request)) if request.annotated else None
        for frame, pose in poses:
            if request.cancelled():
                raise Cancelled
            frames += 1
            if pose is not None:
                result = measuring.observe(frame, pose)
                rows.append((frame.timestamp_s, result.snapshot.values, result.snapshot.phase))
            elif result is not None:  # between two measured frames: filmed with what is known
                result = replace(result, frame=frame)
            if annotated is not None and result is not None:
                annotated.write(result)
            request.progress(frames, poses.source.info.frames)
    measuring.analyzer.finish()
    if result is None or not measuring.frames_with_pose:
        raise UserError(f"{request.video}: nobody was seen in it; film the whole body, with head and feet, in good light")
    notices = [poses.source.notice, annotated.notice if annotated else None]
    session = _session(request, measuring, frames, result.frame, [n for n in notices if n])
    write_session(work, session)
    names = [q.name for q in request.exercise.quantities]
    write_atomic(work / SERIES, series_csv(names, rows))
    write_atomic(work / REPORT, session_html(session, series=_columns(names, rows)))
    return session


class _Annotated:
    """The annotated video, opened with the first frame's size and encoded in a thread of its own."""

    def __init__(self, path: Path, request: Request) -> None:
        self._path, self._exercise = path, request.exercise
        self._overlay = Overlay(limits=request.limits)
        self._face = FaceBlur() if request.hide_face else None
        self._writer: BackgroundWriter | None = None

    def __enter__(self) -> "_Annotated":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._writer is not None:
            self._writer.close()
            if self._writer.failure is not None and error is None:
                raise self._writer.failure

    @property
    def notice(self) -> str | None:
        return self._writer.notice if self._writer else None

    def write(self, result: Result) -> None:
        image = self._face.hide(result.frame.image, result.pose) if self._face else result.frame.image
        image = self._overlay.annotate(image, result.pose, result.snapshot, self._exercise)
        if self._writer is None:
            self._writer = BackgroundWriter(VideoWriter(self._path, (image.shape[1], image.shape[0])), live=False, waiting=8)
        self._writer.write(image, result.frame.timestamp_s)


def _session(
    request: Request,
    measuring: Measuring,
    frames: int,
    last: Frame,
    notices: list[str],
) -> Session:
    analyzer = measuring.analyzer
    notices.extend(analyzer.notices())
    duration_s = last.timestamp_s * frames / max(1, frames - 1)
    return Session(
        program=__version__,
        exercise=request.exercise.id,
        variant=analyzer.variant,
        side=analyzer.side,
        video=VideoInfo(
            name=request.video.name,
            width=last.image.shape[1],
            height=last.image.shape[0],
            fps=frames / duration_s if duration_s > 0 else 0.0,
            duration_s=duration_s,
            frames=frames,
        ),
        model=model_name(request.model),
        frames_with_pose=measuring.frames_with_pose,
        poses_found=measuring.poses_found,
        thresholds=analyzer.limits,
        reps=analyzer.reps,
        notices=tuple(notices),
    )


def _columns(names: list[str], rows: list[tuple[float, Mapping[str, float], float]]) -> dict[str, list[float]]:
    """t_s and each quantity as a list over all frames."""
    return {"t_s": [t for t, _, _ in rows]} | {n: [values.get(n, math.nan) for _, values, _ in rows] for n in names}
