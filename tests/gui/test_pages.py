"""Guide, summary, review, comparison, settings: what they show and what they change."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from gui_stage import Stage
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QAbstractButton, QComboBox, QInputDialog, QWidget

from formcheck.exercises import EXERCISES
from formcheck.gui.guide.figure_view import FigureView
from formcheck.gui.review.review_state import open_review, phase_at_time, time_at_phase
from formcheck.gui.summary.summary_page import SummaryPage
from formcheck.gui.video.drawing import Shape, Tool, add_point
from formcheck.gui.widgets.theme import DARK, LIGHT, Colours, contrast
from formcheck.recording.video_writer import VideoWriter
from formcheck.results import Finding, Limits, Measurement, Rep, Session, Severity, Side, VideoInfo
from formcheck.session.file import write_session
from formcheck.session.notes import read_notes
from formcheck.session.tables import series_csv
from formcheck.system.json_format import MAX_TEXT
from formcheck.system.settings import load_settings


def make_session(folder: Path, *, video: bool = True) -> Path:
    """Three repetitions of a clam: clean, with a fault, not assessable."""
    folder.mkdir(parents=True)
    names = [q.name for q in EXERCISES["clam"].quantities]
    measured = {n: Measurement(12.0, "deg", 3.0, at_s=3.0) for n in names}
    fault = Finding("pelvic_roll", Severity.FAULT, 3.0, 19.0, 15.0, "deg")
    reps = (
        Rep(1, Side.LEFT, 0.5, 1.0, 1.5, measured),
        Rep(2, Side.LEFT, 2.5, 3.0, 3.6, measured, (fault,)),
        Rep(3, Side.LEFT, 4.0, 4.5, 5.0, measured, (), {"feet_apart": "feet out of frame"}),
    )
    info = VideoInfo("clip.mp4", 64, 48, 20.0, 6.0, 120)
    limits = {f.name: f.limits for f in EXERCISES["clam"].faults}
    write_session(folder, Session("0", "clam", "standard", Side.LEFT, info, "full", 120, limits, reps))
    times = np.arange(120) / 20
    (folder / "series.csv").write_text(series_csv(names, [(t, dict.fromkeys(names, 10 * np.sin(t)), 0.5) for t in times]))
    if video:
        with VideoWriter(folder / "annotated.mp4", (64, 48), fps_hint=20) as writer:
            for i, t in enumerate(times):
                writer.write(np.full((48, 64, 3), 2 * i, np.uint8), float(t))
    return folder


@pytest.fixture
def reviewed(stage: Stage, tmp_path: Path) -> Stage:
    stage.controller.open_session(make_session(tmp_path / "one"))
    stage.wait(lambda: stage.controller.review.view.frame is not None)
    return stage


def test_the_guide_shows_every_exercise(stage: Stage) -> None:
    box = stage.window.bar.exercise_box
    for index in range(box.count()):
        box.setCurrentIndex(index)
        words = " ".join(w.text() for w in stage.window.guide.findChildren(QWidget) if hasattr(w, "text"))
        assert EXERCISES[box.itemData(index)].guide.purpose in words
        start, end = stage.window.guide.findChildren(FigureView)
        assert start.grab().toImage() != end.grab().toImage()


def test_the_review_shows_the_frame_of_each_moment(reviewed: Stage) -> None:
    review = reviewed.controller.review
    for wanted in (3.0, 1.0, 5.5, 0.0):
        review.player.go_to(wanted)
        reviewed.wait(lambda wanted=wanted: abs(review.view.frame.timestamp_s - wanted) < 0.051)
    before = review.player.time_s
    review.player.step.emit(1)
    assert review.player.time_s == pytest.approx(before + 0.05, abs=0.002)


def test_cursor_and_video_lead_each_other(reviewed: Stage) -> None:
    review = reviewed.controller.review
    review.player.go_to(2.0)
    assert review.graph.time_s == pytest.approx(2.0)
    review.graph.moved.emit(4.2)
    assert review.player.time_s == pytest.approx(4.2)


def test_it_jumps_from_finding_to_finding_and_loops_a_repetition(reviewed: Stage) -> None:
    review = reviewed.controller.review
    review.player.jump.emit(1)
    assert review.player.time_s == pytest.approx(3.0)
    assert review.findings_panel.chosen is not None
    review.player.loop.setChecked(True)
    review.strip.chosen.emit(2)
    review.player.speed.setCurrentIndex(review.player.speed.findData(2.0))
    review.player.play_button.click()
    reviewed.qtbot.wait(1200)
    assert 2.5 <= review.player.time_s <= 3.7
    review.player.stop()


def test_a_finding_is_overruled_beside_the_programs_own(reviewed: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    review = reviewed.controller.review
    own = (review.review.folder / "session.json").read_bytes()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("the shirt moved", True))
    review.findings_panel.findings.setCurrentRow(0)
    review.findings_panel.overrule()
    review.findings_panel.exclude()
    review.findings_panel.note.setPlainText("good set")
    folder = review.review.folder
    reviewed.controller._close_review()
    notes = read_notes(folder)
    assert notes.overruled == {2: {"pelvic_roll": "the shirt moved"}}
    assert notes.excluded == {2: "the shirt moved"}
    assert notes.assessment == "good set"
    assert (folder / "session.json").read_bytes() == own


def test_what_the_therapist_writes_is_in_the_report(reviewed: Stage, tmp_path: Path) -> None:
    panel = reviewed.controller.review.findings_panel
    panel.subjective.setPlainText("better than last week")
    panel.note.setPlainText("x" * (MAX_TEXT + 1))
    panel.plan.setPlainText("the green band from Monday")
    folder = reviewed.controller.review.review.folder
    reviewed.controller._close_review()
    notes = read_notes(folder)  # however long a text was, it can be read back
    assert (notes.subjective, notes.plan) == ("better than last week", "the green band from Monday")
    assert notes.assessment == "x" * MAX_TEXT
    reviewed.controller.open_session(folder)
    assert panel.plan.toPlainText() == notes.plan
    reviewed.controller.write_report(folder, tmp_path / "report.html")
    reviewed.wait(lambda: "report.html" in reviewed.window.statusBar().currentMessage())
    report = (tmp_path / "report.html").read_text()
    assert notes.subjective in report
    assert notes.plan in report


def test_overruling_can_be_taken_back(tmp_path: Path) -> None:
    review = open_review(make_session(tmp_path / "s", video=False))
    assert review.with_overruled(2, "pelvic_roll", "no").with_overruled(2, "pelvic_roll", None).notes == review.notes
    assert review.with_excluded(1, "no").with_excluded(1, None).notes == review.notes


def test_frame_and_repetition_are_saved(reviewed: Stage, tmp_path: Path) -> None:
    import av

    review = reviewed.controller.review
    review.player.go_to(3.0)
    reviewed.wait(lambda: abs(review.view.frame.timestamp_s - 3.0) < 0.051)
    review.save_frame(tmp_path / "frame.png")
    assert QImage(str(tmp_path / "frame.png")).width() == 64
    review.save_clip(tmp_path / "clip.mp4")
    reviewed.wait(lambda: "clip.mp4" in reviewed.window.statusBar().currentMessage())
    with av.open(str(tmp_path / "clip.mp4")) as container:
        assert 36 <= sum(1 for _ in container.decode(video=0)) <= 44  # 1.1 s of repetition and half a second on either side


def test_a_session_without_video_is_still_reviewed(stage: Stage, tmp_path: Path) -> None:
    stage.controller.open_session(make_session(tmp_path / "one", video=False))
    assert stage.controller.review.view.words == "No video was kept"
    assert stage.controller.review.findings_panel.findings.count() == 1


def test_what_is_no_session_is_refused_in_words(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(stage.window, "trouble", said.append)
    stage.controller.open_session(tmp_path)
    assert len(said) == 1
    assert stage.window.pages.currentWidget() is stage.window.guide


def test_two_repetitions_in_step(reviewed: Stage) -> None:
    reviewed.controller.review.compare_button.click()
    compare = reviewed.controller.compare
    assert reviewed.window.pages.currentWidget() is compare
    compare.slider.setValue(100)
    reviewed.wait(lambda: compare.left.view.frame is not None and abs(compare.left.view.frame.timestamp_s - 1.0) < 0.06)
    reviewed.wait(lambda: compare.right.view.frame is not None and abs(compare.right.view.frame.timestamp_s - 4.5) < 0.06)
    compare.close_button.click()
    assert reviewed.window.pages.currentWidget() is reviewed.controller.review


def test_phase_is_linear_on_either_side_of_the_extreme() -> None:
    rep = Rep(1, None, 2.0, 3.0, 5.0, {})
    assert [time_at_phase(rep, p) for p in (0, 0.25, 0.5, 0.75, 1)] == [2.0, 2.5, 3.0, 4.0, 5.0]
    assert phase_at_time(rep, time_at_phase(rep, 0.3)) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("tool", "points", "degrees"),
    [
        (Tool.ANGLE, ((1, 0), (0, 0), (0, 1)), 90),
        (Tool.ANGLE, ((1, 0), (0, 0), (-1, -0.0001)), 180),
        (Tool.LINE, ((0, 0), (5, 5)), 45),
        (Tool.LINE, ((5, 5), (5, 0)), 90),
    ],
)
def test_angles(tool: Tool, points: tuple[tuple[float, float], ...], degrees: float) -> None:
    assert Shape(tool, points).degrees == pytest.approx(degrees, abs=0.1)


def test_clicks_build_shapes_and_another_tool_gives_up_an_unfinished_one() -> None:
    shapes = add_point(add_point((), Tool.ANGLE, (0, 0)), Tool.ANGLE, (1, 0))
    assert not shapes[-1].finished
    shapes = add_point(add_point(shapes, Tool.LINE, (0, 0)), Tool.LINE, (2, 2))
    assert [s.tool for s in shapes] == [Tool.LINE]
    assert shapes[-1].finished


def test_settings_are_taken_over_and_saved(stage: Stage) -> None:
    dialog = stage.controller.edit_settings()
    for name, value in (("theme", "dark"), ("text_size", 150), ("ask_pain", True)):
        dialog.fields[name].set_value(value)
    dialog.limits.strictness_box.setCurrentIndex(dialog.limits.strictness_box.findData("custom"))
    dialog.limits._boxes["pelvic_roll"][0].setValue(7.0)
    dialog.accept()
    saved, notices = load_settings()
    assert not notices
    assert (saved.theme, saved.text_size, saved.ask_pain) == ("dark", 150, True)
    assert saved.custom_limits["clam"]["pelvic_roll"][0] == 7.0
    assert stage.window.settings == saved


def test_cancelled_settings_change_nothing(stage: Stage) -> None:
    before = stage.window.settings
    dialog = stage.controller.edit_settings()
    dialog.fields["theme"].set_value("dark")
    dialog.reject()
    assert stage.window.settings == before


def summary_of(stage: Stage, folder: Path, *, ask_pain: bool) -> SummaryPage:
    """The summary as after a set whose session lies in `folder`."""
    summary = stage.window.summary
    stage.window._folder = folder
    stage.window.show_page(summary)
    summary.show_session(open_review(folder).session, EXERCISES["clam"], folder, ask_pain=ask_pain)
    return summary


def test_pain_that_rose_is_spoken_of(stage: Stage, tmp_path: Path) -> None:
    folder = make_session(tmp_path / "one")
    summary = summary_of(stage, folder, ask_pain=True)
    summary.pain_before.setValue(2)
    summary.pain_after.setValue(6)
    assert "Stop for today" in summary.pain_words.text()
    stage.wait(lambda: read_notes(folder).pain_after == 6)


def test_an_answer_given_just_before_the_review_is_kept_with_what_is_written_there(stage: Stage, tmp_path: Path) -> None:
    folder = make_session(tmp_path / "one")
    summary = summary_of(stage, folder, ask_pain=True)
    summary.pain_after.setValue(6)
    summary.review_button.click()
    review = stage.controller.review
    review.findings_panel.note.setPlainText("held well")
    review.close_button.click()
    notes = read_notes(folder)
    assert (notes.pain_after, notes.assessment) == (6, "held well")


def test_the_summary_counts_by_kind_and_shows_a_repetition(stage: Stage, tmp_path: Path) -> None:
    folder = make_session(tmp_path / "one")
    summary = summary_of(stage, folder, ask_pain=False)
    assert "in 1 of 3 repetitions, 1 of them beyond the fault limit, at most 19°" in summary.faults.text()
    assert "could not be judged" in summary.faults.text()
    summary.strip.setFocus()
    stage.qtbot.keyClick(summary.strip, Qt.Key.Key_Right)
    stage.qtbot.keyClick(summary.strip, Qt.Key.Key_Right)
    assert "Repetition 2" in summary.rep_words.text()
    summary.see_button.click()
    assert stage.controller.review.player.time_s == pytest.approx(2.5)


def test_a_dropped_folder_is_reviewed(stage: Stage, tmp_path: Path) -> None:
    folder = make_session(tmp_path / "one")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    stage.window.dropEvent(event)
    assert stage.window.pages.currentWidget() is stage.controller.review


def test_a_report_is_written(reviewed: Stage, tmp_path: Path) -> None:
    reviewed.controller.write_report(reviewed.controller.review.review.folder, tmp_path / "report.html")
    reviewed.wait(lambda: (tmp_path / "report.html").exists(), 15_000)


def test_every_control_has_a_name_for_screen_readers(reviewed: Stage) -> None:
    for widget in reviewed.window.findChildren(QWidget):
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


def test_geometry_and_choice_are_remembered(stage: Stage) -> None:
    stage.window.resize(1400, 900)
    stage.window.bar.side_box.setCurrentIndex(1)
    stage.window.close()
    saved, _ = load_settings()
    assert saved.geometry
    assert saved.side == "left"
    assert json.dumps(saved.geometry)


def test_limits_that_the_exercise_does_not_know_do_no_harm(stage: Stage) -> None:
    odd = {"clam": {"no_such_fault": (1.0, 2.0)}}
    stage.window.apply(replace(stage.window.settings, strictness={"clam": "custom"}, custom_limits=odd))
    stage.window.start_set(checks=False)
    stage.wait(lambda: stage.window.live._shown is not None)
    assert stage.window.sets._plan.limits["pelvic_roll"] == Limits(10.0, 15.0)
