"""A plan that is imported stays everybody's who had it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.library.clients import Client
from formcheck.library.errors import BadPlan, StoreError
from formcheck.library.plan_import import Taken, take_plan
from formcheck.library.plans import Item, Plan, dump, read_plan
from formcheck.library.store.library import Library
from formcheck.library.store.sync import rebuild_library
from formcheck.results import Limits, Side

SENT = Plan("3d" * 16, "Weeks 1-2", (Item("5f" * 16, "clam", "standard", Side.LEFT, sets=3, reps=10),))


@pytest.fixture
def other(library: Library) -> Client:
    return library.new_client("B2")


def test_a_second_client_s_import_leaves_the_first_one_s_plan(library: Library, client: Client, other: Client) -> None:
    first = take_plan(library, SENT, client.uid)
    second = take_plan(library, SENT, other.uid)
    assert (first.how, second.how) == (Taken.NEW, Taken.COPIED)
    assert library.plans(client.uid) == (first.plan,)
    assert library.plans(other.uid) == (second.plan,)
    assert first.plan.uid != second.plan.uid
    assert [p.items for p in library.plans(other.uid)] == [SENT.items]


def test_so_it_stays_after_the_index_was_made_again(library: Library, client: Client, other: Client) -> None:
    for one in (client, other):
        take_plan(library, SENT, one.uid)
    library.close()
    again, _ = rebuild_library(library.root, sessions=library.sessions_root)
    with again:
        assert [len(again.plans(one.uid)) for one in (client, other)] == [1, 1]


def test_the_owner_s_plan_stays_too(library: Library, client: Client) -> None:
    take_plan(library, SENT, None)
    take_plan(library, SENT, client.uid)
    assert [len(library.plans(None)), len(library.plans(client.uid))] == [1, 1]


def test_importing_again_for_the_same_client_brings_it_up_to_date(library: Library, client: Client, other: Client) -> None:
    for one in (client, other):
        take_plan(library, SENT, one.uid)
        assert take_plan(library, SENT, one.uid).how is Taken.KNOWN
        changed = take_plan(library, replace(SENT, title="Weeks 3-4"), one.uid)
        assert changed.how is Taken.UPDATED
        assert [p.title for p in library.plans(one.uid)] == ["Weeks 3-4"]


def test_nothing_else_changes_an_owner(library: Library, client: Client, other: Client) -> None:
    plan = take_plan(library, SENT, client.uid).plan
    with pytest.raises(StoreError, match="somebody else"):
        library.put_plan(replace(plan, client=other.uid))
    assert library.plans(client.uid) == (plan,)


@pytest.mark.parametrize(
    ("caution", "fault", "reason"),
    [(20, 1, "below its caution"), (75, 125, "between 0 and 60"), (-5, 10, "between 0 and 60")],
)
def test_limits_that_judge_nothing_are_refused(tmp_path: Path, caution: float, fault: float, reason: str) -> None:
    item = replace(SENT.items[0], limits={"pelvic_roll": Limits(caution, fault)})
    path = tmp_path / "plan.json"
    path.write_text(dump(replace(SENT, items=(item,)), with_client=False))
    with pytest.raises(BadPlan, match=reason):
        read_plan(path)


def test_a_plan_kept_before_limits_were_checked_still_opens(library: Library) -> None:
    item = replace(SENT.items[0], limits={"pelvic_roll": Limits(20.0, 1.0)})
    library.put_plan(replace(SENT, items=(item,)))
    assert len(library.plans()) == 1
    assert json.loads((library.root / "plans" / f"{SENT.uid}.json").read_text())["title"] == SENT.title
