"""The record in the window: clients and consent, sessions, plans, progress, the passphrase. Real files, a real library."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from gui_stage import Stage
from PySide6.QtWidgets import QMessageBox, QPushButton

from formcheck.gui.clients.consent_dialog import ConsentDialog
from formcheck.gui.live.set_runner import make_plan
from formcheck.gui.live.worker import Ended
from formcheck.gui.plans.plan_editor import PlanEditor
from formcheck.library.clients import CONSENT_WORDS, VIDEO_WORDS
from formcheck.library.encryption import crypto, sealed
from formcheck.library.encryption.passphrase import set_passphrase
from formcheck.library.plans import Item, Plan, dump
from formcheck.library.retention import Retention, write_retention
from formcheck.library.services import NextSet
from formcheck.library.store.library import Library
from formcheck.library.store.sync import open_library
from formcheck.results import Finding, Limits, Measurement, Rep, Session, Severity, Side, VideoInfo
from formcheck.run.live.folder import new_folder
from formcheck.session.file import read_session, write_session
from formcheck.session.notes import Notes
from formcheck.session.ownership import Owner, Ownership, read_ownership, write_ownership

PASSPHRASE = "four words are good"
NOW = datetime.now().astimezone()


@pytest.fixture(autouse=True)
def _quick_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crypto, "COST", (4, 1, 1))


@pytest.fixture
def library(stage: Stage) -> Iterator[Library]:
    """The window's library, once the window has read it."""
    stage.qtbot.wait(50)
    with open_library(sessions=stage.window.settings.sessions()) as library:
        yield library


def clam(roll: float = 4.0, side: Side = Side.LEFT, program: str = "0.1.0", reps: int = 3) -> Session:
    found = (Finding("pelvic_roll", Severity.CAUTION, 4.0, roll, 10.0, "deg"),) if roll > 10 else ()
    measured = {"pelvic_roll": Measurement(roll, "deg", 2.5), "hip_opening": Measurement(35.0, "deg", 4.0)}
    done = tuple(Rep(i, side, 3.0 * i, 3.0 * i + 1, 3.0 * i + 2, measured, found) for i in range(1, reps + 1))
    video = VideoInfo("camera", 640, 480, 30.0, 20.0, 600)
    return Session(program, "clam", "standard", side, video, "full", 600, {"pelvic_roll": Limits(10, 15)}, done)


def set_folder(stage: Stage, session: Session, owner: Owner | None = None, days_ago: float = 0) -> Path:
    """A folder as a live set leaves it among the sessions."""
    owner = owner or Owner()
    folder = new_folder(stage.window.settings.sessions(), "clam")
    write_session(folder, session)
    when = NOW - timedelta(days=days_ago)
    write_ownership(folder, Ownership(f"{abs(hash(folder)):032x}"[:32], when, owner.client, owner.plan, owner.item))
    return folder


def end_set(stage: Stage, session: Session, next_set: NextSet | None = None) -> Path:
    """What the window does when a live set has ended, with a person who did repetitions."""
    window = stage.window
    owner = stage.controller.room.owner
    plan = make_plan(window.bar.exercise, window.bar.source, window.settings, checks=False, owner=owner, next_set=next_set)
    folder = set_folder(stage, session, plan.owner)
    window._set_ended(Ended(session, folder, None), plan)
    stage.wait(lambda: any(e.folder == folder.name for e in stage.controller.room.content.entries))
    return folder


def clinic(stage: Stage, *codes: str) -> None:
    """Clinic mode with these clients, the last of them chosen."""
    dialog = stage.controller.edit_settings()
    dialog.fields["clinic"].set_value(True)
    dialog.accept()
    for code in codes:
        dialogs = stage.controller.dialogs
        dialogs.show_clients()
        dialogs.clients.code.setText(code)
        dialogs.clients.name.setText(f"Name of {code}")
        dialogs.clients.add_button.click()
        stage.wait(lambda code=code: code in [getattr(stage.controller.room.content.client, "code", None)])
        dialogs.clients.reject()


def agree(stage: Stage, *, video: bool) -> None:
    dialog = consent_dialog(stage)
    dialog.recording.setChecked(True)
    dialog.video.setChecked(video)
    dialog.save_button.click()


