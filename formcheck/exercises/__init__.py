"""The table of exercises: one file each, one line here."""

from collections.abc import Mapping

from formcheck.exercises.banded_rotation import EXERCISE as BANDED_ROTATION
from formcheck.exercises.base import Exercise
from formcheck.exercises.pivot import EXERCISE as PIVOT

EXERCISES: Mapping[str, Exercise] = {
    exercise.id: exercise
    for exercise in (
        BANDED_ROTATION,
        PIVOT,
    )
}
