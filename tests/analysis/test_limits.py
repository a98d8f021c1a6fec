"""Stricter limits are harder to stay within, whichever way the fault lies."""

from types import SimpleNamespace
from typing import Any

from formcheck.analysis.limits import limits_for
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
