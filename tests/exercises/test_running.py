"""Where each fault of a run fires, where it stays quiet, and where it cannot be judged; the sides' means and the cadence."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from runners import Runner, analysed, observations, runner

from formcheck.analysis.analyzer import Analyzer
from formcheck.analysis.cues import recurring
from formcheck.exercises import EXERCISES
from formcheck.frames import LANDMARKS, Observation, PictureFrame, PoseFrame, WaistFrame
from formcheck.frames import Landmark as L
from formcheck.measurement.angles import BodyAngles
from formcheck.measurement.running.belt_axis import NO_BELT, NOT_YET
from formcheck.measurement.running.held_hand import HELD
from formcheck.measurement.running.pelvis import FROM_FRONT, NO_WAIST, STANDS_BEFORE, PelvisTilt
from formcheck.measurement.running.place import FROM_THE_SIDE
from formcheck.measurement.running.sides import by_sides, course, strays
from formcheck.results import Finding, Measurement, Rep, Severity, Side, View
from formcheck.run.frame_files import FrameFiles
from formcheck.run.measured_set import MeasuredSet
from formcheck.session.tables import read_series
from formcheck.signals.body import LEG

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


def test_a_pelvis_that_drops_on_the_left_is_found_there(dropping: Analyzer) -> None:
    assert share(dropping, "pelvic_drop", Side.LEFT) == 1.0
    usual = [r for r in dropping.reps if true_stance("dev_run_behind_left_drop", r)["pelvic_drop_deg"] <= 5.0]
    assert len(usual) >= 5
    assert {r.side for r in usual} == {Side.RIGHT}
    assert not any(f.fault == "pelvic_drop" for r in usual for f in r.findings)


def true_stance(name: str, rep: Rep) -> dict[str, Any]:
    """The nearest in time."""
    return min(runner(name).stances, key=lambda s: abs(float(s["midstance_s"]) - rep.peak_s))


def test_the_pelvis_zero_is_its_own_whatever_the_camera_is_tilted_by() -> None:
    """The patch's tilt may have any offset: the first picture may be one in which the pelvis hangs."""
    tilts = {}
    for offset_deg in (-8.0, 3.0):
        pelvis = PelvisTilt()
        said = [
            pelvis.update(Observation(standing(t), None, None, WaistFrame(t, offset_deg + swing(t), 0.99, 0.0, 0.23)), -1.0)
            for t in np.arange(0.0, 12.0, 1 / 30)
        ]
        assert np.isnan(said[:60]).all()
        tilts[offset_deg] = said[90:]
    np.testing.assert_allclose(tilts[-8.0], tilts[3.0], atol=1e-9)
    assert np.mean(tilts[3.0]) == pytest.approx(0.0, abs=0.2)


def test_a_pelvis_that_drops_farther_on_one_side_does_not_move_its_zero() -> None:
    """To +9 degrees over one foot, to -4 over the other, and 2 back after either."""
    peaks, beat_s = (9.0, -2.0, -4.0, 2.0), 0.175
    pelvis, said = PelvisTilt(), []
    for t in np.arange(0.0, 8.0, 1 / 60):
        at, share = int(t / beat_s) % 4, (t / beat_s) % 1.0
        tilt = peaks[at] + (peaks[(at + 1) % 4] - peaks[at]) * (1 - np.cos(np.pi * share)) / 2
        said.append(pelvis.update(Observation(standing(t), None, None, WaistFrame(t, tilt + 3.0, 0.99, 0.0, 0.23)), -1.0))
    high, low = max(said[150:]), min(said[150:])
    assert high / -low == pytest.approx(9.0 / 4.0, rel=0.15)


def swing(time_s: float) -> float:
    """A runner's pelvis, degrees."""
    return float(5.0 * np.sin(2 * np.pi * time_s / 0.7))


def standing(time_s: float) -> PoseFrame:
    return PoseFrame(0, time_s, (640, 480), np.zeros((LANDMARKS, 2)), np.zeros((LANDMARKS, 3)), np.ones(LANDMARKS))


def test_a_steady_run_has_no_fault(steady: Analyzer) -> None:
    assert {f.name: share(steady, f.name) for f in EXERCISES["running"].faults} == {
        "pelvic_drop": 0.0, "knee_valgus": 0.0, "crossover": 0.0, "trunk_lean": 0.0
    }  # fmt: skip


