"""session.json: what is written is read again, and nonsense is refused in one line."""

import json
from pathlib import Path

import pytest

from formcheck.results import Finding, Limits, Measurement, Rep, Session, Severity, Side, VideoInfo
from formcheck.session.file import BadSessionFile, read_session, series_csv, write_session


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


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": NaN}', "[" * 100_000])
def test_broken_files_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "session.json").write_text(text)
    with pytest.raises(BadSessionFile):
        read_session(tmp_path)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadSessionFile, match=r"choose a folder that holds a session\.json"):
        read_session(tmp_path)


def test_series_leaves_unmeasured_cells_empty() -> None:
    text = series_csv(["a", "b"], [(0.0, {"a": 1.0, "b": float("nan")}, 0.5), (0.1, {}, 0.0)])
    assert text == "t_s,a,b,phase\n0.000,1.000,,0.500\n0.100,,,0.000\n"
