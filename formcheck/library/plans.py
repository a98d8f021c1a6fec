"""Home exercise programmes: what to do, how often, by which limits; read from files that others send."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from formcheck.exercises import EXERCISES
from formcheck.library.errors import BadPlan
from formcheck.results import Limits, Side
from formcheck.system import json_fields as fields
from formcheck.system.errors import UserError

FORMAT = "formcheck-plan"
VERSION = 1
MAX_BYTES = 1_000_000
MAX_ITEMS = 50


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise of a plan."""

    uid: str
    exercise: str
    variant: str
    side: Side | None
    """None: the exercise has none, or both sides in turn."""
    sets: int
    reps: int
    rest_s: float = 60.0
    up_s: float | None = None
    """Tempo: seconds for the way out."""
    down_s: float | None = None
    hold_s: float = 0.0
    band: str = ""
    per_week: int = 3
    """On how many days a week."""
    limits: Mapping[str, Limits] = field(default_factory=dict)
    """Fault -> limits that replace the exercise's own."""
    words: str = ""
    """What the therapist wants to say about it."""


@dataclass(frozen=True, slots=True)
class Plan:
    uid: str
    title: str
    items: tuple[Item, ...]
    client: str | None = None
    """The client's uid; not exported, since the file goes by mail."""
    words: str = ""


def dump(plan: Plan, *, with_client: bool = True) -> str:
    data = {
        "format": FORMAT,
        "version": VERSION,
        "uid": plan.uid,
        "title": plan.title,
        "words": plan.words,
        "items": [_item_json(item) for item in plan.items],
    }
    if with_client:
        data["client"] = plan.client
    return json.dumps(data, indent=1, allow_nan=False) + "\n"


def parse(content: bytes, source: str) -> Plan:
    """The reverse of dump(); BadPlan, naming `source`, for anything else."""

    def refuse(reason: str) -> UserError:
        return BadPlan(f"{source}: {reason}")

    if len(content) > MAX_BYTES:
        raise refuse("too large for a plan")
    return fields.parse(content, "a plan", (FORMAT, VERSION), _plan, refuse)


def read_plan(path: Path) -> Plan:
    """A plan that somebody sent. BadPlan with the reason in one line."""
    return parse(fields.read_limited(path, MAX_BYTES, lambda r: BadPlan(f"{path}: {r}")), str(path))


def _item_json(item: Item) -> dict[str, Any]:
    return {
        "uid": item.uid,
        "exercise": item.exercise,
        "variant": item.variant,
        "side": item.side,
        "sets": item.sets,
        "reps": item.reps,
        "rest_s": item.rest_s,
        "up_s": item.up_s,
        "down_s": item.down_s,
        "hold_s": item.hold_s,
        "band": item.band,
        "per_week": item.per_week,
        "limits": {k: {"caution": v.caution, "fault": v.fault, "unit": v.unit} for k, v in item.limits.items()},
        "words": item.words,
    }


def _plan(data: dict[str, Any]) -> Plan:
    items = tuple(_item(i) for i in fields.items(data["items"], MAX_ITEMS))
    if not items or len({i.uid for i in items}) < len(items):
        raise ValueError("a plan has at least one exercise, each with an identifier of its own")
    return Plan(
        uid=fields.uid(data["uid"]),
        title=fields.name(data["title"]),
        items=items,
        client=fields.optional(data.get("client"), fields.uid),
        words=fields.text(data.get("words", "")),
    )


def _item(data: Any) -> Item:
    exercise = EXERCISES.get(fields.text(data["exercise"], 40))
    if exercise is None:
        raise ValueError(f"no exercise {data['exercise']!r:.40}; there are {', '.join(EXERCISES)}")
    if data["variant"] not in [v.name for v in exercise.variants]:
        raise ValueError(f"{exercise.id} has no variant {data['variant']!r:.40}")
    known = {f.name: f.limits.unit for f in exercise.faults}
    limits = {str(k): _limits(v) for k, v in data.get("limits", {}).items()}
    if any(known.get(k) != v.unit for k, v in limits.items()):
        raise ValueError(f"limits for {exercise.id} go with {', '.join(f'{k} ({u})' for k, u in known.items())}")
    return Item(
        uid=fields.uid(data["uid"]),
        exercise=exercise.id,
        variant=str(data["variant"]),
        side=fields.optional(data["side"], Side),
        sets=fields.count(data["sets"], 1, 20),
        reps=fields.count(data["reps"], 1, 200),
        rest_s=fields.number(data.get("rest_s", 60.0), 0, 3600),
        up_s=fields.optional(data.get("up_s"), lambda v: fields.number(v, 0.2, 60)),
        down_s=fields.optional(data.get("down_s"), lambda v: fields.number(v, 0.2, 60)),
        hold_s=fields.number(data.get("hold_s", 0.0), 0, 600),
        band=fields.text(data.get("band", ""), 100),
        per_week=fields.count(data.get("per_week", 3), 1, 7),
        limits=limits,
        words=fields.text(data.get("words", "")),
    )


def _limits(data: Any) -> Limits:
    return Limits(
        fields.number(data["caution"], -360, 360), fields.number(data["fault"], -360, 360), fields.text(data["unit"], 20)
    )
