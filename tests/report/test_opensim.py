"""Joints and angles in OpenSim's text formats, written from a real session and read back by another's reader or by the rules."""

import csv
from pathlib import Path

import numpy as np
import pytest
from films import first_seconds
from trc import TRCData

from formcheck.cli.analyze import analyze
from formcheck.cli.parser import build_parser
from formcheck.session.signals import read_signals
from formcheck.system.errors import UserError
from formcheck.system.resources import folder

DEMO = folder("assets") / "demo.mp4"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a session of the demo's first two seconds in out/, and its joints.trc and angles.mot."""
    where = tmp_path_factory.mktemp("opensim")
    film = where / "two seconds.mp4"
    first_seconds(DEMO, 2.0, film)
    command = ["analyze", film, "--exercise", "clam", "--out", where / "out", "--no-video"]
    files = ["--trc", where / "joints 1.trc", "--mot", where / "angles.mot"]
    analyze(build_parser().parse_args(list(map(str, [*command, *files]))))
    return where


def test_another_reader_finds_the_joints(written: Path) -> None:
    read = TRCData()
    read.load(written / "joints 1.trc")
    seen = list(read_signals(written / "out" / "signals.npz"))
    assert (read["NumFrames"], read["NumMarkers"], read["Units"], len(read["Frame#"])) == (len(seen), 33, "m", len(seen))
    assert read["DataRate"] == pytest.approx((len(seen) - 1) / seen[-1].timestamp_s, rel=1e-3)
    np.testing.assert_allclose(read["Time"], [o.timestamp_s for o in seen], atol=1e-4)
    for frame, observation in enumerate(seen):
        pose = observation.pose
        knee, hip = (np.array(read[name][frame]) for name in ("left_knee", "left_hip"))
        across, down = pose.image_xy[25] - pose.image_xy[23]
        assert (knee - hip)[:2] * np.hypot(across, down) == pytest.approx(
            np.array([across, -down]) * np.hypot(*(knee - hip)[:2]), abs=0.01
        )  # the same direction in the picture, y upward
        assert knee[2] == pytest.approx(-pose.world_xyz[25, 2], abs=1e-4)
    shoulder = np.array(read["left_shoulder"]) - np.array(read["right_shoulder"])
    assert 0.05 < np.median(np.linalg.norm(shoulder, axis=1)) < 0.6  # metres, of a person


def test_the_trc_keeps_to_opensims_grammar(written: Path) -> None:
    """What its reader asks of the lines (TRCFileAdapter): eight keys, labels, X1 Y1 Z1 X2 and so on, rows of one length."""
    lines = (written / "joints 1.trc").read_text(encoding="ascii").split("\n")
    assert lines[0] == "PathFileType\t4\t(X/Y/Z)\tjoints_1.trc"
    keys = "DataRate CameraRate NumFrames NumMarkers Units OrigDataRate OrigDataStartFrame OrigNumFrames"
    assert lines[1].split("\t") == keys.split()
    assert len(lines[2].split("\t")) == 8
    labels = [label for label in lines[3].split("\t") if label]
    assert labels[:3] == ["Frame#", "Time", "nose"]
    assert len(labels) == 33 + 2
    assert lines[3].split("\t")[2::3] == labels[2:]  # Pose2Sim takes every third
    assert [axis for axis in lines[4].split("\t") if axis] == [f"{a}{n}" for n in range(1, 34) for a in "XYZ"]
    assert not lines[5]
    rows = [line.split("\t") for line in lines[6:-1]]
    assert {len(row) for row in rows} == {33 * 3 + 2}
    assert [row[0] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]


def test_the_mot_keeps_to_opensims_grammar_and_holds_the_table(written: Path) -> None:
    """Its header names rows, columns and degrees up to "endheader"; then labels from "time", then that many rows of numbers."""
    text = (written / "angles.mot").read_text(encoding="ascii")
    head, body = text.split("endheader\n")
    stated = dict(line.split("=") for line in head.splitlines() if "=" in line)
    labels, *rows = [line.split("\t") for line in body.splitlines()]
    with (written / "out" / "angles.csv").open(newline="") as file:
        table = list(csv.DictReader(file))
    assert stated["inDegrees"] == "yes"
    assert (int(stated["nRows"]), int(stated["nColumns"])) == (len(rows), len(labels)) == (len(table), len(table[0]))
    assert labels == ["time", *list(table[0])[1:]]
    for row, expected in zip(rows, table, strict=True):
        cells = [float(cell) if cell else np.nan for cell in expected.values()]
        np.testing.assert_allclose(np.array(row, float), cells, atol=1e-3)


def test_a_file_that_cannot_be_written_is_refused_before_the_work(tmp_path: Path) -> None:
    def refused(*arguments: object) -> str:
        with pytest.raises(UserError) as error:
            analyze(build_parser().parse_args(list(map(str, ["analyze", *arguments]))))
        return str(error.value)

    command = ["--exercise", "clam", "--out", tmp_path / "out", "--trc"]
    assert "no such folder" in refused(DEMO, *command, tmp_path / "none" / "a.trc")
    assert "one video at a time" in refused(tmp_path, *command, tmp_path / "a.trc")
    assert not (tmp_path / "out").exists()
