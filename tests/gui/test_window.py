"""The whole window: what the pages have to do with each other, and what it remembers."""

from pathlib import Path

import pytest
from gui_sessions import clam, filmed_session, set_folder
from gui_stage import Stage
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDoubleSpinBox, QLabel, QWidget

from formcheck.exercises import EXERCISES
from formcheck.gui.clients.consent_dialog import ConsentDialog
from formcheck.gui.guide.figure_view import FigureView
from formcheck.gui.review.analyze_dialog import AnalyzeDialog
from formcheck.gui.widgets.theme import DARK, LIGHT, Colours, contrast
from formcheck.library.plans import Item, Plan
from formcheck.library.services import NextSet
from formcheck.results import Limits, Side
from formcheck.session.file import read_session
from formcheck.session.notes import read_notes
from formcheck.session.ownership import read_ownership
from formcheck.system.folder_lock import is_unfinished
from formcheck.system.settings import load_settings


def test_the_guide_shows_every_exercise(stage: Stage) -> None:
    box, page = stage.sets.bar.exercise_box, stage.presenter("guide").page
    for index in range(box.count()):
        box.setCurrentIndex(index)
        words = " ".join(w.text() for w in page.findChildren(QWidget) if hasattr(w, "text"))
        assert EXERCISES[box.itemData(index)].guide.purpose in words
        start, end = page.findChildren(FigureView)
        assert start.grab().toImage() != end.grab().toImage()


def test_a_set_of_ones_own_is_kept_without_a_question(stage: Stage) -> None:
    assert stage.program.client_bar.isHidden()
    stage.start()
    stage.sets.stop()
    stage.wait(lambda: len(stage.library.content.entries) == 1)
    assert stage.library.content.entries[0].client is None
    assert stage.folder.name == stage.library.content.entries[0].folder
    assert len(stage.program.menus.recent.actions()) == 1


def test_the_demo_leaves_nothing_among_the_sessions(stage: Stage) -> None:
    stage.sets.start_demo()
    stage.wait(lambda: stage.newest is not None)
    stage.sets.stop()
    stage.wait(lambda: stage.current == "summary")
    assert not any(stage.settings.value.sessions().iterdir())


def test_a_set_begins_once_the_client_agreed_and_films_nothing_without_consent_to_video(stage: Stage) -> None:
    stage.settings.change(clinic=True, record=True)
    stage.navigator.show("clients")
    clients = stage.presenter("clients").dialog
    clients.code.setText("K-1")
    clients.add_button.click()
    stage.wait(lambda: stage.library.content.client is not None)
    clients.reject()
    assert stage.program.client_bar.isVisible()
    stage.sets.start(checks=False)
    assert not stage.sets.running
    dialog = stage.dialog(ConsentDialog)
    dialog.recording.setChecked(True)
    dialog.save_button.click()
    stage.wait(lambda: stage.sets.running)
    stage.wait(lambda: stage.newest is not None)
    assert stage.live.panel.recording.text() == "Not recording"
    stage.sets.stop()
    stage.wait(lambda: len(stage.library.content.entries) == 1)
    assert read_ownership(stage.folder).client == stage.library.content.client.uid
    assert not list(stage.folder.glob("*.mp4"))


def test_a_plan_s_set_has_its_side_and_limits_and_ends_with_its_last_repetition(stage: Stage) -> None:
    limits = {"pelvic_roll": Limits(6, 9)}
    item = Item("a" * 32, "clam", "standard", Side.LEFT, 2, reps=0, up_s=2, limits=limits)  # all of none are done at once
    stage.sets.start(checks=False, next_set=NextSet(Plan("c" * 32, "Weeks 1 to 4", (item,)), item, 1))
    assert "2 s out" in stage.live.panel.task.text()
    stage.wait(lambda: stage.current == "summary")
    session = read_session(stage.folder)
    assert (session.side, session.thresholds["pelvic_roll"]) == (Side.LEFT, Limits(6, 9))
    assert read_ownership(stage.folder).item == "a" * 32


