"""The page on which a person judges a film blind: nothing of the program is seen, everything is asked, a file is saved."""

import json
from pathlib import Path

import pytest
from gui_desk import Desk
from gui_sessions import filmed_session
from PySide6.QtWidgets import QLabel

from formcheck.agreement.ratings import Verdict, read_rating
from formcheck.gui.rating.rating_presenter import RatingPresenter


@pytest.fixture
def presenter(desk: Desk) -> RatingPresenter:
    made = RatingPresenter(desk.library.jobs, desk.notices, desk.questions, desk.navigation)
    desk.qtbot.addWidget(made.view)
    return made


def test_from_film_to_file(presenter: RatingPresenter, desk: Desk, tmp_path: Path) -> None:
    page = presenter.page
    folder = filmed_session(tmp_path / "set")
    (folder / "annotated.mp4").rename(folder / "raw.mp4")
    desk.questions.files.append(folder)
    page.choose_button.click()
    assert page.session is not None
    desk.wait(lambda: page.view.frame is not None)
    words = " ".join(w.text() for w in page.findChildren(QLabel))
    assert "19" not in words  # the degrees of its finding
    page.rater.setText("A")
    for _ in page.session.reps:
        assert not page.save_button.isEnabled()
        for group in page.groups.values():
            assert group.checkedButton() is None
            group.buttons()[1].click()
        page.next_button.click()
    page.before_button.click()
    roll = page.groups["pelvic_roll"]
    assert roll.checkedButton() is roll.buttons()[1]
    roll.buttons()[0].click()
    target = tmp_path / "a.json"
    desk.questions.files.append(target)
    page.save_button.click()
    made = read_rating(target)
    judged = [verdict for of in made.verdicts.values() for verdict in of.values()]
    assert judged.count(Verdict.PRESENT) == 1
    assert set(judged) == {Verdict.PRESENT, Verdict.ABSENT}
    assert made.program[2]["pelvic_roll"] is Verdict.PRESENT
    assert made.program[3]["feet_apart"] is Verdict.UNSURE
    assert "set" not in json.loads(target.read_text())["session"]
    presenter.close()


def test_a_film_with_drawings_is_not_shown(presenter: RatingPresenter, desk: Desk, tmp_path: Path) -> None:
    folder = filmed_session(tmp_path / "set")
    desk.questions.files.append(folder)
    presenter.page.choose_button.click()  # and no other film is chosen
    assert presenter.page.session is None
    assert "without the program's drawings" in desk.questions.asked[-1]
    desk.questions.files.extend([tmp_path])
    presenter.page.choose_button.click()
    desk.troubled("")
