"""Takes in a plan that was sent. No plan ever changes its owner by that."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID, uuid5

from formcheck.library.plans import Plan
from formcheck.library.store.library import Library
from formcheck.system.language import to_translate


class Taken(StrEnum):
    """What became of the plan."""

    NEW = to_translate("taken in")
    UPDATED = to_translate("brought up to date")
    KNOWN = to_translate("was known already")
    COPIED = to_translate("taken in as a copy; the other person's stays as it is")


@dataclass(frozen=True, slots=True)
class TakenPlan:
    plan: Plan
    how: Taken


def take_plan(library: Library, sent: Plan, client: str | None) -> TakenPlan:
    """Keep a plan that was sent for a client (a uid), or for the owner; of one that is somebody else's, a copy.

    The same plan for the same person is brought up to date.
    """
    known = library.plan(sent.uid)
    copied = known is not None and known.client != client
    plan = replace(sent, client=client, uid=_uid_of_copy(sent.uid, client) if copied else sent.uid)
    before = library.plan(plan.uid)
    if before == plan:
        return TakenPlan(plan, Taken.KNOWN)
    library.put_plan(plan)
    return TakenPlan(plan, Taken.UPDATED if before else Taken.COPIED if copied else Taken.NEW)


def _uid_of_copy(uid: str, client: str | None) -> str:
    """Always the same for the same person, so that importing again makes no further copy."""
    return uuid5(UUID(uid), client or "owner").hex
