"""Motion capture as .mot, .trc and .c3d says what the truth says; what cannot be meant is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import ezc3d
import numpy as np
import pytest
from agreement_cases import TrueSet, true_set, write_angles, write_set

from formcheck.agreement.capture.recording import BadCapture
from formcheck.agreement.capture.reference import read_capture
from formcheck.agreement.study import compare_with_reference
from formcheck.cli.main import run
from formcheck.frames import Floats
from formcheck.results import Side
from formcheck.system.errors import UserError

OFFSET_S = 4.2
RATE = 100.0
CLAM = true_set("clam", Side.RIGHT, pelvic_roll=[14, 2, 11, -3, 1, 8], pelvic_hike=[1, 12, 0, 2, 10, 1])
PIVOT = true_set("pivot", Side.RIGHT, pelvis_rotation=[30, 36, 25, 33, 40, 28], pelvic_drop=[3, 14, 2, 17, 8, 12])
SQUAT = true_set("single-leg-squat", Side.LEFT, pelvic_drop=[3, 14, 6, 17, 8, 12])
PLACES = {"LASI": (13, -9, 0), "RASI": (-13, -9, 0), "LPSI": (5, 8, 0), "RPSI": (-5, 8, 0)}
"""cm along the pelvis' left, back and head axes."""


def captured(truth: TrueSet) -> tuple[Floats, Floats]:
    """Times on the capture's clock, and the pelvis in a room with z up, which began before the film."""
    film = np.arange(-3.0, truth.times_s[-1] + 2.0, 1 / RATE)
    at = np.clip(np.searchsorted(truth.times_s, film), 1, len(truth.times_s) - 1)
    share = np.clip((film - truth.times_s[at - 1]) / (truth.times_s[at] - truth.times_s[at - 1]), 0, 1)[:, None, None]
    mixed = (1 - share) * truth.pelvis[at - 1] + share * truth.pelvis[at]
    u, _, v = np.linalg.svd(mixed)
    return film + OFFSET_S, u @ v


def markers(truth: TrueSet) -> tuple[Floats, dict[str, Floats]]:
    times, pelvis = captured(truth)
    return times, {name: 1000 + 10 * pelvis @ np.array(place, float) for name, place in PLACES.items()}


def write_trc(truth: TrueSet, folder: Path) -> Path:
    """Y up, as OpenSim wants it."""
    times, places = markers(truth)
    lines = [
        "PathFileType\t4\t(X/Y/Z)\tset.trc",
        "DataRate\tNumMarkers",
        f"{RATE}\t4",
        "Frame#\tTime\t" + "\t\t\t".join(places),
        "",
    ]
    for k, t in enumerate(times):
        cells = [f"{v:.4f}" for place in places.values() for v in (place[k][0], place[k][2], -place[k][1])]
        lines.append("\t".join([str(k + 1), f"{t:.3f}", *cells]))
    path = folder / "set.trc"
    path.write_text("\n".join(lines) + "\n")
    return path


def write_c3d(truth: TrueSet, folder: Path) -> Path:
    """Z up, with a laboratory's prefix; its clock begins at zero."""
    _, places = markers(truth)
    made = ezc3d.c3d()
    made["parameters"]["POINT"]["RATE"]["value"] = [RATE]
    made["parameters"]["POINT"]["LABELS"]["value"] = tuple(f"Anna:{name}" for name in places)
    xyz = np.stack(list(places.values())).transpose(2, 0, 1)
    made["data"]["points"] = np.concatenate([xyz, np.ones((1, *xyz.shape[1:]))])
    path = folder / "set.c3d"
    made.write(str(path))
    return path


def write_mot(truth: TrueSet, folder: Path) -> Path:
    """OpenSim's coordinates of the same pelvis, in radians: Y up, x forward, z to the right."""
    times, pelvis = captured(truth)
    room = np.array([[1.0, 0, 0], [0, 0, 1], [0, -1, 0]])
    left, back, head = (room @ pelvis[:, :, k, None] for k in range(3))
    turn = np.concatenate([-back, head, -left], axis=2)
    list_ = np.arcsin(turn[:, 2, 1])  # of Rz(tilt) Rx(list) Ry(rotation)
    tilt = np.arctan2(-turn[:, 0, 1], turn[:, 1, 1])
    rotation = np.unwrap(np.arctan2(-turn[:, 2, 0], turn[:, 2, 2]))
    lines = [
        "Coordinates",
        "version=1",
        "inDegrees=no",
        "endheader",
        "time\tpelvis_tilt\tpelvis_list\tpelvis_rotation\tarm_flex_r",
    ]
    lines += ["\t".join(f"{v:.6f}" for v in (*row, 0.0)) for row in zip(times, tilt, list_, rotation, strict=True)]
    path = folder / "set.mot"
    path.write_text("\n".join(lines) + "\n")
    return path


