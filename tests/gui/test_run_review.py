"""A run in the review and in the comparison: from stance to stance, both sides, two runs in step and over each other."""

from pathlib import Path

import numpy as np
import pytest
from gui_desk import Desk
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from run_sessions import STRIDE_S, run_folder, run_session, stances

from formcheck.exercises import EXERCISES
from formcheck.gui.compare.compare_presenter import ComparePresenter
from formcheck.gui.compare.sides_dialog import SidesDialog
from formcheck.gui.review.review_presenter import ReviewPresenter
from formcheck.gui.running.run_dialog import RunDialog
from formcheck.gui.running.stance_bar import StanceBar
from formcheck.gui.widgets.rep_strip import MOST_BARS, RepStrip

RUN = stances(24)


def test_the_bar_goes_from_stance_to_stance_and_to_its_moments(qtbot: QtBot) -> None:
    bar, gone = StanceBar(), list[float]()
    qtbot.addWidget(bar)
    bar.go_to.connect(gone.append)
    bar.go_to.connect(bar.at)
    bar.begin(RUN)
    bar.at(0.0)
    for button in (bar.after, bar.after, bar.contact, bar.toe_off, bar.middle, bar.before, bar.before):
        button.click()
    one, two = RUN[:2]
    assert gone == [one.peak_s, two.peak_s, two.start_s, two.end_s, two.peak_s, one.peak_s]  # there is none before the first


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    before = run_folder(tmp_path / "before", run_session(RUN))
    return before, run_folder(tmp_path / "after", run_session(stances(24, (4.0, 4.0))), left_px=20.0)


def test_the_review_of_a_run_shows_both_sides(desk: Desk, folders: tuple[Path, Path]) -> None:
    presenter = ReviewPresenter(
        desk.library.jobs, desk.notices, desk.questions, desk.navigation,
        compare=lambda _: None, report=lambda _: None, corrections=desk.corrections,
    )  # fmt: skip
    page = presenter.page
    desk.qtbot.addWidget(page)
    page.show()
    desk.sessions.review(folders[0])
    desk.wait(lambda: bool(desk.navigation.shown))
    presenter.open(desk.navigation.shown[-1][1])
    assert not page.stances.isHidden()
    page.stances.after.click()
    assert page.player.time_s == pytest.approx(RUN[0].peak_s)
    page.run_button.click()
    desk.wait(lambda: bool(page.findChildren(RunDialog)))
    dialog = page.findChildren(RunDialog)[0]
    assert [dialog.tabs.tabText(i) for i in range(dialog.tabs.count())] == [
        "Midstance", "Gait cycle", "Course and fatigue", "What to do next",
    ]  # fmt: skip
    assert dialog.cycle.box.itemData(0) == "pelvic_drop"
    assert "11 strides" in dialog.cycle.words.text()
    rows = [dialog.course.table.item(i, 0).text() for i in range(dialog.course.table.rowCount())]
    assert rows[:3] == ["Cadence (steps/min)", "Pelvic drop, left", "Pelvic drop, right"]
    dialog.reject()
    presenter.close()


def test_two_runs_are_shown_at_the_same_phase_and_over_each_other(desk: Desk, folders: tuple[Path, Path]) -> None:
    presenter = ComparePresenter(desk.sessions, desk.notices, desk.questions, desk.navigation)
    page = presenter.page
    desk.qtbot.addWidget(page)
    page.show()
    desk.sessions.compare(*folders)
    desk.wait(lambda: bool(desk.navigation.shown))
    presenter.open(desk.navigation.shown[-1][1])
    sides = {half.rep.side for half in (page.left, page.right) if half.rep is not None}
    assert len(sides) == 1
    assert page.quantity_box.currentData() == "pelvic_drop"
    page.slider.setValue(100)
    for half in (page.left, page.right):
        rep = half.rep
        assert rep is not None
        wanted_s = rep.start_s + STRIDE_S / 2
        desk.wait(lambda half=half, t=wanted_s: half.view.frame is not None and abs(half.view.frame.timestamp_s - t) < 0.04)
    page.overlay_button.click()
    desk.wait(lambda: page.overlay.frame is not None)
    assert page.left.view.isHidden()
    image = page.overlay.frame.image.astype(int)
    dark = image.max(axis=2) < 100  # both boxes lie on one place, though the second runner stood elsewhere
    coloured = np.ptp(image, axis=2) > 60
    assert dark.sum() > 5 * coloured.sum()
    page.sides_button.click()
    dialog = desk.navigation.dialogs[-1]
    assert isinstance(dialog, SidesDialog)
    assert dialog.comparison.verdicts == ("Smaller in the second session: Pelvic drop, left.",)
    presenter.close()


def test_the_strip_of_a_long_run_shows_the_stances_about_the_current_one(qtbot: QtBot) -> None:
    strip, chosen = RepStrip(), list[int]()
    qtbot.addWidget(strip)
    strip.resize(800, 64)
    strip.show_reps(stances(1600), EXERCISES["running"])
    strip.chosen.connect(chosen.append)
    strip.set_current(800)
    strip.show()
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(8, 30))
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert chosen == [800 - MOST_BARS // 2, 801 - MOST_BARS // 2]
