"""Many sets of many people together: repetitions lie within sets, sets within people, and intervals know it."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from formcheck.agreement.pairs import Pair
from formcheck.agreement.results import Measured, SetResult, both, measured
from formcheck.agreement.statistics.differences import NORMAL_95
from formcheck.agreement.statistics.grouped import Components, bootstrap, components
from formcheck.frames import Floats
from formcheck.system.language import to_translate, tr

Interval: TypeAlias = tuple[float, float]
CAMERA_EDGES_DEG = (10.0, 20.0)


@dataclass(frozen=True, slots=True)
class Pooled:
    """One measure of one exercise over everybody."""

    exercise: str
    measure: str
    people: int
    sets: int
    all: Measured
    spread: Components | None
    """Within and between people; None where nobody was measured twice or there is one person only."""
    bias_interval: tuple[float, float] | None
    """95 %, people drawn with replacement; None for fewer than five people."""
    mae_interval: tuple[float, float] | None
    loa: tuple[float, float] | None
    """Limits of agreement of a single repetition of anybody; None for fewer than two pairs."""
    loa_intervals: tuple[Interval | None, Interval | None]
    """Of the lower and of the upper limit, as bias_interval."""


def pool(sets: Sequence[SetResult]) -> list[Pooled]:
    """By exercise and measure, in the order met. Sets without a person's code count as a person each."""
    out = []
    for exercise in dict.fromkeys(s.exercise for s in sets):
        of = [s for s in sets if s.exercise == exercise]
        for measure in dict.fromkeys(p.measure for s in of for p in s.pairs):
            out.append(_pooled(exercise, measure, of))
    return out


def _pooled(exercise: str, measure: str, sets: Sequence[SetResult]) -> Pooled:
    people: dict[Hashable, list[Pair]] = {}
    for k, one in enumerate(sets):
        people.setdefault(one.labels.person or k, []).extend(p for p in one.pairs if p.measure == measure)
    values = {person: both(pairs) for person, pairs in people.items()}
    values = {person: rows for person, rows in values.items() if len(rows)}
    pairs = [p for of in people.values() for p in of]
    every = measured(pairs)[measure]
    spread = components([rows[:, 0] - rows[:, 1] for rows in values.values()])
    loa = None if every.differences is None else every.differences.loa
    if spread is not None and every.differences is not None:
        loa = spread.limits(every.differences.bias)
    return Pooled(
        exercise,
        measure,
        len(values),
        sum(any(p.measure == measure for p in s.pairs) for s in sets),
        every,
        spread,
        bootstrap(values, lambda rows: float((rows[:, 0] - rows[:, 1]).mean())),
        bootstrap(values, lambda rows: float(np.abs(rows[:, 0] - rows[:, 1]).mean())),
        loa,
        (bootstrap(values, lambda rows: _limit(rows, -1)), bootstrap(values, lambda rows: _limit(rows, 1))),
    )


def _limit(rows: Floats, sign: int) -> float:
    """A limit of agreement of a resample, whose people are alike in number of repetitions."""
    apart = rows[:, 0] - rows[:, 1]
    return float(apart.mean() + sign * NORMAL_95 * apart.std())


def strata(sets: Sequence[SetResult]) -> list[tuple[str, str, str, str, Measured]]:
    """(exercise, what is sorted by, its value, measure, figures), for whatever differs between the sets of an exercise."""
    out = []
    for exercise in dict.fromkeys(s.exercise for s in sets):
        of = [s for s in sets if s.exercise == exercise]
        for title, key in _KEYS.items():
            groups: dict[str, list[Pair]] = {}
            for one in of:
                groups.setdefault(key(one), []).extend(one.pairs)
            if len(groups) > 1:
                out += [
                    (exercise, title, value, name, m)
                    for value, pairs in sorted(groups.items())
                    for name, m in measured(pairs).items()
                ]
    return out


def _camera(one: SetResult) -> str:
    angle = one.labels.camera_deg
    if angle is None:
        return tr("not said")
    near, far = CAMERA_EDGES_DEG
    return _within(abs(angle), near, far)


def _within(angle: float, near: float, far: float) -> str:
    if angle <= near:
        return tr("up to {near}°", near=f"{near:g}")
    return f"{near:g}-{far:g}°" if angle <= far else tr("beyond {far}°", far=f"{far:g}")


_KEYS: Mapping[str, Callable[[SetResult], str]] = {
    to_translate("camera"): _camera,
    to_translate("clothing"): lambda s: s.labels.clothing or tr("not said"),
    to_translate("side"): lambda s: tr(s.side) if s.side else tr("none"),
}
