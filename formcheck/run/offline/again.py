"""Measures a set again from its kept signals, without its video: the same analysis as ever, from the second stage on."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from formcheck.analysis.analyzer import Analyzer
from formcheck.report.html import session_html
from formcheck.results import Session
from formcheck.run.frame_files import FrameFiles
from formcheck.run.measured_set import MeasuredSet, Origin, build_session
from formcheck.run.offline.analyze import Cancelled
from formcheck.session.file import write_session
from formcheck.session.layout import REPORT, SERIES
from formcheck.session.signals import read_signals
from formcheck.session.tables import read_curves
from formcheck.system.files import private_folder, write_atomic


def measure_signals(
    signals: Path,
    before: Session,
    analyzer: Analyzer,
    out: Path,
    *,
    progress: Callable[[int, int | None], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Session:
    """Write session.json, reps.csv, series.csv, angles.csv and report.html into `out`.

    before: the session as it was measured; what it says of its video stays. analyzer: a fresh one, of whatever exercise, side and
    variant. BadSignals, OSError or Cancelled.
    """
    private_folder(out)
    files = FrameFiles(out, analyzer.exercise, spare=None)
    measured = MeasuredSet(analyzer, sink=files)
    for observation in read_signals(signals):
        if cancelled():
            raise Cancelled
        measured.add(observation)
        progress(measured.frames, before.video.frames)
    measured.finish()
    files.close()
    session = build_session(measured, Origin(before.video.name, before.model))
    session = replace(session, video=before.video, followed_by=before.followed_by or before.program)
    write_session(out, session)
    write_atomic(out / REPORT, session_html(session, series=read_curves(out / SERIES)))
    return session
