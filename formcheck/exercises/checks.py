"""What an EXERCISE must keep to, checked once when its module is loaded.

Its estimator is fed the frames of one set in order, and
- says the same quantities in every frame, in the same order, the movement and the guarded quantity among them;
- says NaN where it cannot measure, also where no landmark at all is known;
- of a finished repetition measures the guarded quantity and each that a fault is judged by, or says why it could not; PACE
  alone is left out, since the analysis fills it. What only one variant has may be missing from the others.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

import numpy as np

from formcheck.exercises.contract import PACE, Exercise, SetContext
from formcheck.frames import LANDMARKS, Observation, PoseFrame
from formcheck.measurement.repetition import RepWindow
from formcheck.results import Measurement, Side

FRAMES = 5
"""Frames without a landmark that every estimator is tried on."""


class ContractError(ValueError):
    """An EXERCISE does not keep to the contract; the message says which one, and what to change."""


def checked(exercise: Exercise, module: str) -> Exercise:
    """The exercise itself. module: where it stands. ContractError where it does not keep to the contract."""
    for problem in (*_names(exercise), *_measured(exercise)):
        raise ContractError(f"{module}: {problem}")
    return exercise


def _names(exercise: Exercise) -> Iterator[str]:
    """Names that are missing, or stand twice."""
    quantities = [q.name for q in exercise.quantities]
    for what, names in (
        ("quantities", quantities + [q.name for q in exercise.summary_quantities]),
        ("faults", [f.name for f in exercise.faults]),
        ("variants", [v.name for v in exercise.variants]),
    ):
        twice = [name for name, count in Counter(names).items() if count > 1]
        if twice:
            yield f"two {what} are called {twice[0]!r}: give each its own name"
    used = [exercise.movement, exercise.guarded, *(f.quantity for f in exercise.faults)]
    for name in used:
        if name not in quantities:
            yield f"{name!r} is used but is none of the quantities ({', '.join(quantities)})"
    for what, some in (("variants", exercise.variants), ("views", exercise.views), ("checks", exercise.checks)):
        if not some:
            yield f"{what} is empty: name at least one"


def _measured(exercise: Exercise) -> Iterator[str]:
    """What every variant's estimator says of frames without a landmark: nothing, but in due form."""
    judged = {exercise.guarded, *(f.quantity for f in exercise.faults)} - {PACE}
    for variant in exercise.variants:
        where = f"of variant {variant.name!r}"
        observations = [Observation(_unseen(n), None) for n in range(FRAMES)]
        estimator = exercise.estimator(SetContext(Side.LEFT, variant.name, exercise.views[0]))
        values = [estimator.update(o) for o in observations]
        said = [name for name, value in values[-1].items() if not math.isnan(value)]
        absent = [name for name in (exercise.movement, exercise.guarded) if name not in values[0]]
        if len({tuple(v) for v in values}) > 1:
            yield f"update() {where} says other quantities in one frame than in another"
        elif absent:
            yield f"update() {where} does not say {absent[0]!r}: NaN where it cannot be measured"
        elif said:
            yield f"update() {where} says {said[0]!r} where nothing can be seen: NaN is expected"
        else:
            yield from _evaluated(exercise, judged, estimator.evaluate(_window(observations, values)), where)


def _evaluated(exercise: Exercise, judged: Set[str], found: Mapping[str, Measurement], where: str) -> Iterator[str]:
    for name in sorted(judged - set(found)):
        yield f"evaluate() {where} does not measure {name!r}: give it a reason where it cannot be measured"
    for name, measurement in found.items():
        if name not in {q.name for q in exercise.quantities}:
            yield f"evaluate() {where} measures {name!r}, which is none of the quantities"
        elif measurement.value is not None:
            yield f"evaluate() {where} measures {name!r} where nothing can be seen: say why instead"


def _window(observations: Sequence[Observation], values: Sequence[Mapping[str, float]]) -> RepWindow:
    return RepWindow(
        times_s=np.array([o.timestamp_s for o in observations]),
        series={name: np.array([v[name] for v in values]) for name in values[0]},
        observations=observations,
        start=1,
        peak=2,
        end=3,
        side=Side.LEFT,
    )


def _unseen(index: int) -> PoseFrame:
    blank = np.full((LANDMARKS, 3), np.nan)
    return PoseFrame(index, index / 10, (640, 480), blank[:, :2], blank, blank[:, 0])