def test_a_set_is_reviewed_and_the_answer_before_it_stays_with_what_is_written_there(stage: Stage) -> None:
    stage.settings.change(ask_pain=True)
    stage.start()
    stage.sets.stop()
    stage.wait(lambda: stage.current == "summary")
    stage.summary.questions.after.setValue(6)
    stage.summary.review_button.click()
    stage.wait(lambda: stage.current == "review")
    review = stage.presenter("review").page
    review.findings_panel.note.setPlainText("held well")
    review.close_button.click()
    notes = read_notes(stage.folder)
    assert (notes.pain_after, notes.assessment) == (6, "held well")
    assert stage.current == "guide"


def test_sessions_are_opened_and_compared_from_the_list_and_lead_back_to_it(stage: Stage) -> None:
    for side in (Side.LEFT, Side.RIGHT):
        set_folder(stage.settings.value.sessions(), clam(side=side))
    stage.navigator.show("sessions")
    page = stage.presenter("sessions").page
    stage.wait(lambda: page.table.rowCount() == 2)
    page.table.selectRow(0)
    page.open_button.click()
    stage.wait(lambda: stage.current == "review")
    stage.presenter("review").page.compare_button.click()
    assert stage.current == "compare"
    stage.presenter("compare").page.close_button.click()
    assert stage.current == "review"
    stage.presenter("review").page.close_button.click()
    assert stage.current == "sessions"
    page.table.selectAll()
    page.compare_button.click()
    stage.wait(lambda: stage.current == "compare")
    compare = stage.presenter("compare").page
    assert [half.review.session.side for half in (compare.left, compare.right)] == [Side.LEFT, Side.RIGHT]
    compare.close_button.click()
    assert stage.current == "sessions"


def test_the_client_cannot_be_changed_over_an_open_session(stage: Stage, tmp_path: Path) -> None:
    stage.settings.change(clinic=True)
    assert stage.program.client_bar.isVisible()
    stage.services.sessions.review(filmed_session(tmp_path / "one", video=False))
    assert stage.current == "review"
    assert stage.program.client_bar.isHidden()
    stage.presenter("review").page.close_button.click()
    assert stage.program.client_bar.isVisible()


