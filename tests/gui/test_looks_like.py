"""A set that looks like another exercise is offered to be measured as that when it is reviewed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gui_desk import Desk
from put_right_cases import recorded_set

from formcheck.gui.review.review_presenter import ReviewPresenter
from formcheck.session.corrections import shown_session
from formcheck.session.file import read_session, write_session


@pytest.fixture
def folder(desk: Desk) -> Path:
    """Clams that somebody measured as rotations."""
    desk.folder.mkdir(parents=True, exist_ok=True)
    folder = recorded_set(desk.folder)
    wrong = replace(read_session(folder), exercise="sidelying-er", looks_like="clam", reps=())
    write_session(folder, wrong)
    return folder


@pytest.fixture
def presenter(desk: Desk) -> Iterator[ReviewPresenter]:
    made = ReviewPresenter(
        desk.library.jobs, desk.notices, desk.questions, desk.navigation, compare=id, report=id, corrections=desk.corrections
    )
    desk.qtbot.addWidget(made.page)
    yield made
    made.close()


def review(desk: Desk, presenter: ReviewPresenter, folder: Path) -> None:
    desk.sessions.review(folder)
    desk.wait(lambda: bool(desk.navigation.shown))
    presenter.open(desk.navigation.shown[-1][1])


def test_it_is_asked_and_left_as_it_is(desk: Desk, presenter: ReviewPresenter, folder: Path) -> None:
    review(desk, presenter, folder)
    assert "This looks like another exercise: Clam." in desk.questions.asked[-1]
    assert shown_session(folder).exercise == "sidelying-er"


def test_it_is_measured_as_that(desk: Desk, presenter: ReviewPresenter, folder: Path) -> None:
    desk.questions.answer = "Measure it as that"
    review(desk, presenter, folder)
    desk.wait(lambda: presenter.page.review.session.exercise == "clam")
    assert len(presenter.page.review.session.reps) > 0
    assert presenter.page.review.session.looks_like is None