def consent_dialog(stage: Stage) -> ConsentDialog:
    return next(d for d in stage.window.findChildren(ConsentDialog) if d.isVisible())


def press(stage: Stage, words: str) -> None:
    """Answer the question that is on the screen."""
    box = next(b for b in stage.window.findChildren(QMessageBox) if b.isVisible())
    next(b for b in box.findChildren(QPushButton) if words in b.text().replace("&", "")).click()


def plan_file(path: Path, *, sets: int = 2, rest_s: float = 60.0) -> Path:
    items = (
        Item("a" * 32, "clam", "standard", Side.LEFT, sets, 3, rest_s, up_s=2, limits={"pelvic_roll": Limits(6, 9)}, per_week=7),
        Item("b" * 32, "clam", "standard", Side.RIGHT, 1, 3, per_week=7),
    )
    path.write_text(dump(Plan("c" * 32, "Weeks 1 to 4", items), with_client=False))
    return path


def test_runner_mode_asks_for_no_client_and_keeps_each_set(stage: Stage) -> None:
    assert stage.window.client_bar.isHidden()
    stage.window.start_set(checks=False)
    assert stage.window.running
    stage.wait(lambda: stage.window.live._shown is not None)
    stage.window.stop_set()
    stage.wait(lambda: len(stage.controller.room.content.entries) == 1)
    entry = stage.controller.room.content.entries[0]
    assert entry.client is None
    assert stage.window._folder.name == entry.folder
    assert len(stage.window.menus.recent.actions()) == 1


def test_the_demo_is_nobodys_set(stage: Stage) -> None:
    stage.window.bar.choose_source("Demo clip")
    stage.window.start_set(checks=False)
    stage.wait(lambda: stage.window.live._shown is not None)
    stage.window.stop_set()
    stage.wait(lambda: stage.window.pages.currentWidget() is stage.window.summary)
    assert "not kept" in stage.window.summary.where.text()
    assert not any(stage.window.settings.sessions().iterdir())


def test_nothing_is_recorded_for_a_client_before_consent(stage: Stage) -> None:
    clinic(stage, "K-1")
    assert stage.window.client_bar.isVisible()
    stage.window.settings = replace(stage.window.settings, record=True)
    stage.window.start_set(checks=False)
    assert not stage.window.running
    consent_dialog(stage).reject()
    assert not stage.window.running
    stage.window.start_set(checks=False)
    agree(stage, video=False)
    stage.wait(lambda: stage.window.running)
    given = stage.controller.room.content.client.consent
    assert (given.recording, given.video, given.words) == (True, False, CONSENT_WORDS)
    assert given.when.date() == NOW.date()
    assert not stage.window.sets._plan.record  # video was chosen, but not agreed to
    stage.wait(lambda: stage.window.live._shown is not None)
    stage.window.stop_set()
    stage.wait(lambda: len(stage.controller.room.content.entries) == 1)
    folder = stage.window._folder
    assert read_ownership(folder).client == stage.controller.room.content.client.uid
    assert not list(folder.glob("*.mp4"))


def test_video_is_recorded_once_it_was_agreed_to(stage: Stage) -> None:
    clinic(stage, "K-1")
    stage.window.settings = replace(stage.window.settings, record=True)
    stage.window.start_set(checks=False)
    agree(stage, video=True)
    stage.wait(lambda: stage.window.running)
    assert stage.window.sets._plan.record
    assert stage.controller.room.content.client.consent.words == f"{CONSENT_WORDS} {VIDEO_WORDS}"


def test_consent_can_be_withdrawn(stage: Stage) -> None:
    clinic(stage, "K-1")
    stage.window.start_set(checks=False)
    agree(stage, video=True)
    stage.wait(lambda: stage.window.running)
    stage.window.stop_set()
    stage.wait(lambda: not stage.window.running)
    dialogs = stage.controller.dialogs
    dialogs.show_clients()
    dialogs.clients.withdraw_button.click()
    stage.wait(lambda: stage.controller.room.content.client.consent is None)
    dialogs.clients.reject()
    stage.window.start_set(checks=False)
    assert not stage.window.running


def test_in_clinic_mode_a_client_is_chosen_first(stage: Stage, tmp_path: Path) -> None:
    clinic(stage)
    stage.window.start_set(checks=False)
    assert not stage.window.running
    assert stage.controller.dialogs.clients.isVisible()
    stage.controller.dialogs.clients.reject()
    assert stage.controller.analyze(tmp_path / "video.mp4") is None


