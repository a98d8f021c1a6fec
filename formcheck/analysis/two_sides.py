"""Sets in which the person changed sides."""

from dataclasses import replace

from formcheck.exercises import EXERCISES
from formcheck.results import Session, Side


def has_both_sides(session: Session) -> bool:
    """Whether the person changed sides within the set."""
    known = EXERCISES.get(session.exercise)
    sides = {rep.side for rep in session.reps}
    return known is not None and known.may_change_sides and session.side is None and sides >= set(Side)


def of_side(session: Session, side: Side) -> Session:
    """One side's repetitions of a session."""
    return replace(session, side=side, reps=tuple(r for r in session.reps if r.side is side))
