"""What was put right by hand, in words, for reports and exports."""

from formcheck.report.words import exercise_title
from formcheck.results import Change, Chosen, Hand, Rep, Session, Stretch

_MADE = {
    Hand.ADDED: "marked by hand",
    Hand.SPLIT: "split by hand",
    Hand.MERGED: "merged by hand",
    Hand.MOVED: "edges moved by hand",
}


def made_words(session: Session, rep: Rep) -> str:
    """How a repetition was made, empty where the program found it."""
    hand = session.put_right.by_hand.get(rep.number) if session.put_right else None
    return _MADE.get(hand, "") if hand else ""


def put_right_words(session: Session) -> str:
    """In one line, empty where nothing was: how much was changed, and what the program had found."""
    if session.put_right is None:
        return ""
    found, n = session.put_right.found, len(session.put_right.changes)
    changes = "1 change" if n == 1 else f"{n} changes"
    return f"{changes}; the program had found {len(found.reps)} repetitions, of which {found.clean_reps} clean"


def change_words(change: Change) -> str:
    """What was done, and when."""
    before, after = (" and ".join(map(_span, some)) for some in (change.before, change.after))
    what = {
        Hand.ADDED: f"repetition {after} added",
        Hand.REMOVED: f"repetition {before} removed",
        Hand.SPLIT: f"repetition {before} split into {after}",
        Hand.MERGED: f"repetitions {before} merged into {after}",
        Hand.MOVED: f"edges of repetition {before} moved to {after}",
    }.get(change.what, "")
    return f"{change.when:%Y-%m-%d %H:%M}: {_chosen(change.chosen) if change.chosen else what}"


def _chosen(chosen: Chosen) -> str:
    side = f", {chosen.side} side" if chosen.side else ""
    person = ", of another person in the picture" if chosen.person else ""
    return f"measured again as {exercise_title(chosen.exercise)} ({chosen.variant}){side}{person}"


def _span(stretch: Stretch) -> str:
    return f"{stretch.start_s:.1f}-{stretch.end_s:.1f} s"
