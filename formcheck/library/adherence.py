"""How far a plan was followed, and what comes next in it. From dates and counts alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from formcheck.library.plans import Item, Plan
from formcheck.library.store.index import Entry


@dataclass(frozen=True, slots=True)
class Adherence:
    """One item of a plan over a period."""

    item: Item
    days_planned: float
    days_done: int
    """Days on which all sets were done."""
    sets_done: int

    @property
    def share(self) -> float:
        """Of the planned days, 0-1; more than planned counts as all."""
        return min(1.0, self.days_done / self.days_planned) if self.days_planned else 1.0


def sets_by_day(item: Item, sessions: Sequence[Entry]) -> dict[date, int]:
    """How many sets of an item were done on each day, in the days of the sessions' own time zone.

    A session that names another item, or has no repetition, is none of its sets. One with repetitions of both sides is a set of
    the left side and one of the right.
    """
    days: dict[date, int] = {}
    for entry in sessions:
        if entry.reps and _is_set_of(item, entry):
            day = entry.when.date()
            days[day] = days.get(day, 0) + 1
    return days


def _is_set_of(item: Item, entry: Entry) -> bool:
    if entry.item == item.uid:
        return True
    if (entry.exercise, entry.variant) != (item.exercise, item.variant):
        return False
    if entry.both_sides and item.side is not None:
        return True
    return entry.item is None and item.side in (None, entry.side)


def adherence(plan: Plan, sessions: Sequence[Entry], first: date, last: date) -> tuple[Adherence, ...]:
    """Each item of the plan from the first to the last day, both included."""
    weeks = ((last - first).days + 1) / 7
    out = []
    for item in plan.items:
        days = {day: sets for day, sets in sets_by_day(item, sessions).items() if first <= day <= last}
        done = sum(sets >= item.sets for sets in days.values())
        out.append(Adherence(item, round(item.per_week * weeks, 1), done, sum(days.values())))
    return tuple(out)


def next_item(plan: Plan, sessions: Sequence[Entry], today: date) -> tuple[Item, int] | None:
    """The item to go on with today and the number of its next set (from 1); None when today is done.

    An item that is begun is finished first; one that had its days in the last seven is left out.
    """
    due: list[tuple[Item, int]] = []
    for item in plan.items:
        days = sets_by_day(item, sessions)
        done = days.get(today, 0)
        recent = sum(today - timedelta(days=6) <= day < today and sets >= item.sets for day, sets in days.items())
        if done < item.sets and (done or recent < item.per_week):
            due.append((item, done + 1))
    return next((d for d in due if d[1] > 1), due[0] if due else None)
