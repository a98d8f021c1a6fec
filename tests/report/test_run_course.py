"""How a run changes, where it leads, and two runs against each other: what counts, and what does not."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
from run_sessions import LIMITS, run_folder, run_session, stances

from formcheck.analysis.leads import lead_words, leads
from formcheck.report.comparison import compare
from formcheck.report.comparison_report import compare_folders
from formcheck.report.document import Figure, Pictures
from formcheck.report.run_course import changes, course, part_s
from formcheck.report.run_overlay import hip_track, moments, stride_s, time_in_cycle
from formcheck.results import Limits, Side


def test_only_a_change_beyond_scatter_and_picture_counts() -> None:
    found = {(c.quantity, c.side): c for c in changes(stances(120, tiring=6.0), ["pelvic_drop", "step_width"])}
    assert found["pelvic_drop", Side.LEFT].real
    assert found["pelvic_drop", Side.LEFT].change == pytest.approx(4.0, abs=0.3)  # of thirds, whose middles are two thirds apart
    assert not found["pelvic_drop", Side.RIGHT].real
    assert not found["step_width", Side.LEFT].real
    assert not found["cadence_spm", None].real


def test_a_long_run_is_held_minute_against_minute() -> None:
    assert part_s(stances(120)) == pytest.approx(119 * 0.36 / 3)
    assert part_s(stances(1000)) == 60.0
    assert part_s(()) == 0.0
    assert changes(stances(4), ["pelvic_drop"]) == ()


def test_the_course_follows_a_side() -> None:
    line = course(stances(120, tiring=6.0), "pelvic_drop", Side.LEFT)
    assert [value for _, value in line] == sorted(value for _, value in line)
    assert line[-1][1] - line[0][1] > 4.0
    assert course(stances(120), "knee_valgus", Side.LEFT) == []


def test_a_high_drop_of_one_side_leads_to_exercises_and_leaves_the_decision() -> None:
    (lead,) = leads(run_session(stances(40)))
    assert (lead.fault.name, lead.side, lead.found, lead.judged) == ("pelvic_drop", Side.LEFT, 20, 20)
    assert [ref.exercise for ref in lead.to] == ["clam", "single-leg-squat", "lateral-band-walk"]
    words = lead_words(run_session(stances(40)))
    assert "left: 9.2°" in words[0]
    assert "you and your therapist" in words[-1]


@pytest.mark.parametrize(
    "drops",
    [(4.0, 4.0), (6.5, 5.0)],  # 6.5: some stances pass 7 degrees by their scatter, the mean does not
)
def test_nothing_leads_where_the_mean_stays_below_the_limit(drops: tuple[float, float]) -> None:
    session = run_session(stances(40, drops))
    assert leads(session) == ()
    assert "nothing that was measured" in lead_words(session)[0]


def test_the_limits_in_force_decide_and_few_stances_say_nothing() -> None:
    lenient = {**LIMITS, "pelvic_drop": Limits(12.0, 15.0)}
    assert leads(replace(run_session(stances(40)), thresholds=lenient)) == ()
    assert leads(run_session(stances(18))) == ()


def test_each_side_of_a_run_is_held_against_the_same_side_of_the_other() -> None:
    first, second = run_session(stances(40)), run_session(stances(60, (4.0, 4.5)))
    result = compare(first, second)
    rows = {row.title: row for row in result.rows}
    assert rows["Pelvic drop, left"].difference == pytest.approx(5.0, abs=0.05)
    assert rows["Pelvic drop, left"].threshold == pytest.approx(
        math.hypot(*(run.sides["left"]["pelvic_drop"].uncertainty for run in (first, second)))
    )
    assert not rows["Pelvic drop, right"].real
    assert result.verdicts == ("Smaller in the second session: Pelvic drop, left.",)


def test_the_report_of_two_runs_has_overlays_and_curves(tmp_path: Path) -> None:
    folders = [run_folder(tmp_path / name, run_session(stances(20, drops))) for name, drops in (("a", (9, 4)), ("b", (4, 4)))]
    comparison, document = compare_folders(folders[0], folders[1])
    assert comparison.runs
    pictures = next(b for b in document.blocks if isinstance(b, Pictures))
    assert [p.caption for p in pictures.pictures][:3] == ["Left foot, contact", "Left foot, midstance", "Left foot, toe-off"]
    assert sum(isinstance(b, Figure) for b in document.blocks) == 2


def test_a_stride_goes_from_contact_to_the_next_contact_of_the_foot() -> None:
    reps = stances(12)
    assert stride_s(reps, reps[0]) == pytest.approx(0.72)
    assert stride_s(reps, reps[-1]) == pytest.approx(0.72)  # the run's usual one: its next contact was not seen
    assert moments(reps) == pytest.approx((0.12 / 0.72, 0.27 / 0.72))
    assert moments(()) == (0.0, 0.0)
    assert time_in_cycle(reps, reps[3], 0.5) == pytest.approx(reps[3].start_s + 0.36)


def test_hips_are_read_from_what_was_kept(tmp_path: Path) -> None:
    track = hip_track(run_folder(tmp_path / "run", run_session(stances(12)), left_px=10.0))
    assert track is not None
    assert track.torso_px == pytest.approx(30.0, abs=0.5)
    assert track.hips[:, 0].mean() == pytest.approx(70.0, abs=1.0)
    assert hip_track(tmp_path) is None
