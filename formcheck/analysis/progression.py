"""What may come next: once enough sets were clean, the step after this one, as a suggestion that the person decides on.

The exercises' variants name what follows them (Variant.next): from lying to weight-bearing, first the muscles alone, then against
a band while standing, then on one leg. As we read the source article on the deep hip rotators; the order within the last stage is
our proposal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import VariantRef
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
class Suggestion:
    """What may come next, and why."""

    mastered: VariantRef
    next: tuple[VariantRef, ...]
    words: str


def title(ref: VariantRef) -> str:
    """What people call it."""
    exercise = EXERCISES[ref.exercise]
    return f"{exercise.title}, {exercise.variant(ref.variant).title.lower()}" if len(exercise.variants) > 1 else exercise.title


def suggest(exercise: str, variant: str, sessions: Sequence[Session], criteria: Criteria | None = None) -> Suggestion | None:
    """The next step of one person, or None while there is no reason or nothing further.

    sessions: that person's recent sets, oldest first; those of other exercises and variants are passed over. The last
    `criteria.sets` sets of this step must all meet the criteria; where the exercise has sides, those of each side that was
    trained must.
    """
    criteria = criteria or Criteria()
    following = _following(exercise, variant)
    own = [s for s in sessions if (s.exercise, s.variant) == (exercise, variant)]
    if not following or not own:
        return None
    by_side = [[s for s in own if s.side is side] for side in dict.fromkeys(s.side for s in own)]
    recent = [sets[-criteria.sets :] for sets in by_side]
    if not all(len(sets) == criteria.sets and all(criteria.met_by(s) for s in sets) for sets in recent):
        return None
    step = VariantRef(exercise, variant)
    return Suggestion(step, following, _words(step, following, recent, criteria))


def _following(exercise: str, variant: str) -> tuple[VariantRef, ...]:
    """What may come next, of what is there; nothing for an exercise or a variant that this version does not know."""
    known = EXERCISES.get(exercise)
    found = next((v for v in known.variants if v.name == variant), None) if known is not None else None
    return tuple(ref for ref in found.next if ref.exercise in EXERCISES) if found is not None else ()


def _words(step: VariantRef, following: Sequence[VariantRef], recent: Sequence[Sequence[Session]], criteria: Criteria) -> str:
    sides = [sets[-1].side for sets in recent]
    both = " on both sides" if len(sides) > 1 else f" on the {sides[0]} side" if sides[0] is not None else ""
    choices = " or ".join(title(s) for s in following)
    return (
        f"{title(step)}: your last {criteria.sets} sets{both} had at least {criteria.reps} repetitions, "
        f"{criteria.clean_share:.0%} or more of them clean. A next step could be {choices}. "
        "Whether and when is for you and your therapist to decide; stay with this one if it does not feel easy, or if it hurts."
    )
