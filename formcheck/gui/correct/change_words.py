"""What was put right by hand, in words for the screen."""

from formcheck.exercises.contract import Exercise
from formcheck.results import Change, Hand
from formcheck.system.language import tr


def made_words(hand: Hand) -> str:
    """How a repetition was made."""
    return {
        Hand.ADDED: tr("Marked by hand"),
        Hand.SPLIT: tr("Split by hand"),
        Hand.MERGED: tr("Merged by hand"),
        Hand.MOVED: tr("Edge moved by hand"),
    }.get(hand, "")


def change_words(change: Change, exercise: Exercise) -> str:
    """exercise: as which the set stands now."""
    if change.chosen is not None:
        if change.chosen.person is not None:
            return tr("somebody else is followed")
        return tr("measured again as {exercise}", exercise=tr(exercise.title))
    at_s = (change.before or change.after)[0].start_s
    return {
        Hand.ADDED: tr("repetition added at {seconds:.1f} s", seconds=at_s),
        Hand.REMOVED: tr("repetition removed at {seconds:.1f} s", seconds=at_s),
        Hand.SPLIT: tr("repetition split at {seconds:.1f} s", seconds=change.after[-1].start_s if change.after else at_s),
        Hand.MERGED: tr("repetitions merged at {seconds:.1f} s", seconds=at_s),
    }.get(change.what, tr("edge of the repetition at {seconds:.1f} s moved", seconds=at_s))
