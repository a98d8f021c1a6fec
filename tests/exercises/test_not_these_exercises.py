"""What people do who lie and do something else: nothing is counted, and it is said why."""

from dataclasses import replace

import numpy as np
import pytest
from lying_figure import TORSO, Lying, observations, window

from formcheck.analysis.analyzer import Analyzer
from formcheck.exercises import EXERCISES
from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L
from formcheck.measurement.lying.posture import bends_top_knee
from formcheck.results import Rep

SHOULDERS, HIPS = [L.LEFT_SHOULDER, L.RIGHT_SHOULDER], [L.LEFT_HIP, L.RIGHT_HIP]


def changed(seen: list[Observation], *, xy: Floats | None = None, world: Floats | None = None) -> list[Observation]:
    """The same with (33, 2) px and (33, 3) m added to every pose."""
    return [
        replace(
            o,
            pose=replace(
                o.pose,
                image_xy=o.pose.image_xy + (0 if xy is None else xy),
                world_xyz=o.pose.world_xyz + (0 if world is None else world),
            ),
        )
        for o in seen
    ]


def straight_knees() -> Floats:
    world = np.zeros((33, 3))
    world[[L.LEFT_KNEE, L.RIGHT_KNEE]] = [0.4, 0.0, 0.0]
    world[[L.LEFT_ANKLE, L.RIGHT_ANKLE]] = [1.6, 0.0, 0.0]  # the figure's own ankles stand 0.8 m behind
    return world


def seen_from_the_head_end() -> Floats:
    xy = np.zeros((33, 2))
    xy[SHOULDERS] = [[0.0, -0.6 * TORSO], [0.0, 0.6 * TORSO]]
    xy[HIPS] = [[0.0, -0.3 * TORSO], [0.0, 0.3 * TORSO]]
    return xy


def on_the_back() -> Floats:
    xy = np.zeros((33, 2))
    xy[SHOULDERS] = [[0.0, 25.0], [0.0, -25.0]]
    xy[HIPS] = [[0.0, 18.0], [0.0, -18.0]]
    return xy


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"xy": seen_from_the_head_end()}, "not found reliably"),
        ({"xy": on_the_back()}, "on your side"),
    ],
    ids=["filmed from the head end", "on the back"],
)
def test_no_clam(change: dict[str, Floats], words: str) -> None:
    clams = [o for n in range(3) for o in later(observations(Lying(opening=35.0)), n * 5.0)]
    assert len(counted(clams)[0]) == 3
    reps, notices = counted(changed(clams, **change))
    assert not reps
    assert words in notices[0]


def leg_raise(clam: list[Observation]) -> list[Observation]:
    """The foot goes up with the knee, and the leg is straight in the picture as in depth."""
    raised = []
    for o in changed(clam, world=straight_knees()):
        xy = o.pose.image_xy.copy()
        xy[L.LEFT_ANKLE] = xy[L.LEFT_HIP] + 2 * (xy[L.LEFT_KNEE] - xy[L.LEFT_HIP])
        raised.append(replace(o, pose=replace(o.pose, image_xy=xy)))
    return raised


def test_a_leg_raise_is_no_clam() -> None:
    clam = observations(Lying(opening=35.0))
    assert bends_top_knee(window(clam, {}))
    assert not bends_top_knee(window(leg_raise(clam), {}))
    reps, notices = counted([o for n in range(3) for o in later(leg_raise(clam), n * 5.0)])
    assert not reps
    assert "straight" in notices[0]


def test_a_clam_whose_knee_looks_straight_in_depth_alone_is_counted() -> None:
    """From the floor the shank points at the camera; the picture shows that the knee bends as it opens."""
    clams = [o for n in range(3) for o in later(observations(Lying(opening=60.0)), n * 5.0)]
    nearly = np.where(straight_knees() != 0.0, 0.6 * straight_knees(), 0.0)
    assert len(counted(changed(clams, world=nearly))[0]) == 3


def test_a_clam_whose_resting_knee_looks_straight_is_counted_from_its_start() -> None:
    clams = [o for n in range(3) for o in later(observations(Lying(opening=35.0)), n * 5.0)]
    looks = [o for c in clams for o in changed([c], world=bent_knees() if 1.5 < c.timestamp_s % 5.0 < 3.4 else straight_knees())]
    last = counted(looks)[0][-1]
    assert isinstance(last, Rep)
    assert last.start_s == pytest.approx(11.2, abs=0.3)


def bent_knees() -> Floats:
    world = np.zeros((33, 3))
    world[[L.LEFT_KNEE, L.RIGHT_KNEE]] = [0.4, 0.0, 0.0]
    world[[L.LEFT_ANKLE, L.RIGHT_ANKLE]] = [-0.4, 0.0, 0.4]
    return world


def later(seen: list[Observation], by_s: float) -> list[Observation]:
    return [
        Observation(replace(o.pose, timestamp_s=o.timestamp_s + by_s), replace(o.surface, timestamp_s=o.timestamp_s + by_s))
        for o in seen
        if o.surface is not None
    ]


def counted(seen: list[Observation]) -> tuple[tuple[object, ...], tuple[str, ...]]:
    analyzer = Analyzer(EXERCISES["clam"])
    for observation in seen:
        analyzer.update(observation)
    analyzer.finish()
    return analyzer.reps, analyzer.notices()
