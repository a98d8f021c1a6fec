"""The spine of who turns on one leg: two accounts that agree are told, two that contradict each other are not."""

import math

import numpy as np
import pytest
from standing_body import Turn, observations, play

from formcheck.exercises.pivot import EXERCISE
from formcheck.measurement.standing.pivoting_spine import at_top, spine_turn
from formcheck.results import Measurement, Side

UNKNOWN = Measurement(None, "deg", why="hidden")


def quiet(value: float) -> Measurement:
    return Measurement(value, "deg", 8.0)


@pytest.mark.parametrize(
    ("said", "together", "told"),
    [
        (UNKNOWN, 3.0, 3.0),
        (UNKNOWN, 25.0, 25.0),
        (UNKNOWN, 12.0, None),
        (quiet(4.0), 2.0, 3.0),
        (quiet(30.0), 20.0, 25.0),
        (quiet(30.0), 3.0, None),
        (quiet(4.0), 25.0, None),
        (quiet(24.0), 12.0, 24.0),
        (quiet(4.0), 12.0, None),
    ],
)
def test_what_two_accounts_say(said: Measurement, together: float, told: float | None) -> None:
    assert spine_turn(said, together, 1.0).value == (None if told is None else pytest.approx(told))


def test_it_is_read_where_the_pelvis_is_turned_most() -> None:
    times = np.linspace(0.0, 3.0, 61)
    pelvis, values = np.sin(np.pi * times / 3.0), 10.0 + 5.0 * times
    assert at_top(times, values, pelvis) == pytest.approx(7.5, abs=0.3)
    assert math.isnan(at_top(times, np.where(times < 2.0, np.nan, values), pelvis))


@pytest.mark.parametrize("stance", list(Side))
def test_a_turn_from_the_spine_is_told_in_the_first_repetition(stance: Side) -> None:
    away = -stance.sign
    first = play(EXERCISE, observations([Turn(away * 15.0, away * 30.0)], stance=stance)).reps[0].measurements["trunk_rotation"]
    assert first.value is not None
    assert first.value > 18.0
    assert not play(EXERCISE, observations([Turn(away * 35.0)], stance=stance)).reps[0].findings
