"""Analyses a video file into a session folder: the same loop as a live set, with a file as source."""

import errno
import math
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from formcheck.analysis.analyzer import Analyzer
from formcheck.capture.decoding import PROCESSOR
from formcheck.capture.filming_date import filmed_at
from formcheck.capture.quicker_decoder import quicker_decoder
from formcheck.capture.source import WHOLE, Part
from formcheck.capture.video_file import VideoFile
from formcheck.exercises.contract import Exercise
from formcheck.pose.model import model_name
from formcheck.report.html import session_html
from formcheck.results import Limits, Session, Side, View
from formcheck.run.film import SetFilm
from formcheck.run.frame_files import FrameFiles
from formcheck.run.loop import run
from formcheck.run.measured_set import FilmPart, Origin, build_session
from formcheck.run.offline.film_set import FilmSet
from formcheck.run.offline.out_folder import UNFINISHED, Film, claim, settle
from formcheck.run.offline.poses import PosesOfFile
from formcheck.session.file import write_session
from formcheck.session.layout import REPORT, SERIES
from formcheck.session.ownership import BadOwnership, Ownership, read_ownership, write_ownership
from formcheck.session.tables import read_curves
from formcheck.signals.pace import Pace
from formcheck.system.errors import UserError
from formcheck.system.files import content_id, write_atomic
from formcheck.system.kept_words import kept
from formcheck.system.language import to_translate, tr
from formcheck.tempo import Tempo

SLOW_PASSAGE_S = 1.8
"""Of signals/pace.py: more looks like slow motion. Whoever lifts for four seconds reaches 2 s: so it is a notice, and no more."""

READ_BY_PROCESSOR = to_translate("No graphics card could read the film here, or none sooner; the processor read it.")


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
    view: View | None = None
    """None: found from the picture, or the exercise's first."""
    limits: Mapping[str, Limits] | None = None
    tempo: Tempo | None = None
    """None: the exercise's own."""
    part: Part = WHOLE
    """What of the film, on its own clock."""
    capture_fps: float | None = None
    """Frames a second at which slow motion was filmed; None: what the file says."""
    when: datetime | None = None
    """When it was filmed; None: what the file says."""
    client: str | None = None
    """Whose it is: a uid."""
    annotated: bool = True
    mirrored: bool = False
    hide_face: bool = False
    """Make the followed person unrecognisable in the annotated video."""
    replace: bool = False
    """Delete the session that `out` holds, of whatever film it is."""
    progress: Callable[[int, int | None], None] = lambda done, total: None
    """Called after each frame with how many are done and how many there are, where that is known."""
    cancelled: Callable[[], bool] = lambda: False
    every_frame: bool = False
    """Find a pose on every frame instead of on those that the schedule chooses."""
    graphics_card: bool = False
    """Try to read the film, find poses and write the annotated film on it; where that does not work the session says so."""


def analyze_video(request: Request) -> Session:
    """Write session.json, record.json, tables, report.html and (if asked) annotated.mp4 into request.out.

    UserError (Occupied where `out` holds another session), OSError and Cancelled change nothing. Any other error is one in the
    program: it is raised after what was measured until then was kept.
    """
    part = request.part
    decoder = quicker_decoder(request.video) if request.graphics_card else PROCESSOR
    with VideoFile(
        request.video, mirrored=request.mirrored, part=part, capture_fps=request.capture_fps, decoder=decoder
    ) as source:
        sha256, to_s = content_id(request.video), part.to_s if math.isfinite(part.to_s) else None
        was_there = request.out.exists()
        claim(request.out, Film(request.exercise.id, sha256, part.from_s, to_s), replace=request.replace)
        work = Path(tempfile.mkdtemp(dir=request.out, prefix=UNFINISHED))
        try:
            capture_fps = request.capture_fps or (source.info.fps if source.slowed > 1 else None)
            film = FilmPart(sha256, part.from_s, to_s, capture_fps)
            session, unforeseen = _analyze(request, source, Origin(request.video.name, model_name(request.model), film), work)
            _write_record(request, work)
            settle(work, request.out, replace=request.replace)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            if not was_there:
                shutil.rmtree(request.out, ignore_errors=True)
            raise
    if unforeseen is not None:
        raise unforeseen
    return session


