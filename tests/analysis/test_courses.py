"""Frame by frame a set says of pelvis and spine what its repetitions say, under one sign for both sides, and nothing else."""

import numpy as np
import pytest
from standing_body import Turn, observations, play

from formcheck.exercises.pivot import EXERCISE
from formcheck.results import Side

TURN = 30.0


@pytest.mark.parametrize("stance", list(Side))
def test_turns_and_drop_of_a_pivot_have_the_signs_of_the_table(stance: Side) -> None:
    away = -stance.sign * TURN
    analyzer = play(EXERCISE, observations([Turn(away), Turn(away, drop=20.0)], stance=stance))
    level, sinking = analyzer.courses()
    for course in (level, sinking):
        turn = course.values["pelvis_rotation_left"]
        assert turn[0] == pytest.approx(0.0, abs=3.0)
        assert turn[np.argmax(np.abs(turn))] == pytest.approx(away, abs=12.0)
    free_side_up = stance.sign * -1.0  # of a left stance the right side is the free one
    drop = sinking.values["pelvic_obliquity_right_up"]
    assert free_side_up * drop[np.argmax(np.abs(drop))] > 10.0
    assert np.abs(level.values["pelvic_obliquity_right_up"]).max() < 5.0


def test_of_a_repetition_that_was_not_assessable_nothing_is_told() -> None:
    seen = observations([Turn(-TURN), Turn(-45.0, leg=0.0)], stance=Side.LEFT)
    analyzer = play(EXERCISE, seen)
    unsure = [rep for rep in analyzer.reps if rep.measurements["pelvis_rotation"].value is None]
    told = [course for course in analyzer.courses() if "pelvis_rotation_left" in course.values]
    assert unsure
    assert len(told) == len(analyzer.reps) - len(unsure)
    for rep in unsure:
        assert not any(course.times_s[0] >= rep.start_s and course.times_s[-1] <= rep.end_s for course in told)
