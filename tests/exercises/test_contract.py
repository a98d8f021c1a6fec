"""What a module in exercises/ must keep to, and what it is told that does not."""

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import formcheck.exercises
from formcheck.exercises import EXERCISES
from formcheck.exercises.checks import ContractError, checked
from formcheck.exercises.clam import EXERCISE as CLAM
from formcheck.exercises.contract import Exercise, Variant
from formcheck.frames import Observation
from formcheck.measurement.repetition import Estimator, RepWindow
from formcheck.results import Measurement

NOTHING = {"hip_opening": math.nan, "pelvic_roll": math.nan}
HIDDEN = {name: Measurement(None, "deg", why="hidden") for name in ("pelvic_roll", "pelvic_hike", "feet_gap")}


class Says(Estimator):
    """Says the same in every frame, or something else in the second one."""

    def __init__(
        self, running: Mapping[str, float], then: Mapping[str, float] | None = None, found: Mapping[str, Measurement] = HIDDEN
    ) -> None:
        self._running, self._then, self._found = running, then, found
        self._asked = 0

    def update(self, _: Observation) -> Mapping[str, float]:
        self._asked += 1
        return self._running if self._asked == 1 or self._then is None else self._then

    def evaluate(self, _: RepWindow) -> Mapping[str, Measurement]:
        return self._found


def with_estimator(estimator: Says) -> Exercise:
    return replace(CLAM, estimator=lambda _: estimator)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_exercise_keeps_to_it(exercise: str) -> None:
    assert EXERCISES[exercise].id == exercise


def test_an_estimator_that_measures_nothing_is_in_order() -> None:
    assert checked(with_estimator(Says(NOTHING)), "here").id == "clam"


@pytest.mark.parametrize(
    ("exercise", "words"),
    [
        (replace(CLAM, movement="opening"), "'opening' is used but is none of the quantities"),
        (replace(CLAM, quantities=(*CLAM.quantities, CLAM.quantities[0])), "two quantities are called 'hip_opening'"),
        (replace(CLAM, variants=(Variant("a", "A", ""), Variant("a", "B", ""))), "two variants are called 'a'"),
        (replace(CLAM, checks=()), "checks is empty"),
        (with_estimator(Says({"hip_opening": math.nan})), "does not say 'pelvic_roll'"),
        (with_estimator(Says(NOTHING, {"pelvic_roll": math.nan, "hip_opening": math.nan})), "in one frame than in another"),
        (with_estimator(Says(NOTHING | {"pelvic_roll": 0.0})), "says 'pelvic_roll' where nothing can be seen"),
        (with_estimator(Says(NOTHING, found={})), "does not measure 'feet_gap'"),
        (with_estimator(Says(NOTHING, found=HIDDEN | {"yaw": HIDDEN["feet_gap"]})), "'yaw', which is none of the quantities"),
        (
            with_estimator(Says(NOTHING, found=HIDDEN | {"feet_gap": Measurement(0.0, "deg")})),
            "measures 'feet_gap' where nothing",
        ),
    ],
)
def test_what_is_wrong_is_named(exercise: Exercise, words: str) -> None:
    with pytest.raises(ContractError, match=r"^here: ") as raised:
        checked(exercise, "here")
    assert words in str(raised.value)


def test_helpers_are_no_exercises_and_an_id_stands_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formcheck.exercises, "__path__", [*formcheck.exercises.__path__, str(tmp_path)])
    before = list(EXERCISES)
    assert "contract" not in before
    (tmp_path / "another_clam.py").write_text('EXERCISE = Exercise(\n    id="clam",\n    order=1,\n)\n')
    monkeypatch.setattr(formcheck.exercises, "__path__", [*formcheck.exercises.__path__, str(tmp_path / ".")])
    with pytest.raises(ValueError, match="same exercise 'clam'"):
        list(EXERCISES)
