"""Analysing a file: poses on some frames say what poses on every frame say, and what is stopped leaves nothing."""

import shutil
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from films import cut_out, first_seconds
from small_disk import small_disk

from formcheck.analysis.analyzer import Analyzer
from formcheck.capture.source import Part
from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.pose.model import model_file
from formcheck.results import Limits, Session
from formcheck.run.offline import analyze
from formcheck.run.offline.again import measure_signals
from formcheck.run.offline.analyze import Cancelled, Request, analyze_video
from formcheck.run.offline.poses import PosesOfFile
from formcheck.session.file import read_session
from formcheck.session.signals import read_signals
from formcheck.session.tables import read_series
from formcheck.signals.pace import Pace
from formcheck.system.resources import folder

A_FRAME_S = 0.06
DEMO = folder("assets") / "demo.mp4"


@pytest.fixture(scope="module")
def model() -> Path:
    return model_file()


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's second half, from a key frame on: three repetitions."""
    return cut_out(DEMO, 12.5, 26.0, tmp_path_factory.mktemp("film") / "film.mp4")


@pytest.fixture
def request_(film: Path, model: Path, tmp_path: Path) -> Request:
    return Request(film, EXERCISES["clam"], tmp_path / "out", model, annotated=False)


@pytest.fixture(scope="module")
def analysed(film: Path, model: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Session]:
    """The film's session and its folder, for tests that only look."""
    out = tmp_path_factory.mktemp("analysed") / "out"
    return out, analyze_video(Request(film, EXERCISES["clam"], out, model, annotated=False))


def findings(session: Session) -> list[set[tuple[str, str]]]:
    return [{(f.fault, f.severity) for f in rep.findings} for rep in session.reps]


def test_poses_on_some_frames_say_what_poses_on_every_frame_say(request_: Request, analysed: tuple[Path, Session]) -> None:
    every, some = analyze_video(replace(request_, every_frame=True)), analysed[1]
    assert len(every.reps) == 3
    assert findings(every) == findings(some)
    assert every.video == some.video
    for a, b in zip(every.reps, some.reps, strict=True):
        assert a.start_s == pytest.approx(b.start_s, abs=0.1)
        for name, measurement in a.measurements.items():
            assert b.measurements[name].value == pytest.approx(measurement.value, abs=2.0), name


def test_the_same_film_says_the_same_each_time_and_in_every_container(
    request_: Request, film: Path, analysed: tuple[Path, Session], tmp_path: Path
) -> None:
    other = tmp_path / "film.mkv"
    with av.open(str(film)) as source, av.open(str(other), "w") as copy:
        stream = copy.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = stream
                copy.mux(packet)
    assert analysed[1].reps
    assert analyze_video(replace(request_, video=other)).reps == analysed[1].reps


def test_every_frame_comes_once_and_in_order(film: Path, model: Path) -> None:
    with VideoFile(film) as source:
        times = [frame.timestamp_s for frame in source.frames()]
    with PosesOfFile(VideoFile(film), EXERCISES["clam"], model) as poses:
        pairs = [(frame.timestamp_s, pose.timestamp_s if pose else None) for frame, pose in poses]
    assert [t for t, _ in pairs] == times
    assert all(t == of_pose for t, of_pose in pairs if of_pose is not None)
    assert 0 < poses.found < 0.7 * len(times)


def test_a_part_says_what_the_same_seconds_cut_out_say(request_: Request, tmp_path: Path) -> None:
    """The demo has key frames at 12.5 s: from there on it can be cut without encoding it anew."""
    part = Part(12.5, 17.5)
    cut = cut_out(DEMO, part.from_s, part.to_s, tmp_path / "cut.mp4")
    of_part = analyze_video(replace(request_, video=DEMO, part=part))
    of_cut = analyze_video(replace(request_, video=cut, out=tmp_path / "cut"))
    assert of_part.reps
    assert of_part.reps == of_cut.reps
    assert of_part.video.frames == of_cut.video.frames
    assert (of_part.video.from_s, of_part.video.to_s) == (12.5, 17.5)


def test_leaving_early_stops_the_tracker(model: Path) -> None:
    with PosesOfFile(VideoFile(DEMO), EXERCISES["clam"], model) as poses:
        next(iter(poses))
    assert not any(thread.name == "poses" for thread in threading.enumerate())


def test_an_error_in_the_program_leaves_what_was_measured_until_then(request_: Request) -> None:
    def fails_at_last(done: int, _: int | None) -> None:
        if done == 100:
            raise ZeroDivisionError("nobody foresaw it")

    with pytest.raises(ZeroDivisionError):
        analyze_video(replace(request_, progress=fails_at_last))
    session = read_session(request_.out)
    assert session.video.frames == 100
    assert session.reps
    assert any("An error in the program broke the analysis off at 5 s" in notice for notice in session.notices)
    assert (request_.out / "report.html").exists()


