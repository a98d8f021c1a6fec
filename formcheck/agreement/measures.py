"""Which angles of the body a session's measures follow from, and how late their running values come."""

from collections.abc import Mapping

from formcheck.exercises import EXERCISES
from formcheck.exercises.body_angle import Part
from formcheck.results import Session, Side
from formcheck.system.errors import UserError

SERIES_DELAY_S: Mapping[str, float] = {"pelvic_roll": -0.07}
USUAL_DELAY_S = 0.08
"""By how much series.csv's running values come late: the running filter's time constant (analysis/analyzer.py). The roll is
carried on by its own speed for the cues (measurement/lying/pelvis.py), which on rendered clips puts it 0.07 s ahead."""


def parts(session: Session, side: Side | None) -> dict[str, Part]:
    """Measure -> the angle it follows from. side: the repetition's; the session's where its repetitions have none."""
    quantities = EXERCISES[session.exercise].quantities
    found = {q.name: q.angle.of(side or session.side) for q in quantities if q.angle is not None}
    return {name: part for name, part in found.items() if part is not None}


def lying(session: Session) -> bool:
    return EXERCISES[session.exercise].posture_of(session.variant).lies


def top_side(session: Session) -> int:
    """Of somebody who lies: +1 where the left side is up, -1 where the right is. UserError where the session names no side."""
    if session.side is None:
        raise UserError("this session does not say which side it was done with; analyse the film again with --side")
    return session.side.sign if EXERCISES[session.exercise].works_above else session.side.other.sign


def delay_s(measure: str) -> float:
    return SERIES_DELAY_S.get(measure, USUAL_DELAY_S)
