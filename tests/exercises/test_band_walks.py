"""Lateral band walk and monster walk: steps counted, slack bands and leaning trunks found."""

from dataclasses import replace

import numpy as np
import pytest
from standing_figure import FPS, Figure, flagged, observe, reps_of

from formcheck.exercises.lateral_band_walk import EXERCISE as LATERAL
from formcheck.exercises.lateral_band_walk import find_side
from formcheck.exercises.monster_walk import EXERCISE as MONSTER
from formcheck.frames import Landmark as L
from formcheck.frames import Observation
from formcheck.results import Side


def ease(x: float) -> float:
    x = float(np.clip(x, 0, 1))
    return x * x * (3 - 2 * x)


def lateral(count: int, *, side: Side = Side.LEFT, close: float = 0.0, lean: float = 0.0, rep_s: float = 3.0):  # type: ignore[no-untyped-def]
    """Feet 0.6 torso lengths apart; each step pair goes 0.3 to the side."""
    figures = []
    for i in range(int((2 + rep_s * count + 1) * FPS)):
        phase = (i / FPS - 2) / rep_s
        done = min(max(phase, 0.0), float(count))
        k = int(done)
        lead = 0.3 * (k + ease((done - k) / 0.42))
        trail = 0.3 * (k + ease((done - k - 0.5) / 0.42)) + close * 0.6 * np.sin(np.pi * np.clip((done - k - 0.5) / 0.5, 0, 1))
        middle = 0.3 * done
        left, right = (lead, trail) if side is Side.LEFT else (-trail, -lead)
        shift = side.sign * middle
        amount = np.sin(np.pi * (done - k))
        figures.append(
            Figure(left_foot=(0.3 + left - shift, 0.0), right_foot=(-0.3 + right - shift, 0.0), lean=side.sign * lean * amount)
        )
    out = observe(figures)
    for i, o in enumerate(out):
        done = min(max((i / FPS - 2) / rep_s, 0.0), float(count))
        o.pose.image_xy[:, 0] += side.sign * 30 * done
    return out


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
@pytest.mark.parametrize(
    ("faults", "found"),
    [
        pytest.param({}, set(), id="good"),
        pytest.param({"close": 0.03}, set(), id="hardly narrower"),
        pytest.param({"close": 0.3}, {"band_slack"}, id="the trail foot comes too near"),
        pytest.param({"lean": 15.0}, {"trunk_lean"}, id="swaying"),
        pytest.param({"lean": 5.0}, set(), id="as everybody sways"),
    ],
)
def test_lateral(side: Side, faults: dict[str, float], found: set[str]) -> None:
    reps = reps_of(LATERAL, lateral(4, side=side, **faults))
    assert [rep.side for rep in reps] == [side] * 4
    assert flagged(reps) == [found] * 4


def joined(*walks: list[Observation]) -> list[Observation]:
    """One walk after another, each from where the last one ended."""
    out: list[Observation] = []
    for walk in walks:
        shift = 0.0 if not out else out[-1].pose.image_xy[L.LEFT_ANKLE] - walk[0].pose.image_xy[L.LEFT_ANKLE]
        for o in walk:
            pose = replace(o.pose, timestamp_s=len(out) / FPS, index=len(out), image_xy=o.pose.image_xy + shift)
            out.append(replace(o, pose=pose))
    return out


def test_walking_back_is_signed_by_its_own_direction() -> None:
    """Leaning to the side walked to is positive both ways."""
    reps = reps_of(LATERAL, joined(lateral(2, lean=15.0), lateral(2, side=Side.RIGHT, lean=15.0)))
    assert [rep.side for rep in reps] == [Side.LEFT] * 2 + [Side.RIGHT] * 2
    assert all((rep.measurements["trunk_lean"].value or 0) > 10 for rep in reps)


def test_a_set_that_begins_in_motion_is_counted_and_its_width_is_not_judged() -> None:
    begun = [replace(o, pose=replace(o.pose, timestamp_s=i / FPS)) for i, o in enumerate(lateral(4, close=0.3)[int(1.9 * FPS) :])]
    reps = reps_of(LATERAL, begun)
    assert len(reps) == 4
    for rep in reps:
        assert set(rep.not_assessable) == {"band_slack"}
        assert "stand still" in rep.not_assessable["band_slack"]


def test_a_walk_that_the_film_cuts_short_counts_its_last_step() -> None:
    assert len(reps_of(LATERAL, lateral(2)[: int(7.6 * FPS)])) == 2


def test_a_foot_that_taps_the_floor_is_no_step() -> None:
    taps = []
    for i in range(12 * FPS):
        out = 0.5 * np.sin(np.pi * np.clip((i / FPS - 2) % 4 / 2, 0, 1)) if i > 2 * FPS else 0.0
        taps.append(Figure(left_foot=(0.3 + out, 0.0), right_foot=(-0.3, 0.0)))
    assert reps_of(LATERAL, observe(taps), Side.LEFT) == ()


