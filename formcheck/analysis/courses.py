"""Curves that are known only when a repetition has ended: the angles of pelvis and spine in angles.csv.

They are changes since the repetition began. A repetition that was not assessable, or that was taken back, has none.
"""

from collections.abc import Iterable

from formcheck.exercises.contract import Exercise
from formcheck.frames import Floats
from formcheck.measurement.angles import CHANGES
from formcheck.measurement.repetition import Course, Estimator
from formcheck.results import Rep


class Courses:
    """Of the repetitions of one set."""

    def __init__(self, exercise: Exercise) -> None:
        self._angles = {q.name: q.angle for q in exercise.quantities if q.angle is not None}
        self._absolute = {q.name for q in exercise.quantities if q.absolute}
        self._kept: dict[float, Course] = {}
        """By the repetition's start."""

    def keep(self, rep: Rep, estimator: Estimator) -> None:
        """Keep the curves of a repetition that this estimator has just evaluated."""
        if estimator.course is not None:
            self._kept[rep.start_s] = estimator.course

    def of(self, reps: Iterable[Rep]) -> tuple[Course, ...]:
        """The curves of CHANGES in these repetitions, degrees, with the names and signs of angles.csv."""
        found = []
        for rep in reps:
            course = self._kept.get(rep.start_s)
            if course is not None and (angles := self._measured(rep, course)):
                found.append(Course(course.times_s, angles))
        return tuple(found)

    def stances(self, reps: Iterable[Rep]) -> tuple[Course, ...]:
        """The curves of absolute quantities in these repetitions, by the quantities' names and units."""
        found = []
        for rep in reps:
            course = self._kept.get(rep.start_s)
            values = {} if course is None else {n: v for n, v in course.values.items() if n in self._absolute and _known(rep, n)}
            if course is not None and values:
                found.append(Course(course.times_s, values))
        return tuple(found)

    def _measured(self, rep: Rep, course: Course) -> dict[str, Floats]:
        out = {}
        for name, values in course.values.items():
            angle = self._angles.get(name)
            part = angle.of(rep.side) if angle is not None else None
            if _known(rep, name) and part is not None and part.angle in CHANGES:
                out[part.angle] = part.sign * values
        return out


def _known(rep: Rep, name: str) -> bool:
    measurement = rep.measurements.get(name)
    return measurement is not None and measurement.value is not None
