"""session.json: what is written is read again, and nonsense is refused in one line."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from formcheck.results import Finding, Limits, Measurement, Rep, Session, Severity, Side, VideoInfo
from formcheck.session.file import BadSessionFile, read_session, to_json, write_session
from formcheck.session.tables import FrameTable, read_series
from formcheck.system.errors import UserError
from formcheck.system.json_format import Format, decode

OLD = Path(__file__).with_name("session_of_0_1_0.json")


@dataclass(frozen=True, slots=True)
class Ruler:
    cm: list[float]


@pytest.fixture
def session() -> Session:
    return Session(
        program="0.1.0",
        exercise="clam",
        variant="standard",
        side=Side.LEFT,
        video=VideoInfo("a.mp4", 640, 480, 29.97, 22.3, 668),
        model="full",
        frames_with_pose=660,
        thresholds={"pelvic_roll": Limits(10.0, 15.0)},
        reps=(
            Rep(
                1,
                Side.LEFT,
                2.6,
                4.0,
                5.5,
                {
                    "pelvic_roll": Measurement(12.4, "deg", 2.5, at_s=3.8),
                    "feet_gap": Measurement(None, "deg", why="feet out of frame"),
                },
                (Finding("pelvic_roll", Severity.CAUTION, 3.8, 12.4, 10.0, "deg"),),
                {"feet_apart": "feet out of frame"},
            ),
        ),
        notices=("The video breaks off.",),
    )


def test_what_is_written_is_read(session: Session, tmp_path: Path) -> None:
    write_session(tmp_path, session)
    assert read_session(tmp_path) == session
    data = json.loads((tmp_path / "session.json").read_text())
    assert data["reps"][0]["measurements"]["feet_gap"] == {"value": None, "unit": "deg", "why": "feet out of frame"}
    assert data["summary"] == {"reps": 1, "clean_reps": 0}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["reps.csv", "session.json"]


def test_what_some_sessions_have_is_read_as_written_too(session: Session, tmp_path: Path) -> None:
    figures = {"cadence": Measurement(172.0, "1/min", 1.5), "drift": Measurement(None, "deg", why="too few stances")}
    more = replace(session, summary=figures, view="behind", followed_by="0.1.0", poses_found=330)
    write_session(tmp_path, more)
    assert read_session(tmp_path) == more
    data = json.loads((tmp_path / "session.json").read_text())
    assert data["summary"]["measurements"]["cadence"] == {"value": 172.0, "unit": "1/min", "uncertainty": 1.5}
    assert data["view"] == "behind"
    assert data["tracking"]["program"] == "0.1.0"


def test_what_could_not_be_seen_is_not_clean(session: Session) -> None:
    rep = session.reps[0]
    assert not Rep(1, None, 0, 1, 2, rep.measurements, (), {"feet_apart": "feet out of frame"}).clean
    assert Rep(1, None, 0, 1, 2, rep.measurements).clean


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"format": "other"}, "not a formcheck session"),
        ({"version": 2}, "update"),
        ({"reps": 3}, "missing or wrong"),
        ({"video": None}, "missing or wrong"),
        ({"side": "up"}, "missing or wrong"),
        ({"exercise": 7}, "missing or wrong"),
    ],
)
def test_nonsense_is_refused(session: Session, tmp_path: Path, change: dict[str, object], word: str) -> None:
    write_session(tmp_path, session)
    file = tmp_path / "session.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    with pytest.raises(BadSessionFile, match=word) as caught:
        read_session(tmp_path)
    assert "\n" not in str(caught.value)


def hostile(**change: object) -> dict[str, Any]:
    """A real session of version 0.1.0 with a field of its first repetition changed."""
    data: dict[str, Any] = json.loads(OLD.read_text())
    data["reps"][0] |= change
    return data


def measured(count: int, prefix: str = "q", value: float = 1.0) -> dict[str, object]:
    return {f"{prefix}{i}": {"value": value, "unit": "deg"} for i in range(count)}


FINDING = {"fault": "pelvic_roll", "severity": "fault", "at_s": 1.0, "value": 1e308, "limit": 10.0, "unit": "deg"}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(hostile(measurements={"\ud800": {"value": 1.0, "unit": "deg"}}), id="half a character"),
        pytest.param(hostile(measurements={"q": {"value": None, "unit": "deg", "why": "\udfff"}}), id="half a character said"),
        pytest.param(hostile(measurements=measured(300)), id="300 quantities"),
        pytest.param(hostile(measurements=measured(1, value=-1e308)), id="no angle"),
        pytest.param(hostile(measurements={"q": {"value": 1.0, "unit": "deg", "uncertainty": 1e308}}), id="no uncertainty"),
        pytest.param(hostile(findings=[FINDING]), id="no finding"),
        pytest.param(hostile(start_s=-1e308), id="before all times"),
        pytest.param(hostile(number=2**70), id="no number"),
        pytest.param(hostile() | {"reps": 80_000 * [hostile()["reps"][0]]}, id="80,000 repetitions"),
        pytest.param(
            hostile() | {"reps": [hostile(measurements=measured(30, f"r{k}"))["reps"][0] for k in range(9)]},
            id="other quantities in each repetition",
        ),
        pytest.param(hostile() | {"notices": ["x"] * 10_000}, id="notices without end"),
        pytest.param(hostile() | {"version": "1"}, id="a version in words"),
        pytest.param(hostile() | {"version": [1]}, id="no version"),
    ],
)
def test_hostile_values_are_refused_in_one_line(tmp_path: Path, data: dict[str, Any]) -> None:
    (tmp_path / "session.json").write_text(json.dumps(data))
    with pytest.raises(BadSessionFile) as caught:
        read_session(tmp_path)
    words = str(caught.value)
    assert "\n" not in words
    assert len(words) < 400
    words.encode()


def test_a_session_of_version_0_1_0_opens() -> None:
    data = json.loads(OLD.read_text())
    assert to_json(read_session(OLD)) == data


def test_older_versions_of_a_format_are_brought_forward() -> None:
    """Three versions of one file: metres, then centimetres, then a list of them."""
    forward = {1: lambda d: {**d, "cm": d.pop("m") * 100}, 2: lambda d: {**d, "cm": [d["cm"]]}}
    form = Format("ruler", "a ruler", version=3, migrations=forward)

    def read_ruler(text: str) -> list[float]:
        return decode(text.encode(), form, Ruler, UserError).cm

    assert read_ruler('{"format": "ruler", "version": 1, "m": 2}') == [200]
    assert read_ruler('{"format": "ruler", "version": 2, "cm": 5}') == [5]
    assert read_ruler('{"format": "ruler", "version": 3, "cm": [7, 8]}') == [7, 8]
    for broken in ('{"format": "ruler", "version": 1}', '{"format": "ruler", "version": 1, "m": "x"}'):
        with pytest.raises(UserError, match="missing or wrong"):
            read_ruler(broken)
    for other in ("0", "4", "1.0", "null", "true"):
        with pytest.raises(UserError, match="update"):
            read_ruler(f'{{"format": "ruler", "version": {other}, "m": 2}}')


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": NaN}', "[" * 100_000])
def test_broken_files_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "session.json").write_text(text)
    with pytest.raises(BadSessionFile):
        read_session(tmp_path)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadSessionFile, match=r"choose a folder that holds a session\.json"):
        read_session(tmp_path)


def test_what_comes_to_be_known_later_is_filled_in_where_it_is_known(tmp_path: Path) -> None:
    path = tmp_path / "angles.csv"
    table = FrameTable(path, ["roll", "lean"], lambda act: act())
    for frame in range(10):
        table.add(frame / 10, {"lean": 1.0})
    table.fill([(np.array([0.2, 0.4]), {"roll": np.array([0.0, 8.0])}), (np.array([0.7]), {"roll": np.array([np.nan])})])
    read = read_series(path)
    assert read is not None
    assert read["roll"][2:5] == [0.0, 4.0, 8.0]
    assert np.isnan([*read["roll"][:2], *read["roll"][5:]]).all()
    assert read["lean"] == [1.0] * 10
    FrameTable(tmp_path / "none.csv", ["roll"], lambda act: act()).fill([(np.array([0.2]), {"roll": np.array([1.0])})])
    assert not (tmp_path / "none.csv").exists()


def test_series_leaves_unmeasured_cells_empty(tmp_path: Path) -> None:
    path = tmp_path / "series.csv"
    table = FrameTable(path, ["a", "b", "phase"], lambda act: act())
    table.add(0.0, {"a": 1.0, "b": float("nan"), "phase": 0.5})
    table.flush()
    assert path.read_text() == "t_s,a,b,phase\n0.000,1.000,,0.500\n"
    table.add(0.1, {"phase": 0.0})
    table.flush()
    assert path.read_text() == "t_s,a,b,phase\n0.000,1.000,,0.500\n0.100,,,0.000\n"
    series = read_series(path)
    assert series is not None
    assert series["phase"] == [0.5, 0.0]
    assert np.isnan([series["a"][1], *series["b"]]).all()


@pytest.mark.parametrize("cell", ["1e308", "-1e308", "inf", "nan", "=1+1", "9" * 400])
def test_a_series_that_no_formcheck_wrote_is_none(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "series.csv"
    path.write_text(f"t_s,pelvic_roll,phase\n0.000,1.0,0\n0.100,{cell},0\n")
    assert read_series(path) is None
    path.write_text("t_s,pelvic_roll,phase\n0.000,1.0,0\n0.100,,0\n")
    assert read_series(path) is not None