def test_a_code_is_taken_once(stage: Stage) -> None:
    clinic(stage, "K-1")
    dialogs = stage.controller.dialogs
    dialogs.show_clients()
    dialogs.clients.code.setText("k-1")
    dialogs.clients.add_button.click()
    stage.wait(lambda: "already" in dialogs.clients.problem.text())


def test_each_client_has_their_own_sessions(stage: Stage, library: Library) -> None:
    clinic(stage, "K-1", "K-2")
    first, second = library.clients()
    for client in (first, second):
        library.give_consent(client.uid, ConsentDialog(client, None).consent())
        stage.controller.room.choose(client.uid)
        stage.wait(lambda client=client: stage.controller.room.content.client == library.client(client.uid))
        end_set(stage, clam())
        assert stage.controller.pages.sessions.table.rowCount() == 1
        assert client.code in stage.controller.pages.sessions.title.text()
    box = stage.window.client_bar.box
    box.setCurrentIndex(box.findData(first.uid))
    stage.wait(lambda: stage.controller.room.content.client.uid == first.uid)
    assert {e.client for e in stage.controller.room.content.entries} == {first.uid}


def test_a_client_is_exported_and_deleted_for_good(stage: Stage, library: Library, tmp_path: Path) -> None:
    clinic(stage, "K-1")
    client = library.give_consent(library.client("K-1").uid, ConsentDialog(library.client("K-1"), None).consent())
    stage.controller.room.refresh()
    folder = end_set(stage, clam())
    dialogs, said = stage.controller.dialogs, []
    stage.window.trouble = said.append
    dialogs.export_client(client, tmp_path / "given")
    stage.wait(lambda: "given" in stage.window.statusBar().currentMessage(), 15_000)
    assert {p.name for p in (tmp_path / "given").iterdir()} >= {"client.json", "repetitions.csv", "sessions.zip"}
    dialogs.delete_client(library.client("K-1"))
    press(stage, "Delete")
    stage.wait(lambda: not stage.controller.room.content.clients and bool(said))
    assert "given" in said[0]  # what was exported is named
    assert not folder.exists()
    assert not library.clients()


def test_sessions_are_opened_compared_and_deleted_from_the_list(stage: Stage) -> None:
    right = end_set(stage, clam(side=Side.RIGHT))
    left = end_set(stage, clam(12.0))
    controller, page = stage.controller, stage.controller.pages.sessions
    controller.pages.show_sessions()
    page.table.selectRow(0)
    page.open_button.click()
    assert controller.review.review.folder in (left, right)
    controller.review.close_button.click()
    assert stage.window.pages.currentWidget() is page
    page.table.selectAll()
    page.compare_button.click()
    assert controller.compare.left.review.session.side is Side.LEFT
    assert controller.compare.right.review.session.side is Side.RIGHT
    controller.compare.close_button.click()
    assert stage.window.pages.currentWidget() is page
    page.table.selectAll()
    page.delete_button.click()
    press(stage, "Delete")
    stage.wait(lambda: not controller.room.content.entries)
    assert not left.exists()
    assert not right.exists()


def test_sessions_travel_as_one_zip(stage: Stage, tmp_path: Path) -> None:
    end_set(stage, clam())
    controller = stage.controller
    entries = controller.room.content.entries
    controller.pages.send(entries, tmp_path / "sent.zip", videos=False)
    stage.wait(lambda: "sent.zip" in stage.window.statusBar().currentMessage())
    controller.pages.delete(entries)
    press(stage, "Delete")
    stage.wait(lambda: not controller.room.content.entries)
    controller.pages.receive(tmp_path / "sent.zip", videos=False)
    stage.wait(lambda: [e.uid for e in controller.room.content.entries] == [e.uid for e in entries])
    said: list[str] = []
    stage.window.trouble = said.append
    (tmp_path / "bad.zip").write_bytes(b"PK\3\4 nonsense")
    controller.pages.receive(tmp_path / "bad.zip", videos=False)
    stage.wait(lambda: bool(said))
    assert "not a whole .zip" in said[0]


