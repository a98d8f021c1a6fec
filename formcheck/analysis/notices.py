"""What stands at the top of a finished set: that nothing was found, or what kept much of it from being judged."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formcheck.analysis.snapshot import AnalysisState
from formcheck.exercises.contract import Exercise
from formcheck.measurement.running.held_hand import HELD
from formcheck.results import Rep
from formcheck.system.kept_words import kept

USUAL = 1 / 3
"""What keeps this share of the repetitions from being judged is said at the top."""
ALWAYS_SAID = frozenset({HELD})
"""Reasons that are said however few repetitions they concern: what the person did."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """How many movements were not counted."""

    small: int = 0
    """Too small for a repetition."""
    other: int = 0
    """Not this exercise."""
    other_side: int = 0
    """Of the side that was not chosen."""


def notices(
    exercise: Exercise, reps: Sequence[Rep], passed_over: PassedOver = PassedOver(), obstacle: str = ""
) -> tuple[str, ...]:
    """One sentence for each reason, the most frequent first. obstacle: what kept the set from being measured."""
    small = () if not reps or not passed_over.small else (_small(passed_over.small),)
    other = () if not passed_over.other else (_other(exercise, passed_over.other),)
    found = (_none(exercise, obstacle),) if not reps else _reasons(exercise, reps)
    side = () if not passed_over.other_side else (_other_side(passed_over.other_side),)
    return (*found, *small, *other, *side)


def not_there(positions: Mapping[AnalysisState | None, int], exercise: Exercise, variant: str | None) -> str:
    """Why nothing could be counted in more than half of the frames, and what to do; empty where the person was in place.

    positions: how many frames each was seen in, None: in place.
    """
    half = sum(positions.values()) / 2
    if positions.get(AnalysisState.NOBODY, 0) > half:
        return kept("nobody was seen most of the time: {place}", place=exercise.camera.advice)
    if positions.get(AnalysisState.WRONG_POSITION, 0) > half:
        what = exercise.posture_of(variant).words.set_up
        return kept("most of the time the body was not in position. {what_to_do}", what_to_do=what)
    return ""


def capital(words: str) -> str:
    """A reason as the beginning of a sentence."""
    return f"{words[0].upper()}{words[1:]}"


def _other(exercise: Exercise, others: int) -> str:
    title = exercise.title.lower()
    if others == 1:
        return kept("One movement was not counted: no {exercise}.", exercise=title)
    return kept("{n} movements were not counted: no {exercise}.", n=others, exercise=title)


def _other_side(others: int) -> str:
    if others == 1:
        return kept("One movement of the other side was not counted: let the side be found from the picture to have both.")
    return kept(
        "{n} movements of the other side were not counted: let the side be found from the picture to have both.", n=others
    )


def _small(attempts: int) -> str:
    if attempts == 1:
        return kept("One movement far below the usual range was not counted.")
    return kept("{n} movements far below the usual range were not counted.", n=attempts)


def _reasons(exercise: Exercise, reps: Sequence[Rep]) -> tuple[str, ...]:
    reasons = Counter(why for rep in reps for why in dict.fromkeys(rep.not_assessable.values()))
    sentence = _stances if exercise.compares_sides else _sentence
    return tuple(
        sentence(reps, why, n) for why, n in reasons.most_common() if why in ALWAYS_SAID or n >= max(1.0, USUAL * len(reps))
    )


def _none(exercise: Exercise, obstacle: str) -> str:
    """That nothing was found, and why; if the reason is not known, where the camera belongs."""
    if exercise.compares_sides:
        return (
            kept("No stance was found: {obstacle}.", obstacle=obstacle)
            if obstacle
            else kept("No stance was found. {camera_place}", camera_place=exercise.camera.words)
        )
    if obstacle:
        return kept("No repetition was found: {obstacle}.", obstacle=obstacle)
    return kept("No repetition was found. {camera_place}", camera_place=exercise.camera.words)


def _stances(reps: Sequence[Rep], why: str, times: int) -> str:
    """_sentence() of a run."""
    if _something(reps, why):
        return kept("{times} of {all} stances could not be judged in full: {why}.", times=times, all=len(reps), why=why)
    return kept("{times} of {all} stances could not be judged: {why}.", times=times, all=len(reps), why=why)


def _something(reps: Sequence[Rep], why: str) -> bool:
    """Whether anything was measured in those that this reason hindered."""
    hindered = [rep for rep in reps if why in rep.not_assessable.values()]
    return any(m.value is not None for rep in hindered for m in rep.measurements.values())


def _sentence(reps: Sequence[Rep], why: str, times: int) -> str:
    if _something(reps, why):
        return kept("{times} of {all} repetitions could not be judged in full: {why}.", times=times, all=len(reps), why=why)
    return kept("{times} of {all} repetitions could not be judged: {why}.", times=times, all=len(reps), why=why)