def _analyze(request: Request, source: VideoFile, origin: Origin, work: Path) -> tuple[Session, Exception | None]:
    """The session, written into `work`, and an error in the program that cut it short."""
    film = SetFilm(
        request.exercise,
        request.limits or {},
        hide_face=request.hide_face,
        live=False,
        graphics_card=request.graphics_card,
        fps=source.info.fps,
    )
    write = _keeping_room(film)
    files = FrameFiles(work, request.exercise, write, write)
    analyzer = Analyzer(
        request.exercise,
        side=request.side,
        variant=request.variant,
        view=request.view,
        limits=request.limits,
        tempo=request.tempo,
    )
    one_set = FilmSet(analyzer, sink=files, film=film if request.annotated else None, folder=work)
    unforeseen: Exception | None = None
    with (
        closing(film),
        PosesOfFile(
            source, request.exercise, request.model, every_frame=request.every_frame, graphics_card=request.graphics_card
        ) as poses,
    ):
        try:
            _measure(request, poses, one_set, film)
        except (UserError, OSError, Cancelled):
            raise
        except Exception as error:
            unforeseen = error
    files.close()
    if film.failure is not None:
        film.give_room()
    measured = one_set.measured
    notices = [
        *filter(None, (source.notice, poses.notice)),
        *([kept(READ_BY_PROCESSOR)] if request.graphics_card and not source.by_card else []),
        *film.notices,
        *_slowed(one_set.pace),
        *_what_failed(film, unforeseen, measured.last_s),
    ]
    if not measured.frames_with_pose:
        raise unforeseen or UserError(
            tr("{video}: nobody was seen in it; film the whole body, with head and feet, in good light", video=request.video)
        )
    session = build_session(measured, origin, notices)
    write(partial(write_session, work, session))
    try:
        write_atomic(work / REPORT, session_html(session, series=read_curves(work / SERIES)))
    except Exception as error:
        unforeseen = unforeseen or error
    return session, unforeseen


def _keeping_room(film: SetFilm) -> Callable[[Callable[[], None]], None]:
    """Does what is handed to it; where the disk is full, again after the films are gone."""

    def write(act: Callable[[], None]) -> None:
        try:
            act()
        except OSError as error:
            if error.errno != errno.ENOSPC or not film.give_room():
                raise
            act()

    return write


def _measure(request: Request, poses: PosesOfFile, one_set: FilmSet, film: SetFilm) -> None:
    for _ in run(one_set.to_measure(poses), one_set):
        if request.cancelled():
            raise Cancelled
        if film.failure is not None:  # a full disk: the figures need the room more
            film.give_room()
        request.progress(one_set.measured.frames, poses.source.info.frames)
    one_set.finish()


def _slowed(pace: Pace) -> Iterator[str]:
    passage_s = pace.passage_s()
    if passage_s is not None and passage_s > SLOW_PASSAGE_S:
        yield kept(
            "The movement is as slow as in slow motion (half of a way takes {passage_s:.1f} s). If the film was slowed down, "
            "its times are wrong and repetitions may be missing: analyse it again and say at how many frames a second it was "
            "filmed (in the window, or --capture-fps).",
            passage_s=passage_s,
        )


def _what_failed(film: SetFilm, unforeseen: Exception | None, until_s: float) -> Iterator[str]:
    """In words for the user."""
    if film.failure is not None:
        yield kept(
            "There is no annotated video: it could not be written to its end. Make room on the disk and analyse the film again."
        )
    if unforeseen is not None:
        yield kept(
            "An error in the program broke the analysis off at {until_s:.0f} s; what comes after was not measured. "
            "The log has the details.",
            until_s=until_s,
        )


def _write_record(request: Request, work: Path) -> None:
    """When and whose. Of a film that is analysed again what is known stays, but for a date that was given now."""
    try:
        known = None if request.replace else read_ownership(request.out)
    except BadOwnership:
        known = None
    if known is None:
        when = request.when or filmed_at(request.video)
        write_ownership(work, Ownership(uuid4().hex, when, request.client))
    elif request.when is not None:
        write_ownership(work, replace(known, when=request.when))
