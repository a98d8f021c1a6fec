"""Applies one exercise to a stream of observations: waits for the position, finds the side, counts, measures, judges."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from formcheck.analysis.counted_reps import CountedReps
from formcheck.analysis.cues import Cues
from formcheck.analysis.curves import RunningValues
from formcheck.analysis.gates import Gate, Gates
from formcheck.analysis.memory import MARGIN_S, Memory
from formcheck.analysis.notices import capital, not_there, notices
from formcheck.analysis.place_watch import PlaceWatch
from formcheck.analysis.recognition import Recognition
from formcheck.analysis.side_watch import Change, SideWatch
from formcheck.analysis.snapshot import AnalysisState, Snapshot
from formcheck.counting.movement import MovementSegmenter
from formcheck.counting.segmenter import Segmenter, Span, phase_of
from formcheck.exercises.contract import Exercise, SetContext
from formcheck.frames import Observation
from formcheck.measurement.repetition import Course, Estimator
from formcheck.results import Finding, Limits, Measurement, Rep, Side, View
from formcheck.signals import kinematics
from formcheck.system.kept_words import kept
from formcheck.tempo import Tempo

MEMORY_S = 30.0
"""How long observations are kept while the side is not known, or in a movement."""
UNSEEN_S = 1.0
"""A guarded quantity that was not measured for this long is an obstacle the person is told of."""
ENDED_S = 0.3
"""A repetition may end up to this long after the side has changed; later ones are dropped."""


class Analyzer:
    """One set of one exercise. Feed it every observation in order; it returns a Snapshot after each."""

    def __init__(
        self,
        exercise: Exercise,
        *,
        side: Side | None = None,
        begins_with: Side | None = None,
        variant: str | None = None,
        view: View | None = None,
        limits: Mapping[str, Limits] | None = None,
        tempo: Tempo | None = None,
    ) -> None:
        """side: as chosen, the only one that is counted. begins_with: as was told from the picture before the set; it may change.

        variant, view: the exercise's first where none is named; limits: fault -> limits in place of the exercise's own.
        """
        self.exercise = exercise
        self.variant = variant or exercise.variants[0].name
        self._given_view = view
        self._find_variant = exercise.find_variant if variant is None else None
        self.limits = {fault.name: fault.limits for fault in exercise.faults} | dict(limits or {})
        self.tempo = tempo or exercise.tempo
        self._chosen_side = side
        self.side = side or begins_with
        """The one that works now; None while it is not known."""
        self._segmenters: dict[Side | None, Segmenter] = {}
        self._estimator: Estimator | None = None
        self._segmenter = exercise.segmenter(exercise.movement)
        self._side_watch: SideWatch | None = None
        self._place_watch = PlaceWatch() if exercise.turns_to_side and side is None else None
        self._running = self._new_running()
        if self.side is not None or exercise.find_side is None:
            self._begin_side()
        self._curve: Mapping[str, float] = {}
        self._cues = Cues(exercise, self.limits)
        self._gates = Gates(exercise, variant)
        self._recognition = Recognition(exercise, side if exercise.keeps_side else self.side, exercise.posture_of(variant))
        self._memory = Memory()
        self._counted = CountedReps(exercise, self.limits, self.tempo, self._gates, self._memory, side)
        self._guarded_seen_s = math.nan
        self._positions = Counter[AnalysisState | None]()

    def update(self, observation: Observation) -> Snapshot:
        observation = observation.finite
        failing = self._gates.update(observation)
        self._recognition.update(observation)
        state = self._position(observation)
        self._positions[state] += 1
        if state is not None:
            return self._snapshot(observation, state, {}, None)
        if self._place_watch is not None and self._place_watch.update(observation) and self._estimator is not None:
            self._begin_anew()
        if self._estimator is None and self.exercise.find_side is not None:
            self._memory.add(observation, failing, {})
            self._forget(observation.timestamp_s - MEMORY_S)
            self.side = self.exercise.find_side([h.observation for h in self._memory.held])
            if self.side is None:
                return self._snapshot(observation, AnalysisState.FINDING_SIDE, {}, None)
            self._begin_side()
            return self._replay(-math.inf)
        snapshot = self._measure(observation, failing)
        change = self._side_watch.update(observation) if self._side_watch is not None else None
        return snapshot if change is None else self._on_the_other_side(change)

    @property
    def reps(self) -> tuple[Rep, ...]:
        """All finished repetitions. Where another exercise or side was chosen than what is done, nothing in them is judged."""
        return self._recognition.judged(self._counted.reps)

    @property
    def set_side(self) -> Side | None:
        """The side that the set was done with; None where it is not known, or where there are repetitions of both."""
        sides = {rep.side for rep in self._counted.reps}
        if self._chosen_side is not None or not sides or not self.exercise.may_change_sides:
            return self._chosen_side or self.side
        return sides.pop() if len(sides) == 1 else None

    @property
    def looks_like(self) -> Exercise | None:
        """The exercise that is done, where it is surely another one than was chosen."""
        return self._recognition.other_exercise

    @property
    def view(self) -> View:
        """As chosen, else as the picture shows it, else the exercise's first."""
        seen = self._estimator.seen_from if self._estimator is not None else None
        return self._given_view or seen or self.exercise.views[0]

    def finish(self) -> None:
        """Nothing more will come: `reps` then holds the repetitions that were about to complete as well."""
        while self._estimator is not None and (span := self._segmenter.finish()) is not None:
            self._finish(span)

    def courses(self) -> tuple[Course, ...]:
        """Curves of angles in the repetitions so far (Courses.of())."""
        return self._counted.courses.of(self.reps)

    def stances(self) -> tuple[Course, ...]:
        """Curves of absolute quantities in the repetitions so far (Courses.stances())."""
        return self._counted.courses.stances(self.reps)

    def summary(self) -> Mapping[str, Measurement]:
        """The exercise's figures of the whole set so far; empty where it has none."""
        return self.exercise.summary(self.reps) if self.exercise.summary is not None else {}

    def notices(self) -> tuple[str, ...]:
        """What stands at the top of the set: that nothing was found, or what kept much of it from being judged."""
        away = not_there(self._positions, self.exercise, self.variant)
        own = self._estimator.obstacle if self._estimator is not None else None
        obstacle = away or own or self._gates.usual_obstacle() or ""
        if self._recognition.objection is not None:
            return (f"{capital(self._recognition.objection)}.",)
        remarks = self._estimator.remarks if self._estimator is not None else ()
        passed_over = self._counted.passed_over(self._segmenters.values())
        return (*notices(self.exercise, self.reps, passed_over, obstacle), *(remarks if self.reps else ()))

    def _new_estimator(self) -> Estimator:
        view = self._given_view or self.exercise.views[0]
        return self.exercise.estimator(SetContext(self.side, self.variant, view, self._given_view))

    def _new_running(self) -> RunningValues:
        return RunningValues({q.name for q in self.exercise.quantities if q.absolute})

    def _begin_side(self) -> None:
        """From now on, measure the side that is known now."""
        self._estimator = self._new_estimator()
        self._segmenter = self._segmenters.setdefault(self.side, self._segmenter)
        self._running = self._new_running()
        find = self.exercise.find_side
        if self._side_watch is None and find is not None and self.side is not None and self.exercise.keeps_side:
            self._side_watch = SideWatch(find, self.side, seen=self._chosen_side is None)

    def _begin_anew(self) -> None:
        """The person is in another place: the next turn shows the side, as the first one did."""
        self.finish()
        self._memory.taken_out()
        for segmenter in self._segmenters.values():
            segmenter.reset()
        self._segmenter = self._expecting(self._segmenter)
        self._estimator, self.side = None, None

    def _on_the_other_side(self, change: Change) -> Snapshot:
        """Measure again, for the other side, what was seen since that side works."""
        self.finish()
        self._counted.forget_after(change.since_s + ENDED_S)
        self.side = change.side
        self._segmenter = self._segmenters.get(change.side) or self._expecting(self._segmenter)
        self._segmenter.reset()
        self._begin_side()
        return self._replay(change.since_s)

    def _expecting(self, known: Segmenter) -> Segmenter:
        """A fresh segmenter that starts with the usual extent of the known one."""
        fresh = self.exercise.segmenter(self.exercise.movement)
        if isinstance(fresh, MovementSegmenter) and isinstance(known, MovementSegmenter):
            fresh.expect(known)
        return fresh

    def _replay(self, since_s: float) -> Snapshot:
        """Measure the frames since then, which were kept until the side was known."""
        waiting = [held for held in self._memory.taken_out() if held.observation.timestamp_s >= since_s]
        snapshots = [self._measure(held.observation, held.failing) for held in waiting]
        finished = [s.finished for s in snapshots if s.finished is not None]
        return replace(snapshots[-1], finished=finished[-1] if finished else None)

    def _position(self, observation: Observation) -> AnalysisState | None:
        """NOBODY or WRONG_POSITION, else None. In a wrong position a running repetition is given up."""
        pose = observation.pose
        if not pose.detected:
            # A moment without detection may be a flicker: only the segmenter's own patience ends a repetition.
            return AnalysisState.NOBODY
        inclination = kinematics.trunk_inclination(pose.image_xy)
        taken = self.exercise.posture_of(self.variant).is_taken(inclination)
        if taken or math.isnan(inclination):  # a trunk that is half hidden says nothing of the position
            return None
        self._segmenter.reset()
        return AnalysisState.WRONG_POSITION

    def _measure(self, observation: Observation, failing: frozenset[Gate]) -> Snapshot:
        assert self._estimator is not None
        now_s = observation.timestamp_s
        values = self._estimator.update(observation)
        self._memory.add(observation, failing, values)
        self._running.update(now_s, values)
        if math.isfinite(values.get(self.exercise.guarded, math.nan)):
            self._guarded_seen_s = now_s
        elif math.isnan(self._guarded_seen_s):
            self._guarded_seen_s = now_s + self.exercise.guarded_after_s
        span = self._segmenter.update(observation, values)
        finished = None if span is None else self._finish(span)
        since_s = self._segmenter.moving_since_s
        self._curve = self._running.curve(moving=since_s is not None)
        change = self._running.since_start(since_s)
        self._forget((now_s if since_s is None else max(since_s, now_s - MEMORY_S)) - 2 * MARGIN_S - 2.0)
        return self._snapshot(observation, AnalysisState.READY if since_s is None else AnalysisState.MOVING, change, finished)

    def _finish(self, span: Span) -> Rep | None:
        """The repetition, or None where the movement is not one."""
        assert self._estimator is not None
        if not self._counted.take(span, self.side, self._estimator):
            return None
        if self._find_variant is not None:
            window = self._memory.window(span, span.side or self.side)
            self.variant = self._find_variant(window.observations) or self.variant
            self._find_variant = None
        return self.reps[-1]

    def _forget(self, before_s: float) -> None:
        self._memory.forget(before_s)
        self._running.forget(before_s)

    def _snapshot(
        self, observation: Observation, state: AnalysisState, values: Mapping[str, float], finished: Rep | None
    ) -> Snapshot:
        now_s = observation.timestamp_s
        extent = values.get(self.exercise.movement, math.nan) / self._segmenter.usual_extent
        measuring = state in (AnalysisState.READY, AnalysisState.MOVING)
        unseen = measuring and now_s - self._guarded_seen_s > UNSEEN_S
        moving = state is AnalysisState.MOVING
        curve = self._curve if values else {}
        objection = self._recognition.objection
        barred = self._gates.obstacle(now_s) if objection is None else capital(objection)
        if barred is not None:  # counted, but not measured
            values, curve = self._counted_only(values), self._counted_only(curve)
        return Snapshot(
            timestamp_s=now_s,
            state=state,
            side=self.side,
            values=values,
            phase=phase_of(self._segmenter, extent if moving else 0.0, now_s),
            reps=self.reps,
            finished=finished,
            active=self._told(now_s, values if moving else {}, finished) if measuring else (),
            people=observation.pose.people,
            obstacle=barred or (self._obstacle() if unseen else None),
            curve=curve,
        )

    def _told(self, now_s: float, values: Mapping[str, float], finished: Rep | None) -> tuple[Finding, ...]:
        assert self._estimator is not None
        return self._cues.update(now_s, values, self.reps, finished, self._estimator.unsure, self._estimator.margins)

    def _counted_only(self, values: Mapping[str, float]) -> Mapping[str, float]:
        return {name: value if name == self.exercise.movement else math.nan for name, value in values.items()}

    def _obstacle(self) -> str:
        if self._estimator is not None and self._estimator.obstacle:
            return capital(self._estimator.obstacle)
        guarded = self.exercise.quantity(self.exercise.guarded).title
        return kept(
            "{quantity} cannot be seen from here: {camera_place}", quantity=guarded, camera_place=self.exercise.camera.words
        )
