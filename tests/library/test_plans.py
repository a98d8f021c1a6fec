"""Plans are read back as written, refused with a reason when they make no sense, and followed day by day."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from formcheck.exercises import EXERCISES
from formcheck.library.adherence import adherence, next_item
from formcheck.library.clients import Client
from formcheck.library.errors import BadPlan
from formcheck.library.plans import Item, Plan, dump, parse, read_plan
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.results import Limits, Side

CLAM = Item(
    uuid4().hex,
    "clam",
    "standard",
    Side.LEFT,
    sets=2,
    reps=10,
    up_s=2.0,
    band="green",
    limits={"pelvic_roll": Limits(8.0, 12.0)},
    words="slowly",
)
TURN = Item(uuid4().hex, "banded-rotation", EXERCISES["banded-rotation"].variants[0].name, None, sets=1, reps=8, per_week=2)
PLAN = Plan(uuid4().hex, "Weeks 1-2", (CLAM, TURN), words="Stop if it hurts.")
MONDAY = date(2026, 11, 2)


def entry(day: int, item: Item, *, named: bool = True, reps: int = 10, side: Side | None = Side.LEFT) -> Entry:
    when = datetime(2026, 11, 2, 9, tzinfo=UTC) + timedelta(days=day)
    name = item.uid if named else None
    return Entry(uuid4().hex, uuid4().hex, when, item.exercise, item.variant, side, "0.1.0", reps, reps, item=name)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(dump(PLAN, with_client=False))
    assert read_plan(path) == PLAN
    assert "client" not in json.loads(path.read_text())


def test_plans_belong_to_a_client_or_to_the_owner(library: Library, client: Client) -> None:
    hers = Plan(uuid4().hex, "Hers", (CLAM,), client.uid)
    for plan in (PLAN, hers):
        library.put_plan(plan)
    assert library.plans() == (PLAN,)
    assert library.plans(client.uid) == (hers,)
    library.delete_plan(PLAN.uid)
    assert library.plans() == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"format": "other"}, "not a plan"),
        ({"version": 7}, "update"),
        ({"items": []}, "items: a list of length >= 1"),
        ({"items": "clam"}, "items: a list was expected, not a text"),
        ({"items": [None]}, "missing or wrong"),
        ({"title": ""}, "title: a text of another form"),
        ({"title": "a\nb"}, "title: a text"),
        ({"uid": "../../etc"}, "uid: a text of another form"),
        ({"client": 3}, "client: "),
    ],
)
def test_nonsense_is_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadPlan, match=reason) as caught:
        parse(json.dumps(json.loads(dump(PLAN)) | change).encode(), "x.json")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"exercise": "clamshell"}, "no exercise"),
        ({"variant": "upside-down"}, "no variant"),
        ({"side": "up"}, "side|Side"),
        ({"sets": 0}, r"items\[0\].sets: a whole number >= 1 was expected"),
        ({"sets": True}, "whole number"),
        ({"reps": 1e9}, "whole number"),
        ({"rest_s": -1}, "number"),
        ({"hold_s": "long"}, "number"),
        ({"per_week": 8}, "whole number"),
        ({"limits": {"pelvic_roll": {"caution": 1, "fault": 2, "unit": "kg"}}}, "limits for clam"),
        ({"limits": {"posture": {"caution": 1, "fault": 2, "unit": "deg"}}}, "limits for clam"),
    ],
)
def test_nonsense_in_an_item_is_refused(change: dict[str, Any], reason: str) -> None:
    data = json.loads(dump(PLAN))
    data["items"][0] |= change
    with pytest.raises(BadPlan, match=reason):
        parse(json.dumps(data).encode(), "x.json")


def test_adherence_counts_days_on_which_all_sets_were_done() -> None:
    done = [entry(0, CLAM), entry(0, CLAM), entry(2, CLAM), entry(3, TURN, side=None), entry(4, CLAM, reps=0)]
    clam, turn = adherence(PLAN, done, MONDAY, MONDAY + timedelta(days=6))
    assert (clam.days_planned, clam.days_done, clam.sets_done) == (3, 1, 3)
    assert clam.share == pytest.approx(1 / 3)
    assert (turn.days_done, turn.share) == (1, 0.5)


def test_sessions_that_name_no_item_count_where_they_fit() -> None:
    done = [entry(0, CLAM, named=False), entry(0, CLAM, named=False, side=Side.RIGHT)]
    assert adherence(PLAN, done, MONDAY, MONDAY)[0].sets_done == 1


@pytest.mark.parametrize("named", [False, True])
def test_a_session_of_both_sides_is_a_set_of_the_left_and_one_of_the_right(named: bool) -> None:
    other = replace(CLAM, uid=uuid4().hex, side=Side.RIGHT)
    plan = replace(PLAN, items=(CLAM, other))
    done = [replace(entry(0, CLAM, named=named, side=None), both_sides=True)]
    assert [a.sets_done for a in adherence(plan, done, MONDAY, MONDAY)] == [1, 1]
    assert next_item(plan, done * 2, MONDAY) is None
    assert [a.sets_done for a in adherence(plan, [entry(0, CLAM, named=False, side=None)], MONDAY, MONDAY)] == [0, 0]


def test_what_comes_next() -> None:
    assert next_item(PLAN, [], MONDAY) == (CLAM, 1)
    assert next_item(PLAN, [entry(0, CLAM)], MONDAY) == (CLAM, 2)
    both = [entry(0, CLAM), entry(0, CLAM)]
    assert next_item(PLAN, both, MONDAY) == (TURN, 1)
    assert next_item(PLAN, [*both, entry(0, TURN, side=None)], MONDAY) is None
    week = [e for day in range(3) for e in (entry(day, CLAM), entry(day, CLAM))]
    assert next_item(PLAN, week, MONDAY + timedelta(days=3)) == (TURN, 1), "three days of clams are enough for a week"
    assert next_item(PLAN, week, MONDAY + timedelta(days=7)) == (CLAM, 1)
