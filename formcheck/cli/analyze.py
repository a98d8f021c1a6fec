"""`formcheck analyze`: a video, or each video of a folder, into session folders."""

import argparse
import difflib
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tqdm import tqdm

from formcheck.analysis.clean import clean_count
from formcheck.capture.source import WHOLE, Part
from formcheck.capture.video_file import VideoFile
from formcheck.cli.output import print_session, print_table
from formcheck.cli.progress_bar import model_with_bar, progress_bar
from formcheck.cli.words import DISCLAIMER
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise
from formcheck.report.opensim import write_mot, write_trc
from formcheck.results import Side, View
from formcheck.run.offline.analyze import Request, analyze_video
from formcheck.run.offline.batch import Choice, Outcome, analyze_folder, look_through
from formcheck.run.offline.cluster import workers_at
from formcheck.session.layout import ANGLES, SIGNALS
from formcheck.system.errors import UserError
from formcheck.system.language import tr


def analyze(options: argparse.Namespace) -> None:
    exercise = exercise_of(options.exercise)
    variants = [v.name for v in exercise.variants]
    if options.variant not in (None, *variants):
        raise UserError(
            tr(
                "{id} has no variant {variant!r}; it has {what}",
                id=exercise.id,
                variant=options.variant,
                what=", ".join(variants),
            )
        )
    part = Part(options.from_s, math.inf if options.to_s is None else options.to_s)
    how = {
        "side": Side(options.side) if options.side else None,
        "variant": options.variant,
        "view": view_of(options.view, exercise),
        "part": part,
        "capture_fps": options.capture_fps,
        "when": options.when,
        "annotated": not options.no_video,
        "mirrored": options.mirrored,
        "hide_face": options.blur_face,
        "every_frame": options.every_frame,
        "graphics_card": options.graphics_card,
        "replace": options.replace,
    }
    _check(options, part)
    if options.video.is_dir():
        _analyze_each(options, exercise, how)
        return
    analyze_one(options.video, exercise, options.out, **how)
    if options.trc:
        write_trc(options.out / SIGNALS, options.trc)
    if options.mot:
        write_mot(options.out / ANGLES, options.mot)


def _check(options: argparse.Namespace, part: Part) -> None:
    """UserError before minutes of work, not after."""
    if part.to_s <= part.from_s:
        raise UserError(tr("the part of the film ends before it begins: --to must be later than --from"))
    if options.video.is_dir() and (options.trc or options.mot or part != WHOLE):
        raise UserError(tr("--trc, --mot, --from and --to are of one film: analyse one video at a time"))
    if options.cluster and not options.video.is_dir():
        raise UserError(tr("--cluster is for a folder: one video is analysed by one computer"))
    for file in (options.trc, options.mot):
        if file is not None and not file.absolute().parent.is_dir():
            raise UserError(tr("{parent}: there is no such folder: make it, or name another", parent=file.parent))


def exercise_of(name: str) -> Exercise:
    """The exercise of this id. UserError, with the nearest id, if there is none."""
    if name in EXERCISES:
        return EXERCISES[name]
    near = difflib.get_close_matches(name, EXERCISES, n=1)
    if near:
        raise UserError(tr("no exercise {name!r}: did you mean {near}?", name=name, near=near[0]))
    raise UserError(tr("no exercise {name!r}: there are {exercises}", name=name, exercises=", ".join(EXERCISES)))


def view_of(name: str | None, exercise: Exercise) -> View | None:
    """The view of this name; None for none. UserError where the exercise may not be filmed from there."""
    if name is None:
        return None
    view = View(name)
    if view not in exercise.views:
        raise UserError(
            tr("{id} is not measured from {view}: film it from {what}", id=exercise.id, view=view, what=", ".join(exercise.views))
        )
    return view


def analyze_one(video: Path, exercise: Exercise, out: Path, **how: Any) -> None:
    """Analyse a video into `out` and print its repetitions. how: fields of Request."""
    VideoFile(video).close()  # a bad file is refused before a model is fetched for it
    model = model_with_bar()
    with progress_bar(video.name, tr(" frames")) as progress:
        session = analyze_video(Request(video, exercise, out, model, progress=progress, **how))
    print_session(session)
    print("\n".join(str(out / f.name) for f in sorted(out.iterdir()) if f.is_file()))
    print(tr(DISCLAIMER))


def _analyze_each(options: argparse.Namespace, exercise: Exercise, how: Mapping[str, Any]) -> None:
    """Ends with a table, and with an exit code that says whether all were analysed."""
    folder, out = options.video, options.out
    found = look_through(folder, recursive=options.recursive, out=out)
    folders = [path for path in found.left_out if (folder / path).is_dir()]
    others = [path for path in found.left_out if path not in folders]
    if others:
        print(tr("Left out, as no videos: {what}", what=", ".join(map(str, others))))
    if folders and options.recursive:
        print(tr("Folders left out, since they hold sessions: {what}", what=", ".join(map(str, folders))))
    elif folders:
        print(tr("Folders left out (--recursive goes into them): {what}", what=", ".join(map(str, folders))))
    choice = Choice(exercise.id, model_with_bar(), options.again, how)
    outcomes = {}
    with tqdm(total=len(found.videos), desc=folder.name, unit=tr(" videos"), disable=None) as bar:
        workers = workers_at(options.cluster) if options.cluster else None
        for video, outcome in analyze_folder(folder, found.videos, out, choice, workers):
            outcomes[video] = outcome
            bar.update()
    print_table([tr("Video"), tr("Repetitions"), tr("clean"), ""], [_row(video, outcomes[video]) for video in found.videos])
    analysed = sum(o.session is not None for o in outcomes.values())
    print(tr("{analysed} of {n} videos analysed into {out}", analysed=analysed, n=len(outcomes), out=out))
    print(tr(DISCLAIMER))
    failed = [str(video) for video in found.videos if outcomes[video].session is None]
    if not all(o.foreseen for o in outcomes.values()):
        raise UnforeseenInFolder(f"{', '.join(failed)}: not analysed")
    if failed:
        raise UserError(tr("not analysed, for the reasons in the table: {what}", what=", ".join(failed)))


class UnforeseenInFolder(Exception):
    """An error in the program met some of a folder's videos."""


def _row(video: Path, outcome: Outcome) -> list[str]:
    session = outcome.session
    if session is None:
        return [str(video), "-", "-", outcome.why]
    return [str(video), str(len(session.reps)), str(clean_count(session)), tr("done before") if outcome.known else ""]
