"""What a measurement with its uncertainty allows to be said."""

import pytest

from formcheck.analysis.findings import believed, judge
from formcheck.exercises.contract import Fault, Quantity
from formcheck.results import Limits, Measurement, Severity

LIMITS = Limits(5.0, 8.0)


def fault(direction: int) -> Fault:
    return Fault("lift", "Lifts", "lift", LIMITS, "a source", "a cue", direction=direction)


@pytest.mark.parametrize(
    ("value", "uncertainty", "severity"),
    [
        pytest.param(12.0, 3.0, Severity.FAULT, id="surely beyond the fault limit"),
        pytest.param(9.0, 3.0, Severity.CAUTION, id="perhaps beyond it"),
        pytest.param(6.0, 5.5, Severity.CAUTION, id="surely more than nothing"),
        pytest.param(2.0, 5.0, None, id="no fault within its uncertainty"),
    ],
)
def test_judged(value: float, uncertainty: float, severity: Severity | None) -> None:
    findings, unseen = judge([fault(1)], {"lift": LIMITS}, {"lift": Measurement(value, "deg", uncertainty)}, 0.0)
    assert ([f.severity for f in findings], unseen) == ([severity] if severity else [], {})


@pytest.mark.parametrize(("direction", "value"), [(1, 7.0), (1, 2.0), (1, -1.0), (0, -7.0)])
def test_an_interval_with_no_movement_and_a_fault_in_it_says_neither(direction: int, value: float) -> None:
    findings, unseen = judge([fault(direction)], {"lift": LIMITS}, {"lift": Measurement(value, "deg", 9.5)}, 0.0)
    assert findings == ()
    assert "roughly" in unseen["lift"]


def test_too_little_of_something_is_judged_however_unsure() -> None:
    slack = Fault("slack", "Slack", "width", Limits(0.9, 0.8, "ratio"), "a source", "a cue", direction=-1)
    findings, unseen = judge([slack], {"slack": slack.limits}, {"width": Measurement(0.85, "ratio", 0.9)}, 0.0)
    assert ([f.severity for f in findings], unseen) == ([Severity.CAUTION], {})


@pytest.mark.parametrize(("read", "value"), [(40.0, 40.0), (-40.0, -40.0), (109.0, None), (-207.0, None)])
def test_more_than_a_body_does_is_no_measurement(read: float, value: float | None) -> None:
    knee = believed(Quantity("fppa", "Knee", most=60.0), Measurement(read, "deg", 5.0))
    assert (knee.value, bool(knee.why)) == (value, value is None)
    assert believed(Quantity("pace", "Pace", "s"), Measurement(300.0, "s")).value == 300.0
