"""What was put right by hand, in words, for reports and exports."""

from formcheck.analysis.clean import clean_count
from formcheck.report.words import exercise_title, span, variant_title
from formcheck.results import Change, Chosen, Hand, Rep, Session
from formcheck.system.language import moment_words, to_translate, tr, trn

_MADE = {
    Hand.ADDED: to_translate("marked by hand"),
    Hand.SPLIT: to_translate("split by hand"),
    Hand.MERGED: to_translate("merged by hand"),
    Hand.MOVED: to_translate("edges moved by hand"),
}


def made_words(session: Session, rep: Rep) -> str:
    """How a repetition was made, empty where the program found it."""
    hand = session.put_right.by_hand.get(rep.number) if session.put_right else None
    return tr(_MADE.get(hand, "")) if hand else ""


def put_right_words(session: Session) -> str:
    """In one line, empty where nothing was: how much was changed, and what the program had found."""
    if session.put_right is None:
        return ""
    found, n = session.put_right.found, len(session.put_right.changes)
    changes = trn("{n} change", "{n} changes", n)
    return tr(
        "{changes}; the program had found {n} repetitions, of which {clean_reps} clean",
        changes=changes,
        n=len(found.reps),
        clean_reps=clean_count(found),
    )


def change_words(change: Change) -> str:
    """What was done, and when."""
    before, after = (tr(" and ").join(map(span, some)) for some in (change.before, change.after))
    what = {
        Hand.ADDED: tr("repetition {after} added", after=after),
        Hand.REMOVED: tr("repetition {before} removed", before=before),
        Hand.SPLIT: tr("repetition {before} split into {after}", before=before, after=after),
        Hand.MERGED: tr("repetitions {before} merged into {after}", before=before, after=after),
        Hand.MOVED: tr("edges of repetition {before} moved to {after}", before=before, after=after),
    }.get(change.what, "")
    return f"{moment_words(change.when)}: {_chosen(change.chosen) if change.chosen else what}"


def _chosen(chosen: Chosen) -> str:
    side = tr(", {side} side", side=tr(chosen.side)) if chosen.side else ""
    person = tr(", of another person in the picture") if chosen.person else ""
    return tr(
        "measured again as {exercise_title} ({variant}){side}{person}",
        exercise_title=exercise_title(chosen.exercise),
        variant=variant_title(chosen.exercise, chosen.variant),
        side=side,
        person=person,
    )