@pytest.mark.parametrize("name", ["dropping", "steady"])
def test_the_drop_of_each_stance(name: str, request: pytest.FixtureRequest) -> None:
    analyzer: Analyzer = request.getfixturevalue(name)
    clip = {"dropping": "dev_run_behind_left_drop", "steady": "dev_run_behind_steady"}[name]
    errors = []
    for rep in analyzer.reps:
        nearest = true_stance(clip, rep)
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
    assert 2.5 < difference.value < 7.5  # 5.2
    assert difference.n == min(left.n, right.n)
    cadence = dropping.summary()["cadence_spm"].value
    assert cadence == pytest.approx(runner("dev_run_behind_left_drop").truth["cadence_spm"], abs=1.5)


def test_the_view_is_found_and_behind_is_not_front(steady: Analyzer) -> None:
    assert steady.view is View.BEHIND
    front = analysed(observations(runner("dev_run_front"), seconds=4.0))
    assert front.view is View.FRONT
    assert all(r.not_assessable.get("pelvic_drop") == FROM_FRONT for r in front.reps)
    assert all("knee_valgus" not in r.not_assessable for r in front.reps if r.start_s > 1.5)


@pytest.mark.parametrize("name", ["dev_run_behind_left_drop", "dev_run_fatigue", "dev_run_longshirt", "dev_run_front"])
def test_the_knees_are_compared_as_a_camera_in_line_would_see_them(name: str) -> None:
    """These cameras stand 6 to 13 degrees off the belt's axis, which alone sets the knees 9 to 20 degrees apart."""
    run = runner(name)
    figures = by_sides(analysed(observations(run)).reps)
    said = figures["difference"]["knee_valgus_in_line"].value
    assert said == pytest.approx(difference(run.stances, "fppa_frontal_deg"), abs=4.5)
    assert abs(difference(run.stances, "fppa_px_deg") - difference(run.stances, "fppa_frontal_deg")) > 8.0
    assert "knee_valgus" not in figures["difference"]


def difference(stances: list[dict[str, Any]], name: str) -> float:
    """Left less right of the true means."""
    left, right = (float(np.mean([s[name] for s in stances if s["side"] == side and s[name] is not None])) for side in Side)
    return left - right


def test_the_legs_edges_tell_the_knees_apart_where_landmarks_do_not() -> None:
    """Landmarks that show both knees alike: the mean is theirs, the difference the edges', and surer than theirs alone."""
    run = runner("dev_run_fatigue")  # the camera stands 6 degrees off the axis
    alike = [knees_alike(o) for o in observations(run, pictures=True, seconds=5.0)]
    by_landmarks = by_sides(analysed(replace(o, legs=None) for o in alike).reps)["difference"]["knee_valgus_in_line"]
    told = by_sides(analysed(iter(alike)).reps)["difference"]["knee_valgus_in_line"]
    true = difference([s for s in run.stances if s["midstance_s"] < 4.5], "fppa_frontal_deg")
    assert abs(by_landmarks.value - true) > 5.0
    assert abs(told.value - true) < 0.5 * abs(by_landmarks.value - true)
    assert told.uncertainty < 0.8 * by_landmarks.uncertainty


def knees_alike(seen: Observation) -> Observation:
    xy = seen.pose.image_xy.copy()
    for hip, knee, ankle in LEG.values():
        xy[knee, 0] = (xy[hip, 0] + xy[ankle, 0]) / 2
    return replace(seen, pose=replace(seen.pose, image_xy=xy))


@pytest.mark.parametrize(("shift", "compared"), [(0.8, True), (4.0, False)])
def test_as_seen_the_knees_are_compared_from_within_two_degrees_of_the_axis(shift: float, compared: bool) -> None:
    reps = [
        replace(
            rep(i, side, 5.0),
            measurements={
                "knee_valgus": Measurement(5.0 - side.sign * shift, "deg", 7.0),
                "knee_valgus_in_line": Measurement(5.0, "deg", 7.5),
            },
        )
        for i, side in enumerate([Side.LEFT, Side.RIGHT] * 6)
    ]
    figures = by_sides(reps)
    assert ("knee_valgus" in figures["difference"]) is compared
    assert figures["difference"]["knee_valgus_in_line"].value == 0.0
    assert "knee_valgus" in figures["left"]


def test_feet_that_do_not_go_with_a_belt_tell_no_place_of_the_camera() -> None:
    """Somebody who jogs on the spot: the foot that is down stays where it is."""
    held = analysed(on_the_spot(observations(runner("dev_run_behind_steady"))))
    assert len(held.reps) > 20
    assert all(r.measurements["knee_valgus"].value is not None for r in held.reps)
    assert {r.measurements["knee_valgus_in_line"].why for r in held.reps} == {NOT_YET, NO_BELT}
    assert "difference" in by_sides(held.reps)
    assert not {"knee_valgus", "knee_valgus_in_line"} & set(by_sides(held.reps)["difference"])


