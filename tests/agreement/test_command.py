"""`formcheck agreement` from files to files: what it says is what the truth says."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from agreement_cases import true_set, write_set
from make_sensor_exports import export
from simulated_phone import Phone, wear

from formcheck.agreement.files import read_result
from formcheck.cli.main import run
from formcheck.results import Side

TRUTH = true_set("clam", Side.LEFT, pelvic_roll=[14, 2, 11, 1, 3, 13], pelvic_hike=[1, 12, 0, 2, 10, 1])
PHONE = Phone(seed=5, offset_s=15.5, drift_ppm=100.0)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    write_set(tmp_path / "set", TRUTH, bias=2.0, missing=[3])
    samples = wear(TRUTH.times_s, TRUTH.pelvis, TRUTH.place_m, PHONE)
    return tmp_path / "set", export(samples, "phyphox-semicolon", tmp_path)


def test_from_files_to_files(files: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(["agreement", *map(str, files), "--out", str(out), "--person", "P1"]) == 0
    data = json.loads((out / "agreement.json").read_text())
    assert data["offset_s"] == pytest.approx(15.5, abs=0.03)
    roll = data["measures"]["pelvic_roll"]
    assert (roll["n"], roll["not_assessable"]) == (5, 1)
    assert roll["bias"] == pytest.approx(2.0, abs=0.5)
    assert roll["mae"] == pytest.approx(2.0, abs=0.5)
    assert roll["loa"] == pytest.approx([2.0, 2.0], abs=1.0)
    assert roll["covered"] == 1.0
    assert data["flags"]["pelvic_roll"]["sensitivity"]["hits"] == 3  # 14, 11 and 13 degrees
    rows = list(csv.DictReader((out / "pairs.csv").read_text().splitlines()))
    said = {(int(r["rep"]), r["measure"]): float(r["reference"]) for r in rows if r["level"] == "repetition"}
    for (rep, measure), value in said.items():
        assert value == pytest.approx(TRUTH.value(measure, rep - 1), abs=0.5)
    assert sum(r["level"] == "frame" for r in rows) > 100
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF")
    assert "Limits of agreement" in (out / "report.html").read_text()
    again = read_result(out)
    assert again.labels.person == "P1"
    assert len(again.pairs) == len(said)


def test_another_sets_recording_is_refused(files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = true_set("clam", Side.LEFT, pelvic_roll=[3, 12, 1, 15, 2, 1, 9], pelvic_hike=[11, 0, 1, 2, 3, 9, 0])
    path = export(wear(other.times_s, other.pelvis, other.place_m, PHONE), "phyphox", tmp_path / "other")
    assert run(["agreement", str(files[0]), str(path), "--out", str(tmp_path / "out")]) == 2
    assert "is it this set's recording" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_taps_give_the_time(tmp_path: Path) -> None:
    still = true_set("clam", Side.LEFT, pelvic_roll=[14, 2, 11, 1, 3, 13], pelvic_hike=[1, 12, 0, 2, 10, 1])
    write_set(tmp_path / "set", still)
    samples = wear(still.times_s, still.pelvis, still.place_m, PHONE)
    path = export(samples, "sensor-logger", tmp_path)
    taps = [str(round(float(t), 2)) for t in samples.tap_film_s]
    assert run(["agreement", str(tmp_path / "set"), str(path), "--out", str(tmp_path / "out"), f"--taps={taps[0]}"]) == 0
    data = json.loads((tmp_path / "out" / "agreement.json").read_text())
    assert data["clock_by"] == "taps"
    assert data["offset_s"] == pytest.approx(15.5, abs=0.03)
    assert np.isfinite(data["offset_uncertainty_s"])


def test_taps_in_no_order_are_refused(files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for taps in (["1", "2", "3", "4"], ["3", "2", "1"]):
        assert run(["agreement", *map(str, files), "--out", str(tmp_path / "out"), "--taps", *taps]) == 2
        assert "all three" in capsys.readouterr().err
