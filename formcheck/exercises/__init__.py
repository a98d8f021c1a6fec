"""The table of exercises: one file each, one line here."""

from collections.abc import Mapping

from formcheck.exercises.banded_rotation import EXERCISE as BANDED_ROTATION
from formcheck.exercises.clam import EXERCISE as CLAM
from formcheck.exercises.contract import Exercise
from formcheck.exercises.lateral_band_walk import EXERCISE as LATERAL_BAND_WALK
from formcheck.exercises.monster_walk import EXERCISE as MONSTER_WALK
from formcheck.exercises.pivot import EXERCISE as PIVOT
from formcheck.exercises.sidelying_er import EXERCISE as SIDELYING_ER
from formcheck.exercises.single_leg_squat import EXERCISE as SINGLE_LEG_SQUAT

EXERCISES: Mapping[str, Exercise] = {
    exercise.id: exercise
    for exercise in (
        CLAM,
        SIDELYING_ER,
        BANDED_ROTATION,
        SINGLE_LEG_SQUAT,
        LATERAL_BAND_WALK,
        MONSTER_WALK,
        PIVOT,
    )
}
