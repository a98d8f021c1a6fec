"""Analyses a video file into a session folder: the same loop as a live set, with a file as source."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from formcheck.analysis.analyzer import Analyzer
from formcheck.exercises.contract import Exercise
from formcheck.pose.model import model_name
from formcheck.report.html import session_html
from formcheck.results import Limits, Session, Side
from formcheck.run.film import SetFilm
from formcheck.run.frame_files import FrameFiles
from formcheck.run.loop import run
from formcheck.run.measured_set import Origin, build_session
from formcheck.run.offline.film_set import FilmSet
from formcheck.run.offline.poses import PosesOfFile
from formcheck.session.file import write_session
from formcheck.session.layout import REPORT, SERIES
from formcheck.session.tables import read_series
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
    film = SetFilm(request.exercise, request.limits or {}, hide_face=request.hide_face, live=False)
    files = FrameFiles(work, request.exercise)
    analyzer = Analyzer(request.exercise, side=request.side, variant=request.variant, limits=request.limits)
    one_set = FilmSet(analyzer, sink=files, film=film if request.annotated else None, folder=work)
    with (
        closing(film),
        PosesOfFile(
            request.video, request.exercise, request.model, mirrored=request.mirrored, every_frame=request.every_frame
        ) as poses,
    ):
        for _ in run(one_set.to_measure(poses), one_set):
            if request.cancelled():
                raise Cancelled
            request.progress(one_set.measured.frames, poses.source.info.frames)
    files.close()
    measured = one_set.finish()
    if film.failure is not None:
        raise film.failure
    if not measured.frames_with_pose:
        raise UserError(f"{request.video}: nobody was seen in it; film the whole body, with head and feet, in good light")
    origin = Origin(request.video.name, model_name(request.model), whole_film=True)
    notices = [*([poses.source.notice] if poses.source.notice else []), *film.notices]
    session = build_session(measured, origin, notices)
    write_session(work, session)
    write_atomic(work / REPORT, session_html(session, series=read_series(work / SERIES)))
    return session
