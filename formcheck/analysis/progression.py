"""What may come next: once enough sets were clean, the step after this one, as a suggestion that the person decides on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formcheck.exercises import EXERCISES
from formcheck.results import Session


@dataclass(frozen=True, slots=True)
class Criteria:
    """When a step counts as mastered: so many sets in a row, each long and clean enough."""

    sets: int = 3
    reps: int = 10
    """In each set at least."""
    clean_share: float = 0.9
    """Of a set's repetitions. One that could not be judged is not clean."""

    def __post_init__(self) -> None:
        if self.sets < 1 or self.reps < 1 or not 0 < self.clean_share <= 1:
            raise ValueError("criteria need at least one set, one repetition and a share of clean ones above 0 up to 1")

    def met_by(self, session: Session) -> bool:
        return len(session.reps) >= self.reps and session.clean_reps >= self.clean_share * len(session.reps)


@dataclass(frozen=True, slots=True)
class Step:
    """An exercise in one of its variants."""

    exercise: str
    variant: str

    @property
    def title(self) -> str:
        exercise = EXERCISES[self.exercise]
        variant = next(v for v in exercise.variants if v.name == self.variant)
        return f"{exercise.title}, {variant.title.lower()}" if len(exercise.variants) > 1 else exercise.title


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may come next, and why."""

    mastered: Step
    next: tuple[Step, ...]
    words: str


NEXT: Mapping[Step, tuple[Step, ...]] = {
    Step("sidelying-er", "standard"): (Step("sidelying-er", "hip-neutral"), Step("sidelying-er", "table-edge")),
    Step("sidelying-er", "hip-neutral"): (Step("sidelying-er", "hip-90"),),
    Step("sidelying-er", "table-edge"): (Step("sidelying-er", "hip-90"),),
    Step("sidelying-er", "hip-90"): (Step("banded-rotation", "close"),),
    Step("clam", "standard"): (Step("sidelying-er", "standard"), Step("clam", "banded")),
    Step("clam", "banded"): (Step("sidelying-er", "standard"),),
    Step("banded-rotation", "close"): (Step("banded-rotation", "straight"),),
    Step("banded-rotation", "straight"): (Step("monster-walk", "standard"), Step("lateral-band-walk", "standard")),
    Step("monster-walk", "standard"): (Step("monster-walk", "ankles"), Step("single-leg-squat", "standard")),
    Step("monster-walk", "ankles"): (Step("single-leg-squat", "standard"), Step("pivot", "standard")),
    Step("lateral-band-walk", "standard"): (Step("lateral-band-walk", "ankles"), Step("single-leg-squat", "standard")),
    Step("lateral-band-walk", "ankles"): (Step("single-leg-squat", "standard"), Step("pivot", "standard")),
    Step("single-leg-squat", "standard"): (Step("single-leg-squat", "step-down"), Step("pivot", "standard")),
    Step("single-leg-squat", "step-down"): (Step("pivot", "standard"),),
}
"""The line from lying to weight-bearing: first the muscles alone, then against a band while standing, then on one leg. As we read
the source article on the deep hip rotators; the order within the last stage is our proposal."""


def suggest(exercise: str, variant: str, sessions: Sequence[Session], criteria: Criteria | None = None) -> Suggestion | None:
    """The next step of one person, or None while there is no reason or nothing further.

    sessions: that person's recent sets, oldest first; those of other exercises and variants are passed over. The last
    `criteria.sets` sets of this step must all meet the criteria; where the exercise has sides, those of each side that was
    trained must.
    """
    criteria = criteria or Criteria()
    step = Step(exercise, variant)
    own = [s for s in sessions if (s.exercise, s.variant) == (exercise, variant)]
    following = NEXT.get(step, ())
    if not following or not own:
        return None
    by_side = [[s for s in own if s.side is side] for side in dict.fromkeys(s.side for s in own)]
    recent = [sets[-criteria.sets :] for sets in by_side]
    if not all(len(sets) == criteria.sets and all(criteria.met_by(s) for s in sets) for sets in recent):
        return None
    return Suggestion(step, following, _words(step, following, recent, criteria))


def _words(step: Step, following: Sequence[Step], recent: Sequence[Sequence[Session]], criteria: Criteria) -> str:
    sides = [sets[-1].side for sets in recent]
    both = " on both sides" if len(sides) > 1 else f" on the {sides[0]} side" if sides[0] is not None else ""
    choices = " or ".join(s.title for s in following)
    return (
        f"{step.title}: your last {criteria.sets} sets{both} had at least {criteria.reps} repetitions, "
        f"{criteria.clean_share:.0%} or more of them clean. A next step could be {choices}. "
        "Whether and when is for you and your therapist to decide; stay with this one if it does not feel easy, or if it hurts."
    )
