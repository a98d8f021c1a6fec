"""What each command does. Heavy imports wait until a command needs them; only `window` and `demo` may load Qt."""

import argparse
import contextlib
import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.system.errors import UserError
from formcheck.system.resources import folder

if TYPE_CHECKING:
    from formcheck.exercises.contract import Exercise
    from formcheck.results import Measurement, Session, Side

DISCLAIMER = "Movement feedback and education, not medical advice."
DEMO_EXERCISE = "clam"
DEMO_FOLDER = Path("formcheck-demo")


def window(_: argparse.Namespace) -> int:
    problem = _display_problem()
    if problem:
        raise UserError(f"the window cannot open: {problem}. The command line works without it: see formcheck --help")
    from formcheck.gui.app import run

    return run()


def demo(_: argparse.Namespace) -> int:
    problem = _display_problem()
    if problem is None:
        from formcheck.gui.app import run

        return run(demo=True)
    from formcheck.exercises import EXERCISES

    print(f"No window: {problem}. Analysing the demo clip instead.")
    _analyze(demo_clip(), EXERCISES[DEMO_EXERCISE], DEMO_FOLDER)
    return 0


def _display_problem() -> str | None:
    """Found out by a child process; what the window needs beside Qt is loaded meanwhile."""
    from formcheck.system.display import begin_display_check

    answer = begin_display_check()
    with contextlib.suppress(ImportError):  # said by whoever needs it
        import formcheck.run.live.run  # noqa: F401
    return answer()


def demo_clip() -> Path:
    """The clip that travels with the program."""
    return folder("assets") / "demo.mp4"


def analyze(options: argparse.Namespace) -> int:
    from formcheck.results import Side

    exercise = _exercise(options.exercise)
    variants = [v.name for v in exercise.variants]
    if options.variant not in (None, *variants):
        raise UserError(f"{exercise.id} has no variant {options.variant!r}; it has {', '.join(variants)}")
    (_analyze_folder if options.video.is_dir() else _analyze)(
        options.video,
        exercise,
        options.out,
        side=Side(options.side) if options.side else None,
        variant=options.variant,
        annotated=not options.no_video,
        mirrored=options.mirrored,
        hide_face=options.blur_face,
    )
    return 0


def _exercise(name: str) -> "Exercise":
    from formcheck.exercises import EXERCISES

    if name in EXERCISES:
        return EXERCISES[name]
    near = difflib.get_close_matches(name, EXERCISES, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(EXERCISES)}"
    raise UserError(f"no exercise {name!r}: {hint}")


def _analyze(
    video: Path,
    exercise: "Exercise",
    out: Path,
    *,
    side: "Side | None" = None,
    variant: str | None = None,
    annotated: bool = True,
    mirrored: bool = False,
    hide_face: bool = False,
) -> None:
    from tqdm import tqdm

    from formcheck.capture.video_file import VideoFile
    from formcheck.pose.model import model_file
    from formcheck.run.offline.analyze import Request, analyze_video

    VideoFile(video).close()  # a bad file is refused before a model is fetched for it
    model = model_file()
    with tqdm(desc=video.name, unit=" frames", disable=None) as bar:

        def progress(done: int, total: int | None) -> None:
            bar.total = total
            bar.update(done - bar.n)

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


def _analyze_folder(
    videos: Path, exercise: "Exercise", out: Path, *, side: "Side | None", variant: str | None, **how: bool
) -> None:
    from tqdm import tqdm

    from formcheck.pose.model import model_file
    from formcheck.run.offline.batch import Choice, analyze_folder, videos_in

    found = videos_in(videos)
    choice = Choice(exercise.id, model_file(), side, variant, **how)
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


