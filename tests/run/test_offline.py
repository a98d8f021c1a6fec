"""Analysing a file: several stretches at once say what one stream says, and what is stopped leaves nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.pose.model import model_file
from formcheck.results import Session
from formcheck.run.offline.analyze import Cancelled, Request, analyze_video
from formcheck.run.offline.poses import PosesOfFile
from formcheck.system.resources import folder

DEMO = folder("assets") / "demo.mp4"


@pytest.fixture(scope="module")
def model() -> Path:
    return model_file()


@pytest.fixture
def request_(model: Path, tmp_path: Path) -> Request:
    return Request(DEMO, EXERCISES["clam"], tmp_path / "out", model, annotated=False)


def findings(session: Session) -> list[set[tuple[str, str]]]:
    return [{(f.fault, f.severity) for f in rep.findings} for rep in session.reps]


def test_stretches_say_what_one_stream_says(request_: Request) -> None:
    one = analyze_video(replace(request_, stretches=1))
    three = analyze_video(replace(request_, stretches=3))
    assert findings(one) == findings(three)
    assert one.video == three.video
    assert one.frames_with_pose == three.frames_with_pose
    for a, b in zip(one.reps, three.reps, strict=True):
        assert a.start_s == pytest.approx(b.start_s, abs=0.1)
        for name, measurement in a.measurements.items():
            assert b.measurements[name].value == pytest.approx(measurement.value, abs=1.5), name


def test_every_frame_is_inferred_once_and_in_order(model: Path) -> None:
    with VideoFile(DEMO) as source:
        times = [frame.timestamp_s for frame in source.frames()]
    with PosesOfFile(DEMO, EXERCISES["clam"], model, mirrored=False, stretches=3) as poses:
        pairs = [(frame.timestamp_s, pose.timestamp_s) for frame, pose in poses]
    assert pairs == [(t, t) for t in times]


def test_leaving_early_stops_the_trackers(model: Path) -> None:
    with PosesOfFile(DEMO, EXERCISES["clam"], model, mirrored=False, stretches=2) as poses:
        next(iter(poses))
    threads = [poses._first.thread, *(stretch.thread for stretch in poses._stretches)]
    assert not any(thread.is_alive() for thread in threads)


def test_cancelled_leaves_nothing(request_: Request) -> None:
    seen: list[int] = []
    with pytest.raises(Cancelled):
        analyze_video(replace(request_, progress=lambda done, total: seen.append(done), cancelled=lambda: len(seen) > 20))
    assert not request_.out.exists()


def test_an_existing_folder_keeps_what_was_in_it(request_: Request) -> None:
    request_.out.mkdir()
    (request_.out / "notes.txt").write_text("mine")
    with pytest.raises(Cancelled):
        analyze_video(replace(request_, cancelled=lambda: True))
    assert [p.name for p in request_.out.iterdir()] == ["notes.txt"]


def test_finds_the_side(request_: Request) -> None:
    assert analyze_video(request_).side == "right"
