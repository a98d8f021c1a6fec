"""The command line as a user meets it, on real files: in a process of its own where that can make a difference."""

import csv
import json
import logging
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import av
import platformdirs
import pytest
from films import first_seconds

from formcheck.analysis.analyzer import Analyzer
from formcheck.cli import tools
from formcheck.cli.command import Command
from formcheck.cli.main import load, run
from formcheck.cli.output import print_session
from formcheck.cli.parser import WINDOW, build_parser
from formcheck.cli.progress_bar import model_with_bar, progress_bar
from formcheck.cli.table import COMMANDS
from formcheck.exercises import EXERCISES
from formcheck.run.offline.again import measure_signals
from formcheck.session.file import read_session
from formcheck.system.resources import folder
from formcheck.system.settings import Settings, save_settings

DEMO = folder("assets") / "demo.mp4"


def formcheck(*arguments: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    root = str(Path(__file__).parents[2])
    a_display = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    env = {k: v for k, v in os.environ.items() if k not in a_display} | environment
    env["PYTHONPATH"] = root
    command = [sys.executable, "-m", "formcheck", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=300)


def refused(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    (line,) = [x for x in done.stderr.splitlines() if x.startswith("formcheck:")]
    return line


class Here:
    """Commands in this process, for those that say the same in one of their own."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def done(self, *arguments: object) -> str:
        """What is on standard output."""
        code = run([str(a) for a in arguments])
        said = self._capsys.readouterr()
        assert code == 0, said.out + said.err
        return said.out

    def refused(self, *arguments: object) -> str:
        """The one line that says why not."""
        with pytest.raises(SystemExit, match="2"):
            sys.exit(run([str(a) for a in arguments]))
        said = self._capsys.readouterr().err
        assert "Traceback" not in said
        (line,) = [x for x in said.splitlines() if x.startswith("formcheck:")]
        return line


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Here:
    return Here(capsys)


@pytest.fixture(scope="module")
def demo_session(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """`formcheck demo` without a display, in an empty folder."""
    where = tmp_path_factory.mktemp("demo")
    done = formcheck("demo", cwd=where)
    assert done.returncode == 0, done.stderr
    return where / "formcheck-demo", done.stdout


def test_demo_counts_and_finds(demo_session: tuple[Path, str]) -> None:
    out, printed = demo_session
    session = json.loads((out / "session.json").read_text())
    assert session["exercise"] == "clam"
    assert session["side"] == "right"
    assert session["summary"]["reps"] == 6
    flagged = [sorted({f["fault"] for f in rep["findings"]} & {"pelvic_roll", "pelvic_hike"}) for rep in session["reps"]]
    assert flagged[1] == ["pelvic_roll"]  # true roll 26 degrees
    assert flagged[3] == []  # true roll 2 degrees
    assert flagged[5] == []  # true roll 4 degrees
    assert "6 repetitions" in printed
    assert str(Path("formcheck-demo") / "annotated.mp4") in printed
    assert "not medical advice" in printed


def test_demo_leaves_whole_files(demo_session: tuple[Path, str]) -> None:
    out, _ = demo_session
    assert sorted(p.name for p in out.iterdir()) == [
        *("angles.csv", "annotated.mp4", "record.json", "report.html", "reps.csv", "series.csv", "session.json", "signals.npz"),
    ]
    session = json.loads((out / "session.json").read_text())
    with av.open(str(out / "annotated.mp4")) as container:
        times = [frame.time for frame in container.decode(video=0)]
    assert len(times) == session["video"]["frames"] == len((out / "series.csv").read_text().splitlines()) - 1
    assert times[-1] == pytest.approx(session["video"]["duration_s"], abs=0.1)
    curves = list(csv.DictReader((out / "series.csv").read_text(encoding="utf-8").splitlines()))
    assert next(iter(curves[0])) == "t_s"
    assert list(curves[0])[-1].startswith("relative to its level at rest: hip_opening pelvic_roll")
    opening = [float(row["hip_opening"]) for row in curves if row["hip_opening"]]
    assert max(abs(b - a) for a, b in pairwise(opening)) < 8.0  # degrees in a frame; at a repetition's edge it was 24
    if os.name == "posix":
        assert all(p.stat().st_mode & 0o077 == 0 for p in out.glob("*.json"))


def test_a_film_measured_as_another_exercise_says_so(
    demo_session: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = demo_session
    before = read_session(out)
    analyzer = Analyzer(EXERCISES["sidelying-er"])
    wrong = measure_signals(out / "signals.npz", before, analyzer, tmp_path)
    print_session(wrong)
    said = "This looks like clam, not sidelying external rotation: measure it as that."
    assert said in capsys.readouterr().out
    assert said in (tmp_path / "report.html").read_text(encoding="utf-8")
    session = json.loads((tmp_path / "session.json").read_text(encoding="utf-8"))
    assert session["looks_like"] == "clam"
    assert session["summary"]["clean_reps"] == 0
    assert not any(rep["findings"] for rep in session["reps"])
    assert read_session(tmp_path).looks_like == "clam"


def test_a_folder_of_videos(tmp_path: Path, here: Here) -> None:
    videos, out = tmp_path / "videos", tmp_path / "videos" / "out"
    for name, seconds in (
        ("one.ts", 1.0),
        ("two.mov", 0.5),
        ("two.mp4", 0.5),
        ("inside/three.m2ts", 0.6),
        (".hidden/a.mp4", 0.5),
    ):
        (videos / name).parent.mkdir(parents=True, exist_ok=True)
        first_seconds(DEMO, seconds, videos / name)
    for name in ("broken.mp4", "notes.txt", "._one.ts", ".DS_Store"):
        (videos / name).write_text("no video")
    command = ("analyze", videos, "--exercise", "clam", "--out", out, "--no-video", "--recursive")
    done = formcheck(*command)
    assert refused(done) == "formcheck: not analysed, for the reasons in the table: broken.mp4"
    assert "Left out, as no videos: notes.txt\n" in done.stdout
    table = [line.split(None, 3) for line in done.stdout.splitlines() if line.split()[:1] and line.split()[0].count(".") == 1]
    assert [row[0] for row in table] == ["broken.mp4", str(Path("inside", "three.m2ts")), "one.ts", "two.mov", "two.mp4"]
    assert table[0][1:] == ["-", "-", "broken.mp4: is not a video, or is damaged from the start; check that it plays"]
    assert "4 of 5 videos" in done.stdout
    assert sorted(p.name for p in out.iterdir()) == ["inside", "one", "two.mov", "two.mp4"]
    assert json.loads((out / "one" / "session.json").read_text())["video"]["frames"] == 20
    assert (out / "inside" / "three" / "session.json").exists()

    before = (out / "one" / "session.json").stat().st_mtime_ns
    (videos / "broken.mp4").unlink()
    assert here.done(*command).count("done before") == 4
    assert (out / "one" / "session.json").stat().st_mtime_ns == before


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text here")
def test_a_film_whose_name_is_no_text(tmp_path: Path) -> None:
    """As on disks that were written by a Windows of old; the output is a file in cp1252."""
    film = tmp_path / os.fsdecode(b"caf\xe9.mp4")
    first_seconds(DEMO, 0.5, tmp_path / "a.mp4").rename(film)
    out = tmp_path / os.fsdecode(b"s\xe9ance")
    done = formcheck("analyze", film, "--exercise", "clam", "--out", out, "--no-video", PYTHONIOENCODING="cp1252")
    assert done.returncode == 0, done.stderr
    assert json.loads((out / "session.json").read_text())["video"]["name"] == "caf?.mp4"
    report = formcheck("report", out, "--pdf", out / "a.pdf")
    assert report.returncode == 0, report.stderr


def test_a_folder_without_videos_is_refused(tmp_path: Path) -> None:
    assert "holds no video" in refused(formcheck("analyze", tmp_path, "--exercise", "clam", "--out", tmp_path / "out"))


def test_report_of_a_session(demo_session: tuple[Path, str], tmp_path: Path, here: Here) -> None:
    out, _ = demo_session
    here.done("report", out, "--pdf", tmp_path / "a.pdf", "--html", tmp_path / "a.html")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert "not medical advice" in (tmp_path / "a.html").read_text()


def test_a_report_into_a_missing_folder_names_that_folder(demo_session: tuple[Path, str], tmp_path: Path, here: Here) -> None:
    line = here.refused("report", demo_session[0], "--pdf", tmp_path / "none" / "a.pdf")
    assert f"{tmp_path / 'none'}: there is no such folder" in line


def test_compare_a_session_with_itself_names_no_side(demo_session: tuple[Path, str], here: Here) -> None:
    out, _ = demo_session
    said = here.done("compare", out, out).lower()
    assert said
    assert "less control" not in said.replace("no side shows less control", "")


def test_a_part_of_a_film_without_a_video_of_it(tmp_path: Path, here: Here) -> None:
    what = ("analyze", DEMO, "--exercise", "clam", "--out", tmp_path / "out", "--no-video")
    here.done(*what, "--from", "0:05", "--to", "6,5", "--when", "2024-05-06T07:08", "--capture-fps", "40")
    assert not (tmp_path / "out" / "annotated.mp4").exists()
    session = json.loads((tmp_path / "out" / "session.json").read_text())
    video = session["video"]
    assert (video["from_s"], video["to_s"], video["frames"], video["capture_fps"]) == (5.0, 6.5, 30, 40.0)
    assert video["duration_s"] == pytest.approx(0.75, abs=0.01)
    assert any("Slow motion" in notice for notice in session["notices"])
    when = json.loads((tmp_path / "out" / "record.json").read_text())["when"]
    assert datetime.fromisoformat(when) == datetime(2024, 5, 6, 7, 8).astimezone()

    assert "--replace" in here.refused(*what)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--from", "9", "--to", "0:08"), "--to must be later"),
        (("--from", "1:99"), "1:02:03.5"),
        (("--from", "99"), "ends at 25.6 s"),
        (("--capture-fps", "3"), "plays 20 frames a second"),
        (("--when", "yesterday"), "--when"),
        (("--when", "0001-01-01"), "--when"),
        (("--when", "2999-01-01"), "--when"),
    ],
)
def test_options_that_make_no_sense(
    tmp_path: Path, options: tuple[str, ...], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["analyze", str(DEMO), "--exercise", "clam", "--out", str(tmp_path / "out"), *options]
    with pytest.raises(SystemExit, match="2"):
        sys.exit(run(command))
    assert word in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("make", "word"),
    [
        pytest.param(lambda p: p / "none.mp4", "no such file", id="missing"),
        pytest.param(lambda p: p, "folder", id="a folder"),
        pytest.param(lambda p: _write(p / "text.mp4", b"hello\n" * 100), "not a video", id="text"),
        pytest.param(lambda p: _write(p / "empty.mp4", b""), "empty", id="empty"),
        pytest.param(lambda p: _write(p / "head.mp4", DEMO.read_bytes()[:2000]), "mp4", id="cut to its head"),
        pytest.param(lambda p: _sound(p / "sound.mp4"), "sound", id="sound only"),
        pytest.param(lambda p: _nobody(p / "nobody.mp4"), "nobody", id="nobody in it"),
    ],
)
def test_bad_videos(tmp_path: Path, here: Here, make, word: str) -> None:  # type: ignore[no-untyped-def]
    video = make(tmp_path)
    line = here.refused("analyze", video, "--exercise", "clam", "--out", tmp_path / "out")
    assert word in line
    assert not (tmp_path / "out").exists()


def test_unknown_exercise(tmp_path: Path, here: Here) -> None:
    assert "did you mean clam?" in here.refused("analyze", DEMO, "--exercise", "clams", "--out", tmp_path / "out")


def test_unknown_variant(tmp_path: Path, here: Here) -> None:
    line = here.refused("analyze", DEMO, "--exercise", "clam", "--variant", "upside-down", "--out", tmp_path / "out")
    assert "standard" in line


def test_a_view_that_the_exercise_is_not_filmed_from(tmp_path: Path, here: Here) -> None:
    line = here.refused("analyze", DEMO, "--exercise", "clam", "--view", "behind", "--out", tmp_path / "out")
    assert "front" in line
    assert not (tmp_path / "out").exists()


def test_out_is_a_file(tmp_path: Path, here: Here) -> None:
    file = _write(tmp_path / "file", b"")
    assert "file" in here.refused("analyze", DEMO, "--exercise", "clam", "--out", file)


def test_not_a_session(tmp_path: Path, here: Here) -> None:
    assert "session.json" in here.refused("report", tmp_path, "--html", tmp_path / "a.html")


def test_help_names_the_commands() -> None:
    done = formcheck("--help")
    assert done.returncode == 0
    for word in ("demo", "analyze", "cameras", "models", "report", "compare", "doctor"):
        assert word in done.stdout


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_every_command_has_its_function_and_its_help(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert callable(load(command.action))
    with pytest.raises(SystemExit) as left:
        build_parser().parse_args([*command.name.split(), "--help"])
    assert left.value.code == 0
    assert f"usage: formcheck {command.name}" in capsys.readouterr().out


def test_what_nobody_foresaw_is_one_line_and_a_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_: object) -> None:
        raise ZeroDivisionError("three\nlines\nof it")

    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_, **__: tmp_path / "log")
    monkeypatch.setattr(tools, "models", fails)
    logger = logging.getLogger("formcheck")
    monkeypatch.setattr(logger, "handlers", [])
    assert run(["models"]) == 70
    (line,) = capsys.readouterr().err.splitlines()
    assert "ZeroDivisionError" in line
    assert str(tmp_path / "log" / "formcheck.log") in line
    for handler in logger.handlers:
        handler.close()
    assert "in fails" in (tmp_path / "log" / "formcheck.log").read_text(encoding="utf-8")


def test_names_that_the_output_cannot_hold_do_not_stop_a_command(tmp_path: Path) -> None:
    """Redirected on a Western Windows, output is in cp1252."""
    homes = {name: str(tmp_path) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME", "LOCALAPPDATA", "APPDATA")}
    done = formcheck("clients", "add", "患者一", PYTHONIOENCODING="cp1252", **homes)
    assert done.returncode == 0, done.stderr
    assert "\\u60a3" in done.stdout


def test_without_a_command_the_window_opens() -> None:
    assert build_parser().parse_args([]).action == WINDOW


def test_bars_are_not_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    """`formcheck models --path` prints the path and nothing else there."""
    with progress_bar("Fetching", "B") as show:
        show(5, 10)
        show(10, 10)
    assert capsys.readouterr().out == ""


def test_the_settings_model_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_config_dir", lambda *_, **__: str(tmp_path))
    with zipfile.ZipFile(tmp_path / "own.task", "w") as model:
        model.writestr("pose_detector.tflite", b"")
    save_settings(Settings(model=str(tmp_path / "own.task")))
    assert model_with_bar() == tmp_path / "own.task"


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _sound(path: Path) -> Path:
    import numpy as np

    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=16000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 16000), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 16000
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    return path


def _nobody(path: Path) -> Path:
    import numpy as np

    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=15)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for _ in range(30):
            frame = av.VideoFrame.from_ndarray(np.full((240, 320, 3), 120, np.uint8), format="bgr24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_help_waits_for_no_library_and_knows_every_exercise() -> None:
    code = (
        "import contextlib, sys, formcheck.cli.main as main\n"
        "with contextlib.suppress(SystemExit): main.run(['analyze', '--help'])\n"
        "assert not {'numpy', 'cv2', 'av', 'mediapipe', 'PySide6', 'tqdm', 'apsw'} & set(sys.modules)"
    )
    wide = os.environ | {"COLUMNS": "1000"}
    words = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=wide).stdout
    assert all(exercise in words for exercise in EXERCISES)


def test_without_a_place_to_print_it_ends_all_the_same(tmp_path: Path) -> None:
    """As the program of Windows' start menu is, which has no console."""
    code = "import sys; sys.stdout = sys.stderr = None; from formcheck.cli.main import run; sys.exit(run(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", code, "open", str(tmp_path / "nothing")], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")