def print_session(session: "Session") -> None:
    """The table of repetitions, and what the program wants to say about the set."""
    from formcheck.exercises import EXERCISES

    exercise = EXERCISES[session.exercise]
    shown = [q for q in exercise.quantities if q.unit == "deg"]
    print(
        f"{exercise.title}, {session.side or 'side not found'}, {session.variant}: {len(session.reps)} repetitions, "
        f"{session.clean_reps} clean"
    )
    head = ["#", "start s", "end s", *(q.title for q in shown), "findings"]
    rows = [
        [str(rep.number), f"{rep.start_s:.1f}", f"{rep.end_s:.1f}"]
        + [_figure(rep.measurements.get(q.name)) for q in shown]
        + [", ".join(f"{f.fault} ({f.severity})" for f in rep.findings) or ("clean" if rep.clean else "not assessable")]
        for rep in session.reps
    ]
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows] if rows else []:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for notice in session.notices:
        print(f"Note: {notice}")


def _figure(measurement: "Measurement | None") -> str:
    if measurement is None or measurement.value is None:
        return "-"
    return f"{measurement.value:.0f}" + (f" ±{measurement.uncertainty:.0f}" if measurement.uncertainty else "")


def cameras(_: argparse.Namespace) -> int:
    from formcheck.capture.camera import list_cameras

    found = list_cameras()
    for camera in found:
        print(f"{camera.index}  {camera.name}")
    if not found:
        print("No camera was found. Plug one in, and close programs that use it.")
    return 0


def models(options: argparse.Namespace) -> int:
    from formcheck.pose.model import model_file, model_states

    if options.path:
        print(model_file())
        return 0
    for state in model_states():
        print(state)
    return 0


def report(options: argparse.Namespace) -> int:
    from formcheck.library.services import opened_session
    from formcheck.report.folder import write_report
    from formcheck.system.prompts import ask_passphrase

    if not (options.pdf or options.html):
        raise UserError("name the report's file: --pdf FILE or --html FILE")
    with opened_session(options.session, ask_passphrase) as folder:
        write_report(folder, html=options.html, pdf=options.pdf)
    return 0


def compare(options: argparse.Namespace) -> int:
    from formcheck.library.services import opened_session
    from formcheck.report.comparison import text_table
    from formcheck.report.comparison_report import compare_folders
    from formcheck.report.folder import write_document
    from formcheck.system.prompts import ask_passphrase

    with opened_session(options.left, ask_passphrase) as left, opened_session(options.right, ask_passphrase) as right:
        comparison, document = compare_folders(left, right)
    write_document(document, html=options.html, pdf=options.pdf)
    print(text_table(comparison))
    print(DISCLAIMER)
    return 0


def recover(options: argparse.Namespace) -> int:
    from formcheck.library.encryption.passphrase import is_locked
    from formcheck.library.store.library import library_folders
    from formcheck.library.store.sync import open_library, sync
    from formcheck.run.live import recovery
    from formcheck.system.prompts import ask_passphrase
    from formcheck.system.settings import load_settings

    root, sessions = library_folders(None, load_settings()[0].sessions())
    found = recovery.cut_off_sets(sessions)
    # asked for before anything is kept, so that it is locked at once
    passphrase = ask_passphrase() if options.keep and found and is_locked(root) else None
    locked = open_library(root, sessions=sessions, passphrase=passphrase) if passphrase is not None else None
    for one in found:
        if options.keep:
            recovery.keep(one.folder)
        elif options.discard:
            recovery.discard(one.folder)
        print(
            f"{'kept' if options.keep else 'deleted' if options.discard else 'cut off'}: {recovery.describe(one)}  {one.folder}"
        )
    if locked is not None:
        sync(locked)
        locked.close()
    if not found:
        print("No set was cut off.")
    elif not (options.keep or options.discard):
        print("formcheck recover --keep finishes them, --discard deletes them.")
    return 0


def doctor(_: argparse.Namespace) -> int:
    from formcheck.doctor import checks

    results = checks()
    for check in results:
        print(f"{'ok ' if check.ok else 'BAD'}  {check.name}: {check.detail}" + (f" - {check.advice}" if check.advice else ""))
    return 0 if all(check.ok for check in results) else 2