def on_the_spot(seen: Iterator[Observation]) -> Iterator[Observation]:
    """The same with the lower of the feet held at one height in the picture."""
    for o in seen:
        xy = o.pose.image_xy.copy()
        ankles = [L.LEFT_ANKLE, L.RIGHT_ANKLE]
        low = ankles[int(np.argmax(xy[ankles, 1]))]
        xy[low, 1] = xy[[L.LEFT_HIP, L.RIGHT_HIP], 1].mean() + 180.0
        yield Observation(replace(o.pose, image_xy=xy), None)


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


@pytest.mark.parametrize(
    ("left", "top", "right", "bottom"),
    [
        pytest.param(-0.6, 0.45, 0.6, -0.1, id="a console before the pelvis"),
        pytest.param(-0.6, 0.45, 0.0, -0.1, id="before its left half"),
        pytest.param(-0.6, 0.3, 0.6, 0.15, id="a broad rail before the waist"),
    ],
)
def test_a_waist_behind_something_is_not_assessable(left: float, top: float, right: float, bottom: float) -> None:
    run = runner("dev_run_behind_left_drop")
    hips, torso = middle_and_torso(run)
    corners = [(round(hips[0] + x * torso), round(hips[1] - y * torso)) for x, y in ((left, top), (right, bottom))]

    def console(image: NDArray[np.uint8]) -> None:
        cv2.rectangle(image, corners[0], corners[1], (40, 40, 40), -1)

    hidden = analysed(observations(run, seconds=4.0, pictures=True, before_it=console))
    assert len(hidden.reps) > 5
    assert all(r.not_assessable.get("pelvic_drop") == NO_WAIST for r in hidden.reps)


def test_what_stands_still_before_the_pelvis_is_named() -> None:
    run = runner("dev_run_behind_left_drop")
    hips, torso = middle_and_torso(run)
    left, top, right, bottom = (
        round(v) for v in (hips[0] - torso, hips[1] - 0.5 * torso, hips[0] + torso, hips[1] + 0.2 * torso)
    )
    keys = np.random.default_rng(0).integers(20, 150, (bottom - top, right - left, 3), np.uint8)
    panel = cv2.resize(keys[::5, ::5], (right - left, bottom - top), interpolation=cv2.INTER_NEAREST)

    def console(image: NDArray[np.uint8]) -> None:
        image[top:bottom, left:right] = panel

    hidden = analysed(observations(run, seconds=4.0, pictures=True, surface=True, before_it=console))
    assert len(hidden.reps) > 5
    assert {r.not_assessable.get("pelvic_drop") for r in hidden.reps if r.start_s > 1.0} == {STANDS_BEFORE}


def test_a_long_shirt_is_nothing_that_stands_before_the_pelvis() -> None:
    worn = analysed(observations(runner("dev_run_longshirt"), seconds=4.0, pictures=True, surface=True))
    assert {r.not_assessable.get("pelvic_drop") for r in worn.reps} == {NO_WAIST}


def middle_and_torso(run: Runner) -> tuple[tuple[float, float], float]:
    """Mid-hip in the picture in the middle of what is looked at, and the torso's length, px."""
    xy = run.joints()[60]
    hips, shoulders = (xy[[a, b]].mean(axis=0) for a, b in ((23, 24), (11, 12)))
    return (float(hips[0]), float(hips[1])), float(np.linalg.norm(shoulders - hips))


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
    analyzer, at, before = Analyzer(EXERCISES["running"]), [], False
    for o in observations(runner("dev_run_behind_left_drop"), pictures=True):
        now = bool(analyzer.update(o).active)
        if now and not before:
            at.append(o.timestamp_s)
        before = now
    assert at
    assert min(np.diff([0.0, *at])) > 5.0


def test_a_tilt_that_is_known_is_taken_out_of_the_lean() -> None:
    """Of a runner whose picture is turned: joints and room by the same angle."""
    run, tilt_deg = runner("dev_run_behind_steady"), 4.0
    level = by_sides(analysed(observations(run, seconds=6.0)).reps)
    told, untold = (
        by_sides(analysed(turned(observations(run, seconds=6.0), tilt_deg, known)).reps) for known in (tilt_deg, float("nan"))
    )
    for side in Side:
        usual = level[side]["trunk_lean"].value
        assert told[side]["trunk_lean"].value == pytest.approx(usual, abs=0.3)
        assert untold[side]["trunk_lean"].value == pytest.approx(usual + side.sign * tilt_deg, abs=0.3)
        assert told[side]["knee_valgus"].value == pytest.approx(level[side]["knee_valgus"].value, abs=0.3)