WRITERS = (write_mot, write_trc, write_c3d)


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("truth", [CLAM, PIVOT, SQUAT], ids=lambda s: s.exercise)
def test_the_truth_comes_out(write: Callable[[TrueSet, Path], Path], truth: TrueSet, tmp_path: Path) -> None:
    write_set(tmp_path / "set", truth)
    made = compare_with_reference(tmp_path / "set", [write(truth, tmp_path)])
    begins = 3.0 if write is write_c3d else OFFSET_S
    assert made.joined.offset_s == pytest.approx(begins, abs=0.03)
    assert len(made.pairs) == len(truth.spans_s) * len(truth.measures)
    for pair in made.pairs:
        assert pair.reference == pytest.approx(truth.value(pair.measure, pair.rep - 1), abs=0.8)  # 0.02 s at the start of a turn


def test_angles_by_name_with_a_known_offset_and_no_repetition(tmp_path: Path) -> None:
    write_set(tmp_path / "set", SQUAT)
    data = json.loads((tmp_path / "set" / "session.json").read_text())
    (tmp_path / "set" / "session.json").write_text(json.dumps(data | {"reps": []}))
    times = np.arange(0, 10, 0.04)
    lean = 5 * np.sin(times)
    write_angles(tmp_path / "set" / "angles.csv", times, {"trunk_lean_left": lean + 1})
    rows = [f"{t + 2:.3f}\t{v:.3f}\t{-40 * v:.3f}" for t, v in zip(times, lean, strict=True)]
    capture = tmp_path / "lab.mot"
    capture.write_text("\n".join(["x", "inDegrees=yes", "endheader", "time trunk_lean_left knee_angle_l", *rows]))
    out = tmp_path / "out"
    assert run(["agreement", str(tmp_path / "set"), str(capture), "--offset", "2", "--out", str(out)]) == 0
    made = json.loads((out / "agreement.json").read_text())
    assert made["frames"]["trunk_lean_left"]["bias"] == pytest.approx(1.0, abs=0.01)
    assert np.nanmax(read_capture(capture).angles["knee_flexion_left"]) == pytest.approx(200, abs=1)


def test_another_sets_capture_is_refused(tmp_path: Path) -> None:
    write_set(tmp_path / "set", CLAM)
    other = true_set("clam", Side.RIGHT, pelvic_roll=[3, 12, 1, 15, 2, 1, 9], pelvic_hike=[11, 0, 1, 2, 3, 9, 0])
    with pytest.raises(UserError, match="is it this set's"):
        compare_with_reference(tmp_path / "set", [write_trc(other, tmp_path)])
    with pytest.raises(BadCapture, match="does not lie"):
        compare_with_reference(tmp_path / "set", [write_mot(SQUAT, tmp_path)])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.mot", "time pelvis_tilt\n1 2\n", "endheader"),
        ("a.mot", "endheader\ntime a b\n" + "".join(f"{k} 1 2\n" for k in range(30)), "none of its columns"),
        ("a.mot", "endheader\ntime pelvis_list\n1 x\n", "table of numbers"),
        ("a.mot", "endheader\ntime knee_angle_r\n" + "1 2\n" * 30, "do not rise"),
        ("a.trc", "hello", "PathFileType"),
        ("a.trc", "PathFileType\n\n\nFrame#\tTime\tLKNE\n\n" + "1\t0.1\t1\t2\t3\n" * 30, "markers of the pelvis"),
        ("a.c3d", "abc" * 100, "not a .c3d"),
    ],
)
def test_what_is_no_capture_is_refused(name: str, content: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(BadCapture, match=reason):
        read_capture(tmp_path / name)
    with pytest.raises(BadCapture, match="name the file"):
        read_capture(tmp_path / f"no{name}")
