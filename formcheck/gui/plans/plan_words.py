"""A plan's items in words."""

from formcheck.gui.widgets.words import with_side
from formcheck.library.adherence import Adherence
from formcheck.library.plans import Item
from formcheck.library.services import WEEKS, NextSet
from formcheck.report.words import exercise_title
from formcheck.system.language import tr, trn


def item_title(item: Item) -> str:
    """Exercise and side."""
    return with_side(tr(exercise_title(item.exercise)), item.side)


def tempo_words(item: Item) -> str:
    """How long each way should take, empty where the plan does not say."""
    ways = (
        tr("{seconds:g} s out", seconds=item.up_s) if item.up_s is not None else "",
        tr("{seconds:g} s hold", seconds=item.hold_s) if item.hold_s else "",
        tr("{seconds:g} s back", seconds=item.down_s) if item.down_s is not None else "",
    )
    return ", ".join(way for way in ways if way)


def set_words(next_set: NextSet) -> str:
    """What the next set is, in a line."""
    item = next_set.item
    parts = [
        tr("Set {number} of {sets}", number=next_set.number, sets=item.sets),
        trn("{n} repetition", "{n} repetitions", item.reps),
        tempo_words(item),
        tr("band: {band}", band=item.band) if item.band else "",
    ]
    return " · ".join(p for p in parts if p)


def adherence_words(done: Adherence) -> str:
    return tr("{done} of {planned:g} days in {weeks} weeks", done=done.days_done, planned=done.days_planned, weeks=WEEKS)
