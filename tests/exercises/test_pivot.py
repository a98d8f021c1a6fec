"""Single-leg pivot: what fires, what stays quiet, and which leg is the stance leg."""

import numpy as np
import pytest
from standing_body import Turn, observations, play

from formcheck.exercises.pivot import EXERCISE, find_side
from formcheck.results import Side


def findings(turn: Turn, stance: Side) -> set[str]:
    analyzer = play(EXERCISE, observations([turn, turn], stance=stance))
    assert analyzer.side is stance
    assert len(analyzer.reps) == 2
    return {finding.fault for finding in analyzer.reps[-1].findings}


@pytest.mark.parametrize(
    ("turn", "fault"),
    [
        (Turn(pelvis=30.0, drop=20.0), "pelvic_drop"),
        (Turn(pelvis=12.0, trunk=35.0), "spine_rotation"),
        (Turn(pelvis=30.0, lean=20.0), "trunk_lean"),
    ],
)
@pytest.mark.parametrize("stance", list(Side))
def test_fires(turn: Turn, fault: str, stance: Side) -> None:
    away = Turn(-stance.sign * turn.pelvis, -stance.sign * turn.trunk, drop=turn.drop, lean=turn.lean)
    assert fault in findings(away, stance)


@pytest.mark.parametrize("turn", [Turn(pelvis=30.0), Turn(pelvis=30.0, drop=4.0), Turn(pelvis=30.0, lean=4.0)])
@pytest.mark.parametrize("stance", list(Side))
def test_stays_quiet(turn: Turn, stance: Side) -> None:
    assert findings(Turn(-stance.sign * turn.pelvis, drop=turn.drop, lean=turn.lean), stance) == set()


def test_two_feet_on_the_floor_have_no_stance_leg() -> None:
    assert find_side(observations([Turn(pelvis=30.0)])) is None


def test_a_moment_is_not_enough_to_tell_the_stance_leg() -> None:
    assert find_side(observations([Turn(pelvis=0.0)], stance=Side.LEFT)[:5]) is None


def test_hidden_trunk_makes_no_repetition() -> None:
    analyzer = play(EXERCISE, observations([Turn(pelvis=-30.0)], stance=Side.LEFT, hidden=True))
    assert not analyzer.reps
    assert np.isfinite(analyzer.update(observations([Turn(pelvis=-30.0)], stance=Side.LEFT)[-1]).timestamp_s)
