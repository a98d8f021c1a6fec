"""One more file is one more exercise: a copied module goes through analysis, report, progress and the window, nothing else
touched."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from gui_stage import Stage
from PySide6.QtWidgets import QWidget
from report_cases import DAY

import formcheck.exercises
from formcheck.cli.main import run
from formcheck.exercises import EXERCISES
from formcheck.pose.model import model_file
from formcheck.report.progress import Sample, trends
from formcheck.session.file import read_session
from formcheck.system.errors import UserError
from formcheck.system.resources import folder

ID = "knee-opener"


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the clam under another name."""
    place = tmp_path_factory.mktemp("more") / "exercises"
    place.mkdir()
    text = (Path(formcheck.exercises.__path__[0]) / "clam.py").read_text(encoding="utf-8")
    renamed = text.replace('id="clam"', f'id="{ID}"').replace('title="Clam"', 'title="Knee opener"')
    (place / "knee_opener.py").write_text(renamed, encoding="utf-8")
    return place


@pytest.fixture(autouse=True)
def _found(added: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formcheck.exercises, "__path__", [*formcheck.exercises.__path__, str(added)])


def command(added: Path, *arguments: str) -> str:
    environment = os.environ | {"FORMCHECK_EXERCISES": str(added)}
    done = subprocess.run(
        [sys.executable, "-m", "formcheck", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def session(added: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo clip's first half, analysed as that exercise."""
    try:
        model_file(progress=lambda *_: None)
    except UserError:
        pytest.skip("the pose model is not on this machine and cannot be fetched")
    out = tmp_path_factory.mktemp("analysed") / "session"
    demo = str(folder("assets") / "demo.mp4")
    command(added, "analyze", demo, "--to", "13.7", "--exercise", ID, "--out", str(out), "--no-video")
    return out


def test_the_command_line_names_it(added: Path) -> None:
    assert ID in command(added, "analyze", "--help")
    assert ID in EXERCISES


def test_analysis_report_and_progress(session: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = read_session(session)
    assert found.exercise == ID
    assert len(found.reps) >= 3
    page = session / "again.html"
    assert run(["report", str(session), "--html", str(page)]) == 0
    assert "Knee opener" in page.read_text(encoding="utf-8")
    assert run(["compare", str(session), str(session)]) == 0
    assert "measure" in capsys.readouterr().out
    assert {t.quantity for t in trends([Sample(DAY, found)])} == {"pelvic_roll", "hip_opening"}


def test_the_window(stage: Stage, session: Path) -> None:
    stage.sets.bar.choose(ID, "", None)
    words = " ".join(w.text() for w in stage.presenter("guide").page.findChildren(QWidget) if hasattr(w, "text"))
    assert EXERCISES[ID].guide.purpose in words
    stage.start()
    stage.says("Begin")
    stage.sets.stop()
    stage.wait(lambda: not stage.sets.running)
    stage.services.sessions.review(session)
    stage.wait(lambda: stage.current == "review")
