"""A set in which the person changes sides: turns over, or stands on the other leg."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from lying_figure import Lying, exchanged, observations
from standing_figure import FPS, Figure, observe

from formcheck.analysis.analyzer import Analyzer
from formcheck.analysis.side_means import side_means
from formcheck.exercises import EXERCISES
from formcheck.frames import Observation
from formcheck.results import Measurement, Rep, Side

L, R = Side.LEFT, Side.RIGHT


def one_after_the_other(parts: Sequence[Sequence[Observation]], pause_s: float = 0.05) -> list[Observation]:
    """The same on one clock, with a moment between two parts."""
    out: list[Observation] = []
    for part in parts:
        begin_s = out[-1].timestamp_s + pause_s if out else 0.0
        out += [replace(o, pose=replace(o.pose, timestamp_s=o.timestamp_s + begin_s)) for o in part]
    return out


def squats(sides: Sequence[Side], rep_s: float = 3.0) -> list[Observation]:
    """A squat on each in turn, from a second on both feet; two seconds on each leg before it."""
    figures = [Figure() for _ in range(FPS)]
    for side in sides:
        rest = [Figure(stance=side) for _ in range(2 * FPS)]
        down = [
            Figure(stance=side, flexion=5.0 + 60.0 * min(i, 1 - i)) for i in [n / (rep_s * FPS) for n in range(int(rep_s * FPS))]
        ]
        figures += [*rest, *down, *rest[:FPS]]
    return observe(figures)


def lying_set(exercise: str, tops: Sequence[Side]) -> list[Observation]:
    moved = Lying(opening=35.0) if exercise == "clam" else Lying(rotation=30.0)
    return one_after_the_other([observations(replace(moved, top=top)) for top in tops], pause_s=0.3)


def measured(
    exercise: str, seen: Sequence[Observation], *, side: Side | None = None, begins_with: Side | None = None
) -> Analyzer:
    analyzer = Analyzer(EXERCISES[exercise], side=side, begins_with=begins_with)
    for observation in seen:
        analyzer.update(observation)
    analyzer.finish()
    return analyzer


@pytest.mark.parametrize("sides", [(L, L, R, R, R), (R, L, R, L), (L, L, L)], ids=lambda s: "".join(side[0] for side in s))
def test_squats_on_both_legs_are_each_counted_as_that_leg_s(sides: tuple[Side, ...]) -> None:
    analyzer = measured("single-leg-squat", squats(sides))
    assert [(rep.number, rep.side) for rep in analyzer.reps] == list(enumerate(sides, 1))
    assert analyzer.set_side is (None if len(set(sides)) > 1 else L)


@pytest.mark.parametrize("exercise", ["clam", "sidelying-er"])
def test_who_turns_over_between_two_sets_is_counted_on_both_sides(exercise: str) -> None:
    analyzer = measured(exercise, lying_set(exercise, (L, L, R, R)))
    worked = (L, L, R, R) if exercise == "clam" else (R, R, L, L)
    assert [rep.side for rep in analyzer.reps] == list(worked)
    means = side_means(EXERCISES[exercise], analyzer.reps)
    assert {side: figures[EXERCISES[exercise].movement].n for side, figures in means.items()} == dict.fromkeys(means, 2)


def test_the_side_seen_before_a_live_set_may_change_in_it() -> None:
    analyzer = measured("single-leg-squat", squats((L, R)), begins_with=L)
    assert [rep.side for rep in analyzer.reps] == [L, R]


def test_where_a_side_is_chosen_the_other_is_not_counted_and_that_is_said() -> None:
    analyzer = measured("single-leg-squat", squats((L, L, R, L)), side=L)
    assert [rep.side for rep in analyzer.reps] == [L, L, L]
    assert analyzer.set_side is L
    assert any("other side" in notice for notice in analyzer.notices())


def test_joints_that_are_mixed_up_for_a_moment_are_no_change() -> None:
    seen = squats((L, L, L))
    for i in range(7 * FPS, 7 * FPS + FPS * 4 // 5):
        pose = seen[i].pose
        seen[i] = replace(seen[i], pose=replace(pose, image_xy=exchanged(pose.image_xy)))
    assert {rep.side for rep in measured("single-leg-squat", seen).reps} == {L}


def test_two_repetitions_of_a_side_do_not_tell_their_scatter() -> None:
    """The mean of two that differ by 4 degrees is known to about 13 either way (Student's t, one degree of freedom)."""
    rep = measured("single-leg-squat", squats((L,))).reps[0]

    def valued(number: int, side: Side, value: float) -> Rep:
        return replace(rep, number=number, side=side, measurements={"trunk_lean": Measurement(value, "deg", 1.0)})

    reps = (valued(1, L, 2.0), valued(2, L, 6.0), valued(3, R, 3.0))
    means = side_means(EXERCISES["single-leg-squat"], reps)
    assert means["left"]["trunk_lean"].value == 4.0
    assert 12.0 < means["left"]["trunk_lean"].uncertainty < 14.0
    assert "trunk_lean" not in means["right"]
