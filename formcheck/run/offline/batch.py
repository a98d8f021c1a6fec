"""Analyses a folder of videos, several at once in processes of their own. A video that is refused stops no other."""

import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from formcheck.exercises import EXERCISES
from formcheck.results import Session, Side
from formcheck.run.offline.analyze import Request, analyze_video
from formcheck.system.errors import UserError

VIDEOS = {".3gp", ".avi", ".gif", ".m4v", ".mkv", ".mov", ".mp4", ".mpg", ".mts", ".webm"}


@dataclass(frozen=True, slots=True)
class Choice:
    """How every video of the folder is analysed."""

    exercise: str
    model: Path
    side: Side | None = None
    variant: str | None = None
    annotated: bool = True
    mirrored: bool = False
    hide_face: bool = False


def videos_in(folder: Path) -> list[Path]:
    """The folder's videos by name, not those of folders in it. UserError where there are none."""
    found = sorted(p for p in folder.iterdir() if p.is_file() and p.suffix.lower() in VIDEOS)
    if not found:
        raise UserError(f"{folder}: holds no video; name a video file, or a folder with some")
    return found


def analyze_folder(videos: list[Path], out: Path, choice: Choice) -> Iterator[tuple[Path, Session | str]]:
    """Each video with its session, or with why there is none, as they are done. A video's files go into out/NAME."""
    same = Counter(video.stem for video in videos)
    # A forked child would inherit locks that other threads hold.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(len(videos), os.cpu_count() or 1), context) as pool:
        waiting = {
            pool.submit(_analyze, video, out / (video.stem if same[video.stem] == 1 else video.name), choice): video
            for video in videos
        }
        try:
            for future in as_completed(waiting):
                yield waiting[future], _outcome(future, waiting[future])
        finally:
            pool.shutdown(cancel_futures=True)


def _analyze(video: Path, out: Path, choice: Choice) -> Session | str:
    try:
        return analyze_video(
            Request(
                video,
                EXERCISES[choice.exercise],
                out,
                choice.model,
                side=choice.side,
                variant=choice.variant,
                annotated=choice.annotated,
                mirrored=choice.mirrored,
                hide_face=choice.hide_face,
            )
        )
    except (UserError, OSError) as error:
        return str(error)


def _outcome(future: Future[Session | str], video: Path) -> Session | str:
    try:
        return future.result()
    except BrokenExecutor:
        return f"{video}: a process ended without a word; analyse this video alone to see why"
