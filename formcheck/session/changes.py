"""What can be put right by hand in a session's repetitions: a Change each. UserError where there is nothing to be changed."""

from datetime import datetime

from formcheck.results import Change, Hand, Rep, Session, Side, Stretch
from formcheck.system.errors import UserError
from formcheck.system.language import tr

LEAST_S = 0.3
"""A part of a split repetition, or what is left of a moved one, is at least this long."""


def added(start_s: float, end_s: float, side: Side | None, when: datetime) -> Change:
    """side: of exercises whose side changes from one repetition to the next."""
    if end_s - start_s < LEAST_S:
        raise UserError(tr("a repetition ends after it starts: mark its start first, then go on to its end"))
    return Change(when, Hand.ADDED, (), (_stretch(start_s, end_s, side),))


def removed(session: Session, number: int, when: datetime) -> Change:
    return Change(when, Hand.REMOVED, (_where(_rep(session, number)),))


def split(session: Session, number: int, at_s: float, when: datetime) -> Change:
    rep = _rep(session, number)
    if not rep.start_s + LEAST_S <= at_s <= rep.end_s - LEAST_S:
        raise UserError(tr("go to the moment within the repetition at which the second one starts"))
    halves = (_stretch(rep.start_s, at_s, rep.side), _stretch(at_s, rep.end_s, rep.side))
    return Change(when, Hand.SPLIT, (_where(rep),), halves)


def merged(session: Session, number: int, when: datetime) -> Change:
    """A repetition and the one after it."""
    rep = _rep(session, number)
    after = next((other for other in session.reps if other.start_s >= rep.end_s - 1e-6), None)
    if after is None:
        raise UserError(tr("no repetition follows with which this one could be merged"))
    return Change(when, Hand.MERGED, (_where(rep), _where(after)), (_stretch(rep.start_s, after.end_s, rep.side),))


def start_moved(session: Session, at_s: float, when: datetime) -> Change:
    """The start of the repetition that this moment lies in, else of the next one, moved to this moment."""
    rep = next((rep for rep in session.reps if rep.end_s > at_s), None)
    if rep is None or rep.end_s - at_s < LEAST_S:
        raise UserError(tr("no repetition lies here or later whose start could be moved to this moment"))
    return Change(when, Hand.MOVED, (_where(rep),), (_stretch(at_s, rep.end_s, rep.side),))


def end_moved(session: Session, at_s: float, when: datetime) -> Change:
    """The end of the repetition that this moment lies in, else of the one before, moved to this moment."""
    rep = next((rep for rep in reversed(session.reps) if rep.start_s < at_s), None)
    if rep is None or at_s - rep.start_s < LEAST_S:
        raise UserError(tr("no repetition lies here or earlier whose end could be moved to this moment"))
    return Change(when, Hand.MOVED, (_where(rep),), (_stretch(rep.start_s, at_s, rep.side),))


def _rep(session: Session, number: int) -> Rep:
    rep = next((rep for rep in session.reps if rep.number == number), None)
    if rep is None:
        raise UserError(tr("go to a repetition first"))
    return rep


def _where(rep: Rep) -> Stretch:
    return Stretch(rep.start_s, rep.end_s, rep.side)


def _stretch(start_s: float, end_s: float, side: Side | None) -> Stretch:
    """As exact as a file has it."""
    return Stretch(round(start_s, 3), round(end_s, 3), side)
