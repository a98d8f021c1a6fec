"""Sidelying external rotation: what fires, what stays quiet, what is not assessable."""

import numpy as np
import pytest
from lying_figure import Lying, observations, window

from formcheck.analysis.findings import judge
from formcheck.exercises.contract import SetContext
from formcheck.exercises.sidelying_er import EXERCISE
from formcheck.results import Measurement, Side

CLEAN = {"rotation": 32.0}
FIRES = [
    # the pelvis may roll either way here
    ({"roll": 17.0}, "pelvic_roll"),
    ({"roll": -17.0}, "pelvic_roll"),
    ({"roll": 17.0, "crossed": (1.9, 2.2)}, "pelvic_roll"),
    ({"roll": -16.0, "follow": 0.9, "top": Side.RIGHT}, "pelvic_roll"),
    ({"hike": 13.0}, "pelvic_hike"),
    ({"lift": 10.0}, "knee_lift"),
    ({"lift": 14.0, "top": Side.RIGHT}, "knee_lift"),
]
QUIET: list[dict[str, object]] = [
    {"rotation": 45.0},
    {"rotation": 15.0},
    {"roll": 6.0},
    {"roll": -6.0},
    {"hike": 4.0},
    {"lift": 1.0},
    {"nudge_px": 15.0},
    {"swapped": (2.0, 2.4)},
]
NOT_ASSESSABLE = [
    ({"seen": 0.05}, "pelvic_roll", "surface"),
    # what moves is no trunk
    ({"crumpled": 0.04}, "pelvic_roll", "surface"),
    ({"azimuth": 43.0, "roll": 16.0}, "pelvic_roll", "camera"),
    ({"back": True}, "knee_lift", "camera"),
    ({"legs": False}, "knee_lift", "leg"),
    # the lower foot is taken for the upper one for most of the repetition
    ({"crossed": (1.5, 2.7)}, "knee_lift", "leg"),
]


def measured(**changes: object) -> dict[str, Measurement]:
    person = Lying(**(CLEAN | changes))  # type: ignore[arg-type]
    seen = observations(person)
    estimator = EXERCISE.estimator(SetContext(person.top.other, "standard"))
    values = [estimator.update(o) for o in seen]
    return dict(estimator.evaluate(window(seen, {name: [v[name] for v in values] for name in values[0]})))


def judged(measurements: dict[str, Measurement]) -> tuple[set[str], dict[str, str]]:
    limits = {fault.name: fault.limits for fault in EXERCISE.faults}
    findings, unseen = judge([f for f in EXERCISE.faults if f.quantity != "pace_s"], limits, measurements, 0.0)
    return {finding.fault for finding in findings}, unseen


@pytest.mark.parametrize(("changes", "fault"), FIRES)
def test_fires(changes: dict[str, object], fault: str) -> None:
    assert judged(measured(**changes)) == ({fault}, {})


@pytest.mark.parametrize("changes", QUIET)
def test_stays_quiet(changes: dict[str, object]) -> None:
    assert judged(measured(**changes)) == (set(), {})


@pytest.mark.parametrize(("changes", "fault", "word"), NOT_ASSESSABLE)
def test_not_assessable(changes: dict[str, object], fault: str, word: str) -> None:
    findings, unseen = judged(measured(**changes))
    assert fault not in findings
    assert word in unseen[fault]


@pytest.mark.parametrize(
    ("name", "changes", "truth", "within"),
    [
        ("hip_external_rotation", {"rotation": 20.0}, 20.0, 3.0),
        ("hip_external_rotation", {"rotation": 40.0}, 40.0, 5.0),
        ("pelvic_roll", {"roll": -16.0}, -16.0, 4.0),
        ("knee_lift", {"lift": 12.0}, 12.0, 2.0),
    ],
)
def test_degrees(name: str, changes: dict[str, object], truth: float, within: float) -> None:
    assert measured(**changes)[name].value == pytest.approx(truth, abs=within)


def test_the_lower_side_works() -> None:
    assert EXERCISE.find_side is not None
    assert EXERCISE.find_side(observations(Lying(top=Side.LEFT))) is Side.RIGHT


def test_a_foot_taken_for_the_other_one_is_held() -> None:
    seen = observations(Lying(rotation=32.0, crossed=(2.0, 2.4)))
    estimator = EXERCISE.estimator(SetContext(Side.RIGHT, "standard"))
    rotation = [estimator.update(o)["hip_external_rotation"] for o in seen]
    assert np.abs(np.diff(rotation)).max() < 12.0
    assert rotation[-1] == pytest.approx(rotation[0], abs=1.0)


def test_a_foot_that_stays_elsewhere_is_believed() -> None:
    before, after = observations(Lying(rotation=0.01)), observations(Lying(rotation=0.01, crossed=(0.0, 9.0)))
    estimator = EXERCISE.estimator(SetContext(Side.RIGHT, "standard"))
    half = len(before) // 2
    rotation = [estimator.update(o)["hip_external_rotation"] for o in (*before[:half], *after[half:])]
    there = EXERCISE.estimator(SetContext(Side.RIGHT, "standard")).update(after[0])["hip_external_rotation"]
    assert abs(there - rotation[0]) > 2.0
    assert rotation[half] == pytest.approx(rotation[0], abs=0.1)
    assert rotation[-1] == pytest.approx(there, abs=0.1)
