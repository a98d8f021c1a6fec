"""A set and its repetitions in words."""

from dataclasses import dataclass

from formcheck.exercises.contract import Exercise
from formcheck.gui.widgets.words import figure, spread
from formcheck.results import Rep, Session
from formcheck.system.language import tr, trn


@dataclass(frozen=True, slots=True)
class FaultCount:
    """One kind of compensation over a set."""

    title: str
    reps: int
    worst: str
    """With its unit."""
    faults: int
    """How many of them were beyond the fault limit."""


def count_faults(session: Session, exercise: Exercise) -> list[FaultCount]:
    """Faults by kind, in the exercise's order of importance."""
    counts = []
    for fault in sorted(exercise.faults, key=lambda f: f.priority):
        found = [f for rep in session.reps for f in rep.findings if f.fault == fault.name]
        if found:
            worst = max(found, key=lambda f: fault.excess(f.value))
            severe = sum(f.severity == "fault" for f in found)
            counts.append(FaultCount(tr(fault.title), len(found), figure(abs(worst.value), worst.unit), severe))
    return counts


def fault_words(session: Session, exercise: Exercise) -> str:
    """What moved that should have stayed still, a line for each kind, and the session's notices."""
    notices = list(session.notices)  # as the session file says them, with their figures
    if not session.reps:
        return "\n".join(notices)
    lines = [
        trn(
            "{title}: in {reps} of {n} repetition, {faults} beyond the fault limit, at most {worst}",
            "{title}: in {reps} of {n} repetitions, {faults} of them beyond the fault limit, at most {worst}",
            len(session.reps),
            title=f.title,
            reps=f.reps,
            faults=f.faults,
            worst=f.worst,
        )
        for f in count_faults(session, exercise)
    ]
    unseen = sum(bool(rep.not_assessable) for rep in session.reps)
    if unseen:
        lines.append(trn("{n} repetition could not be judged in full.", "{n} repetitions could not be judged in full.", unseen))
    return "\n".join((*(lines or [tr("Nothing moved that should have stayed still.")]), *notices))


def rep_words(rep: Rep, exercise: Exercise) -> str:
    """One repetition in a line or two."""
    lines = [tr("Repetition {number}, {start:.1f}-{end:.1f} s", number=rep.number, start=rep.start_s, end=rep.end_s)]
    for quantity in exercise.quantities:
        measured = rep.measurements.get(quantity.name)
        if measured is not None and measured.value is not None:
            words = figure(measured.value, measured.unit) + spread(measured.uncertainty, measured.unit)
            lines.append(tr("{quantity} {value}", quantity=tr(quantity.title), value=words))
    found = [tr(exercise.fault(f.fault).title) for f in rep.findings] or ([tr("clean")] if rep.clean else [])
    unseen = [
        tr("{fault}: not assessable ({why})", fault=tr(exercise.fault(f).title), why=why) for f, why in rep.not_assessable.items()
    ]
    return "\n".join((lines[0], ", ".join(lines[1:]), "; ".join(found + unseen)))
