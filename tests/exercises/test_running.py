"""Where each fault of a run fires, where it stays quiet, and where it cannot be judged; the sides' means and the cadence."""

import numpy as np
import pytest
from runners import analysed, observations, runner

from formcheck.analysis.analyzer import Analyzer
from formcheck.analysis.findings import recurring
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import View
from formcheck.measurement.angles import BodyAngles
from formcheck.measurement.running.place import FROM_THE_SIDE
from formcheck.measurement.running.sides import by_sides, course, strays
from formcheck.measurement.running.stance import FROM_FRONT, NO_WAIST
from formcheck.results import Finding, Measurement, Rep, Severity, Side

FAULT = EXERCISES["running"].fault


def share(analyzer: Analyzer, fault: str, side: Side | None = None) -> float:
    """Of the stances from the second second on in which the fault was judged: how many have it."""
    judged = [r for r in analyzer.reps if r.start_s > 2 and side in (None, r.side) and fault not in r.not_assessable]
    return sum(any(f.fault == fault for f in r.findings) for r in judged) / len(judged) if judged else float("nan")


@pytest.fixture(scope="module")
def dropping() -> Analyzer:
    return analysed(observations(runner("dev_run_behind_left_drop"), seconds=8.0, pictures=True))


@pytest.fixture(scope="module")
def steady() -> Analyzer:
    return analysed(observations(runner("dev_run_behind_steady"), seconds=8.0, pictures=True))


def test_a_pelvis_that_drops_on_the_left_is_found_on_the_left_alone(dropping: Analyzer) -> None:
    assert share(dropping, "pelvic_drop", Side.LEFT) == 1.0
    assert share(dropping, "pelvic_drop", Side.RIGHT) == 0.0


def test_a_steady_run_has_no_fault(steady: Analyzer) -> None:
    assert {f.name: share(steady, f.name) for f in EXERCISES["running"].faults} == {
        "pelvic_drop": 0.0, "knee_valgus": 0.0, "crossover": 0.0, "trunk_lean": 0.0
    }  # fmt: skip


@pytest.mark.parametrize("name", ["dropping", "steady"])
def test_the_drop_of_each_stance(name: str, request: pytest.FixtureRequest) -> None:
    analyzer: Analyzer = request.getfixturevalue(name)
    truth = runner({"dropping": "dev_run_behind_left_drop", "steady": "dev_run_behind_steady"}[name]).stances
    errors = []
    for rep in analyzer.reps:
        nearest = min(truth, key=lambda s: abs(s["midstance_s"] - rep.peak_s))
        value = rep.measurements["pelvic_drop"].value
        if rep.start_s > 1.5 and value is not None:
            errors.append(abs(value - nearest["pelvic_drop_deg"]))
    assert len(errors) > 12
    assert np.mean(errors) < 1.2


def test_sides_and_cadence(dropping: Analyzer) -> None:
    figures = by_sides(dropping.reps)
    assert set(figures) == {"left", "right", "difference"}
    left, right, difference = (figures[key]["pelvic_drop"] for key in ("left", "right", "difference"))
    assert left.value - right.value == pytest.approx(difference.value)
    assert difference.value > 3.5
    assert difference.n == min(left.n, right.n)
    cadence = dropping.summary()["cadence_spm"].value
    assert cadence == pytest.approx(runner("dev_run_behind_left_drop").truth["cadence_spm"], abs=1.5)


def test_the_view_is_found_and_behind_is_not_front(steady: Analyzer) -> None:
    assert steady.view is View.BEHIND
    front = analysed(observations(runner("dev_run_front"), seconds=4.0))
    assert front.view is View.FRONT
    assert all(r.not_assessable.get("pelvic_drop") == FROM_FRONT for r in front.reps)
    assert all("knee_valgus" not in r.not_assessable for r in front.reps)


def test_a_view_that_contradicts_the_picture_judges_nothing() -> None:
    wrong = analysed(observations(runner("dev_run_front"), seconds=4.0), view=View.BEHIND)
    assert len(wrong.reps) > 5
    assert all(m.value is None for r in wrong.reps for m in r.measurements.values())


@pytest.mark.parametrize("name", ["dev_run_longshirt", "dev_run_fatigue"])
def test_a_hidden_waist_is_not_assessable(name: str) -> None:
    hidden = analysed(observations(runner(name), seconds=4.0, pictures=True))
    assert len(hidden.reps) > 5
    assert all(r.not_assessable.get("pelvic_drop") == NO_WAIST for r in hidden.reps)
    assert NO_WAIST in hidden.notices()[0]


