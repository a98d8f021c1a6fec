"""The review and the comparison, without a window: the frame of each moment, the therapist's word, what is saved."""

from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from gui_desk import Desk
from gui_sessions import clam, filmed_session
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from formcheck.gui.compare.compare_presenter import ComparePresenter
from formcheck.gui.compare.sides_dialog import SidesDialog
from formcheck.gui.review.review_presenter import ReviewPresenter
from formcheck.gui.review.review_state import Review, open_review, time_at_phase
from formcheck.gui.video.drawing import Shape, Tool, add_point
from formcheck.results import Rep, Side
from formcheck.session.file import write_session
from formcheck.session.notes import read_notes
from formcheck.system.json_format import MAX_TEXT


class Opened:
    """A review over a session, and what it asked to be shown."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.compared: list[Review] = []
        self.reported: list[Path] = []
        self.presenter = ReviewPresenter(
            desk.library.jobs,
            desk.notices,
            desk.questions,
            desk.navigation,
            compare=self.compared.append,
            report=self.reported.append,
            corrections=desk.corrections,
        )
        self.page = self.presenter.page
        desk.qtbot.addWidget(self.page)
        self.page.show()

    def open(self, folder: Path, rep: int | None = None) -> None:
        before = len(self.desk.navigation.shown)
        self.desk.sessions.review(folder, rep)
        self.desk.wait(lambda: len(self.desk.navigation.shown) > before)
        name, what = self.desk.navigation.shown[-1]
        assert name == "review"
        self.presenter.open(what)

    def at(self, time_s: float) -> None:
        """Go there and wait for the frame."""
        self.page.player.go_to(time_s)
        self.desk.wait(lambda: self.page.view.frame is not None and abs(self.page.view.frame.timestamp_s - time_s) < 0.051)


@pytest.fixture
def review(desk: Desk, tmp_path: Path) -> Iterator[Opened]:
    made = Opened(desk)
    made.open(filmed_session(tmp_path / "one"))
    yield made
    made.presenter.close()


def test_it_shows_the_frame_of_each_moment(review: Opened) -> None:
    for wanted in (3.0, 1.0, 5.5, 0.0):
        review.at(wanted)
    before = review.page.player.time_s
    review.page.player.step.emit(1)
    assert review.page.player.time_s == pytest.approx(before + 0.05, abs=0.002)


def test_cursor_and_video_lead_each_other(review: Opened) -> None:
    review.page.player.go_to(2.0)
    assert review.page.graph.time_s == pytest.approx(2.0)
    review.page.graph.moved.emit(4.2)
    assert review.page.player.time_s == pytest.approx(4.2)


def test_it_jumps_from_finding_to_finding_and_loops_a_repetition(review: Opened) -> None:
    page = review.page
    page.player.jump.emit(1)
    assert page.player.time_s == pytest.approx(3.0)
    assert page.findings_panel.chosen is not None
    page.player.loop.setChecked(True)
    page.strip.chosen.emit(2)
    page.player.speed.setCurrentIndex(page.player.speed.findData(2.0))
    page.player.play_button.click()
    review.desk.qtbot.wait(1200)
    assert 2.5 <= page.player.time_s <= 3.7
    review.presenter.left()
    assert not page.player.playing


def test_a_finding_is_overruled_beside_the_programs_own(review: Opened) -> None:
    page, questions = review.page, review.desk.questions
    folder = page.review.folder
    own = (folder / "session.json").read_bytes()
    page.findings_panel.findings.setCurrentRow(0)
    page.findings_panel.overrule_button.click()  # cancelled
    questions.texts.extend(["the shirt moved", "it was a try"])
    page.findings_panel.overrule_button.click()
    page.findings_panel.exclude_button.click()
    page.findings_panel.note.setPlainText("good set")
    page.close_button.click()
    notes = read_notes(folder)
    assert notes.overruled == {2: {"pelvic_roll": "the shirt moved"}}
    assert notes.excluded == {2: "it was a try"}
    assert notes.assessment == "good set"
    assert (folder / "session.json").read_bytes() == own
    assert review.desk.navigation.shown[-1] == ("back", None)


def test_overruling_and_excluding_can_be_taken_back(review: Opened) -> None:
    page = review.page
    review.desk.questions.texts.extend(["no", "no"])
    page.findings_panel.findings.setCurrentRow(0)
    for _ in range(2):
        page.findings_panel.overrule_button.click()
        page.findings_panel.exclude_button.click()
    assert (page.review.notes.overruled, page.review.notes.excluded) == ({}, {})


def test_what_the_therapist_writes_is_read_back_and_in_the_report(review: Opened, tmp_path: Path) -> None:
    panel, folder = review.page.findings_panel, review.page.review.folder
    panel.subjective.setPlainText("better than last week")
    panel.note.setPlainText("x" * (MAX_TEXT + 1))
    panel.plan.setPlainText("the green band from Monday")
    review.presenter.close()
    notes = read_notes(folder)  # however long a text was, it can be read back
    assert (notes.subjective, notes.plan) == ("better than last week", "the green band from Monday")
    assert notes.assessment == "x" * MAX_TEXT
    review.open(folder)
    assert panel.plan.toPlainText() == notes.plan
    review.page.report_button.click()
    assert review.reported == [folder]
    review.desk.reports.write(folder, tmp_path / "report.html")
    review.desk.noticed("report.html")
    report = (tmp_path / "report.html").read_text()
    assert notes.subjective in report
    assert notes.plan in report


def test_frame_and_repetition_are_saved(review: Opened, tmp_path: Path) -> None:
    review.at(3.0)
    review.desk.questions.files.extend([tmp_path / "frame", tmp_path / "clip"])
    review.page.save_frame_button.click()
    assert QImage(str(tmp_path / "frame.png")).width() == 64
    review.page.save_clip_button.click()
    review.desk.noticed("clip.mp4")
    with av.open(str(tmp_path / "clip.mp4")) as container:
        assert 36 <= sum(1 for _ in container.decode(video=0)) <= 44  # 1.1 s of repetition and half a second on either side


def test_it_opens_at_a_repetition(review: Opened, tmp_path: Path) -> None:
    review.open(filmed_session(tmp_path / "two"), 2)
    assert review.page.player.time_s == pytest.approx(2.5)


def test_a_session_without_video_is_still_reviewed(review: Opened, tmp_path: Path) -> None:
    review.open(filmed_session(tmp_path / "two", video=False))
    assert review.page.view.words == "No video was kept"
    assert review.page.findings_panel.findings.count() == 1


def test_what_is_no_session_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    desk.sessions.review(tmp_path)
    assert len(desk.notices.troubles) == 1
    assert desk.navigation.shown == []


def test_while_a_set_runs_no_session_is_opened(desk: Desk, tmp_path: Path) -> None:
    desk.navigation.allowed = False
    desk.sessions.review(filmed_session(tmp_path / "one", video=False))
    assert desk.navigation.shown == []


@pytest.fixture
def compare(desk: Desk) -> Iterator[ComparePresenter]:
    presenter = ComparePresenter(desk.sessions, desk.notices, desk.questions, desk.navigation)
    desk.qtbot.addWidget(presenter.page)
    presenter.page.show()
    yield presenter
    presenter.close()


def test_two_repetitions_in_step(review: Opened, compare: ComparePresenter) -> None:
    desk = review.desk
    review.page.compare_button.click()
    desk.sessions.compare_repetitions(review.compared[0])
    compare.open(desk.navigation.shown[-1][1])
    compare.page.slider.setValue(100)
    for half, time_s in ((compare.page.left, 1.0), (compare.page.right, 4.5)):
        desk.wait(
            lambda half=half, time_s=time_s: half.view.frame is not None and abs(half.view.frame.timestamp_s - time_s) < 0.06
        )
    compare.page.close_button.click()
    assert desk.navigation.shown[-1] == ("back", None)


def session_of(folder: Path, side: Side, roll: float, exercise: str = "clam") -> Path:
    from dataclasses import replace

    folder.mkdir()
    write_session(folder, replace(clam(roll, side), exercise=exercise))
    return folder


def test_figures_of_both_sides(desk: Desk, compare: ComparePresenter, tmp_path: Path) -> None:
    left, right = session_of(tmp_path / "left", Side.LEFT, 5.0), session_of(tmp_path / "right", Side.RIGHT, 15.0)
    desk.sessions.compare(left, right)
    name, what = desk.navigation.shown[-1]
    assert name == "compare"
    compare.open(what)
    compare.page.sides_button.click()
    dialog = desk.navigation.dialogs[-1]
    assert isinstance(dialog, SidesDialog)
    words = [w.text() for w in dialog.findChildren(QLabel)]
    assert "The right side shows less control: pelvic roll." in words
    rows = {dialog.table.item(i, 0).text(): i for i in range(dialog.table.rowCount())}
    assert dialog.table.item(rows["Pelvic roll"], 3).text() == "-10°"
    assert "15°, 15°, 15°" in dialog.table.item(rows["Pelvic roll"], 2).text()
    desk.questions.files.append(tmp_path / "report.html")
    dialog.save_button.click()
    desk.wait(lambda: "report.html" in dialog.words.text())
    assert "The right side shows less control" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_two_exercises_are_not_compared(desk: Desk, compare: ComparePresenter, tmp_path: Path) -> None:
    left = session_of(tmp_path / "left", Side.LEFT, 5.0)
    other = session_of(tmp_path / "right", Side.RIGHT, 5.0, "sidelying-er")
    desk.sessions.compare_repetitions(open_review(left))
    compare.open(desk.navigation.shown[-1][1])
    desk.questions.files.append(other)
    compare.page.right.open_button.click()
    compare.page.sides_button.click()
    assert "same exercise" in desk.notices.troubles[0]
    assert desk.navigation.dialogs == []


def test_phase_is_linear_on_either_side_of_the_extreme() -> None:
    rep = Rep(1, None, 2.0, 3.0, 5.0, {})
    assert [time_at_phase(rep, p) for p in (0, 0.25, 0.5, 0.75, 1)] == [2.0, 2.5, 3.0, 4.0, 5.0]


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
