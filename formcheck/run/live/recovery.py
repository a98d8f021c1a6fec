"""Sets that were cut off by a kill, a crash or a power cut: found at the next start, kept or discarded."""

import csv
import math
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from formcheck.exercises import EXERCISES
from formcheck.recording.remux import remux
from formcheck.report.words import counted_words
from formcheck.results import Session
from formcheck.session.file import read_session, rep_from_json, write_session
from formcheck.session.layout import ANGLES, JOURNAL, SERIES, SESSION, SIGNALS, VIDEOS
from formcheck.session.ownership import read_ownership
from formcheck.session.signals import finish_signals
from formcheck.system.errors import UserError
from formcheck.system.files import write_atomic
from formcheck.system.folder_lock import NAME, was_cut_off
from formcheck.system.language import to_translate, tr

NOTICE = to_translate("The program was stopped before this set ended: what it had measured by then was kept.")


@dataclass(frozen=True, slots=True)
class CutOff:
    """A set that was cut off."""

    folder: Path
    session: Session | None
    """None where it cannot be read: it is torn, or a newer formcheck wrote it."""
    when: datetime | None = None
    """When it was recorded, if that is known."""
    problem: str = ""
    """Why it cannot be read, in words for the user. Such a set cannot be kept; it stays, and is offered again."""


def cut_off_sets(sessions: Path) -> tuple[CutOff, ...]:
    """Those in the sessions' folder, oldest first. Changes nothing."""
    marked = (mark.parent for mark in sorted(sessions.glob(f"[!.]*/{NAME}")))
    return tuple(_look_at(folder) for folder in marked if was_cut_off(folder) and _begun(folder))


def _look_at(folder: Path) -> CutOff:
    try:
        session, ownership = _with_journal(read_session(folder), folder), read_ownership(folder)
    except UserError as error:
        return CutOff(folder, None, problem=str(error))
    return CutOff(folder, session, ownership.when if ownership else None)


def clear_unbegun(sessions: Path) -> None:
    """Remove the folders of sets of which nothing was written before they were cut off."""
    for mark in sorted(sessions.glob(f"[!.]*/{NAME}")):
        if was_cut_off(mark.parent) and not _begun(mark.parent):
            shutil.rmtree(mark.parent, ignore_errors=True)


def _begun(folder: Path) -> bool:
    return any((folder / name).exists() for name in (*VIDEOS, SERIES, SESSION))


def describe(one: CutOff) -> str:
    """What it was, when, and how much of it is there."""
    if one.session is None:
        return tr("{folder} cannot be read ({why})", folder=one.folder.name, why=one.problem)
    exercise = EXERCISES.get(one.session.exercise)
    title, counted = tr(exercise.title) if exercise else one.session.exercise, counted_words(one.session)
    if one.when is None:
        return tr("{title}, {counted}", title=title, counted=counted)
    return tr("{title}, {when:%Y-%m-%d %H:%M}, {counted}", title=title, when=one.when, counted=counted)


def keep(folder: Path) -> Session:
    """Finish what is there: whole films, tables without a torn line, the session as long as those. OSError, UserError."""
    begun = _with_journal(read_session(folder), folder)  # first: of a set that cannot be read nothing changes
    _finish_films(folder)
    finish_signals(folder / SIGNALS)
    _whole_text(folder / ANGLES)
    session = _finished(begun, folder / SERIES)
    write_session(folder, session)
    (folder / JOURNAL).unlink(missing_ok=True)
    (folder / NAME).unlink()
    return session


def discard(folder: Path) -> None:
    """Delete the set with its films. OSError where that fails."""
    shutil.rmtree(folder)


def _finish_films(folder: Path) -> None:
    for name in VIDEOS:
        if (folder / name).exists():
            remux(folder / name)


def _with_journal(session: Session, folder: Path) -> Session:
    """The session with the repetitions that ended after it was last written whole."""
    journal = folder / JOURNAL
    reps = list(session.reps)
    for line in journal.read_text(encoding="utf-8", errors="replace").splitlines() if journal.exists() else ():
        try:
            rep = rep_from_json(line)
        except (ValueError, RecursionError):
            break  # torn here
        if rep.number == len(reps) + 1:
            reps.append(rep)
    side = session.side or (reps[-1].side if reps else None)
    notices = session.notices if session.reps or not reps else ()  # that there was no repetition is not so any more
    return replace(session, reps=tuple(reps), side=side, notices=notices)


def _finished(session: Session, series: Path) -> Session:
    rows = _whole_rows(series)
    duration_s = max([session.video.duration_s, *(float(row["t_s"]) for row in rows[-1:])])
    frames = max(session.video.frames, len(rows))
    measured = sum(any(value for name, value in row.items() if name not in ("t_s", "phase")) for row in rows)
    video = replace(session.video, duration_s=duration_s, frames=frames, fps=(frames - 1) / duration_s if duration_s > 0 else 0.0)
    return replace(
        session,
        video=video,
        frames_with_pose=min(frames, max(session.frames_with_pose, measured)),
        notices=(*session.notices, NOTICE),
    )


def _whole_rows(series: Path) -> list[dict[str, str]]:
    return [row for row in csv.DictReader(_whole_text(series).splitlines()) if _is_time(row.get("t_s"))]


def _whole_text(table: Path) -> str:
    """The file's content; a last line that was not written to its end is cut from it."""
    text = table.read_text(encoding="utf-8", errors="replace") if table.exists() else ""
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        write_atomic(table, whole)
    return whole


def _is_time(text: str | None) -> bool:
    """After a power cut a file may end in anything."""
    try:
        return math.isfinite(float(text or "nan"))
    except ValueError:
        return False
