"""scripts/validation.toml names what is there, and reads truth under the program's signs."""

import numpy as np
import pytest
from truth import NAIVE, Truth

from formcheck.exercises import EXERCISES

FRAMES = [{"pelvis_yaw": 0.0, "separation": 1.0, "trunk_lean_left": 2.0, "moving_side": -1, "fppa_left": 7.0, "fppa_right": 9.0}]


def test_every_name_exists() -> None:
    table = Truth()
    for exercise, how in table.exercises.items():
        names = {q.name for q in EXERCISES[exercise].quantities}
        assert set(how["truth"]) <= names
        assert set(how.get("naive", {})) <= set(how["truth"])
        assert all(words.split("*")[-1].strip() in NAIVE for words in how.get("naive", {}).values())
    for gate in table.gates:
        for exercise in gate.exercises:
            assert gate.quantity in {**table.exercises[exercise]["truth"], **table.exercises[exercise].get("stance", {})}


@pytest.mark.parametrize(
    ("exercise", "kw", "quantity", "value"),
    [
        ("banded-rotation", {"toward": -1}, "trunk_rotation", -1.0),
        ("pivot", {"stance": "L"}, "trunk_rotation", -1.0),
        ("pivot", {"stance": "R"}, "trunk_rotation", 1.0),
        ("single-leg-squat", {"stance": "R"}, "trunk_lean", -2.0),
        ("single-leg-squat", {"stance": "R"}, "knee_valgus", 9.0),
        ("monster-walk", {"kind": "monster"}, "trunk_lean", -2.0),
    ],
)
def test_signs(exercise: str, kw: dict[str, object], quantity: str, value: float) -> None:
    series = Truth().series(exercise, {"frames": FRAMES, "spec": {"kw": kw}})
    np.testing.assert_array_equal(series[quantity], [value])


def test_clips_are_told_apart_and_an_unknown_one_is_refused() -> None:
    assert Truth().exercise_of({"move": "band_walk", "kw": {"kind": "lateral"}}) == "lateral-band-walk"
    with pytest.raises(ValueError, match="somersault"):
        Truth().exercise_of({"move": "somersault"})
