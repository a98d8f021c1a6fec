"""A therapist's day at the command line, each command as the user meets it."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import platformdirs
import pytest
from films import first_seconds

from formcheck.cli.main import run
from formcheck.library.encryption import crypto
from formcheck.results import Finding, Limits, Measurement, Rep, Session, Severity, Side, VideoInfo
from formcheck.session.file import read_session, write_session
from formcheck.system import resources
from formcheck.system.settings import Settings, save_settings

Run = Callable[..., str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty computer: data and settings in folders of the test."""
    for name in ("user_data_dir", "user_config_dir"):
        monkeypatch.setattr(platformdirs, name, lambda *_, name=name, **__: str(tmp_path / name))
    monkeypatch.setattr(crypto, "COST", (4, 1, 1))
    return tmp_path


@pytest.fixture
def formcheck(here: Path, capsys: pytest.CaptureFixture[str]) -> Run:  # noqa: ARG001
    def call(*words: object, fails: bool = False) -> str:
        code = run([str(w) for w in words])
        out, err = capsys.readouterr()
        assert code == (2 if fails else 0), out + err
        return err if fails else out

    return call


def clam(folder: Path, roll: float, side: Side = Side.LEFT) -> Path:
    found = (Finding("pelvic_roll", Severity.CAUTION, 4.0, roll, 10.0, "deg"),) if roll > 10 else ()
    reps = tuple(
        Rep(i, side, 3.0 * i, 3.0 * i + 1, 3.0 * i + 2, {"pelvic_roll": Measurement(roll, "deg", 2.5)}, found) for i in (1, 2)
    )
    video = VideoInfo("a.mp4", 640, 480, 30.0, 20.0, 600)
    folder.mkdir(parents=True)
    write_session(folder, Session("0.1.0", "clam", "standard", side, video, "full", 600, {"pelvic_roll": Limits(10, 15)}, reps))
    (folder / "annotated.mp4").write_bytes(b"video")
    return folder


def test_a_day(here: Path, formcheck: Run) -> None:
    formcheck("clients", "add", "K-1", "--name", "Ann")
    formcheck("clients", "add", "K-2")
    assert "consent" in formcheck("library", "add", clam(here / "0", 12.0), "--client", "K-1", fails=True)
    formcheck("clients", "consent", "K-1", "--video")
    for day, roll in enumerate((12.0, 8.0, 3.0), 1):
        folder = clam(here / f"set{day}", roll)
        formcheck("library", "add", folder, "--client", "ann", "--keep-video", "--when", f"2026-11-0{day}T10:00")
    formcheck("library", "add", here / "set1")
    assert "3 sessions" in formcheck("clients", "list").splitlines()[0]
    listed = formcheck("library", "list").splitlines()
    assert len(listed) == 5
    assert listed[1].startswith("2026-11-01 10:00  K-1  Clam left  0 of 2 clean")

    said = formcheck(
        "progress", "--client", "K-1", *(w for k in ("pdf", "html", "csv", "json") for w in (f"--{k}", here / f"p.{k}"))
    )
    assert "12° to 3°: less by 9°, beyond measurement error" in said
    assert (here / "p.pdf").read_bytes().startswith(b"%PDF")
    assert "K-1" in (here / "p.html").read_text()
    assert "Ann" not in (here / "p.html").read_text() + (here / "p.csv").read_text() + (here / "p.json").read_text()
    assert "no session in that period" in formcheck("progress", "--to", "1999-01-01", "--pdf", here / "q.pdf", fails=True)

    formcheck("library", "send", here / "sent.zip", "--client", "K-1", "--videos")
    formcheck("clients", "export", "K-1", here / "export")
    assert "name a new folder" in formcheck("clients", "export", "K-1", here / "export", fails=True)
    assert "say --yes" in formcheck("clients", "delete", "K-1", fails=True)
    deleted = formcheck("clients", "delete", "K-1", "--yes")
    assert str(here / "sent.zip") in deleted
    assert str(here / "export") in deleted
    assert len(formcheck("library", "list").splitlines()) == 2
    assert "3 sessions taken in" in formcheck("library", "receive", here / "sent.zip", "--keep-video")
    (here / "user_data_dir" / "library.db").write_bytes(b"garbage" * 1000)
    assert "library rebuild" in formcheck("library", "list", fails=True)
    assert "4 sessions, 1 clients" in formcheck("library", "rebuild")


def test_locked(here: Path, formcheck: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    formcheck("library", "add", clam(here / "set", 12.0))
    assert "terminal" in formcheck("library", "lock", fails=True)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _: "correct horse battery")
    assert "nobody gets into" in formcheck("library", "lock")
    (folder,) = (here / "user_data_dir" / "sessions").iterdir()
    assert all(p.suffix == ".locked" for p in folder.iterdir())
    formcheck("report", folder, "--html", here / "r.html")
    assert "(caution)" in (here / "r.html").read_text()
    monkeypatch.setattr("getpass.getpass", lambda _: "wrong")
    assert "does not open" in formcheck("report", folder, "--html", here / "r2.html", fails=True)
    assert "does not open" in formcheck("library", "list", fails=True)
    monkeypatch.setenv("FORMCHECK_PASSPHRASE", "correct horse battery")
    assert "clam" in formcheck("library", "list")
    formcheck("library", "unlock")
    monkeypatch.delenv("FORMCHECK_PASSPHRASE")
    assert "clam" in formcheck("library", "list")


