"""How a set kept to its tempo, in words and as a table."""

import statistics

from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import DOWN, UP
from formcheck.report.document import Block, Heading, Paragraph, Row, Table
from formcheck.results import Session
from formcheck.system.language import decimals, tr
from formcheck.tempo import OffPace, Tempo


def tempo_words(session: Session) -> str:
    """The tempo, and how early or late the phases were in the middle; empty where there was none, or nothing was seen."""
    known = [rep.off_pace for rep in session.reps if rep.off_pace is not None]
    if session.tempo is None or not known:
        return ""
    phases = _phases(session)
    error_s = statistics.median(off.uncertainty_s for off in known)
    middle = [f"{name} {early_or_late(statistics.median(_seconds(off)[i] for off in known), error_s)}" for i, name in phases]
    planned = ", ".join(f"{_seconds(session.tempo)[i]:g} s {name}" for i, name in phases)
    return tr("{planned}; in the middle {middle}", planned=planned, middle=", ".join(middle))


def pace_blocks(session: Session) -> list[Block]:
    """A table with each repetition; nothing where the set had no tempo."""
    if session.tempo is None or not any(rep.off_pace for rep in session.reps):
        return []
    phases = _phases(session)
    planned = [f"{name[0].upper()}{name[1:]}, {_seconds(session.tempo)[i]:g} s" for i, name in phases]
    rows = tuple(Row((str(rep.number), *_cells(rep.off_pace, [i for i, _ in phases]))) for rep in session.reps)
    words = tr(
        "How much sooner (early) or later each phase was over than the tempo asks, estimated. What lies within the uncertainty of"
        " the estimate is on time."
    )
    return [
        Heading(tr("Pace (estimated)")),
        Table((tr("No."), *planned), rows, (10, *(90 // len(phases) for _ in phases))),
        Paragraph(words, small=True),
    ]


def early_or_late(off_s: float, uncertainty_s: float) -> str:
    if abs(off_s) <= uncertainty_s:
        return tr("on time")
    return tr("{seconds:.1f} s late", seconds=off_s) if off_s > 0 else tr("{seconds:.1f} s early", seconds=-off_s)


def _cells(off: OffPace | None, phases: list[int]) -> list[str]:
    if off is None:
        return [tr("not measured") for _ in phases]
    return [f"{early_or_late(_seconds(off)[i], off.uncertainty_s)} (± {decimals(f'{off.uncertainty_s:.1f}')} s)" for i in phases]


def _phases(session: Session) -> list[tuple[int, str]]:
    """Index and name of each; a hold only where there is one."""
    known = EXERCISES.get(session.exercise)
    way, back = known.ways if known else (UP, DOWN)
    names = [(0, tr(way).lower()), (1, tr("Hold").lower()), (2, tr(back).lower())]
    return [(i, name) for i, name in names if i != 1 or (session.tempo is not None and session.tempo.hold_s > 0)]


def _seconds(phases: Tempo | OffPace) -> tuple[float, float, float]:
    return phases.up_s, phases.hold_s, phases.down_s