def test_from_the_side_nothing_is_assessable() -> None:
    aside = analysed(observations(runner("dev_run_behind_steady"), seconds=5.0, squeeze=0.3))
    assert all(m.value is None and m.why == FROM_THE_SIDE for r in aside.reps if r.start_s > 1 for m in r.measurements.values())


def test_too_few_pictures_say_what_to_do() -> None:
    few = analysed(observations(runner("dev_run_longshirt"), every=2))
    assert few.reps == ()
    assert "24 pictures a second" in few.notices()[0]


def rep(number: int, side: Side, drop: float, findings_of: str = "") -> Rep:
    at_s = 0.36 * number
    found = (Finding(findings_of, Severity.CAUTION, at_s, drop, 7.0, "deg"),) if findings_of else ()
    return Rep(number, side, at_s - 0.1, at_s, at_s + 0.1, {"pelvic_drop": Measurement(drop, "deg", 1.8)}, found)


def test_a_stumble_is_left_out_and_counted() -> None:
    reps = [rep(i, Side.LEFT if i % 2 else Side.RIGHT, 5.0 + 0.1 * (i % 3)) for i in range(40)]
    reps[11] = rep(11, Side.LEFT, 25.0)
    assert by_sides(reps)["left"]["pelvic_drop"].n == 19
    assert by_sides(reps)["left"]["pelvic_drop"].value == pytest.approx(5.1, abs=0.1)
    assert strays(reps) == 1


def test_a_stance_within_its_own_uncertainty_is_no_stumble() -> None:
    reps = [rep(i, Side.LEFT if i % 2 else Side.RIGHT, 5.0 if i % 8 < 6 else 6.5) for i in range(40)]
    assert strays(reps) == 0
    assert by_sides(reps)["left"]["pelvic_drop"].n == 20


def test_the_course_holds_the_first_minute_against_the_last() -> None:
    reps = [rep(i, Side.LEFT if i % 2 else Side.RIGHT, 4.0 if i < 400 else 9.0) for i in range(800)]
    assert course(reps, "pelvic_drop", Side.LEFT) == pytest.approx((4.0, 9.0))


def test_a_cue_is_for_what_half_of_the_stances_have() -> None:
    reps = [rep(i, Side.LEFT, 8.0, "pelvic_drop" if i % 2 else "") for i in range(16)]
    assert [f.fault for f in recurring(EXERCISES["running"], reps)] == ["pelvic_drop"]
    assert recurring(EXERCISES["running"], [*reps[:3], *(rep(i, Side.RIGHT, 3.0) for i in range(13))]) == ()


def test_live_a_cue_comes_at_most_once_in_eight_strides() -> None:
    analyzer, at = Analyzer(EXERCISES["running"]), []
    for o in observations(runner("dev_run_behind_left_drop"), pictures=True):
        if analyzer.update(o).active:
            at.append(o.timestamp_s)
    assert at
    assert min(np.diff([0.0, *at])) > 5.0


def test_angles_keep_their_sign_from_behind() -> None:
    """angles.csv is the same for everybody, from wherever it was filmed; seen in a mirror, a back is as if faced."""
    run = runner("dev_run_behind_left_drop")
    behind, mirror = BodyAngles(), BodyAngles()
    rows = [behind.update(o) for o in observations(run, seconds=3.0)]
    facing = [mirror.update(o) for o in observations(run, seconds=3.0, squeeze=-1.0)]
    for name in ("fppa_left", "fppa_right", "trunk_lean_left"):
        np.testing.assert_allclose([r[name] for r in rows], [r[name] for r in facing], atol=1e-6)


def test_the_pelvis_tilt_of_each_frame_rises_to_the_right() -> None:
    """The truth of a rendered runner says left up."""
    run, angles = runner("dev_run_behind_left_drop"), BodyAngles()
    rows = [angles.update(o) for o in observations(run, seconds=5.0, pictures=True)]
    seen = [i for i, row in enumerate(rows) if i > 30 and "pelvic_obliquity_right_up" in row]
    assert len(seen) > 100
    said = [rows[i]["pelvic_obliquity_right_up"] for i in seen]
    assert np.corrcoef(said, [-run.truth["frames"][i]["pelvis_roll"] for i in seen])[0, 1] > 0.9