def test_a_plan_leads_from_set_to_set(stage: Stage, tmp_path: Path) -> None:
    controller, window = stage.controller, stage.window
    window.change(guide=False)
    controller.dialogs.import_plan(plan_file(tmp_path / "plan.json", rest_s=1.0))
    stage.wait(lambda: window.guide.plan.isVisible())
    assert "left side" in window.guide.plan.title.text()
    assert "Set 1 of 2" in window.guide.plan.words.text()
    window.guide.plan.start_button.click()
    stage.wait(lambda: window.live._shown is not None)
    plan = window.sets._plan
    assert (plan.side, plan.limits["pelvic_roll"], plan.owner.item) == (Side.LEFT, Limits(6, 9), "a" * 32)
    assert "2 s out" in window.live.task.text()
    assert window.live.count.text == "0 / 3"
    window.stop_set()
    stage.wait(lambda: len(controller.room.content.entries) == 1)
    assert window.summary.rest.isHidden()  # nothing was done: no rest, and the set is still to be done
    assert controller.room.content.next_set.number == 1
    end_set(stage, clam(), controller.room.content.next_set)
    stage.wait(lambda: window.summary.rest.isVisible())
    assert "Set 2 of 2" in window.summary.rest.words.text()
    stage.wait(lambda: window.running)  # the rest is over
    window.stop_set()
    stage.wait(lambda: not window.running)
    end_set(stage, clam(), controller.room.content.next_set)
    stage.wait(lambda: window.summary.rest.isVisible())
    assert "right side" in window.summary.rest.words.text()
    window.summary.rest.skip_button.click()
    assert not window.running  # another side: shown before it begins
    assert window.pages.currentWidget() is window.guide
    assert window.bar.side_box.currentData() == "right"
    end_set(stage, clam(side=Side.RIGHT), controller.room.content.next_set)
    stage.wait(lambda: controller.room.content.next_set is None)
    assert "Done for today" in window.guide.plan.title.text()
    controller.dialogs.show_plans()
    assert controller.dialogs.plans.table.item(0, 6).text() == "1 of 28 days in 4 weeks"


def test_a_plan_s_set_ends_with_its_last_repetition(stage: Stage) -> None:
    item = Item("a" * 32, "clam", "standard", Side.LEFT, 2, reps=0)  # all of none are done with the first picture
    stage.window.start_set(checks=False, next_set=NextSet(Plan("c" * 32, "Weeks 1 to 4", (item,)), item, 1))
    stage.wait(lambda: stage.window.pages.currentWidget() is not stage.window.live)
    assert not stage.window.running


def test_the_client_cannot_be_changed_over_an_open_session(stage: Stage) -> None:
    folder = end_set(stage, clam())
    clinic(stage, "K-1")
    assert stage.window.client_bar.isVisible()
    stage.controller.open_session(folder)
    assert stage.window.client_bar.isHidden()
    stage.controller.review.close_button.click()
    assert stage.window.client_bar.isVisible()


def test_the_rest_can_be_left(stage: Stage, tmp_path: Path) -> None:
    controller, window = stage.controller, stage.window
    controller.dialogs.import_plan(plan_file(tmp_path / "plan.json"))
    stage.wait(lambda: controller.room.content.next_set is not None)
    end_set(stage, clam(), controller.room.content.next_set)
    stage.wait(lambda: window.summary.rest.isVisible())
    assert window.summary.rest.count.text in ("Rest 1:00", "Rest 0:59")
    window.show_guide()
    assert window.summary.rest.isHidden()
    stage.qtbot.wait(300)
    assert not window.running


def test_a_plan_is_written_changed_exported_and_deleted(stage: Stage, tmp_path: Path) -> None:
    dialogs, room = stage.controller.dialogs, stage.controller.room
    editor = dialogs.edit_plan(None)
    editor.title.setText("First weeks")
    editor.add_button.click()
    editor.exercise.setCurrentIndex(editor.exercise.findData("sidelying-er"))
    editor.side.setCurrentIndex(editor.side.findData(Side.RIGHT))
    editor.caution.setValue(5)
    editor.accept()
    stage.wait(lambda: len(room.content.plans) == 1)
    plan = room.content.plans[0]
    assert [(i.exercise, i.side) for i in plan.items] == [("clam", None), ("sidelying-er", Side.RIGHT)]
    assert plan.items[1].limits == {"pelvic_roll": Limits(5, 5)}
    editor: PlanEditor = dialogs.edit_plan(plan)
    assert editor.plan() == plan
    editor.reps.setValue(12)
    editor.accept()
    stage.wait(lambda: room.content.plans[0].items[0].reps == 12)
    dialogs.export_plan(room.content.plans[0], tmp_path / "plan.json")
    stage.wait(lambda: (tmp_path / "plan.json").exists())
    assert "client" not in json.loads((tmp_path / "plan.json").read_text())
    dialogs.show_plans()
    dialogs.plans.delete_button.click()
    press(stage, "Delete")
    stage.wait(lambda: not room.content.plans)


