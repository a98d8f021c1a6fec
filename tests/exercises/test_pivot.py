"""Single-leg pivot: what fires, what stays quiet, and which leg is the stance leg."""

import numpy as np
import pytest
from standing_body import Turn, observations, play

from formcheck.exercises.pivot import EXERCISE, find_side
from formcheck.frames import Landmark as L
from formcheck.results import Measurement, Side


def findings(turn: Turn, stance: Side) -> set[str]:
    """Of a repetition after two good ones: a spine is told against them."""
    good = Turn(-stance.sign * 30.0)
    analyzer = play(EXERCISE, observations([good, good, turn], stance=stance))
    assert analyzer.side is stance
    assert len(analyzer.reps) == 3
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


def pelvis(turn: Turn, **options: bool) -> Measurement:
    """Of the second of two such repetitions on the left leg."""
    analyzer = play(EXERCISE, observations([turn, turn], stance=Side.LEFT, **options))
    assert len(analyzer.reps) == 2
    return analyzer.reps[-1].measurements["pelvis_rotation"]


@pytest.mark.parametrize("degrees", [15.0, 30.0, 45.0])
def test_trunk_and_lifted_leg_tell_the_pelvis_together(degrees: float) -> None:
    measured = pelvis(Turn(-degrees))
    assert measured.value == pytest.approx(degrees, abs=0.2 * degrees)
    assert 0.0 < (measured.uncertainty or 0.0) < 10.0


def test_where_the_trunk_cannot_be_followed_the_lifted_leg_tells_it_less_surely() -> None:
    measured = pelvis(Turn(-35.0), hidden=True)
    assert measured.value == pytest.approx(35.0, abs=10.0)
    assert (measured.uncertainty or 0.0) > 10.0


@pytest.mark.parametrize("turn", [Turn(-10.0, leg=-50.0), Turn(-45.0, leg=0.0)])
def test_a_leg_that_swings_on_its_own_makes_no_turn_of_the_pelvis(turn: Turn) -> None:
    measured = pelvis(turn)
    assert measured.value is None
    assert "lifted leg" in (measured.why or "")


def test_a_turn_over_two_feet_is_no_pivot() -> None:
    seen = observations([Turn(-30.0), Turn(-30.0), Turn(-30.0)], stance=Side.LEFT)
    for o in seen:
        if o.timestamp_s > 2.0:  # it was up until the side was known
            o.pose.image_xy[L.RIGHT_ANKLE, 1] = o.pose.image_xy[L.LEFT_ANKLE, 1]
    assert not play(EXERCISE, seen).reps


@pytest.mark.parametrize(("bent", "count"), [(20.0, 3), (80.0, 0)])
def test_a_turn_over_a_deeply_bent_knee_is_a_lunge(bent: float, count: int) -> None:
    seen = observations([Turn(-30.0), Turn(-30.0), Turn(-30.0)], stance=Side.LEFT)
    for o in seen:
        world = o.pose.world_xyz
        world[L.LEFT_KNEE] = world[L.LEFT_HIP] + [0.0, 0.4, 0.0]
        world[L.LEFT_ANKLE] = world[L.LEFT_KNEE] + 0.4 * np.array([0.0, np.cos(np.radians(bent)), np.sin(np.radians(bent))])
    assert len(play(EXERCISE, seen).reps) == count


def test_two_feet_on_the_floor_have_no_stance_leg() -> None:
    assert find_side(observations([Turn(pelvis=30.0)])) is None


def test_a_moment_is_not_enough_to_tell_the_stance_leg() -> None:
    assert find_side(observations([Turn(pelvis=0.0)], stance=Side.LEFT)[:5]) is None


def test_hidden_trunk_of_somebody_who_does_not_turn_makes_no_repetition() -> None:
    analyzer = play(EXERCISE, observations([Turn(pelvis=0.0)], stance=Side.LEFT, hidden=True))
    assert not analyzer.reps
    assert np.isfinite(analyzer.update(observations([Turn(pelvis=-30.0)], stance=Side.LEFT)[-1]).timestamp_s)
