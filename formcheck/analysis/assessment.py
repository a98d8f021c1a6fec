"""The measurements of a finished repetition: the estimator's, and the pace. What no body can do is not assessable."""

from collections.abc import Mapping

from formcheck.analysis.findings import believed
from formcheck.exercises.contract import PACE, Exercise
from formcheck.measurement.pace import pace
from formcheck.measurement.repetition import Estimator, RepWindow
from formcheck.results import Measurement


def assessed(exercise: Exercise, estimator: Estimator, window: RepWindow) -> Mapping[str, Measurement]:
    """Each quantity as it was measured."""
    measurements = dict(estimator.evaluate(window))
    if any(q.name == PACE for q in exercise.quantities):
        measurements[PACE] = pace(window, exercise.movement)
    return {name: believed(exercise.quantity(name), m) for name, m in measurements.items()}


def unassessed(exercise: Exercise, window: RepWindow, why: str) -> Mapping[str, Measurement]:
    """Each quantity as not assessable, with `why` as the reason."""
    named = set(window.series) | {f.quantity for f in exercise.faults}
    return {q.name: Measurement(None, q.unit, why=why) for q in exercise.quantities if q.name in named}


def surely_moved(movement: Measurement | None) -> bool:
    """Whether the movement is larger than its uncertainty. If not, what was counted was another movement."""
    return movement is None or movement.value is None or abs(movement.value) > (movement.uncertainty or 0.0)
