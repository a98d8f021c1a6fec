"""Home exercise programmes, without a window: written, changed, exported, taken in, deleted."""

import json
from pathlib import Path

import pytest
from gui_desk import Desk

from formcheck.gui.plans.plan_editor import PlanEditor
from formcheck.gui.plans.plan_words import set_words
from formcheck.gui.plans.plans_presenter import PlansPresenter
from formcheck.library.plans import Item, Plan, dump
from formcheck.library.services import NextSet
from formcheck.results import Limits, Side


@pytest.fixture
def plans(desk: Desk) -> PlansPresenter:
    return PlansPresenter(desk.library, desk.notices, desk.questions, desk.navigation)


def editor(desk: Desk) -> PlanEditor:
    dialog = desk.navigation.dialogs[-1]
    assert isinstance(dialog, PlanEditor)
    return dialog


def test_a_plan_is_written_changed_exported_and_deleted(plans: PlansPresenter, desk: Desk, tmp_path: Path) -> None:
    plans.dialog.new_button.click()
    written = editor(desk)
    written.title.setText("First weeks")
    written.add_button.click()
    form = written.form
    form.exercise.setCurrentIndex(form.exercise.findData("sidelying-er"))
    form.side.setCurrentIndex(form.side.findData(Side.RIGHT))
    form.caution.setValue(5)
    written.accept()
    desk.wait(lambda: len(desk.library.content.plans) == 1)
    plan = desk.library.content.plans[0]
    assert [(i.exercise, i.side) for i in plan.items] == [("clam", None), ("sidelying-er", Side.RIGHT)]
    assert plan.items[1].limits == {"pelvic_roll": Limits(5, 15)}
    plans.dialog.change_button.click()
    changed = editor(desk)
    assert changed.plan() == plan
    changed.form.reps.setValue(12)
    changed.accept()
    desk.wait(lambda: desk.library.content.plans[0].items[0].reps == 12)
    desk.questions.files.append(tmp_path / "plan")
    plans.dialog.export_button.click()
    desk.noticed("plan.json")
    assert "client" not in json.loads((tmp_path / "plan.json").read_text())
    desk.questions.answer = "Delete"
    plans.dialog.delete_button.click()
    desk.wait(lambda: not desk.library.content.plans)


def test_a_plan_that_was_sent_becomes_the_chosen_clients(plans: PlansPresenter, desk: Desk, tmp_path: Path) -> None:
    client = desk.new_client("K-1", video=False)
    item = Item("a" * 32, "clam", "standard", Side.LEFT, 2, 3, 60.0, up_s=2, per_week=7)
    (tmp_path / "plan.json").write_text(dump(Plan("c" * 32, "Weeks 1 to 4", (item,)), with_client=False))
    desk.questions.files.append(tmp_path / "plan.json")
    plans.dialog.import_button.click()
    desk.wait(lambda: [p.client for p in desk.library.content.plans] == [client.uid])
    assert plans.dialog.table.item(0, 6).text() == "0 of 28 days in 4 weeks"


def test_a_plan_that_makes_no_sense_changes_nothing(plans: PlansPresenter, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text('{"format": "formcheck-plan", "version": 99}')
    plans.import_plan(tmp_path / "plan.json")
    desk.troubled("plan.json")
    assert not desk.library.content.plans


def test_an_exercise_that_is_removed_leaves_the_others(desk: Desk, plans: PlansPresenter) -> None:
    plans.edit(None)
    written = editor(desk)
    for exercise in ("pivot", "monster-walk"):
        written.add_button.click()
        written.form.exercise.setCurrentIndex(written.form.exercise.findData(exercise))
    written.list.setCurrentRow(1)
    written.remove_button.click()
    assert [item.exercise for item in written.plan().items] == ["clam", "monster-walk"]
    assert written.form.exercise.currentData() == "clam"


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (Item("a", "clam", "standard", None, 3, 10), "Set 2 of 3 · 10 repetitions"),
        (Item("a", "clam", "standard", None, 3, 1, band="green"), "Set 2 of 3 · 1 repetition · band: green"),
        (
            Item("a", "clam", "standard", None, 3, 8, 60.0, 2.0, 3.0, 1.0),
            "Set 2 of 3 · 8 repetitions · 2 s out, 1 s hold, 3 s back",
        ),
    ],
)
def test_a_set_in_words(item: Item, words: str) -> None:
    assert set_words(NextSet(Plan("c", "Plan", (item,)), item, 2)) == words
