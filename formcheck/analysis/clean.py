"""When a repetition counts as clean: the one rule for window, voice, report, library and plan.

Of some repetitions not every fault can be judged: how far the arms pull cannot be told through loose clothes. A repetition is
clean *in what can be seen* when nothing was found in it and the fault that the exercise is watched for was judged: the one of its
`guarded` quantity. What else could not be judged is named beside it. `Rep.clean`, and `clean_reps` of session.json, ask for
more: that every fault was judged.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise
from formcheck.results import Rep, Session


def clean_as_seen(rep: Rep, exercise: Exercise | None) -> bool:
    """exercise: None for one that this version does not know, of which nothing may be missing."""
    if rep.clean:
        return True
    if exercise is None or rep.findings:
        return False
    watched = {fault.name for fault in exercise.faults if fault.quantity == exercise.guarded}
    return not watched & rep.not_assessable.keys()


def clean_count(session: Session) -> int:
    """How many repetitions are clean in what can be seen."""
    return len(_clean(session.exercise, session.reps))


def unseen_in_clean(session: Session) -> Mapping[str, int]:
    """Fault -> in how many of those repetitions it could not be judged; the most frequent first."""
    return dict(Counter(f for rep in _clean(session.exercise, session.reps) for f in rep.not_assessable).most_common())


def _clean(exercise: str, reps: Sequence[Rep]) -> list[Rep]:
    known = EXERCISES.get(exercise)
    return [rep for rep in reps if clean_as_seen(rep, known)]