def test_a_report_that_fails_costs_no_session(request_: Request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> str:
        raise ZeroDivisionError("nobody foresaw it")

    monkeypatch.setattr(analyze, "session_html", fails)
    short = first_seconds(DEMO, 1.0, tmp_path / "short.mp4")
    with pytest.raises(ZeroDivisionError):
        analyze_video(replace(request_, video=short))
    assert read_session(request_.out).video.frames == 20


def test_a_disk_too_full_for_the_film_keeps_the_figures(request_: Request, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        (disk / "other").write_bytes(bytes(400_000))  # what is left is less than the film
        session = analyze_video(replace(request_, out=disk / "out", annotated=True))
        assert len(session.reps) == 3
        assert any("There is no annotated video" in notice for notice in session.notices)
        assert not (disk / "out" / "annotated.mp4").exists()


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


def test_a_session_names_the_model_that_measured_it(request_: Request, tmp_path: Path) -> None:
    own = shutil.copyfile(request_.model, tmp_path / "mine.task")
    with zipfile.ZipFile(own, "a") as archive:
        archive.writestr("note.txt", "another content, the same networks")
    short = first_seconds(DEMO, 1.0, tmp_path / "short.mp4")
    names = {analyze_video(replace(request_, video=short, model=m)).model for m in (request_.model, own)}
    assert len(names) == 2
    assert "full" in names


def test_the_film_marks_the_limits_in_force(request_: Request, tmp_path: Path) -> None:
    short = first_seconds(DEMO, 1.0, tmp_path / "short.mp4")
    pictures = []
    for caution in (5.0, 15.0):
        limits = {"pelvic_roll": Limits(caution, 20.0)}
        analyze_video(replace(request_, video=short, limits=limits, annotated=True))
        with VideoFile(request_.out / "annotated.mp4") as film:
            pictures.append([frame.image.astype(int) for frame in film.frames()][-1])
    assert np.abs(pictures[0] - pictures[1]).max() > 60


def test_finds_the_side_and_what_is_kept_says_the_same_again(analysed: tuple[Path, Session], tmp_path: Path) -> None:
    out, session = analysed
    assert session.side == "right"
    analyzer = Analyzer(EXERCISES["clam"], side=session.side, variant=session.variant)
    again = measure_signals(out / "signals.npz", session, analyzer, tmp_path / "again")
    assert findings(again) == findings(session)
    assert (again.video, again.frames_with_pose, again.poses_found) == (
        session.video,
        session.frames_with_pose,
        session.poses_found,
    )
    for old, new in zip(session.reps, again.reps, strict=True):
        assert (new.start_s, new.end_s) == pytest.approx((old.start_s, old.end_s), abs=0.01)
        for name, measurement in old.measurements.items():
            assert new.measurements[name].value == pytest.approx(measurement.value, abs=0.1), name
    for slower, like_slow_motion in ((1, False), (4, True), (8, True)):
        pace = Pace()
        for pose in (observation.pose for observation in read_signals(out / "signals.npz")):
            pace.update(replace(pose, timestamp_s=pose.timestamp_s * slower))
        assert ((pace.passage_s() or 0.0) > analyze.SLOW_PASSAGE_S) == like_slow_motion
    angles = (out / "angles.csv").read_text().splitlines()
    assert len(angles) == len((out / "series.csv").read_text().splitlines())
    assert angles[0].startswith("t_s,trunk_lean_left,pelvic_obliquity_right_up,")
    for where in (out, tmp_path / "again"):
        assert_angles_are_the_repetitions(where, session)


def assert_angles_are_the_repetitions(folder: Path, session: Session) -> None:
    """Roll and hike of angles.csv stand within the repetitions that measured them, with the same extremes, and nowhere else."""
    angles = read_series(folder / "angles.csv")
    assert angles is not None
    times = np.array(angles["t_s"])
    for name in ("pelvic_roll", "pelvic_hike"):
        values, elsewhere = np.array(angles[name]), np.ones(len(times), bool)
        for rep in session.reps:
            value = rep.measurements[name].value
            assert value is not None
            assert max(values[(times > rep.start_s) & (times < rep.end_s)]) == pytest.approx(value, abs=0.2)
            elsewhere &= (times < rep.start_s - A_FRAME_S) | (times > rep.end_s + A_FRAME_S)
        assert elsewhere.any()
        assert np.isnan(values[elsewhere]).all()
