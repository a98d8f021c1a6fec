"""What the pages of a set are opened with."""

from dataclasses import dataclass

from formcheck.gui.sets.worker import Ended, LiveWorker
from formcheck.library.services import NextSet
from formcheck.run.live.live_set import SetPlan


@dataclass(frozen=True, slots=True, eq=False)
class StartedSet:
    """A set whose worker is about to start."""

    worker: LiveWorker
    plan: SetPlan
    next_set: NextSet | None = None
    """The set of a plan that it is."""


@dataclass(frozen=True, slots=True, eq=False)
class EndedSet:
    """A set that ran, and is over."""

    ended: Ended
    plan: SetPlan
