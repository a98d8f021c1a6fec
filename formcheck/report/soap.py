"""The notes of a session in the order of a clinic: subjective, objective, assessment, plan."""

import statistics
from collections.abc import Sequence

from formcheck.analysis.two_sides import has_both_sides, of_side
from formcheck.report.document import (
    Blank,
    Block,
    Facts,
    Heading,
)
from formcheck.report.words import (
    clean_words,
    counted_words,
    exercise_title,
    number,
    quantities,
    quantity_title,
    side_words,
    variant_title,
)
from formcheck.results import Session, Side
from formcheck.session.notes import Notes, judged
from formcheck.system.language import tr


def subjective(notes: Notes) -> list[str]:
    """S: what the person said."""
    pain = tr("Pain before / after the set: {pain}.", pain=pain_words(notes)) if pain_words(notes) else ""
    effort = "" if notes.effort is None else tr("Effort: {effort} of 10.", effort=notes.effort)
    return [" ".join(words for words in (pain, effort) if words), notes.subjective]


def objective(session: Session, notes: Notes) -> list[str]:
    """O: what was measured, in sentences; of a set with both sides one side after the other."""
    if has_both_sides(session):
        return [line for side in Side for line in objective(of_side(session, side), notes)]
    seen = judged(session, notes)
    side = side_words(session)
    lines = [
        tr(
            "{exercise_title} ({variant}){side}: {counted}, {clean}.",
            exercise_title=exercise_title(session.exercise),
            variant=variant_title(session.exercise, session.variant),
            side=side,
            counted=counted_words(seen),
            clean=clean_words(seen),
        )
    ]
    for name in quantities(seen):
        known = [m for rep in seen.reps if (m := rep.measurements.get(name)) and m.value is not None]
        values = [m.value for m in known if m.value is not None]
        if values:
            unit = known[0].unit
            spread = tr("{number} to {number2}", number=number(min(values), unit), number2=number(max(values), unit))
            middle = number(statistics.median(values), unit)
            lines.append(
                tr(
                    "{quantity_title}: median {middle}, {spread} (estimated).",
                    quantity_title=quantity_title(session.exercise, name),
                    middle=middle,
                    spread=spread,
                )
            )
    return lines


def soap(said: Sequence[str], measured: Sequence[str], notes: Notes) -> list[Block]:
    """S and O filled, A and P as the therapist wrote them, or room to."""
    blocks: list[Block] = [Heading(tr("Notes (SOAP)"))]
    blocks += _note(tr("S: Subjective"), [line for line in said if line])
    blocks += _note(tr("O: Objective"), [line for line in measured if line])
    blocks += _note(tr("A: Assessment"), [notes.assessment] if notes.assessment else [])
    blocks += _note(tr("P: Plan"), [notes.plan] if notes.plan else [])
    return blocks


def _note(label: str, lines: Sequence[str]) -> list[Block]:
    return [Facts(((label, "\n".join(lines)),))] if lines else [Blank(label)]


def pain_words(notes: Notes) -> str:
    said = ["?" if p is None else str(p) for p in (notes.pain_before, notes.pain_after)]
    return "" if said == ["?", "?"] else tr("{what} / {what2} of 10", what=said[0], what2=said[1])