def turned(seen: Iterator[Observation], by_deg: float, known_deg: float) -> Iterator[Observation]:
    """Counter-clockwise about the picture's middle."""
    cos, sin = np.cos(np.radians(by_deg)), np.sin(np.radians(by_deg))
    for o in seen:
        middle = np.array(o.pose.image_size) / 2
        xy = (o.pose.image_xy - middle) @ np.array([[cos, -sin], [sin, cos]]) + middle
        yield Observation(replace(o.pose, image_xy=xy), None, PictureFrame(120.0, 40.0, False, known_deg))


def test_a_hand_on_the_rail_leaves_its_stances_unjudged() -> None:
    run = runner("dev_run_behind_steady")
    held = analysed(holding(observations(run, seconds=9.0), 3.0, 6.0))
    free = [r for r in held.reps if r.peak_s < 2.8 or r.peak_s > 6.1]
    on_the_rail = [r for r in held.reps if 3.2 < r.peak_s < 5.9]
    assert len(free) > 8
    assert len(on_the_rail) > 5
    assert all(m.why == HELD for r in on_the_rail for m in r.measurements.values())
    assert not any(m.why == HELD for r in free for m in r.measurements.values())
    assert any("a hand held on to the treadmill" in notice for notice in held.notices())
    briefly = analysed(holding(observations(run, seconds=9.0), 4.0, 5.2))
    assert 0 < sum(HELD in r.not_assessable.values() for r in briefly.reps) < len(briefly.reps) / 3
    assert any("a hand held on to the treadmill" in notice for notice in briefly.notices())
    n = len([r for r in free if r.side is Side.LEFT])
    assert by_sides(held.reps)["left"]["trunk_lean"].n <= n + 1


def holding(seen: Iterator[Observation], from_s: float, to_s: float) -> Iterator[Observation]:
    """The same with the left wrist at one place of the picture for that time, as well as a network finds it."""
    chance = np.random.default_rng(3)
    for o in seen:
        if from_s <= o.timestamp_s <= to_s:
            xy = o.pose.image_xy.copy()
            xy[L.LEFT_WRIST] = np.array([330.0, 190.0]) + chance.normal(0.0, 1.5, 2)
            o = Observation(replace(o.pose, image_xy=xy), None)
        yield o


def test_series_csv_carries_the_phase_of_the_gait_cycle(tmp_path: Path) -> None:
    """Empty until it is known, then 0 at each contact of the left foot."""
    files = FrameFiles(tmp_path, EXERCISES["running"], spare=None)
    measured = MeasuredSet(Analyzer(EXERCISES["running"]), sink=files)
    for o in observations(runner("dev_run_behind_steady")):
        measured.add(o)
    measured.finish()
    files.close()
    series = read_series(tmp_path / "series.csv")
    assert series is not None
    times, phases = np.array(series["t_s"]), np.array(series["phase"])
    assert np.isnan(phases[times < 2.0]).all()
    assert np.isfinite(phases[times > 5.0]).all()
    contacts = [r.start_s for r in measured.reps if r.side is Side.LEFT and r.start_s > 5.0]
    turns = np.interp(contacts, times, np.unwrap(np.nan_to_num(phases), period=1.0))
    assert np.abs(turns - np.round(turns)).max() < 0.12


def test_angles_keep_their_sign_from_behind() -> None:
    """angles.csv is the same for everybody, from wherever it was filmed; seen in a mirror, a back is as if faced."""
    run = runner("dev_run_behind_left_drop")
    behind, mirror = BodyAngles(of_run=True), BodyAngles(of_run=True)
    rows = [behind.update(o) for o in observations(run, seconds=3.0)]
    facing = [mirror.update(o) for o in observations(run, seconds=3.0, squeeze=-1.0)]
    for name in ("fppa_left", "fppa_right", "trunk_lean_left"):
        np.testing.assert_allclose([r[name] for r in rows], [r[name] for r in facing], atol=1e-6)


def test_the_pelvis_tilt_of_each_frame_rises_to_the_right() -> None:
    """The truth of a rendered runner says left up."""
    run, angles = runner("dev_run_behind_left_drop"), BodyAngles(of_run=True)
    rows = [angles.update(o) for o in observations(run, seconds=5.0, pictures=True)]
    seen = [i for i, row in enumerate(rows) if i > 30 and "pelvic_obliquity_right_up" in row]
    assert len(seen) > 80
    said = [rows[i]["pelvic_obliquity_right_up"] for i in seen]
    assert np.corrcoef(said, [-run.truth["frames"][i]["pelvis_roll"] for i in seen])[0, 1] > 0.9
