"""`formcheck analyze`: a video, or each video of a folder, into session folders."""

import argparse
import difflib
from pathlib import Path

from tqdm import tqdm

from formcheck.capture.video_file import VideoFile
from formcheck.cli.output import print_session
from formcheck.cli.progress_bar import model_with_bar, progress_bar
from formcheck.cli.words import DISCLAIMER
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise
from formcheck.report.opensim import write_mot, write_trc
from formcheck.results import Side
from formcheck.run.offline.analyze import Request, analyze_video
from formcheck.run.offline.batch import Choice, analyze_folder, videos_in
from formcheck.session.layout import ANGLES, SIGNALS
from formcheck.system.errors import UserError


def analyze(options: argparse.Namespace) -> None:
    exercise = exercise_of(options.exercise)
    variants = [v.name for v in exercise.variants]
    if options.variant not in (None, *variants):
        raise UserError(f"{exercise.id} has no variant {options.variant!r}; it has {', '.join(variants)}")
    if options.video.is_dir() and (options.trc or options.mot):
        raise UserError("--trc and --mot name one file: analyse one video at a time")
    for file in (options.trc, options.mot):  # told before minutes of work, not after
        if file is not None and not file.absolute().parent.is_dir():
            raise UserError(f"{file.parent}: there is no such folder: make it, or name another")
    (_analyze_each if options.video.is_dir() else analyze_one)(
        options.video,
        exercise,
        options.out,
        side=Side(options.side) if options.side else None,
        variant=options.variant,
        annotated=not options.no_video,
        mirrored=options.mirrored,
        hide_face=options.blur_face,
    )
    if options.trc:
        write_trc(options.out / SIGNALS, options.trc)
    if options.mot:
        write_mot(options.out / ANGLES, options.mot)


def exercise_of(name: str) -> Exercise:
    """The exercise of this id. UserError, with the nearest id, if there is none."""
    if name in EXERCISES:
        return EXERCISES[name]
    near = difflib.get_close_matches(name, EXERCISES, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(EXERCISES)}"
    raise UserError(f"no exercise {name!r}: {hint}")


def analyze_one(
    video: Path,
    exercise: Exercise,
    out: Path,
    *,
    side: Side | None = None,
    variant: str | None = None,
    annotated: bool = True,
    mirrored: bool = False,
    hide_face: bool = False,
) -> None:
    """Analyse a video into `out` and print its repetitions."""
    VideoFile(video).close()  # a bad file is refused before a model is fetched for it
    model = model_with_bar()
    with progress_bar(video.name, " frames") as progress:
        session = analyze_video(
            Request(
                video,
                exercise,
                out,
                model,
                side=side,
                variant=variant,
                annotated=annotated,
                mirrored=mirrored,
                hide_face=hide_face,
                progress=progress,
            )
        )
    print_session(session)
    print("\n".join(str(out / f.name) for f in sorted(out.iterdir()) if f.is_file()))
    print(DISCLAIMER)


def _analyze_each(videos: Path, exercise: Exercise, out: Path, *, side: Side | None, variant: str | None, **how: bool) -> None:
    found = videos_in(videos)
    choice = Choice(exercise.id, model_with_bar(), side, variant, **how)
    refused = []
    with tqdm(total=len(found), desc=videos.name, unit=" videos", disable=None) as bar:
        for video, outcome in analyze_folder(found, out, choice):
            bar.update()
            if isinstance(outcome, str):
                refused.append(outcome)
            else:
                tqdm.write(f"{video.name}: {len(outcome.reps)} repetitions, {outcome.clean_reps} clean")
    print(f"{len(found) - len(refused)} of {len(found)} videos analysed into {out}")
    print(DISCLAIMER)
    if refused:
        raise UserError("; ".join(refused))