def drop(stage: Stage, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    stage.window.dropEvent(event)


def test_a_dropped_folder_is_reviewed(stage: Stage, tmp_path: Path) -> None:
    drop(stage, filmed_session(tmp_path / "one"))
    assert stage.current == "review"


def test_a_dropped_file_that_is_not_called_as_videos_are_is_said(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no video")
    drop(stage, tmp_path / "notes.txt")
    assert "notes.txt is not called as videos are" in stage.notice
    (tmp_path / "film.M2TS").write_bytes(b"tried")
    drop(stage, tmp_path / "film.M2TS")
    stage.dialog(AnalyzeDialog).reject()


def test_a_question_is_asked_in_a_box_and_a_notice_stands_in_the_status_bar(stage: Stage) -> None:
    set_folder(stage.settings.value.sessions(), clam())
    stage.navigator.show("sessions")
    page = stage.presenter("sessions").page
    stage.wait(lambda: page.table.rowCount() == 1)
    page.table.selectRow(0)
    page.delete_button.click()
    stage.press("Delete")
    stage.wait(lambda: not stage.library.content.entries)
    stage.program.menus.action("Save re&port…").trigger()
    stage.noticed("Open a session first")


def test_a_long_notice_is_shown_whole(stage: Stage) -> None:
    """It was one line, cut off at the window's edge, in German at 200 %."""
    stage.window.resize(700, 600)
    words = "The words are large and turned because you lie. " * 5
    stage.program.services.notices.notice(words)
    label = stage.window.statusBar().findChild(QLabel)
    stage.wait(lambda: label.isVisible() and label.width() > 300 and label.height() >= label.heightForWidth(label.width()))
    assert label.heightForWidth(label.width()) > 2 * label.fontMetrics().height()
    assert label.text() == words


def test_settings_are_taken_over_and_saved(stage: Stage) -> None:
    stage.navigator.show("settings")
    dialog = stage.presenter("settings").dialog
    for name, value in (("theme", "dark"), ("text_size", 150), ("ask_pain", True)):
        dialog.fields[name].set_value(value)
    dialog.limits.strictness_box.setCurrentIndex(dialog.limits.strictness_box.findData("custom"))
    boxes = {box.accessibleName(): box for box in dialog.limits.findChildren(QDoubleSpinBox)}
    boxes[f"{EXERCISES['clam'].fault('pelvic_roll').title}, caution"].setValue(7.0)
    dialog.accept()
    saved, notices = load_settings()
    assert not notices
    assert (saved.theme, saved.text_size, saved.ask_pain) == ("dark", 150, True)
    assert saved.custom_limits["clam"]["pelvic_roll"][0] == 7.0
    assert stage.settings.value == saved
    assert stage.window.palette().window().color().name() == DARK.window


def test_cancelled_settings_change_nothing_and_are_not_there_again(stage: Stage) -> None:
    before = stage.settings.value
    for _ in range(2):
        stage.navigator.show("settings")
        dialog = stage.presenter("settings").dialog
        assert dialog.fields["theme"].value() == before.theme
        dialog.fields["theme"].set_value("dark")
        dialog.reject()
    assert stage.settings.value == before


def test_limits_that_the_exercise_does_not_know_do_no_harm(stage: Stage) -> None:
    stage.settings.change(strictness={"clam": "custom"}, custom_limits={"clam": {"no_such_fault": (1.0, 2.0)}})
    stage.start()
    stage.sets.stop()
    stage.wait(lambda: stage.current == "summary")
    assert read_session(stage.folder).thresholds["pelvic_roll"] == Limits(10.0, 15.0)


def test_closing_the_window_in_mid_set_ends_the_set_whole(stage: Stage) -> None:
    stage.start()
    stage.window.close()
    (folder,) = [p for p in stage.settings.value.sessions().iterdir() if not p.name.startswith(".")]
    assert not is_unfinished(folder)
    assert read_session(folder).exercise == "clam"


def test_geometry_and_choice_are_remembered(stage: Stage) -> None:
    stage.window.resize(1400, 900)
    stage.sets.bar.side_box.setCurrentIndex(1)
    stage.window.close()
    saved, _ = load_settings()
    assert saved.geometry
    assert saved.side == "left"


def test_every_control_has_a_name_for_screen_readers(stage: Stage, tmp_path: Path) -> None:
    stage.services.sessions.review(filmed_session(tmp_path / "one", video=False))
    for page in ("sessions", "progress", "clients", "plans", "privacy", "settings"):
        stage.presenter(page)
    for widget in stage.window.findChildren(QWidget):
        if isinstance(widget, QComboBox):
            assert widget.accessibleName(), widget
        if isinstance(widget, QAbstractButton) and widget.parent() is not None and type(widget).__module__ == "PySide6.QtWidgets":
            assert widget.accessibleName() or widget.text() or widget.objectName().startswith("qt_"), widget


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_contrast_is_at_least_aa(colours: Colours) -> None:
    pairs = [(colours.text, g) for g in (colours.window, colours.panel, colours.raised)]
    pairs += [(colours.secondary, g) for g in (colours.window, colours.panel, colours.raised)]
    pairs += [
        (getattr(colours, f"on_{name}"), getattr(colours, name))
        for name in ("accent", "good", "caution", "fault", "trouble", "unknown")
    ]
    for ink, ground in pairs:
        assert contrast(ink, ground) >= 4.5, (ink, ground)
