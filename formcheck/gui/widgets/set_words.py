"""A set and its repetitions in words."""

from dataclasses import dataclass

from formcheck.analysis.clean import clean_as_seen
from formcheck.analysis.two_sides import has_both_sides
from formcheck.exercises.contract import Exercise
from formcheck.gui.widgets.words import figure, spread, with_side
from formcheck.report.words import unseen_words
from formcheck.results import Rep, Session, Side
from formcheck.system.kept_words import shown
from formcheck.system.language import tr, trn


def session_title(session: Session, exercise: Exercise) -> str:
    """What was done, and with which side."""
    title = tr(exercise.title)
    return tr("{exercise}, both sides", exercise=title) if has_both_sides(session) else with_side(title, session.side)


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
    notices = [shown(notice) for notice in session.notices]
    if not session.reps:
        return "\n".join(notices)
    run = exercise.compares_sides
    lines = [_fault_line(fault, len(session.reps), run) for fault in count_faults(session, exercise)]
    unseen = sum(bool(rep.not_assessable) and not clean_as_seen(rep, exercise) for rep in session.reps)
    if unseen and run:
        lines.append(trn("{n} stance could not be judged in full.", "{n} stances could not be judged in full.", unseen))
    elif unseen:
        lines.append(trn("{n} repetition could not be judged in full.", "{n} repetitions could not be judged in full.", unseen))
    not_judged = unseen_words(session)
    if not_judged:
        if run:
            lines.append(tr("Not assessable in clean stances: {faults}.", faults=not_judged))
        else:
            lines.append(tr("Not assessable in clean repetitions: {faults}.", faults=not_judged))
    return "\n".join((*(lines or [tr("Nothing moved that should have stayed still.")]), *notices))


def _fault_line(fault: FaultCount, count: int, run: bool) -> str:
    values = {"title": fault.title, "reps": fault.reps, "faults": fault.faults, "worst": fault.worst}
    if run:
        return trn(
            "{title}: in {reps} of {n} stance, {faults} beyond the fault limit, at most {worst}",
            "{title}: in {reps} of {n} stances, {faults} of them beyond the fault limit, at most {worst}",
            count,
            **values,
        )
    return trn(
        "{title}: in {reps} of {n} repetition, {faults} beyond the fault limit, at most {worst}",
        "{title}: in {reps} of {n} repetitions, {faults} of them beyond the fault limit, at most {worst}",
        count,
        **values,
    )


def _begun(rep: Rep, exercise: Exercise) -> str:
    """Which one, and when."""
    values = {"number": rep.number, "start": rep.start_s, "end": rep.end_s}
    if not exercise.compares_sides:
        return tr("Repetition {number}, {start:.1f}-{end:.1f} s", **values)
    if rep.side is Side.LEFT:
        return tr("Stance {number}, left, {start:.1f}-{end:.1f} s", **values)
    return tr("Stance {number}, right, {start:.1f}-{end:.1f} s", **values)


def rep_words(rep: Rep, exercise: Exercise) -> str:
    """One repetition in a line or two."""
    lines = [_begun(rep, exercise)]
    for quantity in exercise.quantities:
        measured = rep.measurements.get(quantity.name)
        if measured is not None and measured.value is not None:
            words = figure(measured.value, measured.unit) + spread(measured.uncertainty, measured.unit)
            lines.append(tr("{quantity} {value}", quantity=tr(quantity.title), value=words))
    found = [tr(exercise.fault(f.fault).title) for f in rep.findings]
    if clean_as_seen(rep, exercise):
        found = [tr("clean") if rep.clean else tr("clean in what can be seen")]
    unseen = [
        tr("{fault}: not assessable ({why})", fault=tr(exercise.fault(f).title), why=shown(why))
        for f, why in rep.not_assessable.items()
    ]
    return "\n".join((lines[0], ", ".join(lines[1:]), "; ".join(found + unseen)))
