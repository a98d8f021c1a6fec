"""Which angles of the body a session's measures follow from, and how late their running values come."""

from collections.abc import Mapping
from dataclasses import dataclass

from formcheck.exercises import EXERCISES
from formcheck.exercises.body_angle import Part
from formcheck.results import Session, Side
from formcheck.system.errors import UserError
from formcheck.system.language import tr


@dataclass(frozen=True, slots=True)
class Delay:
    """By how much series.csv's running values come late, seconds; from set to set it scatters by `sd_s`."""

    mean_s: float
    sd_s: float


DELAYS: Mapping[str, Delay] = {
    "pelvic_roll": Delay(-0.06, 0.04),
    "pelvic_hike": Delay(0.08, 0.04),
    "pelvis_rotation": Delay(0.08, 0.03),
    "pelvic_drop": Delay(0.05, 0.05),
}
"""Measured on rendered clips by `scripts/validate_agreement.py CLIPS OUT --delays` (9, 4, 11 and 8 sets). The running filter
(analysis/analyzer.py) explains 0.05 to 0.07 s; the roll is carried on by its own speed for the cues (measurement/lying/pelvis.py)
and comes early. What scatters is how the picture's signal is bent against the true one: no constant takes it away."""
USUAL_DELAY = Delay(0.08, 0.03)


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
        raise UserError(tr("this session does not say which side it was done with; analyse the film again with --side"))
    return session.side.sign if EXERCISES[session.exercise].works_above else session.side.other.sign


def delay(measure: str) -> Delay:
    return DELAYS.get(measure, USUAL_DELAY)
