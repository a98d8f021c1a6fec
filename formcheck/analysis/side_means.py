"""What a set's repetitions are in the mean of each side, where they are of both."""

from collections.abc import Sequence

from formcheck.exercises.contract import Exercise
from formcheck.measurement.running.sides import by_sides
from formcheck.results import Rep, SideFigures


def side_means(exercise: Exercise, reps: Sequence[Rep]) -> SideFigures:
    """Session.sides; empty for a set of one side."""
    if exercise.compares_sides:
        return by_sides(reps)
    return by_sides(reps, run=False) if len({rep.side for rep in reps}) > 1 else {}
