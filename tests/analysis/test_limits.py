"""Stricter limits are harder to stay within, whichever way the fault lies."""

from types import SimpleNamespace
from typing import Any

import pytest

from formcheck.analysis.limits import ignored_limits, limit_range, limits_for, limits_problem
from formcheck.exercises import EXERCISES
from formcheck.results import Limits


def _exercise() -> Any:
    up = SimpleNamespace(name="roll", limits=Limits(10, 15), direction=1)
    down = SimpleNamespace(name="slack", limits=Limits(0.9, 0.8, "ratio"), direction=-1)
    return SimpleNamespace(faults=(up, down))


def test_standard_is_the_exercises_own() -> None:
    assert limits_for(_exercise()) == {"roll": Limits(10, 15), "slack": Limits(0.9, 0.8, "ratio")}


def test_strict_is_nearer_and_lenient_farther() -> None:
    strict, lenient = limits_for(_exercise(), "strict"), limits_for(_exercise(), "lenient")
    assert strict["roll"].caution < 10 < lenient["roll"].caution
    assert strict["slack"].caution > 0.9 > lenient["slack"].caution


def test_custom_replaces_only_what_it_names() -> None:
    chosen = limits_for(_exercise(), "custom", {"roll": (5, 6)})
    assert chosen["roll"] == Limits(5, 6)
    assert chosen["slack"] == Limits(0.9, 0.8, "ratio")
    assert limits_for(_exercise(), "standard", {"roll": (5, 6)})["roll"] == Limits(10, 15)


def fault_of(exercise: str, name: str) -> Any:
    return next(fault for fault in EXERCISES[exercise].faults if fault.name == name)


@pytest.mark.parametrize(
    ("exercise", "fault", "limits", "word"),
    [
        pytest.param("clam", "pelvic_roll", Limits(20, 1), "below its caution", id="the wrong way round"),
        pytest.param("clam", "pelvic_roll", Limits(75, 125), "between 0 and 60", id="a lost decimal point"),
        pytest.param("clam", "pelvic_roll", Limits(-5, 10), "between", id="negative"),
        pytest.param("clam", "pelvic_roll", Limits(5, 10, "rad"), "measured in deg", id="another unit"),
        pytest.param("lateral-band-walk", "band_slack", Limits(0.8, 0.9, "ratio"), "above its caution", id="a lower limit"),
        pytest.param("banded-rotation", "not_hip_led", Limits(0.1, 0.2, "s"), "between", id="a negative limit"),
    ],
)
def test_limits_that_judge_nothing(exercise: str, fault: str, limits: Limits, word: str) -> None:
    assert word in limits_problem(fault_of(exercise, fault), limits)


def test_every_exercise_s_own_limits_make_sense_however_strict() -> None:
    for exercise in EXERCISES.values():
        for strictness in ("strict", "standard", "lenient"):
            for fault in exercise.faults:
                assert limits_problem(fault, limits_for(exercise, strictness)[fault.name]) == "", (exercise.id, fault.name)
                low, high = limit_range(fault)
                assert low < high


def test_nonsense_in_the_settings_is_left_out_and_said() -> None:
    custom = {"clam": {"pelvic_roll": (75.0, 125.0), "feet_apart": (4.0, 6.0)}, "yoga": {"x": (1.0, 2.0)}}
    chosen = limits_for(EXERCISES["clam"], "custom", custom["clam"])
    assert chosen["pelvic_roll"] == fault_of("clam", "pelvic_roll").limits
    assert chosen["feet_apart"] == Limits(4.0, 6.0)
    (notice,) = ignored_limits(custom)
    assert "“Pelvis rolls back”" in notice


def test_a_plan_s_limits_stand_before_the_settings_unless_they_make_no_sense() -> None:
    clam, custom = EXERCISES["clam"], {"pelvic_roll": (5.0, 6.0)}
    planned = {"pelvic_roll": Limits(8, 12), "pelvic_hike": Limits(20, 1)}
    chosen = limits_for(clam, "custom", custom, planned)
    assert chosen["pelvic_roll"] == Limits(8, 12)
    assert chosen["pelvic_hike"] == fault_of("clam", "pelvic_hike").limits
