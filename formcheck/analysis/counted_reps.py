"""The repetitions of a set: which movements count, what is measured and found in them, and what was passed over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from formcheck.analysis.assessment import assessed, surely_moved, unassessed
from formcheck.analysis.courses import Courses
from formcheck.analysis.findings import judge
from formcheck.analysis.gates import Gates, Verdict
from formcheck.analysis.memory import Memory
from formcheck.analysis.notices import PassedOver
from formcheck.counting.false_starts import FalseStarts
from formcheck.counting.movement import MovementSegmenter
from formcheck.counting.segmenter import Segmenter, Span
from formcheck.exercises.contract import Exercise
from formcheck.measurement.off_pace import off_pace
from formcheck.measurement.repetition import Estimator, RepWindow
from formcheck.results import Limits, Rep, Side
from formcheck.tempo import Tempo


class CountedReps:
    """Finished movements of one set in order -> its repetitions."""

    def __init__(
        self,
        exercise: Exercise,
        limits: Mapping[str, Limits],
        tempo: Tempo | None,
        gates: Gates,
        memory: Memory,
        chosen_side: Side | None,
    ) -> None:
        """gates, memory: of the same set, which hold what was seen of a movement. chosen_side: the only one that counts."""
        self._exercise, self._limits, self._tempo = exercise, limits, tempo
        self._gates, self._memory, self._chosen_side = gates, memory, chosen_side
        self._false_starts = FalseStarts()
        self._other_movements = self._other_side = 0
        self.courses = Courses(exercise)
        self.reps: tuple[Rep, ...] = ()

    def take(self, span: Span, side: Side | None, estimator: Estimator) -> bool:
        """Whether this movement is a repetition, the last one of `reps` then. side: the one that works."""
        moved = self._memory.within(span.start_s, span.end_s)
        verdict = self._gates.verdict([h.failing for h in moved], [h.observation for h in moved])
        if not verdict.counts:
            return False
        if self._exercise.keeps_side and self._chosen_side not in (None, side):
            self._other_side += 1
            return False
        window = self._memory.window(span, span.side or side)
        if self._exercise.belongs is not None and not self._exercise.belongs(window):
            self._other_movements += 1
            return False
        return self._judge(span, window, verdict, estimator)

    def forget_after(self, end_s: float) -> None:
        """Keep only repetitions that ended by then."""
        self.reps = tuple(rep for rep in self.reps if rep.end_s <= end_s)
        self._false_starts.keep(len(self.reps))

    def passed_over(self, segmenters: Iterable[Segmenter]) -> PassedOver:
        """What was not counted, by these among others."""
        too_small = [span for s in segmenters if isinstance(s, MovementSegmenter) for span in s.attempts]
        return PassedOver(self._false_starts.found + len(too_small), self._other_movements, self._other_side)

    def _judge(self, span: Span, window: RepWindow, verdict: Verdict, estimator: Estimator) -> bool:
        why = verdict.why_not
        measurements = unassessed(self._exercise, window, why) if why else assessed(self._exercise, estimator, window)
        movement = measurements.get(self._exercise.movement)
        if not surely_moved(movement):
            self._other_movements += 1
            return False
        findings, unseen = judge(self._exercise.faults, self._limits, measurements, span.peak_s)
        rep = Rep(len(self.reps) + 1, window.side, span.start_s, span.peak_s, span.end_s, measurements, findings, unseen)
        if not why:
            self.courses.keep(rep, estimator)
        if self._tempo is not None and not why:
            rep = replace(rep, off_pace=off_pace(window, self._exercise.movement, self._tempo))
        self._add(rep, span, movement.value if movement is not None else None)
        return True

    def _add(self, rep: Rep, span: Span, moved: float | None) -> None:
        counted = [*self.reps, rep]
        kept: Sequence[int] = range(len(counted))
        if not self._exercise.uneven:
            kept = self._false_starts.take(span.extent, moved, span.end_s - span.start_s)
        self.reps = tuple(replace(counted[i], number=n) for n, i in enumerate(kept, 1))
