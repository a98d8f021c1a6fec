"""Whether the wrong exercise or the wrong side was chosen."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise
from formcheck.exercises.posture import Posture
from formcheck.frames import Observation
from formcheck.results import Measurement, Rep, Side
from formcheck.signals import kinematics
from formcheck.signals.traits import TraitWatch
from formcheck.system.kept_words import kept

SIDE_WINDOW_S = 3.0
LEAST_LOOKS = 5
"""Least number of looks, one a second, in which the side was known."""
MOST_LOOKS = 0.9
"""Share of them that must name the other side, so that a set of both sides is not taken for one of the other."""


class Recognition:
    """Observations of one set in order -> the objection to the choice that was made, in words for the user."""

    def __init__(self, exercise: Exercise, side: Side | None, posture: Posture) -> None:
        """side: as chosen; None where it is found from the picture. posture: of the variant."""
        self.objection: str | None = None
        """None while there is none. It may be taken back, when more is seen."""
        self.other_exercise: Exercise | None = None
        """The exercise that is surely done, where it is not the chosen one."""
        self._exercise, self._side, self._posture = exercise, side, posture
        self._watch = TraitWatch(lies=posture.lies)
        self._recent: deque[Observation] = deque()
        self._looks: dict[Side, int] = dict.fromkeys(Side, 0)
        self._judged: tuple[tuple[Rep, ...], str | None, tuple[Rep, ...]] = ((), None, ())

    def update(self, observation: Observation) -> None:
        watches_side = self._side is not None and self._exercise.find_side is not None
        if watches_side and self._in_position(observation):
            self._recent.append(observation)
            while self._recent[0].timestamp_s < observation.timestamp_s - SIDE_WINDOW_S:
                self._recent.popleft()
        if not self._watch.update(observation):
            return
        if watches_side:
            self._look_for_side()
        self.other_exercise = self._find_other_exercise()
        self.objection = self._words()

    def judged(self, reps: tuple[Rep, ...]) -> tuple[Rep, ...]:
        """The repetitions, each as not assessable where there is an objection."""
        if self.objection is None:
            return reps
        if self._judged[0] is not reps or self._judged[1] != self.objection:
            self._judged = reps, self.objection, tuple(_unjudged(rep, self._exercise, self.objection) for rep in reps)
        return self._judged[2]

    def _find_other_exercise(self) -> Exercise | None:
        traits, own = self._watch.traits, self._exercise.seen_in
        if traits is None or own is None or own(traits):
            return None
        fitting = [e for e in self._rivals() if e.seen_in is not None and e.seen_in(traits)]
        return fitting[0] if len(fitting) == 1 else None

    def _rivals(self) -> Iterator[Exercise]:
        return (e for e in EXERCISES.values() if e.id != self._exercise.id and e.posture.lies == self._posture.lies)

    def _in_position(self, observation: Observation) -> bool:
        pose = observation.pose
        return pose.detected and self._posture.is_taken(kinematics.trunk_inclination(pose.image_xy))

    def _look_for_side(self) -> None:
        assert self._exercise.find_side is not None
        found = self._exercise.find_side(list(self._recent)) if self._recent else None
        if found is not None:
            self._looks[found] += 1

    def _words(self) -> str | None:
        if self.other_exercise is not None:
            rather, chosen = self.other_exercise.title.lower(), self._exercise.title.lower()
            return kept("this looks like {rather}, not {chosen}: measure it as that", rather=rather, chosen=chosen)
        if self._side is not None and self._exercise.turns_to_side and self._watch.turned_to is self._side.other:
            return _other_side(self._side)
        if self._side is not None and self._looks[self._side.other] >= max(LEAST_LOOKS, MOST_LOOKS * sum(self._looks.values())):
            return _other_side(self._side)
        return None


def _other_side(chosen: Side) -> str:
    if chosen is Side.LEFT:
        return kept("the left side was chosen, but it is the right side that works here: choose that one")
    return kept("the right side was chosen, but it is the left side that works here: choose that one")


def _unjudged(rep: Rep, exercise: Exercise, why: str) -> Rep:
    measurements = {name: Measurement(None, m.unit, why=why) for name, m in rep.measurements.items()}
    return replace(
        rep, measurements=measurements, findings=(), not_assessable=dict.fromkeys((f.name for f in exercise.faults), why)
    )
