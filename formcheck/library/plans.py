"""Home exercise programmes: what to do, how often, by which limits; read from files that others send."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, TypeAlias

from msgspec import Meta

from formcheck.analysis.limits import limits_problem
from formcheck.exercises import EXERCISES
from formcheck.library.errors import BadPlan
from formcheck.results import Limits, Side
from formcheck.system.json_format import Format, Id, Name, Text, Uid, as_json, decode, read, to_text
from formcheck.system.language import to_translate, tr
from formcheck.tempo import Tempo

FORMAT = Format("formcheck-plan", to_translate("a plan"))
MAX_ITEMS = 50

Pace: TypeAlias = Annotated[float, Meta(ge=0.2, le=60)]


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise of a plan."""

    uid: Uid
    exercise: Id
    variant: Id
    side: Side | None
    """None: the exercise has none, or both sides in turn."""
    sets: Annotated[int, Meta(ge=1, le=20)]
    reps: Annotated[int, Meta(ge=1, le=200)]
    rest_s: Annotated[float, Meta(ge=0, le=3600)] = 60.0
    up_s: Pace | None = None
    """Tempo: seconds for the way out."""
    down_s: Pace | None = None
    hold_s: Annotated[float, Meta(ge=0, le=600)] = 0.0
    band: Annotated[str, Meta(max_length=100, pattern=r"^[^\x00]*$")] = ""
    per_week: Annotated[int, Meta(ge=1, le=7)] = 3
    """On how many days a week."""
    limits: Mapping[Id, Limits] = field(default_factory=dict)
    """Fault -> limits that replace the exercise's own."""
    words: Text = ""
    """What the therapist wants to say about it."""

    @property
    def tempo(self) -> Tempo | None:
        """None where the plan leaves it to the exercise; one way that is not said lasts as long as the other."""
        up_s, down_s = self.up_s or self.down_s, self.down_s or self.up_s
        return Tempo(up_s, down_s, self.hold_s) if up_s and down_s else None


@dataclass(frozen=True, slots=True)
class Plan:
    uid: Uid
    title: Name
    items: Annotated[tuple[Item, ...], Meta(min_length=1, max_length=MAX_ITEMS)]
    client: Uid | None = None
    """The client's uid; not exported, since the file goes by mail."""
    words: Text = ""


def dump(plan: Plan, *, with_client: bool = True) -> str:
    """The content of a plan's file."""
    data = as_json(FORMAT, plan)
    if not with_client:
        del data["client"]
    return to_text(data)


def parse(content: bytes, source: str) -> Plan:
    """The reverse of dump(); BadPlan, naming `source`, for anything else."""
    return _checked(decode(content, FORMAT, Plan, lambda reason: BadPlan(f"{source}: {reason}")), source)


def read_plan(path: Path) -> Plan:
    """A plan that somebody sent. BadPlan with the reason in one line."""
    plan = _checked(read(path, FORMAT, Plan, lambda reason: BadPlan(f"{path}: {reason}")), str(path))
    check_limits(plan, str(path))
    return plan


def _checked(plan: Plan, source: str) -> Plan:
    """The plan, if the program knows what is to be done in it."""
    if len({item.uid for item in plan.items}) < len(plan.items):
        raise BadPlan(tr("{source}: two exercises of the plan have the same identifier", source=source))
    for item in plan.items:
        problem = _problem(item)
        if problem:
            raise BadPlan(f"{source}: {problem}")
    return plan


def _problem(item: Item) -> str | None:
    exercise = EXERCISES.get(item.exercise)
    if exercise is None:
        return tr("no exercise {name}; there are {exercises}", name=f"{item.exercise!r:.40}", exercises=", ".join(EXERCISES))
    if item.variant not in [v.name for v in exercise.variants]:
        return tr("{id} has no variant {variant}", id=exercise.id, variant=f"{item.variant!r:.40}")
    known = {f.name: f.limits.unit for f in exercise.faults}
    if any(known.get(fault) != limits.unit for fault, limits in item.limits.items()):
        return tr("limits for {id} go with {faults}", id=exercise.id, faults=", ".join(f"{k} ({u})" for k, u in known.items()))
    return None


def check_limits(plan: Plan, source: str) -> None:
    """BadPlan for limits by which nothing can be judged. Plans that were kept before this was checked still open."""
    problem = plan_problem(plan)
    if problem:
        raise BadPlan(tr("{source}: {problem}; correct the plan, or ask for it again", source=source, problem=problem))


def plan_problem(plan: Plan) -> str:
    """Why nothing can be judged by some of its limits, in words for the user; empty where it can."""
    found = (limits_problem(f, i.limits[f.name]) for i in plan.items for f in EXERCISES[i.exercise].faults if f.name in i.limits)
    return next(filter(None, found), "")
