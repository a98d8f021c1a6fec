"""What is drawn of a run is what its figures were taken from: frame by frame, and over the gait cycle."""

from pathlib import Path

import numpy as np
import pytest
from runners import observations, runner

from formcheck.analysis.analyzer import Analyzer
from formcheck.exercises import EXERCISES
from formcheck.frames import Floats
from formcheck.measurement.running.cycles import SHARES, cycles
from formcheck.results import Rep, Side
from formcheck.run.frame_files import FrameFiles
from formcheck.run.measured_set import MeasuredSet
from formcheck.session.tables import read_curves

ROUNDED = 0.002
"""Degrees to which a table is written, and some."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Rep, ...], dict[str, Floats]]:
    """The stances of a run whose pelvis drops on the left, and its tables."""
    folder: Path = tmp_path_factory.mktemp("run")
    files = FrameFiles(folder, EXERCISES["running"], spare=None)
    measured = MeasuredSet(Analyzer(EXERCISES["running"]), sink=files)
    for o in observations(runner("dev_run_behind_left_drop"), seconds=9.0, pictures=True):
        measured.add(o)
    measured.finish()
    files.close()
    columns = read_curves(folder / "series.csv")
    assert columns is not None
    return measured.reps, {name: np.array(values) for name, values in columns.items()}


def within(rep: Rep, columns: dict[str, Floats], name: str, share: float = 1.0) -> Floats:
    """What is drawn of a stance, up to that share of it."""
    times, end_s = columns["t_s"], rep.start_s + share * (rep.end_s - rep.start_s)
    return columns[name][(times > rep.start_s - 0.02) & (times < end_s)]


def test_the_peak_of_the_drops_curve_is_the_stances_figure(told: tuple[tuple[Rep, ...], dict[str, Floats]]) -> None:
    reps, columns = told
    known = [rep for rep in reps if rep.measurements["pelvic_drop"].value is not None]
    assert len(known) > 15
    for rep in known:
        value = rep.measurements["pelvic_drop"].value
        assert np.nanmax(within(rep, columns, "pelvic_drop", 0.65)) == pytest.approx(value, abs=ROUNDED)
        assert rep.side is not None
        tilt = -rep.side.sign * within(rep, columns, "pelvic_obliquity_right_up", 0.65)
        assert np.nanmax(tilt) == pytest.approx(value, abs=ROUNDED)


@pytest.mark.parametrize("name", ["knee_valgus_in_line", "knee_valgus", "trunk_lean"])
def test_at_midstance_the_joints_curves_are_the_stances_figures(
    name: str, told: tuple[tuple[Rep, ...], dict[str, Floats]]
) -> None:
    reps, columns = told
    known = [rep for rep in reps if rep.measurements[name].value is not None]
    assert len(known) > 12
    off = []
    for rep in known:
        near = np.abs(columns["t_s"] - rep.peak_s) <= 0.035
        off.append(columns[name][near].mean() - rep.measurements[name].value)
    assert np.abs(off).max() < 2.0  # joints that shake are read between their pictures
    assert np.mean(off) == pytest.approx(0.0, abs=0.2)


def test_between_stances_nothing_is_drawn_of_what_has_a_side(told: tuple[tuple[Rep, ...], dict[str, Floats]]) -> None:
    reps, columns = told
    times = columns["t_s"]
    flies = ~np.any([(times > rep.start_s - 0.02) & (times < rep.end_s + 0.02) for rep in reps], axis=0)
    assert flies.sum() > 20
    for name in ("pelvic_drop", "knee_valgus_in_line", "trunk_lean"):
        assert np.isnan(columns[name][flies]).all()
    assert np.isfinite(columns["trunk_height"][flies & (times > 1.0)]).all()


def test_a_knee_is_told_about_midstance_alone(told: tuple[tuple[Rep, ...], dict[str, Floats]]) -> None:
    reps, columns = told
    times = columns["t_s"]
    near = np.any([np.abs(times - rep.peak_s) < 0.11 for rep in reps], axis=0)
    assert np.isnan(columns["knee_valgus_in_line"][~near]).all()
    assert np.isfinite(columns["knee_valgus_in_line"]).sum() > 40


def test_over_the_gait_cycle_the_pelvis_meets_the_mean_of_its_stances(
    told: tuple[tuple[Rep, ...], dict[str, Floats]],
) -> None:
    reps, columns = told
    found = cycles(reps, {name: values.tolist() for name, values in columns.items()})
    assert set(found) == {"pelvic_drop", "trunk_lean"}
    for side in Side:
        peaks = [m.value for r in reps if r.side is side and (m := r.measurements["pelvic_drop"]).value is not None]
        assert found["pelvic_drop"][side].mean[SHARES < 0.25].max() == pytest.approx(np.mean(peaks), abs=0.8)
