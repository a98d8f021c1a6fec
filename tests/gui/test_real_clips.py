"""Real clips and the real model in the window: a video analysed, a session measured again, a set of a plan."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import av
import pytest
from films import cut_out
from gui_stage import Stage
from patient_clip import PatientClip
from PySide6.QtCore import QDate, QDateTime, QTime
from pytestqt.qtbot import QtBot

from formcheck import __version__
from formcheck.exercises import EXERCISES
from formcheck.gui.program import Program
from formcheck.gui.review.analyze_dialog import AnalyzeDialog
from formcheck.gui.sets.equipment import Equipment
from formcheck.gui.sound.voice import Voice
from formcheck.library.clients import CONSENT_WORDS, Consent
from formcheck.library.plans import Item, Plan
from formcheck.library.store.sync import open_library
from formcheck.pose.model import model_file
from formcheck.results import Limits, Session, VideoInfo
from formcheck.run.live.folder import new_folder
from formcheck.session.file import read_session, write_session
from formcheck.session.ownership import Ownership, read_ownership, write_ownership
from formcheck.system.errors import UserError
from formcheck.system.folder_lock import is_being_written, is_unfinished
from formcheck.system.resources import folder as resources
from formcheck.system.settings import Settings

DEMO = resources("assets") / "demo.mp4"
PATIENCE_MS = 600_000
"""For what the model does: seconds on a computer that does nothing else."""
FILMED = QDateTime(QDate(2026, 3, 4), QTime(17, 5))


@pytest.fixture(scope="module", autouse=True)
def model() -> Path:
    try:
        return model_file(progress=lambda *_: None)
    except UserError:
        pytest.skip("the pose model is not on this machine and cannot be fetched")


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One repetition of the demo, from a key frame on."""
    return cut_out(DEMO, 12.5, 17.5, tmp_path_factory.mktemp("clip") / "short.mp4")


def client_with(stage: Stage, *, video: bool) -> str:
    """Clinic mode with one client who agreed to recording; the uid."""
    with open_library(sessions=stage.settings.value.sessions()) as library:
        client = library.new_client("K-1", "Name of K-1")
        library.give_consent(client.uid, Consent(datetime.now().astimezone(), True, video, CONSENT_WORDS))
    stage.settings.change(clinic=True)
    stage.library.choose(client.uid)
    stage.wait(lambda: stage.library.content.client is not None)
    return str(client.uid)


def dialog_for(stage: Stage, video: Path) -> AnalyzeDialog:
    stage.program.analysis.analyze(video)
    dialog = stage.dialog(AnalyzeDialog)
    dialog.exercise_box.setCurrentIndex(dialog.exercise_box.findData("clam"))
    return dialog


def pictures_in(film: Path) -> int:
    with av.open(str(film)) as container:
        return len(list(container.decode(video=0)))


def folders(stage: Stage) -> list[Path]:
    return [p for p in stage.settings.value.sessions().iterdir() if p.is_dir() and not p.name.startswith(".")]


def test_a_video_is_kept_as_its_owner_s_session_of_the_day_it_was_filmed(stage: Stage, short: Path) -> None:
    uid = client_with(stage, video=True)
    dialog = dialog_for(stage, short)
    assert dialog.when.dateTime().toSecsSinceEpoch() // 60 == int(short.stat().st_mtime) // 60
    dialog.when.setDateTime(FILMED)
    dialog.annotated.setChecked(False)
    dialog.original.setChecked(True)
    dialog.go.click()
    assert not dialog.original.isEnabled()
    stage.wait(
        lambda: any(is_being_written(f) for f in folders(stage)), PATIENCE_MS
    )  # no other program takes it for one to tidy up
    stage.wait(lambda: len(stage.library.content.entries) == 1, PATIENCE_MS)
    entry = stage.library.content.entries[0]
    folder = stage.settings.value.sessions() / entry.folder
    when = datetime.fromtimestamp(FILMED.toSecsSinceEpoch()).astimezone()
    assert (entry.client, entry.when, entry.reps) == (uid, when, 1)
    ownership = read_ownership(folder)
    assert ownership is not None
    assert (ownership.client, ownership.when) == (uid, when)
    assert not is_unfinished(folder)
    assert [p.name for p in folder.glob("*.mp4")] == ["raw.mp4"]
    assert pictures_in(folder / "raw.mp4") == pictures_in(short)
    stage.wait(lambda: stage.current == "review")


def test_with_nothing_unticked_the_annotated_video_is_kept_and_the_original_is_not(stage: Stage, short: Path) -> None:
    dialog = dialog_for(stage, short)
    assert dialog.picker is not None
    dialog.picker.start.setValue(0.5)
    dialog.picker.end.setValue(4.5)
    dialog.go.click()
    stage.wait(lambda: len(stage.library.content.entries) == 1, PATIENCE_MS)
    assert stage.library.content.entries[0].client is None
    assert [p.name for p in folders(stage)[0].glob("*.mp4")] == ["annotated.mp4"]
    video = read_session(folders(stage)[0]).video
    assert (video.from_s, video.to_s, video.frames) == (0.5, 4.5, pictures_in(folders(stage)[0] / "annotated.mp4"))
    assert video.frames == 80  # the demo has 20 a second


def test_without_consent_to_video_only_figures_can_be_kept(stage: Stage, short: Path) -> None:
    client_with(stage, video=False)
    stage.settings.change(record_raw=True)
    dialog = dialog_for(stage, short)
    for box in (dialog.annotated, dialog.original):
        assert not box.isChecked()
        assert not box.isEnabled()
    dialog.reject()


