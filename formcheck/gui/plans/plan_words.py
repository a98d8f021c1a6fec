"""A plan's items in words."""

from formcheck.gui.widgets.language import side_words, tr
from formcheck.library.adherence import Adherence
from formcheck.library.plans import Item
from formcheck.library.services import WEEKS, NextSet
from formcheck.report.words import exercise_title


def item_title(item: Item) -> str:
    """Exercise and side."""
    side = tr(", {side} side", side=side_words(item.side)) if item.side is not None else ""
    return f"{tr(exercise_title(item.exercise))}{side}"


def tempo_words(item: Item) -> str:
    """How long each way should take, empty where the plan does not say."""
    ways = ((item.up_s, tr("{n:g} s out")), (item.hold_s or None, tr("{n:g} s hold")), (item.down_s, tr("{n:g} s back")))
    return ", ".join(words.format(n=seconds) for seconds, words in ways if seconds is not None)


def set_words(next_set: NextSet) -> str:
    """What the next set is, in a line."""
    item = next_set.item
    parts = [
        tr("Set {n} of {sets}", n=next_set.number, sets=item.sets),
        tr("{n} repetitions", n=item.reps),
        tempo_words(item),
        tr("band: {band}", band=item.band) if item.band else "",
    ]
    return " · ".join(p for p in parts if p)


def adherence_words(done: Adherence) -> str:
    return tr("{done} of {planned:g} days in {weeks} weeks", done=done.days_done, planned=done.days_planned, weeks=WEEKS)
