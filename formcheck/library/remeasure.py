"""Measures a session again from its own raw video, by the limits it was judged by then, so that one ruler measures them all."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from formcheck.exercises import EXERCISES
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.pose.model import model_file
from formcheck.run.offline.analyze import Request, analyze_video
from formcheck.session.file import read_session
from formcheck.session.layout import RAW


def measure_again(
    library: Library,
    entry: Entry,
    *,
    model: Path | None = None,
    progress: Callable[[int, int | None], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Entry | None:
    """The renewed entry; None where no raw video was kept. UserError and Cancelled change nothing.

    model: a pose model file that wins over the program's own.
    """
    exercise = EXERCISES.get(entry.exercise)
    with library.opened(entry) as folder, tempfile.TemporaryDirectory(prefix="formcheck-") as work:
        video = folder / RAW
        if exercise is None or not video.is_file():
            return None
        known = {f.name for f in exercise.faults}
        limits = {fault: limit for fault, limit in read_session(folder).thresholds.items() if fault in known}
        out = Path(work) / "again"
        request = Request(
            video,
            exercise,
            out,
            model_file(model),
            side=entry.side,
            variant=entry.variant,
            limits=limits,
            annotated=False,
            progress=progress,
            cancelled=cancelled,
        )
        analyze_video(request)
        return library.replace_measurements(entry, out)
