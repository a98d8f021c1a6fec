"""A spine that turns over one leg: told against the body's own quieter repetitions, or not at all."""

import pytest

from formcheck.measurement.standing.quiet_share import QuietShare
from formcheck.results import Measurement

THORAX = 40.0


def of_a_set(*shown: float) -> list[Measurement]:
    quiet = QuietShare()
    return [quiet.turn(degrees, THORAX, 2.0) for degrees in shown]


@pytest.mark.parametrize("body", [1.0, 7.0, 14.0])
def test_one_turn_stands_out_on_every_body(body: float) -> None:
    turned = of_a_set(body, body + 1.0, body + 11.0)[-1]
    assert turned.value == pytest.approx(26.0, abs=4.0)


def test_whoever_shows_little_rides_along() -> None:
    assert [m.value for m in of_a_set(2.0, 7.0, 4.0)] == [2.0, 7.0, 4.0]


def test_what_every_repetition_shows_is_the_body_or_the_habit_and_not_assessable() -> None:
    assert [m.value for m in of_a_set(14.0, 15.0, 14.0, 13.0, 15.0)] == [None] * 5
    assert "too much alike" in str(of_a_set(14.0)[0].why)


def test_two_repetitions_do_not_say_which_of_them_is_the_quiet_one() -> None:
    assert [m.value for m in of_a_set(2.0, 20.0)] == [2.0, None]
    assert of_a_set(2.0, 20.0, 3.0, 20.0)[-1].value is not None
