"""What may come next: once enough sets were clean, the step after this one, as a suggestion that the person decides on.

The exercises' variants name what follows them (Variant.next): from lying to weight-bearing, first the muscles alone, then against
a band while standing, then on one leg. As we read the source article on the deep hip rotators; the order within the last stage is
our proposal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.analysis.clean import clean_count, unseen_in_clean
from formcheck.analysis.two_sides import has_both_sides, of_side
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import VariantRef
from formcheck.results import Session, Side
from formcheck.system.language import tr


@dataclass(frozen=True, slots=True)
class Criteria:
    """When a step counts as mastered: so many sets in a row, each long and clean enough."""

    sets: int = 3
    reps: int = 10
    """In each set at least."""
    clean_share: float = 0.9
    """Of a set's repetitions: clean in what can be seen (clean.py). One whose main fault could not be judged is not."""

    def __post_init__(self) -> None:
        if self.sets < 1 or self.reps < 1 or not 0 < self.clean_share <= 1:
            raise ValueError("criteria need at least one set, one repetition and a share of clean ones above 0 up to 1")

    def met_by(self, session: Session) -> bool:
        return len(session.reps) >= self.reps and clean_count(session) >= self.clean_share * len(session.reps)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may come next, and why."""

    next: tuple[VariantRef, ...]
    words: str


def title(ref: VariantRef) -> str:
    """What people call it."""
    exercise = EXERCISES[ref.exercise]
    return ", ".join(map(tr, [exercise.title, exercise.variant(ref.variant).title][: len(exercise.variants)]))


def suggest(exercise: str, variant: str, sessions: Sequence[Session], criteria: Criteria | None = None) -> Suggestion | None:
    """The next step of one person, or None while there is no reason or nothing further.

    sessions: that person's recent sets, oldest first; those of other exercises and variants are passed over. The last
    `criteria.sets` sets of this step must all meet the criteria; where the exercise has sides, those of each side that was
    trained must, and a set of both is one of each.
    """
    criteria = criteria or Criteria()
    following = _following(exercise, variant)
    own = [one for s in sessions if (s.exercise, s.variant) == (exercise, variant) for one in _sides_of(s)]
    if not following or not own:
        return None
    by_side = [[s for s in own if s.side is side] for side in dict.fromkeys(s.side for s in own)]
    recent = [sets[-criteria.sets :] for sets in by_side]
    if not all(len(sets) == criteria.sets and all(criteria.met_by(s) for s in sets) for sets in recent):
        return None
    return Suggestion(following, _words(VariantRef(exercise, variant), following, recent, criteria))


def _sides_of(session: Session) -> tuple[Session, ...]:
    """A set with repetitions of both sides as a set of each."""
    return tuple(of_side(session, side) for side in Side) if has_both_sides(session) else (session,)


def _following(exercise: str, variant: str) -> tuple[VariantRef, ...]:
    """What may come next, of what is there; nothing for an exercise or a variant that this version does not know."""
    known = EXERCISES.get(exercise)
    found = next((v for v in known.variants if v.name == variant), None) if known is not None else None
    return tuple(ref for ref in found.next if ref.exercise in EXERCISES) if found is not None else ()


def _words(step: VariantRef, following: Sequence[VariantRef], recent: Sequence[Sequence[Session]], criteria: Criteria) -> str:
    sides = [sets[-1].side for sets in recent]
    values = {"title": title(step), "sets": criteria.sets, "reps": criteria.reps, "share": round(100 * criteria.clean_share)}
    if len(sides) > 1:
        reached = tr(
            "{title}: your last {sets} sets on both sides had at least {reps} repetitions, {share}% or more of them clean.",
            **values,
        )
    elif sides[0] is None:
        reached = tr("{title}: your last {sets} sets had at least {reps} repetitions, {share}% or more of them clean.", **values)
    elif sides[0] is Side.LEFT:
        reached = tr(
            "{title}: your last {sets} sets on the left side had at least {reps} repetitions, {share}% or more of them clean.",
            **values,
        )
    else:
        reached = tr(
            "{title}: your last {sets} sets on the right side had at least {reps} repetitions, {share}% or more of them clean.",
            **values,
        )
    known = EXERCISES[step.exercise]
    unseen = dict.fromkeys(tr(known.fault(f).title) for sets in recent for s in sets for f in unseen_in_clean(s))
    seen = tr("That is in what can be seen; not assessable: {faults}.", faults=", ".join(unseen)) if unseen else ""
    decide = tr(
        "A next step could be {choices}. Whether and when is for you and your therapist to decide; stay with this one if it does "
        "not feel easy, or if it hurts.",
        choices=tr(" or ").join(title(s) for s in following),
    )
    return " ".join(filter(None, (reached, seen, decide)))
