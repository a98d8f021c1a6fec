"""The table of exercises: one file each, one line here."""

from collections.abc import Mapping

from formcheck.exercises.banded_rotation import EXERCISE as BANDED_ROTATION
from formcheck.exercises.base import Exercise
from formcheck.exercises.clam import EXERCISE as CLAM
from formcheck.exercises.pivot import EXERCISE as PIVOT
from formcheck.exercises.sidelying_er import EXERCISE as SIDELYING_ER

EXERCISES: Mapping[str, Exercise] = {
    exercise.id: exercise
    for exercise in (
        CLAM,
        SIDELYING_ER,
        BANDED_ROTATION,
        PIVOT,
    )
}