def test_a_plan_that_makes_no_sense_changes_nothing(stage: Stage, tmp_path: Path) -> None:
    said: list[str] = []
    stage.window.trouble = said.append
    (tmp_path / "plan.json").write_text('{"format": "formcheck-plan", "version": 99}')
    stage.controller.dialogs.import_plan(tmp_path / "plan.json")
    stage.wait(lambda: bool(said))
    assert "plan.json" in said[0]
    assert not stage.controller.room.content.plans


def test_progress_says_what_changed_and_what_cannot_be_compared(stage: Stage, tmp_path: Path) -> None:
    for roll, side, days, program in ((14, Side.LEFT, 20, "0.0.9"), (12, Side.LEFT, 9, "0.1.0"), (3, Side.LEFT, 1, "0.1.0")):
        set_folder(stage, clam(roll, side, program), days_ago=days)
    set_folder(stage, clam(4, Side.RIGHT), days_ago=1)
    controller, page = stage.controller, stage.controller.pages.progress
    controller.pages.show_progress()
    stage.wait(lambda: "beyond measurement error" in page.guarded.words.text())
    assert "less by 9°" in page.guarded.words.text()
    assert "no change" in page.movement.words.text()
    assert "0 of 3, 0 of 3, 3 of 3" in page.clean.words.text()
    assert page.apart.isVisible()
    assert page.rulers.isVisible()
    assert "cannot be measured again" in page.rulers.text()
    assert page.again_button.isHidden()
    controller.pages.write_report(tmp_path / "period.html", (NOW - timedelta(days=30)).date(), NOW.date())
    stage.wait(lambda: (tmp_path / "period.html").exists(), 15_000)
    assert "no network" not in (tmp_path / "period.html").read_text()


def test_older_sessions_with_raw_video_can_be_measured_again(stage: Stage) -> None:
    folder = set_folder(stage, clam(program="0.0.9"), days_ago=3)
    (folder / "raw.mp4").write_bytes(b"this is no video")
    controller, page, said = stage.controller, stage.controller.pages.progress, []
    stage.window.trouble = said.append
    controller.pages.show_progress()
    stage.wait(lambda: page.again_button.isVisible())
    page.again_button.click()
    assert page.stop_button.isVisible()
    stage.wait(lambda: bool(said), 60_000)
    assert "raw.mp4" in said[0]  # and the reason; what was measured stays
    assert page.stop_button.isHidden()
    assert read_session(folder).program == "0.0.9"


def test_everything_is_locked_and_opened_again(stage: Stage) -> None:
    folder = end_set(stage, clam())
    controller, window = stage.controller, stage.window
    asked = controller.dialogs.set_passphrase()
    ok = asked.buttons.button(asked.buttons.StandardButton.Ok)
    asked.first.setText("short")
    asked.second.setText("short")
    asked.understood.setChecked(True)
    assert not ok.isEnabled()
    for field in (asked.first, asked.second):
        field.setText(PASSPHRASE)
    ok.click()
    stage.wait(lambda: sealed.is_locked_folder(folder) and "locked" in window.statusBar().currentMessage())
    assert not (folder / "session.json").exists()
    controller.open_session(folder)  # the passphrase is known: nobody is asked
    stage.wait(lambda: controller.review.review is not None)
    copy = controller.review.review.folder
    assert copy != folder
    controller.review.findings_panel.note.setPlainText("held well")
    controller.review.close_button.click()
    assert not copy.exists()
    stage.wait(lambda: sealed.stored(folder / "notes.json") is not None)
    notes = json.loads(sealed.read(folder / "notes.json", sealed.keys_for(folder, PASSPHRASE)))
    assert notes["assessment"] == "held well"
    window.show_page(window.summary)
    window._folder = folder
    window._noted(Notes(pain_after=4))
    window._save_notes()
    stage.wait(lambda: json.loads(sealed.read(folder / "notes.json", sealed.keys_for(folder, PASSPHRASE)))["pain_after"] == 4)
    second = end_set(stage, clam())  # a set after that is locked too
    assert sealed.is_locked_folder(second)


