"""Another exercise, or the other side, chosen than what is done: it is said, and nothing counts as clean meanwhile."""

from dataclasses import replace

import numpy as np
import pytest
from lying_figure import Lying, observations

from formcheck.analysis.analyzer import Analyzer
from formcheck.exercises import EXERCISES
from formcheck.frames import Landmark as L
from formcheck.frames import Observation, PoseFrame
from formcheck.results import Side
from formcheck.signals.traits import LyingTraits, StandingTraits, TraitWatch

CLAMS = Lying(opening=35.0)
ROTATIONS = Lying(rotation=35.0)


def a_set(person: Lying, times: int = 4) -> list[Observation]:
    return [
        Observation(replace(o.pose, timestamp_s=o.timestamp_s + 5.0 * n), replace(o.surface, timestamp_s=o.timestamp_s + 5.0 * n))
        for n in range(times)
        for o in observations(person)
        if o.surface is not None
    ]


def analysed(seen: list[Observation], exercise: str, side: Side | None = None) -> Analyzer:
    analyzer = Analyzer(EXERCISES[exercise], side=side)
    for observation in seen:
        analyzer.update(observation)
    analyzer.finish()
    return analyzer


@pytest.mark.parametrize(("person", "chosen", "done"), [(ROTATIONS, "clam", "sidelying-er"), (CLAMS, "sidelying-er", "clam")])
def test_another_exercise_is_named_and_nothing_in_it_is_clean(person: Lying, chosen: str, done: str) -> None:
    wrong = analysed(a_set(person), chosen)
    assert wrong.looks_like is EXERCISES[done]
    assert wrong.notices() == (
        f"This looks like {EXERCISES[done].title.lower()}, not {EXERCISES[chosen].title.lower()}: measure it as that.",
    )
    assert not any(rep.clean or rep.findings for rep in wrong.reps)
    assert all(m.value is None for rep in wrong.reps for m in rep.measurements.values())


@pytest.mark.parametrize(
    ("person", "exercise"), [(ROTATIONS, "sidelying-er"), (CLAMS, "clam"), (Lying(opening=35.0, roll=25.0), "clam")]
)
def test_the_right_exercise_is_left_alone(person: Lying, exercise: str) -> None:
    right = analysed(a_set(person), exercise)
    assert right.looks_like is None
    assert len(right.reps) == 4
    assert all(m.value is not None for rep in right.reps for m in rep.measurements.values())


def test_while_the_set_runs_it_is_said_and_no_cue_is_given() -> None:
    analyzer = Analyzer(EXERCISES["clam"])
    shown = [analyzer.update(observation) for observation in a_set(ROTATIONS)]
    assert shown[20].obstacle is None
    assert shown[-1].obstacle == "This looks like sidelying external rotation, not clam: measure it as that"
    assert not shown[-1].active
    assert np.isnan(shown[-1].values["pelvic_roll"])


@pytest.mark.parametrize("exercise", ["clam", "sidelying-er"])
def test_the_other_side_is_said(exercise: str) -> None:
    seen = a_set(CLAMS if exercise == "clam" else ROTATIONS)
    right = analysed(seen, exercise)
    assert right.side is not None
    assert analysed(seen, exercise, right.side).notices() == right.notices()
    wrong = analysed(seen, exercise, right.side.other)
    assert wrong.notices() == (
        f"The {right.side.other} side was chosen, but it is the {right.side} side that works here: choose that one.",
    )
    assert wrong.looks_like is None
    assert not any(rep.clean for rep in wrong.reps)


STANDING = {
    "banded-rotation": StandingTraits(
        foot_up=0.0, sinking=0.03, feet_across=0.01, feet_along=0.02, turning_deg=40.0, feet_apart=0.8
    ),
    "pivot": StandingTraits(1.0, 0.07, 0.02, 0.02, 33.0, 0.3),
    "single-leg-squat": StandingTraits(
        foot_up=1.0, sinking=0.22, feet_across=0.01, feet_along=0.04, turning_deg=4.0, feet_apart=0.3
    ),
    "lateral-band-walk": StandingTraits(
        foot_up=0.0, sinking=0.06, feet_across=0.4, feet_along=0.08, turning_deg=4.0, feet_apart=0.9
    ),
}
"""As the shared clips show them: foot up, sinking, feet across and along, turning, feet apart."""
STANDING_STILL = StandingTraits(0.0, 0.01, 0.01, 0.01, 2.0, 0.5)
WARRIOR_POSE = StandingTraits(0.0, 0.06, 0.05, 0.05, 45.0, 2.4)
RUNNING_ON_THE_SPOT = StandingTraits(0.6, 0.1, 0.05, 0.4, 15.0, 0.3)


@pytest.mark.parametrize("done", STANDING)
def test_exercises_on_the_feet_are_told_from_each_other(done: str) -> None:
    seen_in = {e.id: e.seen_in for e in EXERCISES.values() if e.seen_in is not None}
    assert [name for name, holds in seen_in.items() if holds(STANDING[done])] == [done]


@pytest.mark.parametrize("traits", [STANDING_STILL, WARRIOR_POSE, RUNNING_ON_THE_SPOT])
def test_what_is_none_of_them_is_called_none_of_them(traits: StandingTraits) -> None:
    assert not any(e.seen_in(traits) for e in EXERCISES.values() if e.seen_in is not None)


def test_unseen_ankles_say_nothing() -> None:
    hidden = []
    for o in a_set(ROTATIONS):
        xy = o.pose.image_xy.copy()
        xy[[L.LEFT_ANKLE, L.RIGHT_ANKLE]] = np.nan
        hidden.append(replace(o, pose=replace(o.pose, image_xy=xy)))
    assert analysed(hidden, "clam").looks_like is None


def test_a_leg_raise_is_no_clam() -> None:
    """Its top knee rises as a clam's does, and is straight."""
    traits = LyingTraits(top_knee=0.5, low_foot=0.1, top_knee_deg=20.0)
    assert not EXERCISES["clam"].seen_in(traits)
    assert EXERCISES["clam"].seen_in(replace(traits, top_knee_deg=70.0))


def turning(to: Side, *, hold: float = 0.4, rest: float = 1.2) -> TraitWatch:
    """Six turns by 60 degrees: half a second each way, with a rest before and a hold at the end."""
    watch = TraitWatch(lies=False)
    ways = np.interp(
        np.arange(0, 16, 0.1) % (1 + hold + rest), (0, rest, rest + 0.5, rest + 0.5 + hold, rest + 1 + hold), (0, 0, 1, 1, 0)
    )
    for i, way in enumerate(ways):
        turn = np.radians(to.sign * (60.0 * way - 30.0))
        world, xy = np.zeros((33, 3)), np.full((33, 2), 100.0)
        world[L.LEFT_SHOULDER] = (np.cos(turn), 0.0, np.sin(turn))
        xy[[L.LEFT_SHOULDER, L.RIGHT_SHOULDER], 1] = 0.0
        watch.update(Observation(PoseFrame(i, i / 10, (640, 480), xy, world, np.ones(33)), None))
    return watch


@pytest.mark.parametrize("side", Side)
def test_the_side_turned_to_is_told_from_where_a_set_starts_and_rests(side: Side) -> None:
    assert turning(side).turned_to is side
    assert turning(side, hold=1.2, rest=0.4).turned_to is None, "who holds longer than rests may be turned to either"
