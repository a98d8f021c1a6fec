"""Clam: what fires, what stays quiet, what is not assessable."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from lying_figure import Lying, observations, window

from formcheck.analysis.findings import judge
from formcheck.exercises.clam import EXERCISE
from formcheck.exercises.contract import SetContext
from formcheck.frames import Landmark as L
from formcheck.measurement.lying.pelvis import BANDS, COLUMNS, EDGE
from formcheck.measurement.lying.posture import turn
from formcheck.measurement.lying.surface_fit import CHEST, ROLL, TRUNK
from formcheck.results import Measurement, Side
from formcheck.signals.camera_angle import lying_view

CLEAN = {"opening": 35.0}
FIRES = [
    # a roll that half of the chest goes along with, all of it, hardly any; of a thin and of a thick body
    ({"roll": 17.0}, "pelvic_roll"),
    ({"roll": 15.0, "follow": 0.9}, "pelvic_roll"),
    ({"roll": 20.0, "follow": 0.15}, "pelvic_roll"),
    ({"roll": 18.0, "depth": 0.16}, "pelvic_roll"),
    ({"roll": 15.0, "depth": 0.22}, "pelvic_roll"),
    # with little of the surface seen, the other side up, left and right swapped for a moment
    ({"roll": 17.0, "seen": 0.5}, "pelvic_roll"),
    ({"roll": 17.0, "top": Side.RIGHT}, "pelvic_roll"),
    ({"roll": 17.0, "swapped": (2.0, 2.4)}, "pelvic_roll"),
    ({"hike": 13.0}, "pelvic_hike"),
    ({"hike": 13.0, "top": Side.RIGHT}, "pelvic_hike"),
    ({"gap": 10.0}, "feet_apart"),
]
QUIET = [
    # a wide opening is no roll
    {"opening": 50.0},
    {"opening": 15.0},
    # what healthy hips do
    {"roll": 6.0},
    {"roll": 6.0, "follow": 0.9, "depth": 0.22},
    # a roll forward is no fault of a clam
    {"roll": -12.0},
    {"hike": 4.0},
    {"gap": 1.0},
    # only one side's names changed, or the camera was knocked
    {"swapped": (2.0, 2.4)},
    {"nudge_px": 15.0},
    {"nudge_px": 15.0, "top": Side.RIGHT},
]
NOT_ASSESSABLE = [
    ({"seen": 0.0}, "pelvic_roll", "surface"),
    ({"seen": 0.08}, "pelvic_roll", "surface"),
    # what moves is no trunk
    ({"crumpled": 0.04}, "pelvic_roll", "surface"),
    ({"azimuth": 42.0}, "pelvic_roll", "camera"),
    ({"azimuth": -45.0}, "feet_apart", "camera"),
    ({"back": True, "roll": 17.0}, "pelvic_roll", "camera"),
    ({"legs": False}, "feet_apart", "leg"),
]


def measured(**changes: object) -> dict[str, Measurement]:
    person = Lying(**(CLEAN | changes))  # type: ignore[arg-type]
    seen = observations(person)
    estimator = EXERCISE.estimator(SetContext(person.top, "standard"))
    values = [estimator.update(o) for o in seen]
    return dict(estimator.evaluate(window(seen, {name: [v[name] for v in values] for name in values[0]})))


def judged(measurements: dict[str, Measurement]) -> tuple[set[str], dict[str, str]]:
    limits = {fault.name: fault.limits for fault in EXERCISE.faults}
    findings, unseen = judge([f for f in EXERCISE.faults if f.quantity != "pace_s"], limits, measurements, 0.0)
    return {finding.fault for finding in findings}, unseen


@pytest.mark.parametrize(("changes", "fault"), FIRES)
def test_fires(changes: dict[str, object], fault: str) -> None:
    assert judged(measured(**changes)) == ({fault}, {})


@pytest.mark.parametrize("changes", QUIET)
def test_stays_quiet(changes: dict[str, object]) -> None:
    assert judged(measured(**changes)) == (set(), {})


@pytest.mark.parametrize(("changes", "fault", "word"), NOT_ASSESSABLE)
def test_not_assessable(changes: dict[str, object], fault: str, word: str) -> None:
    findings, unseen = judged(measured(**changes))
    assert fault not in findings
    assert word in unseen[fault]


@pytest.mark.parametrize(
    ("name", "changes", "truth", "within"),
    [
        ("hip_opening", {"opening": 25.0}, 25.0, 4.0),
        ("hip_opening", {"opening": 40.0}, 40.0, 5.0),
        ("pelvic_roll", {"roll": 16.0}, 16.0, 4.0),
        ("pelvic_hike", {"hike": 10.0}, 10.0, 2.5),
        ("feet_gap", {"gap": 12.0}, 12.0, 2.0),
    ],
)
def test_degrees(name: str, changes: dict[str, object], truth: float, within: float) -> None:
    measurement = measured(**changes)[name]
    assert measurement.value == pytest.approx(truth, abs=within)
    assert measurement.uncertainty is not None
    assert 0.5 < measurement.uncertainty < 14.0


def test_side_is_the_upper_one() -> None:
    for top in Side:
        seen = observations(Lying(top=top))
        assert EXERCISE.find_side is not None
        assert EXERCISE.find_side(seen) is top
        assert EXERCISE.find_side(seen[:5]) is None


def test_turn_never_rests_while_the_lever_rises() -> None:
    assert turn(0.5) == pytest.approx(30.0)
    assert turn(-0.5) == pytest.approx(-30.0)
    told = [turn(share / 20) for share in range(-40, 41)]
    assert all(b > a + 2 for a, b in itertools.pairwise(told))


def test_the_camera_is_read_off_the_lying_body() -> None:
    for azimuth, back in ((0.0, False), (30.0, False), (-30.0, False), (0.0, True)):
        pose = observations(Lying(azimuth=azimuth, back=back))[0].pose
        view = lying_view(pose.image_xy, pose.world_xyz)
        assert view is not None
        assert view.facing is not back
        if not back:
            head_right = pose.image_xy[L.LEFT_SHOULDER, 0] > pose.image_xy[L.LEFT_HIP, 0]
            assert view.toward_feet == pytest.approx(-azimuth if head_right else azimuth, abs=8.0)


def test_the_running_roll_passes_its_limit_in_time() -> None:
    person = Lying(opening=35.0, roll=18.0)
    seen = observations(person)
    estimator = EXERCISE.estimator(SetContext(Side.LEFT, "standard"))
    roll = [estimator.update(o)["pelvic_roll"] for o in seen]
    true_s = next(o.timestamp_s for o in seen if o.timestamp_s > 1 and _phase(o.timestamp_s) * 18.0 > 10.0)
    told_s = next(o.timestamp_s for o, value in zip(seen, roll, strict=True) if value - roll[15] > 10.0)
    assert -0.4 < told_s - true_s <= 0.3


def _phase(t: float) -> float:
    return math.sin(math.pi * min(max((t - 1.0) / 3.0, 0.0), 1.0)) ** 2


@pytest.mark.parametrize(("roll", "assessed"), [(75.0, True), (120.0, False)])
def test_a_roll_larger_than_a_pelvis_makes_is_not_assessable(roll: float, assessed: bool) -> None:
    """Cells that move just as the model says leave nothing over: only the roll's size tells that it is none.
    Two thirds of it fall within the repetition."""
    templates = TRUNK.templates(BANDS, COLUMNS, EDGE)
    rolled = roll * (templates[..., ROLL] + 0.5 * templates[..., CHEST])
    seen = observations(Lying())
    for i, o in enumerate(seen):
        assert o.surface is not None
        share = np.sin(np.pi * i / (len(seen) - 1)) ** 2
        seen[i] = replace(o, surface=replace(o.surface, shift=share * rolled))
    estimator = EXERCISE.estimator(SetContext(Side.LEFT, "standard"))
    for o in seen:
        estimator.update(o)
    assert (estimator.evaluate(window(seen, {}))["pelvic_roll"].value is not None) is assessed


def test_a_repetition_of_a_single_frame_measures_nothing_wild() -> None:
    """A camera of two pictures a second may leave no more of it."""
    seen = observations(Lying(opening=35.0, roll=17.0))
    estimator = EXERCISE.estimator(SetContext(Side.LEFT, "standard"))
    values = [estimator.update(o) for o in seen]
    rep = window(seen, {name: [v[name] for v in values] for name in values[0]})
    found = estimator.evaluate(replace(rep, start=rep.peak, end=rep.peak))
    assert found["pelvic_roll"].value == pytest.approx(0.0, abs=1e-9)
    assert all(m.value is None or math.isfinite(m.value) for m in found.values())