def test_plans_and_retention(here: Path, formcheck: Run) -> None:
    (here / "plan.json").write_text("{}")
    assert "not a plan" in formcheck("plans", "import", here / "plan.json", fails=True)
    assert "no plan called" in formcheck("plans", "export", "x", here / "y.json", fails=True)
    formcheck("library", "add", clam(here / "set", 3.0), "--when", "2020-01-01T10:00")
    assert "sessions 30 days" in formcheck("library", "retention", "--sessions", "30")
    assert "say --yes" in formcheck("library", "retention")
    formcheck("library", "retention", "--yes")
    assert len(formcheck("library", "list").splitlines()) == 1


def test_sessions_of_an_older_version_are_measured_again(here: Path, formcheck: Run) -> None:
    for name in ("with", "without"):
        folder = clam(here / name, 12.0)
        session = read_session(folder)
        write_session(folder, replace(session, program="0.0.1", side=None))
        if name == "with":
            first_seconds(resources.folder("assets") / "demo.mp4", 1.0, folder / "raw.mp4")
        formcheck("library", "add", folder, "--keep-video")
    said = formcheck("library", "reanalyse")
    assert "measured again" in said
    assert "neither raw video nor signals were kept" in said
    assert "measured again" not in formcheck("library", "reanalyse")


def test_the_model_that_the_settings_name_is_used_everywhere(here: Path, formcheck: Run) -> None:
    save_settings(Settings(model=str(here / "gone.task")))
    demo = resources.folder("assets") / "demo.mp4"
    for video in (demo, demo.parent):
        said = formcheck("analyze", video, "--exercise", "clam", "--out", here / "out", fails=True)
        assert "gone.task: the model named in the settings" in said
    folder = clam(here / "set", 12.0)
    write_session(folder, replace(read_session(folder), program="0.0.1"))
    shutil.copy(demo, folder / "raw.mp4")
    formcheck("library", "add", folder, "--keep-video")
    assert "gone.task: the model named in the settings" in formcheck("library", "reanalyse", fails=True)


def test_a_session_is_mended(here: Path, formcheck: Run) -> None:
    for code in ("K-1", "K-2"):
        formcheck("clients", "add", code)
        formcheck("clients", "consent", code)
    kept = Path(formcheck("library", "add", clam(here / "set", 12.0), "--client", "K-1").strip()).name
    assert "--to CLIENT, or --owner" in formcheck("library", "move", kept, fails=True)
    assert "session of K-2" in formcheck("library", "move", kept, "--to", "K-2")
    assert kept not in formcheck("library", "list", "--client", "K-1")
    dated = formcheck("library", "date", kept, "2026-01-05T08:15").split(":")[0]
    assert dated.startswith("2026-01-05_0815_clam")
    assert "2026-01-05 08:15  K-2" in formcheck("library", "list", "--client", "K-2")
    assert "--code CODE" in formcheck("clients", "rename", "K-2", fails=True)
    assert "P-9" in formcheck("clients", "rename", "K-2", "--code", "P-9")
    formcheck("progress", "--client", "P-9", "--html", here / "period.html")
    assert "P-9 (before: K-2 until" in (here / "period.html").read_text(encoding="utf-8")
    assert "your own" in formcheck("library", "move", dated, "--owner")


def test_the_same_film_twice_is_said(here: Path, formcheck: Run) -> None:
    for name in "abc":
        folder = clam(here / name, 12.0)
        session = read_session(folder)
        write_session(folder, replace(session, video=replace(session.video, sha256="0" * 64)))
    formcheck("library", "add", here / "a")
    assert "already, as" in formcheck("library", "add", here / "b", fails=True)
    assert "the same film is there already" in formcheck("library", "add", here / "b", "--again")
    formcheck("clients", "add", "K-1")
    formcheck("clients", "consent", "K-1")
    assert "the same film is there already" in formcheck("library", "add", here / "c", "--client", "K-1")


def test_figures_for_a_spreadsheet(here: Path, formcheck: Run) -> None:
    formcheck("library", "add", clam(here / "set", 12.0))
    formcheck("progress", "--csv", here / "a.csv", "--separator", ";", "--decimal", ",", "--xlsx", here / "a.xlsx")
    assert (here / "a.csv").read_text(encoding="utf-8").startswith("\ufeffwhen;utc_offset_h;client;")
    assert ";12,0;2,5;deg" in (here / "a.csv").read_text(encoding="utf-8")
    assert "another separator" in formcheck("progress", "--csv", here / "b.csv", "--decimal", ",", fails=True)
    formcheck("report", here / "set", "--xlsx", here / "set.xlsx")
    assert openpyxl.load_workbook(here / "set.xlsx").sheetnames == ["sessions", "repetitions"]