@pytest.fixture
def locked(stage: Stage) -> Path:
    """A window that starts over a locked library with one session; its folder."""
    folder = set_folder(stage, clam(), days_ago=1)
    with open_library(sessions=stage.window.settings.sessions()) as library:
        set_passphrase(library, PASSPHRASE)
    stage.controller.room.start()
    stage.wait(lambda: stage.controller.room.jobs.dialog is not None)
    return folder


def test_the_passphrase_is_asked_for_once_and_a_wrong_one_is_said(stage: Stage, locked: Path) -> None:
    jobs = stage.controller.room.jobs
    assert not jobs.dialog.problem.text()
    jobs.dialog.passphrase.setText("not the right one")
    jobs.dialog.accept()
    stage.wait(lambda: jobs.dialog is not None and "does not open" in jobs.dialog.problem.text())
    jobs.dialog.passphrase.setText(PASSPHRASE)
    jobs.dialog.accept()
    stage.wait(lambda: len(stage.controller.room.content.entries) == 1)
    stage.controller.open_session(locked)
    stage.wait(lambda: stage.controller.review.review is not None)
    assert jobs.dialog is None


def test_without_the_passphrase_the_window_is_still_of_use(stage: Stage, locked: Path) -> None:
    jobs, window = stage.controller.room.jobs, stage.window
    jobs.dialog.reject()
    window.start_set(checks=False)
    stage.wait(lambda: window.live._shown is not None)
    window.stop_set()
    stage.wait(lambda: jobs.dialog is not None)  # to keep the set it is needed
    said: list[str] = []
    window.trouble = said.append
    jobs.dialog.reject()
    stage.wait(lambda: bool(said))
    assert "lies in its folder" in said[0]
    mine = window._folder
    assert (mine / "session.json").exists()
    stage.controller.room.start()
    stage.wait(lambda: jobs.dialog is not None)
    jobs.dialog.passphrase.setText(PASSPHRASE)
    jobs.dialog.accept()
    stage.wait(lambda: len(stage.controller.room.content.entries) == 2)
    assert sealed.is_locked_folder(mine)
    assert sealed.is_locked_folder(locked)


def test_a_damaged_list_is_made_again_from_the_sessions(stage: Stage) -> None:
    end_set(stage, clam())
    with open_library(sessions=stage.window.settings.sessions()) as library:
        index = library.root / "library.db"
    for suffix in ("-wal", "-shm"):
        index.with_name(index.name + suffix).unlink(missing_ok=True)
    index.write_bytes(b"nothing of the kind" * 400)
    stage.controller.room.refresh()
    stage.wait(lambda: any(b.isVisible() for b in stage.window.findChildren(QMessageBox)))
    press(stage, "Make it again")
    stage.wait(lambda: "made again" in stage.window.statusBar().currentMessage())
    stage.wait(lambda: len(stage.controller.room.content.entries) == 1)


def test_what_is_past_its_time_is_named_and_deleted_when_told(stage: Stage) -> None:
    old = set_folder(stage, clam(), days_ago=40)
    new = set_folder(stage, clam(), days_ago=2)
    with open_library(sessions=stage.window.settings.sessions()) as library:
        write_retention(library.root, Retention(None, 400))
    dialogs = stage.controller.dialogs
    dialogs.show_privacy()
    stage.wait(lambda: dialogs.privacy.sessions.value() == 400)
    dialogs.privacy.sessions.setValue(30)
    dialogs.privacy.keep_button.click()
    stage.wait(lambda: dialogs.privacy.past.text().startswith("1 session or video"))
    assert old.exists()
    dialogs.privacy.delete_button.click()
    press(stage, "Delete")
    stage.wait(lambda: not old.exists())
    assert new.exists()
    stage.wait(lambda: "Nothing is past" in dialogs.privacy.past.text())
