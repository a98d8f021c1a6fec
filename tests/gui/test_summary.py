"""After a set, without a window: it is kept, its answers are saved, and the plan goes on."""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from gui_desk import Desk
from gui_sessions import clam, filmed_session, set_folder
from PySide6.QtCore import Qt

from formcheck.exercises import EXERCISES
from formcheck.gui.sets.set_events import EndedSet
from formcheck.gui.sets.set_runner import make_plan
from formcheck.gui.sets.sources import demo_choice, video_choice
from formcheck.gui.sets.worker import Ended
from formcheck.gui.summary.summary_presenter import SummaryPresenter
from formcheck.library.plans import Item, Plan
from formcheck.library.services import NextSet, read_content
from formcheck.results import Session, Side
from formcheck.session.file import read_session
from formcheck.session.notes import read_notes

CLAM = EXERCISES["clam"]
ITEMS = (
    Item("a" * 32, "clam", "standard", Side.LEFT, 2, 3, 60.0, per_week=7),
    Item("b" * 32, "clam", "standard", Side.RIGHT, 1, 3, per_week=7),
)
PLAN = Plan("c" * 32, "Weeks 1 to 4", ITEMS)


class After:
    """The summary, and what it asked for."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.reviewed: list[tuple[Path, int | None]] = []
        self.reported: list[Path] = []
        self.presenter = SummaryPresenter(
            desk.settings,
            desk.sets,
            desk.library,
            desk.notices,
            desk.navigation,
            review=lambda folder, rep: self.reviewed.append((folder, rep)),
            report=self.reported.append,
            guide_page="guide",
        )
        self.page = self.presenter.page
        desk.qtbot.addWidget(self.page)
        self.page.show()

    def set_ended(self, folder: Path | None, session: Session, next_set: NextSet | None = None, *, demo: bool = False) -> None:
        source = demo_choice() if demo else video_choice(Path("clip.mp4"))
        plan = make_plan(CLAM, source, self.desk.settings.value, checks=False, next_set=next_set)
        self.presenter.shown()
        self.presenter.open(EndedSet(Ended(session, folder, None), plan))

    def plan_set_ended(self, session: Session) -> None:
        """One more set of the plan, of the side that is due."""
        next_set = self.due()
        owner = make_plan(CLAM, video_choice(Path("a")), self.desk.settings.value, checks=False, next_set=next_set).owner
        folder = set_folder(self.desk.folder, session, owner)
        self.set_ended(folder, session, next_set)
        self.desk.wait(lambda: folder.name in [e.folder for e in self.desk.library.content.entries])

    def due(self) -> NextSet | None:
        with self.desk.opened() as library:
            return read_content(library, None, datetime.now().astimezone()).next_set


@pytest.fixture
def after(desk: Desk) -> Iterator[After]:
    made = After(desk)
    yield made
    made.presenter.close()


def test_a_set_is_kept_and_counted_by_kind(after: After, tmp_path: Path) -> None:
    folder = filmed_session(tmp_path / "sessions" / "one")
    after.set_ended(folder, read_session(folder))
    page = after.page
    assert page.count.text == "3 repetitions"
    assert "in 1 of 3 repetitions, 1 of them beyond the fault limit, at most 19°" in page.faults.text()
    assert "Not assessable in clean repetitions: Feet come apart (1)" in page.faults.text()
    after.desk.wait(lambda: [e.folder for e in after.desk.library.content.entries] == ["one"])
    page.strip.setFocus()
    for _ in range(2):
        after.desk.qtbot.keyClick(page.strip, Qt.Key.Key_Right)
    assert "Repetition 2" in page.rep_words.text()
    page.see_button.click()
    page.review_button.click()
    page.report_button.click()
    assert after.reviewed == [(folder, 2), (folder, None)]
    assert after.reported == [folder]


def test_the_demo_is_nobodys_set(after: After, tmp_path: Path) -> None:
    folder = filmed_session(tmp_path / "demo", video=False)
    after.set_ended(folder, read_session(folder), demo=True)
    assert "not kept" in after.page.where.text()
    after.desk.read()
    assert after.desk.library.content.entries == ()


def test_pain_that_rose_is_spoken_of_and_saved(after: After) -> None:
    after.desk.settings.change(ask_pain=True)
    folder = set_folder(after.desk.folder, clam())
    after.set_ended(folder, clam())
    questions = after.page.questions
    assert questions.isVisible()
    questions.before.setValue(2)
    questions.after.setValue(6)
    assert "Your pain rose by 4. Stop for today" in questions.advice.text()
    after.desk.wait(lambda: read_notes(folder).pain_after == 6)


def test_an_answer_given_just_before_the_review_is_saved_before_it_opens(after: After) -> None:
    folder = set_folder(after.desk.folder, clam())
    after.set_ended(folder, clam())
    after.page.questions.after.setValue(6)
    after.page.review_button.click()
    after.desk.wait(lambda: after.reviewed == [(folder, None)])
    assert read_notes(folder).pain_after == 6


def test_the_review_opens_only_after_answers_that_wait_for_the_library_are_saved(after: After) -> None:
    folder = set_folder(after.desk.folder, clam())
    after.set_ended(folder, clam())
    after.desk.wait(lambda: len(after.desk.library.content.entries) == 1)
    free = threading.Event()
    after.desk.library.jobs.run(lambda _: free.wait(20))  # the library is busy
    after.desk.qtbot.wait(200)
    after.page.questions.after.setValue(3)
    after.desk.qtbot.wait(600)  # that is on its way
    after.page.questions.after.setValue(6)
    after.page.review_button.click()
    after.desk.qtbot.wait(200)
    assert after.reviewed == []
    free.set()
    after.desk.wait(lambda: after.reviewed == [(folder, None)])
    assert read_notes(folder).pain_after == 6


def test_answers_that_cannot_be_saved_are_said(after: After, tmp_path: Path) -> None:
    after.set_ended(tmp_path / "gone", clam())
    after.page.questions.effort.setValue(3)
    after.desk.noticed("could not be saved")


def test_the_rest_leads_to_the_next_set_of_the_plan(after: After) -> None:
    desk, rest = after.desk, after.page.rest
    with desk.opened() as library:
        library.put_plan(PLAN)
    after.plan_set_ended(replace(clam(), reps=()))
    desk.qtbot.wait(300)
    assert rest.isHidden()  # nothing was done: no rest, and the set is still to be done
    assert after.due().number == 1
    after.plan_set_ended(clam())
    desk.wait(rest.isVisible)
    assert re.fullmatch(r"Rest (1:00|0:[2-5]\d)", rest.count.text)  # a busy computer sees it late
    assert "Set 2 of 2" in rest.words.text()
    after.plan_set_ended(clam())
    desk.wait(lambda: "right side" in rest.words.text() and rest.isVisible())
    rest.skip_button.click()
    name, next_set = desk.navigation.shown[-1]  # another side: shown before it begins
    assert (name, next_set.item.side) == ("guide", Side.RIGHT)
    assert not desk.sets.running
    assert desk.sets.bar.side_box.currentData() == "right"
    after.plan_set_ended(clam(side=Side.RIGHT))
    desk.wait(lambda: desk.library.content.next_set is None)
    assert rest.isHidden()


@pytest.mark.parametrize("leave", [lambda after: after.page.rest.stop_button.click(), lambda after: after.presenter.left()])
def test_the_rest_can_be_left(after: After, leave: object) -> None:
    with after.desk.opened() as library:
        library.put_plan(PLAN)
    after.plan_set_ended(clam())
    after.desk.wait(after.page.rest.isVisible)
    leave(after)
    assert after.page.rest.isHidden()


def test_another_choice_above_the_summary_leads_home(after: After) -> None:
    after.set_ended(set_folder(after.desk.folder, clam()), clam())
    after.desk.sets.bar.side_box.setCurrentIndex(2)
    assert after.desk.navigation.shown[-1] == ("home", None)