def test_feet_under_the_hips_make_no_monster_walk() -> None:
    """Walking, or running on the spot."""
    narrow = monster(4)
    for o in narrow:
        o.pose.image_xy[L.LEFT_ANKLE, 0] -= 20
        o.pose.image_xy[L.RIGHT_ANKLE, 0] += 20
    assert reps_of(MONSTER, narrow) == ()


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_steps_to_the_side_make_no_monster_walk(side: Side) -> None:
    steps = lateral(4, side=side)
    for o in steps:
        for ankle in (L.LEFT_ANKLE, L.RIGHT_ANKLE):
            o.pose.image_xy[ankle, 0] = 320 + 2 * (o.pose.image_xy[ankle, 0] - 320)  # twice as wide
    assert reps_of(MONSTER, steps) == ()


def test_a_foot_that_goes_aslant_makes_a_monster_walk() -> None:
    aslant = monster(4)
    for o in aslant:
        for ankle, sign in ((L.LEFT_ANKLE, 1), (L.RIGHT_ANKLE, -1)):
            o.pose.image_xy[ankle, 0] += sign * 0.5 * (o.pose.image_xy[ankle, 1] - 420.0)
    assert len(reps_of(MONSTER, aslant)) == 4


def test_leg_raises_to_the_side_make_no_monster_walk() -> None:
    def raised(now_s: float) -> float:
        return 1.5 * np.sin(np.pi * np.clip((now_s - 2) % 3 / 2, 0, 1)) if now_s > 2 else 0.0

    figures = [Figure(left_foot=(0.3 + raised(i / FPS), 0.5 * raised(i / FPS)), right_foot=(-0.3, 0.0)) for i in range(14 * FPS)]
    assert reps_of(MONSTER, observe(figures)) == ()


def test_no_side_before_a_step() -> None:
    assert find_side(observe([Figure(left_foot=(0.3, 0), right_foot=(-0.3, 0))] * 60)) is None


def monster(count: int, *, close: float = 0.0, lean: float = 0.0, rep_s: float = 3.0):  # type: ignore[no-untyped-def]
    """Steps toward the camera, left foot first: a foot is lifted and comes down lower in the picture."""
    out = []
    place = {Side.LEFT: 0.0, Side.RIGHT: 0.0}
    for i in range(int((2 + rep_s * count + 1) * FPS)):
        phase = (i / FPS - 2) / rep_s
        k = int(np.clip(np.floor(phase), -1, count))
        mover = Side.LEFT if k % 2 == 0 else Side.RIGHT
        inside = 0 <= k < count
        going = ease((phase - k) / 0.8) if inside else 0.0
        lift = 0.1 * np.sin(np.pi * np.clip((phase - k) / 0.8, 0, 1)) if inside else 0.0
        amount = np.sin(np.pi * np.clip((phase - k) / 0.92, 0, 1)) if inside else 0.0
        feet = {}
        for side in Side:
            steps = (max(k, 0) + (1 if side is Side.LEFT else 0)) // 2
            forward = place[side] + 0.12 * (min(steps, (count + 1) // 2) + (going if side is mover and inside else 0.0))
            narrow = close * 0.6 * amount if side is mover else 0.0
            feet[side] = (side.sign * (0.3 - narrow), (lift if side is mover else 0.0) - forward)
        out.append(
            Figure(left_foot=feet[Side.LEFT], right_foot=feet[Side.RIGHT], lean=mover.sign * lean * amount if inside else 0.0)
        )
    return observe(out)


@pytest.mark.parametrize(
    ("faults", "found"),
    [
        pytest.param({}, set(), id="good"),
        pytest.param({"close": 0.3}, {"band_slack"}, id="feet drift together"),
        pytest.param({"lean": 16.0}, {"trunk_lean"}, id="swaying"),
    ],
)
def test_monster(faults: dict[str, float], found: set[str]) -> None:
    reps = reps_of(MONSTER, monster(6, **faults))
    assert [rep.side for rep in reps] == [Side.LEFT, Side.RIGHT] * 3
    assert flagged(reps) == [found] * 6
    if "lean" in faults:
        assert all((rep.measurements["trunk_lean"].value or 0) > 10 for rep in reps)


@pytest.mark.parametrize("exercise", [LATERAL, MONSTER])
def test_standing_is_no_step(exercise) -> None:  # type: ignore[no-untyped-def]
    noise = np.random.default_rng(3)
    standing = observe([Figure(left_foot=(0.3, 0), right_foot=(-0.3, 0))] * 200)
    for o in standing:
        o.pose.image_xy[:] += noise.normal(0, 0.5, o.pose.image_xy.shape)
    assert reps_of(exercise, standing, Side.LEFT) == ()


def test_hidden_knees_are_not_assessable() -> None:
    walk = lateral(2)
    for o in walk:
        if 2.0 < o.timestamp_s < 4.8:
            o.pose.image_xy[[L.LEFT_KNEE, L.RIGHT_KNEE]] = np.nan
    first, second = reps_of(LATERAL, walk, Side.LEFT)
    assert set(first.not_assessable) == {"knee_valgus"}
    assert not first.clean
    assert second.clean
