"""How a quantity went from session to session: a change is one only beyond what the measurement itself scatters.

Sessions that were measured by different methods are never compared unsaid.
"""

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from formcheck.analysis.clean import clean_count
from formcheck.analysis.two_sides import has_both_sides, of_side
from formcheck.exercises import EXERCISES
from formcheck.report.words import guarded, movement
from formcheck.results import Limits, Session, Side
from formcheck.session.notes import Notes, judged

Method = tuple[str, str, str, str]
"""How a session was measured: program version, the version that followed the person, pose model, variant."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A session of the period, with what people added to it."""

    when: datetime
    session: Session
    notes: Notes = field(default_factory=Notes)

    @property
    def judged(self) -> Session:
        return judged(self.session, self.notes)

    @property
    def method(self) -> Method:
        session = self.session
        return session.program, session.followed_by or session.program, session.model, session.variant


@dataclass(frozen=True, slots=True)
class Value:
    """A quantity in one session: the median over its repetitions."""

    when: datetime
    value: float
    uncertainty: float
    """The median of the repetitions' own half-widths (90 %): their common error does not shrink with their number."""
    method: Method


@dataclass(frozen=True, slots=True)
class Change:
    """The last session less the first one that was measured by the same method."""

    first: Value
    last: Value
    threshold: float
    """Below it, the difference is measurement error."""

    @property
    def difference(self) -> float:
        return self.last.value - self.first.value

    @property
    def real(self) -> bool:
        return abs(self.difference) > self.threshold


@dataclass(frozen=True, slots=True)
class Trend:
    """One quantity of one exercise and side, oldest session first."""

    exercise: str
    side: Side | None
    quantity: str
    unit: str
    values: tuple[Value, ...]
    change: Change | None
    """None where no two sessions share a method."""
    limits: Limits | None
    """The plan's, or those of the last session."""
    guarded: bool

    @property
    def methods(self) -> int:
        return len({v.method for v in self.values})


@dataclass(frozen=True, slots=True)
class CleanSets:
    """How many repetitions of each session of one exercise and side were clean, oldest first."""

    exercise: str
    side: Side | None
    sets: tuple[tuple[datetime, int, int, Method], ...]
    """(when, clean in what can be seen, of so many, measured by)"""
    by_hand: int = 0
    """How many of them were put right by hand."""


def _of_one_side(samples: Sequence[Sample]) -> list[Sample]:
    """Oldest first; a set with both sides as two."""
    out = []
    for sample in sorted(samples, key=lambda s: s.when):
        session = sample.session
        out += [replace(sample, session=of_side(session, side)) for side in Side] if has_both_sides(session) else [sample]
    return out


def clean_sets(samples: Sequence[Sample]) -> tuple[CleanSets, ...]:
    """Sessions without a repetition are left out."""
    found: dict[tuple[str, Side | None], list[tuple[datetime, int, int, Method]]] = {}
    by_hand: Counter[tuple[str, Side | None]] = Counter()
    for sample in _of_one_side(samples):
        seen = sample.judged
        if seen.reps:
            by_hand[seen.exercise, seen.side] += seen.put_right is not None
            found.setdefault((seen.exercise, seen.side), []).append(
                (sample.when, clean_count(seen), len(seen.reps), sample.method)
            )
    return tuple(CleanSets(*kind, tuple(sets), by_hand[kind]) for kind, sets in found.items())


def trends(
    samples: Sequence[Sample],
    detectable: Mapping[tuple[str, str], float] | None = None,
    planned: Mapping[tuple[str, str], Limits] | None = None,
) -> tuple[Trend, ...]:
    """The guarded quantity and the movement's range, per exercise and side.

    planned: (exercise, fault) -> limits of a plan, which stand before those of the last session.
    detectable: (exercise, quantity) -> smallest detectable difference, in the quantity's unit, where it is known;
    otherwise twice the larger uncertainty is the threshold.
    """
    ordered = _of_one_side(samples)
    out = []
    for exercise, side in sorted({(s.session.exercise, s.session.side) for s in ordered}, key=lambda k: (k[0], k[1] or "")):
        own = [s for s in ordered if (s.session.exercise, s.session.side) == (exercise, side)]
        kept = next((g for s in own if (g := guarded(s.session))), None)
        moved = next((m for s in own if (m := movement(s.session))), None)
        for quantity in dict.fromkeys(q for q in (kept, moved) if q):
            values, unit = _values(own, quantity)
            if values:
                known = (detectable or {}).get((exercise, quantity))
                limits = _limits(exercise, quantity, own[-1].session, planned or {})
                change = _change(values, known)
                out.append(Trend(exercise, side, quantity, unit, values, change, limits, quantity == kept))
    return tuple(out)


def _limits(exercise: str, quantity: str, last: Session, planned: Mapping[tuple[str, str], Limits]) -> Limits | None:
    """Limits of the fault that is judged by this quantity; of an unknown exercise, of the fault with the quantity's name."""
    known = EXERCISES.get(exercise)
    faults = [f.name for f in known.faults if f.quantity == quantity] if known else [quantity]
    both = (planned.get((exercise, fault), last.thresholds.get(fault)) for fault in faults)
    return next((limits for limits in both if limits), None)


def sides_apart(found: Iterable[Trend]) -> tuple[Trend, ...]:
    """Left less right per day on which both sides were done with the same method; the last session of a day counts."""
    by_side = {(t.exercise, t.quantity, t.side): t for t in found}
    out = []
    for (exercise, quantity, side), left in by_side.items():
        right = by_side.get((exercise, quantity, Side.RIGHT))
        if side is not Side.LEFT or right is None:
            continue
        last = {v.when.date(): v for v in right.values}
        pairs = [(a, last[day]) for day, a in {v.when.date(): v for v in left.values}.items() if day in last]
        values = tuple(
            Value(max(a.when, b.when), a.value - b.value, math.hypot(a.uncertainty, b.uncertainty), a.method)
            for a, b in pairs
            if a.method == b.method
        )
        if values:
            out.append(Trend(exercise, None, quantity, left.unit, values, _change(values, None), None, left.guarded))
    return tuple(out)


def _values(samples: Sequence[Sample], quantity: str) -> tuple[tuple[Value, ...], str]:
    out, unit = [], ""
    for sample in samples:
        known = [m for rep in sample.judged.reps if (m := rep.measurements.get(quantity)) and m.value is not None]
        if known:
            unit = known[0].unit
            value = statistics.median(m.value for m in known if m.value is not None)
            spread = [m.uncertainty for m in known if m.uncertainty is not None]
            out.append(Value(sample.when, value, statistics.median(spread) if spread else 0.0, sample.method))
    return tuple(out), unit


def _change(values: Sequence[Value], detectable: float | None) -> Change | None:
    last = values[-1]
    first = next(v for v in values if v.method == last.method)
    if first is last:
        return None
    return Change(first, last, detectable if detectable is not None else 2 * max(first.uncertainty, last.uncertainty))
