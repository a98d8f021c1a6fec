"""What is told while the person moves, and what at the end of a repetition."""

import pytest

from formcheck.analysis.cues import Cues
from formcheck.exercises import EXERCISES
from formcheck.results import Finding, Rep, Severity

ROTATION = EXERCISES["banded-rotation"]
LIMITS = {fault.name: fault.limits for fault in ROTATION.faults}
SPINE = LIMITS["spine_rotation"].caution


def names(found: tuple[Finding, ...]) -> list[str]:
    return [finding.fault for finding in found]


def test_a_running_value_is_told_once_it_is_surely_beyond_its_limit() -> None:
    cues = Cues(ROTATION, LIMITS)
    assert names(cues.update(1.0, {"trunk_rotation": SPINE + 0.5}, ())) == []
    assert names(cues.update(1.1, {"trunk_rotation": SPINE + 5.0}, ())) == ["spine_rotation"]
    assert names(cues.update(1.2, {"trunk_rotation": SPINE + 5.0}, (), unsure={"trunk_rotation"})) == []


def test_a_moment_beyond_the_limit_is_not_told_where_the_fault_must_last() -> None:
    clam = EXERCISES["clam"]
    limits = {fault.name: fault.limits for fault in clam.faults}
    beyond, within = {"pelvic_roll": 14.0}, {"pelvic_roll": 3.0}
    cues = Cues(clam, limits)
    assert names(cues.update(1.0, beyond, ())) == []
    assert names(cues.update(1.05, within, ())) == []
    assert names(cues.update(1.1, beyond, ())) == []
    assert names(cues.update(1.4, beyond, ())) == ["pelvic_roll"]


@pytest.mark.parametrize(("roll", "told"), [(11.0, []), (14.0, ["pelvic_roll"]), (-14.0, ["pelvic_roll"])])
def test_what_is_roughly_known_must_be_farther_beyond_its_limit(roll: float, told: list[str]) -> None:
    rotation = EXERCISES["sidelying-er"]
    cues = Cues(rotation, {fault.name: fault.limits for fault in rotation.faults})
    for now_s in (1.0, 1.5):
        found = cues.update(now_s, {"pelvic_roll": roll}, (), margins={"pelvic_roll": 3.0})
    assert names(found) == told


def test_what_was_unsure_is_told_at_the_end_for_a_while() -> None:
    cues = Cues(ROTATION, LIMITS)
    assert names(cues.update(1.0, {"trunk_rotation": 20.0}, (), unsure={"trunk_rotation"})) == []
    found = Finding("spine_rotation", Severity.CAUTION, 1.0, 20.0, SPINE, "deg")
    rep = Rep(1, None, 0.5, 1.0, 2.0, {}, (found,))
    assert names(cues.update(2.3, {}, (rep,), rep)) == ["spine_rotation"]
    assert names(cues.update(3.0, {}, (rep,))) == ["spine_rotation"]
    assert names(cues.update(6.0, {}, (rep,))) == []
