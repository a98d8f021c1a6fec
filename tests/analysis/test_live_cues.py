"""What is told while the person moves, and what at the end of a repetition."""

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


def test_what_was_unsure_is_told_at_the_end_for_a_while() -> None:
    cues = Cues(ROTATION, LIMITS)
    assert names(cues.update(1.0, {"trunk_rotation": 20.0}, (), unsure={"trunk_rotation"})) == []
    found = Finding("spine_rotation", Severity.CAUTION, 1.0, 20.0, SPINE, "deg")
    rep = Rep(1, None, 0.5, 1.0, 2.0, {}, (found,))
    assert names(cues.update(2.3, {}, (rep,), rep)) == ["spine_rotation"]
    assert names(cues.update(3.0, {}, (rep,))) == ["spine_rotation"]
    assert names(cues.update(6.0, {}, (rep,))) == []
