"""Analyses a folder of videos, several at once in processes of their own. A video that is refused stops no other."""

import multiprocessing
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from formcheck.capture.kinds import is_video_name
from formcheck.exercises import EXERCISES
from formcheck.results import Session
from formcheck.run.offline.analyze import Request, analyze_video
from formcheck.run.offline.out_folder import UNFINISHED, held_film
from formcheck.session.file import read_session
from formcheck.session.layout import SESSION
from formcheck.system.errors import UserError
from formcheck.system.files import content_id
from formcheck.system.language import language, tr, use_language
from formcheck.system.log_file import log_unforeseen


@dataclass(frozen=True, slots=True)
class Choice:
    """How every video of the folder is analysed."""

    exercise: str
    model: Path
    again: bool = False
    """Also those whose session is there already."""
    how: Mapping[str, Any] = field(default_factory=dict)
    """Other fields of Request."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one video: its session, or why there is none."""

    session: Session | None = None
    known: bool = False
    """It was there already."""
    why: str = ""
    foreseen: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder holds; paths relative to it, by name. Hidden files are in neither."""

    videos: tuple[Path, ...]
    left_out: tuple[Path, ...]
    """Other files, and folders that were not entered."""


def look_through(folder: Path, *, recursive: bool = False, out: Path | None = None) -> Found:
    """out: where the results go; that folder, and sessions, are not looked into. UserError where there is no video."""
    files: list[Path] = []
    left_out: list[Path] = []
    for path in _walk(folder, recursive, out):
        (files if path.is_file() and is_video_name(path) else left_out).append(path.relative_to(folder))
    if not files:
        if recursive or not any((folder / path).is_dir() for path in left_out):
            raise UserError(tr("{folder}: holds no video; name a video file, or a folder with some", folder=folder))
        raise UserError(tr("{folder}: holds no video; name a video file, a folder with some, or say --recursive", folder=folder))
    return Found(tuple(files), tuple(left_out))


def _walk(folder: Path, recursive: bool, out: Path | None) -> Iterator[Path]:
    """Files, and the folders that are not entered. Names that begin with a dot, as those that macOS writes, are passed over."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or (out is not None and path.resolve() == out.resolve()):
            continue
        if recursive and path.is_dir() and not path.is_symlink() and not (path / SESSION).exists():
            yield from _walk(path, recursive, out)
        else:
            yield path


@contextmanager
def this_computer(videos: int) -> Iterator[Executor]:
    """As many processes as it has cores."""
    # A forked child would inherit locks that other threads hold.
    pool = ProcessPoolExecutor(
        min(videos, os.cpu_count() or 1), multiprocessing.get_context("spawn"), use_language, (language(),)
    )
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def analyze_folder(
    folder: Path, videos: Iterable[Path], out: Path, choice: Choice, workers: AbstractContextManager[Executor] | None = None
) -> Iterator[tuple[Path, Outcome]]:
    """Each video with what became of it, as they are done. The files of FOLDER/PART/NAME.mp4 go into OUT/PART/NAME.

    workers: who does it, this computer's processes else (cluster.py: those of others). They see the same folders.
    """
    videos, folder, out = list(videos), folder.absolute(), out.absolute()
    same = Counter(video.with_suffix("") for video in videos)
    with workers or this_computer(len(videos)) as pool:
        waiting = {}
        for video in videos:
            name = video.with_suffix("")
            waiting[pool.submit(_analyze, folder / video, out / (name if same[name] == 1 else video), choice)] = video
        for future in as_completed(waiting):
            yield waiting[future], _outcome(future)


def _analyze(video: Path, out: Path, choice: Choice) -> Outcome:
    try:
        for left in out.glob(f"{UNFINISHED}*"):  # by a process that was killed at this video
            shutil.rmtree(left, ignore_errors=True)
        known = None if choice.again or choice.how.get("replace") else held_film(out)
        if known is not None and (known.exercise, known.sha256) == (choice.exercise, content_id(video)):
            return Outcome(read_session(out), known=True)
        return Outcome(analyze_video(Request(video, EXERCISES[choice.exercise], out, choice.model, **choice.how)))
    except (UserError, OSError) as error:
        return Outcome(why=str(error))
    except Exception as error:  # one video's is not the others'
        log_unforeseen(error)
        return Outcome(why=tr("something unforeseen happened ({what})", what=f"{type(error).__name__}: {error}"), foreseen=False)


def _outcome(future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except Exception:  # BrokenExecutor here, KilledWorker and others of a cluster
        return Outcome(why=tr("a process ended without a word; analyse this video alone to see why"), foreseen=False)
