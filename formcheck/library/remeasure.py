"""Measures a session again, by the limits it was judged by then: from its raw video, else from its kept signals. What was put
right by hand is put right again in what is found now."""

import math
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from formcheck.analysis.analyzer import Analyzer
from formcheck.capture.source import Part
from formcheck.exercises import EXERCISES
from formcheck.library.by_hand import apply_changes_again
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.pose.model import model_file
from formcheck.results import View
from formcheck.run.offline.again import measure_signals
from formcheck.run.offline.analyze import Request, analyze_video
from formcheck.session.file import read_session, write_session
from formcheck.session.layout import RAW, SIGNALS


def measure_again(
    library: Library,
    entry: Entry,
    *,
    model: Path | None = None,
    progress: Callable[[int, int | None], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Entry | None:
    """The renewed entry; None where neither raw video nor signals were kept. UserError and Cancelled change nothing.

    model: a pose model file that wins over the program's own.
    """
    with library.opened(entry) as folder, tempfile.TemporaryDirectory(prefix="formcheck-") as work:
        before = read_session(folder)
        exercise = EXERCISES.get(before.exercise)
        if exercise is None or not library.can_measure_again(entry):
            return None
        limits = {fault.name: before.thresholds.get(fault.name, fault.limits) for fault in exercise.faults}
        out = Path(work) / "again"
        if (folder / RAW).is_file():
            request = Request(
                folder / RAW,
                exercise,
                out,
                model_file(model),
                side=before.side,
                variant=before.variant,
                limits=limits,
                tempo=before.tempo,
                part=Part(before.video.from_s, math.inf if before.video.to_s is None else before.video.to_s),
                capture_fps=before.video.capture_fps,
                annotated=False,
                progress=progress,
                cancelled=cancelled,
            )
            again = analyze_video(request)
            video = replace(again.video, name=before.video.name, sha256=before.video.sha256)
            write_session(out, replace(again, video=video))
        else:
            view = View(before.view) if before.view else None
            analyzer = Analyzer(exercise, side=before.side, variant=before.variant, view=view, limits=limits, tempo=before.tempo)
            measure_signals(folder / SIGNALS, before, analyzer, out, progress=progress, cancelled=cancelled)
        renewed = library.replace_measurements(entry, out)
    return apply_changes_again(library, renewed, lambda: model_file(model))
