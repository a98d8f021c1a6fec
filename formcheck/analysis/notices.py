"""What stands at the top of a finished set: that nothing was found, or what kept much of it from being judged."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.exercises.contract import Exercise
from formcheck.results import Rep

USUAL = 1 / 3
"""What keeps this share of the repetitions from being judged is said at the top."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """How many movements were not counted."""

    small: int = 0
    """Too small for a repetition."""
    other: int = 0
    """Not this exercise."""


def notices(
    exercise: Exercise, reps: Sequence[Rep], passed_over: PassedOver = PassedOver(), obstacle: str = ""
) -> tuple[str, ...]:
    """One sentence for each reason, the most frequent first. obstacle: what kept the set from being measured."""
    small = () if not reps or not passed_over.small else (_small(passed_over.small),)
    other = () if not passed_over.other else (_other(exercise, passed_over.other),)
    found = (f"No repetition was found: {obstacle}.",) if not reps and obstacle else _reasons(exercise, reps)
    return (*found, *small, *other)


def capital(words: str) -> str:
    """A reason as the beginning of a sentence."""
    return f"{words[0].upper()}{words[1:]}"


def _other(exercise: Exercise, others: int) -> str:
    what = "One movement was" if others == 1 else f"{others} movements were"
    return f"{what} not counted: no {exercise.title.lower()}."


def _small(attempts: int) -> str:
    if attempts == 1:
        return "One movement below a third of the usual range was not counted."
    return f"{attempts} movements below a third of the usual range were not counted."


def _reasons(exercise: Exercise, reps: Sequence[Rep]) -> tuple[str, ...]:
    if not reps:
        return (f"No repetition was found. {exercise.camera.words}",)
    reasons = Counter(why for rep in reps for why in set(rep.not_assessable.values()))
    return tuple(_sentence(reps, why, n) for why, n in reasons.most_common() if n >= max(1.0, USUAL * len(reps)))


def _sentence(reps: Sequence[Rep], why: str, times: int) -> str:
    hindered = [rep for rep in reps if why in rep.not_assessable.values()]
    something = any(m.value is not None for rep in hindered for m in rep.measurements.values())
    return f"{times} of {len(reps)} repetitions could not be judged{' in full' if something else ''}: {why}."