def test_a_mirrored_original_is_not_kept(stage: Stage, short: Path) -> None:
    dialog = dialog_for(stage, short)
    dialog.original.setChecked(True)
    dialog.mirrored.setChecked(True)
    assert not dialog.original.isEnabled()
    dialog.mirrored.setChecked(False)
    assert dialog.original.isEnabled()
    dialog.reject()


def test_a_cancelled_analysis_leaves_nothing(stage: Stage, short: Path) -> None:
    dialog = dialog_for(stage, short)
    dialog.original.setChecked(True)
    gone: list[object] = []
    dialog.finished.connect(gone.append)
    dialog.go.click()
    stage.wait(lambda: bool(folders(stage)), PATIENCE_MS)
    dialog.cancel.click()
    stage.wait(lambda: bool(gone), PATIENCE_MS)
    assert not folders(stage)
    assert not stage.library.content.entries


def test_a_video_with_nobody_in_it_says_so_and_leaves_nothing(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "no.mp4").write_bytes(b"this is no video")
    dialog = dialog_for(stage, tmp_path / "no.mp4")
    dialog.go.click()
    stage.wait(lambda: "no.mp4" in dialog.problem.text(), PATIENCE_MS)
    assert not folders(stage)
    assert dialog.go.isEnabled()
    assert dialog.annotated.isEnabled()
    dialog.reject()


def test_a_session_of_an_older_version_is_measured_again(stage: Stage, short: Path) -> None:
    folder = new_folder(stage.settings.value.sessions(), "clam")
    limits = {"pelvic_roll": Limits(3.0, 4.0)}
    video = VideoInfo("camera", 640, 480, 30.0, 5.0, 100)
    write_session(folder, Session("0.0.9", "clam", "standard", None, video, "full", 100, limits, ()))
    write_ownership(folder, Ownership("d" * 32, datetime.now().astimezone() - timedelta(days=9)))
    (folder / "notes.json").write_text(json.dumps({"format": "formcheck-notes", "version": 1, "assessment": "held well"}))
    (folder / "raw.mp4").write_bytes(short.read_bytes())
    stage.library.refresh()
    stage.wait(lambda: len(stage.library.content.older) == 1)
    stage.presenter("progress").measure_again(stage.library.content.older)
    stage.wait(lambda: "1 session measured again" in stage.notice, PATIENCE_MS)
    stage.wait(lambda: not stage.library.content.older)
    session, entry = read_session(folder), stage.library.content.entries[0]
    assert (session.program, session.video.frames) == (__version__, read_frames(short))
    assert session.thresholds["pelvic_roll"] == limits["pelvic_roll"]  # as it was judged then
    assert (len(session.reps), entry.reps, entry.program) == (1, 1, __version__)
    assert entry.uid == "d" * 32
    assert json.loads((folder / "notes.json").read_text())["assessment"] == "held well"
    assert pictures_in(folder / "raw.mp4") == pictures_in(short)


def read_frames(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


@pytest.fixture
def played(qtbot: QtBot, settings: Settings) -> Iterator[Program]:
    """A window whose camera plays the demo, with the real model."""
    equipment = Equipment(list_cameras=list, open_source=lambda *_: lambda: PatientClip(DEMO), make_voice=Voice)
    program = Program(EXERCISES, replace(settings, guide=False), equipment=equipment)  # no checks: the person does not wait
    qtbot.addWidget(program.window)
    program.window.show()
    yield program
    program.window.close()


def test_a_clip_runs_through_a_plan_s_set(played: Program, qtbot: QtBot) -> None:
    sessions = played.services.settings.value.sessions()
    item = Item("a" * 32, "clam", "standard", None, 2, 2, 45.0, limits={"pelvic_roll": Limits(6, 9)}, per_week=7)
    with open_library(sessions=sessions) as library:
        library.put_plan(Plan("c" * 32, "Weeks 1 to 4", (item,)))
    played.services.library.refresh()
    plan = played.navigator.presenter("guide").page.plan
    qtbot.waitUntil(plan.start_button.isVisible, timeout=PATIENCE_MS)
    plan.start_button.click()
    count, summary = played.navigator.presenter("live").page.panel.count, played.navigator.presenter("summary").page
    qtbot.waitUntil(lambda: count.text == "1 / 2", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: played.navigator.current == "summary", timeout=PATIENCE_MS)
    assert count.text == "2 / 2"
    qtbot.waitUntil(summary.rest.isVisible, timeout=PATIENCE_MS)
    assert re.fullmatch(r"Rest 0:[234]\d", summary.rest.count.text)  # of 0:45; a busy computer sees it late
    assert "Set 2 of 2" in summary.rest.words.text()
    content = played.services.library.content
    entry = content.entries[0]
    session = read_session(sessions / entry.folder)
    assert (entry.plan, entry.item, entry.reps) == ("c" * 32, "a" * 32, 2)
    assert session.thresholds["pelvic_roll"] == Limits(6, 9)
    assert session.video.duration_s < read_length_s(DEMO) - 2  # it ended with the last repetition, not with the clip
    (_, (done,)) = content.done[0]
    assert (done.sets_done, done.days_done) == (1, 0)
    assert content.next_set is not None
    assert content.next_set.number == 2


def read_length_s(path: Path) -> float:
    with av.open(str(path)) as container:
        return max(float(frame.time or 0) for frame in container.decode(video=0))
