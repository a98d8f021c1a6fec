"""What is measured of a walk on a treadmill: where a fault fires, where it stays quiet, and where it cannot be judged."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from runners import analysed, observations, runner

from formcheck.analysis.analyzer import Analyzer
from formcheck.frames import Observation
from formcheck.measurement.running.pelvis import FROM_FRONT
from formcheck.measurement.running.place import FROM_THE_SIDE
from formcheck.measurement.running.step_pace import TOO_QUICK, TOO_SLOW
from formcheck.results import View


@pytest.fixture(scope="module")
def walk() -> Analyzer:
    return analysed(observations(runner("dev_walk_front")), exercise="treadmill-walking")


def test_the_stances_of_a_walk_and_its_cadence(walk: Analyzer) -> None:
    assert len(walk.reps) > 17
    assert walk.view is View.FRONT
    assert walk.summary()["cadence_spm"].value == pytest.approx(runner("dev_walk_front").truth["cadence_spm"], abs=1.5)


def test_who_walks_usually_has_no_fault(walk: Analyzer) -> None:
    assert not any(r.findings for r in walk.reps)


def test_from_the_front_the_pelvis_cannot_be_judged_and_the_rest_can(walk: Analyzer) -> None:
    inner = walk.reps[2:-1]
    assert all(r.not_assessable == {"pelvic_drop": FROM_FRONT} for r in inner)
    assert "knee_valgus" not in inner[0].measurements


def test_feet_that_cross_are_found() -> None:
    """The same walker, both ankles moved inward by five centimetres."""

    def narrow() -> Analyzer:
        run = runner("dev_walk_front")
        moved = []
        for o in observations(run):
            xy = o.pose.image_xy.copy()
            px = float(np.linalg.norm(xy[11] + xy[12] - xy[23] - xy[24])) / 2 / 0.5
            xy[27, 0] -= 0.05 * px
            xy[28, 0] += 0.05 * px
            moved.append(replace(o, pose=replace(o.pose, image_xy=xy)))
        return analysed(iter(moved), exercise="treadmill-walking")

    judged = [r for r in narrow().reps if "crossover" not in r.not_assessable]
    assert len(judged) > 12
    assert sum(any(f.fault == "crossover" for f in r.findings) for r in judged) > 0.8 * len(judged)


def test_from_the_side_nothing_is_assessable() -> None:
    aside = analysed(observations(runner("dev_walk_front"), squeeze=0.3), exercise="treadmill-walking")
    assert all(m.value is None and m.why == FROM_THE_SIDE for r in aside.reps if r.start_s > 1 for m in r.measurements.values())


def test_a_run_and_a_walk_that_were_taken_for_each_other_are_told() -> None:
    run_as_walk = analysed(observations(runner("dev_run_behind_steady")), exercise="treadmill-walking")
    walk_as_run = analysed(observations(runner("dev_walk_front")))
    slowed = analysed(in_slow_motion(observations(runner("dev_run_fatigue")), 2.0))
    assert [a.reps for a in (run_as_walk, walk_as_run, slowed)] == [(), (), ()]
    assert TOO_QUICK in run_as_walk.notices()[0]
    assert TOO_SLOW in walk_as_run.notices()[0]
    assert TOO_SLOW in slowed.notices()[0]


def in_slow_motion(seen: Iterator[Observation], slowed: float) -> Iterator[Observation]:
    for o in seen:
        yield replace(o, pose=replace(o.pose, timestamp_s=o.pose.timestamp_s * slowed))
