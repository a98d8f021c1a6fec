"""Progress, without a window: what changed, what cannot be compared, what is measured again."""

from datetime import timedelta
from pathlib import Path

import pytest
from gui_desk import Desk
from gui_sessions import clam, now, set_folder

from formcheck.gui.progress.progress_presenter import ProgressPresenter
from formcheck.results import Side
from formcheck.session.file import read_session


@pytest.fixture
def progress(desk: Desk) -> ProgressPresenter:
    presenter = ProgressPresenter(desk.settings, desk.library, desk.notices, desk.questions, desk.navigation)
    desk.qtbot.addWidget(presenter.page)
    return presenter


def test_what_changed_and_what_cannot_be_compared(progress: ProgressPresenter, desk: Desk, tmp_path: Path) -> None:
    for roll, days, program in ((14, 20, "0.0.9"), (12, 9, "0.1.0"), (3, 1, "0.1.0")):
        set_folder(desk.folder, clam(roll, program=program), days_ago=days)
    set_folder(desk.folder, clam(4, Side.RIGHT), days_ago=1)
    progress.page.show()
    progress.shown()
    page = progress.page
    desk.wait(lambda: "beyond measurement error" in page.guarded.words.text())
    assert "less by 9°" in page.guarded.words.text()
    assert "no change" in page.movement.words.text()
    assert "0 of 3, 0 of 3, 3 of 3" in page.clean.words.text()
    assert page.apart.isVisible()
    assert "Nothing was kept of them from which they could be measured again" in page.methods.text()
    assert page.again_button.isHidden()
    page.first_day.setDate((now() - timedelta(days=30)).date())
    desk.questions.files.append(tmp_path / "period.html")
    page.report_button.click()
    desk.noticed("period.html")
    assert "Clam" in (tmp_path / "period.html").read_text()


def test_nothing_is_read_before_the_page_is_seen(progress: ProgressPresenter, desk: Desk) -> None:
    set_folder(desk.folder, clam())
    desk.read()
    desk.qtbot.wait(300)
    assert progress.page.exercise_box.count() == 0
    progress.shown()
    desk.wait(lambda: progress.page.exercise_box.count() == 1)


def test_older_sessions_with_raw_video_can_be_measured_again(progress: ProgressPresenter, desk: Desk) -> None:
    folder = set_folder(desk.folder, clam(program="0.0.9"), days_ago=3)
    (folder / "raw.mp4").write_bytes(b"this is no video")
    page = progress.page
    page.show()
    progress.shown()
    desk.wait(lambda: page.again_button.isVisible())
    page.again_button.click()
    assert page.stop_button.isVisible()
    desk.troubled("raw.mp4")  # and the reason; what was measured stays
    assert page.stop_button.isHidden()
    assert read_session(folder).program == "0.0.9"
