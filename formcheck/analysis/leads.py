"""Which exercises of this program train against a run's faults, as a proposal; the person decides.

The stance leg's hip muscles, the deep rotators among them, keep the pelvis level and the thigh from turning in while one leg
takes the whole weight (our reading of the source article). Fault.leads_to names the exercises of each fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Fault, VariantRef
from formcheck.results import Limits, Session, Side, SideFigure
from formcheck.system.language import decimals, tr

LEAST_STANCES = 10
"""Stances of a side in which the fault must have been judged."""
SHARE = 0.5
"""Share of them that must show the fault."""


@dataclass(frozen=True, slots=True)
class Lead:
    """One side's fault, and what trains against it."""

    fault: Fault
    side: Side
    figure: SideFigure
    limit: Limits
    found: int
    judged: int
    to: tuple[VariantRef, ...]

    @property
    def words(self) -> str:
        """Two sentences: what was found, and what may be trained."""
        unit = {"deg": "°"}.get(self.limit.unit, f" {self.limit.unit}")
        digits = 1 if self.limit.unit == "deg" else 2
        value, wide, limit = (
            decimals(f"{x:.{digits}f}".removesuffix(".0")) + unit
            for x in (self.figure.value, self.figure.uncertainty, self.limit.caution)
        )
        values = {"title": tr(self.fault.title), "value": value, "wide": wide, "limit": limit}
        values |= {"found": str(self.found), "judged": str(self.judged)}
        left = tr("{title}, left: {value} ± {wide} in the mean (limit {limit}), in {found} of {judged} stances.", **values)
        right = tr("{title}, right: {value} ± {wide} in the mean (limit {limit}), in {found} of {judged} stances.", **values)
        trained = tr(
            "What trains against it: {exercises}.", exercises=", ".join(tr(EXERCISES[ref.exercise].title) for ref in self.to)
        )
        return f"{left if self.side is Side.LEFT else right} {trained}"


def leads(session: Session) -> tuple[Lead, ...]:
    """The most important fault first: a side's mean passes the caution limit, and half of its judged stances show the fault."""
    exercise = EXERCISES.get(session.exercise)
    if exercise is None or not exercise.compares_sides or not session.sides:
        return ()
    found = []
    for fault in sorted(exercise.faults, key=lambda f: f.priority):
        limits = session.thresholds.get(fault.name, fault.limits)
        for side in Side:
            figure = session.sides.get(side.value, {}).get(fault.quantity)
            lead = _lead(session, fault, side, figure, limits)
            if lead is not None:
                found.append(lead)
    return tuple(found)


def lead_words(session: Session) -> tuple[str, ...]:
    """What to do next after a run, a sentence or two each; also that no exercise is proposed, or that one was not measured."""
    found = leads(session)
    if found:
        decide = tr(
            "Whether to train that is for you and your therapist to decide. A side that gives way is no injury and no proof of "
            "weakness; film again after about six weeks and compare."
        )
        return *(lead.words for lead in found), decide
    exercise = EXERCISES.get(session.exercise)
    leading = exercise is not None and any(fault.leads_to for fault in exercise.faults)
    if exercise is None or not leading or not session.sides:
        return ()
    sides: Mapping[str, Mapping[str, SideFigure]] = session.sides
    unseen = [f for f in exercise.faults if f.leads_to and not any(f.quantity in sides.get(s.value, {}) for s in Side)]
    told = [tr("By the limits in force nothing that was measured here leads to an exercise.")]
    told += [tr("{title}: could not be measured, so nothing is said of it.", title=tr(f.title)) for f in unseen]
    return tuple(told)


def _lead(session: Session, fault: Fault, side: Side, figure: SideFigure | None, limits: Limits) -> Lead | None:
    judged = [rep for rep in session.reps if rep.side is side and fault.name not in rep.not_assessable]
    found = sum(any(f.fault == fault.name for f in rep.findings) for rep in judged)
    to = tuple(ref for ref in fault.leads_to if ref.exercise in EXERCISES)
    if figure is None or not to or len(judged) < LEAST_STANCES or found < SHARE * len(judged):
        return None
    if not fault.passes(figure.value, limits.caution):
        return None
    return Lead(fault, side, figure, limits, found, len(judged), to)
