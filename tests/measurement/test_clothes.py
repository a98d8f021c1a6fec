"""Clothes that hang still while the body turns in them, and when a turn that goes on may be told."""

import numpy as np
import pytest

from formcheck.frames import Observation
from formcheck.measurement.repetition import RepWindow
from formcheck.measurement.standing.clothes import LOOSE, Clothes
from formcheck.measurement.standing.turn_top import TurnTop

TIMES = np.arange(0.0, 3.0, 0.05)
TURN = 30.0 * np.sin(np.pi * TIMES / TIMES[-1]) ** 2


def repetition(surface: float, joints: float) -> RepWindow:
    """surface, joints: what they show of a pelvis that turns by 30 degrees."""
    series = {
        "pelvis_shown": TURN,
        "trunk_shown": 0 * TURN,
        "pelvis_of_surface": surface * TURN,
        "pelvis_of_joints": joints * TURN,
    }
    unseen: list[Observation] = []
    return RepWindow(TIMES, series, unseen, 0, len(TIMES) // 2, len(TIMES) - 1, None)


def test_clothes_that_hang_still_while_the_joints_turn_are_seen() -> None:
    clothes = Clothes()
    assert clothes.obstacle(repetition(0.1, 0.8)) == LOOSE
    assert clothes.hang


@pytest.mark.parametrize(("surface", "joints"), [(1.0, 1.0), (0.6, 1.0), (1.0, 0.5)])
def test_a_surface_that_shows_most_of_the_turn_goes_along(surface: float, joints: float) -> None:
    assert Clothes().obstacle(repetition(surface, joints)) == ""


def test_one_repetition_that_looks_so_says_nothing_of_a_set_that_went_along() -> None:
    clothes = Clothes()
    assert [bool(clothes.obstacle(repetition(share, 1.0))) for share in (1.0, 1.0, 0.1)] == [False, False, False]


def test_what_was_not_seen_teaches_nothing() -> None:
    clothes = Clothes()
    assert clothes.obstacle(repetition(np.nan, 1.0)) == ""
    assert clothes.obstacle(repetition(1.0, 1.0)) == ""


def told(times: np.ndarray, turn: np.ndarray) -> list[bool]:
    top = TurnTop()
    return [top.update(float(t), float(v)) for t, v in zip(times, turn, strict=True)]


def test_a_turn_may_be_told_as_it_rises_and_not_on_its_way_back() -> None:
    sure = told(TIMES + 10.0, TURN)
    assert all(sure[: len(sure) // 2])
    assert not any(sure[-len(sure) // 4 :])


def test_a_turn_that_was_not_seen_for_a_while_is_not_told() -> None:
    seen = (TIMES < 0.5) | (TIMES > 0.9)
    sure = told(TIMES[seen] + 10.0, TURN[seen])
    assert not any(sure[int(np.sum(TIMES < 0.5)) :])
