"""A session is put right in the review: what is clicked, what is kept, what is undone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gui_desk import Desk
from PySide6.QtWidgets import QWidget

from formcheck.gui.correct.again_dialog import AgainDialog
from formcheck.gui.review.review_presenter import ReviewPresenter
from formcheck.results import Hand, Side
from formcheck.session.corrections import shown_session
from formcheck.session.file import read_session
from formcheck.session.notes import read_notes


class Reviewed:
    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        self.found = read_session(folder)
        self.presenter = ReviewPresenter(
            desk.library.jobs,
            desk.notices,
            desk.questions,
            desk.navigation,
            compare=id,
            report=id,
            corrections=desk.corrections,
        )
        self.page = self.presenter.page
        self.bar = self.page.correct_bar
        self.page.show()
        desk.sessions.review(folder)
        desk.wait(lambda: bool(desk.navigation.shown))
        self.presenter.open(desk.navigation.shown[-1][1])
        self.page.correct_button.click()

    def click(self, button: QWidget, reps: int) -> None:
        """Click, and wait until so many repetitions are shown."""
        button.click()
        self.desk.wait(lambda: len(self.page.review.session.reps) == reps and self.bar.again_button.isEnabled())

    def go_to(self, time_s: float) -> None:
        self.page.player.go_to(time_s)


@pytest.fixture
def reviewed(desk: Desk, recorded_in: Callable[[Path], Path]) -> Iterator[Reviewed]:
    made = Reviewed(desk, recorded_in(desk.folder))
    desk.qtbot.addWidget(made.page)
    yield made
    made.presenter.close()


def test_a_repetition_is_removed_and_marked_again(reviewed: Reviewed) -> None:
    count = len(reviewed.found.reps)
    second = reviewed.found.reps[1]
    assert not reviewed.bar.undo_button.isEnabled()
    assert not reviewed.bar.mark_end_button.isEnabled()
    reviewed.go_to(second.peak_s)
    reviewed.click(reviewed.bar.remove_button, count - 1)
    reviewed.go_to(second.start_s)
    reviewed.bar.mark_start_button.click()
    assert "go on to its end" in reviewed.bar.words.text()
    reviewed.go_to(second.end_s)
    reviewed.click(reviewed.bar.mark_end_button, count)
    session = shown_session(reviewed.folder)
    assert session.put_right.by_hand == {2: Hand.ADDED}
    reviewed.go_to(second.peak_s)
    assert "Marked by hand" in reviewed.page.findings_panel.rep_words.text()
    assert "put right by hand" in reviewed.page.title.text()
    assert read_session(reviewed.folder) == reviewed.found
    for left in (count - 1, count):
        reviewed.click(reviewed.bar.undo_button, left)
    assert not (reviewed.folder / "corrections.json").exists()
    assert "Nothing was changed" in reviewed.bar.words.text()


def test_split_merge_and_edges(reviewed: Reviewed) -> None:
    count, bar = len(reviewed.found.reps), reviewed.bar
    first = reviewed.found.reps[0]
    reviewed.go_to((first.start_s + first.end_s) / 2)
    reviewed.click(bar.split_button, count + 1)
    reviewed.go_to(first.start_s + 0.1)
    reviewed.click(bar.merge_button, count)
    reviewed.go_to(first.end_s + 0.2)
    bar.end_button.click()
    reviewed.desk.wait(lambda: reviewed.page.review.session.reps[0].end_s > first.end_s + 0.1)
    assert [c.what for c in shown_session(reviewed.folder).put_right.changes] == [Hand.SPLIT, Hand.MERGED, Hand.MOVED]
    reviewed.go_to(60.0)
    bar.start_button.click()
    reviewed.desk.noticed("no repetition lies here")


def test_the_list_of_sessions_and_what_was_noted_agree(reviewed: Reviewed) -> None:
    desk, count = reviewed.desk, len(reviewed.found.reps)
    desk.read()
    with desk.opened() as library:
        library.add_session(reviewed.folder, keep_video=True)
    desk.questions.texts.append("coughed")
    reviewed.go_to(reviewed.found.reps[2].peak_s)
    reviewed.page.findings_panel.exclude_button.click()
    reviewed.go_to(reviewed.found.reps[0].peak_s)
    reviewed.click(reviewed.bar.remove_button, count - 1)
    assert read_notes(reviewed.folder).excluded == {2: "coughed"}
    assert reviewed.page.review.notes.excluded == {2: "coughed"}
    desk.wait(lambda: [e.reps for e in desk.library.content.entries] == [count - 1])


def test_the_set_is_measured_as_another_one(reviewed: Reviewed) -> None:
    desk = reviewed.desk
    reviewed.bar.again_button.click()
    dialog = desk.navigation.dialogs[-1]
    assert isinstance(dialog, AgainDialog)
    assert (dialog.chosen.exercise, dialog.chosen.side) == ("clam", Side.LEFT)
    dialog.variant_box.setCurrentIndex(dialog.variant_box.findData("banded"))
    dialog.accept()
    desk.wait(lambda: reviewed.page.review.session.variant == "banded")
    assert read_session(reviewed.folder).variant == "standard"
