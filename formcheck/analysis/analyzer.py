"""Applies one exercise to a stream of observations: waits for the position, finds the side, counts, measures, judges."""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from formcheck.analysis.curves import RunningValues
from formcheck.analysis.findings import believed, judge, passing_now, recurring
from formcheck.analysis.gates import Gate, Gates
from formcheck.analysis.memory import MARGIN_S, Memory
from formcheck.analysis.notices import PassedOver, capital, notices
from formcheck.analysis.recognition import Recognition
from formcheck.analysis.snapshot import AnalysisState, Snapshot
from formcheck.counting.false_starts import FalseStarts
from formcheck.counting.movement import MovementSegmenter
from formcheck.counting.segmenter import Cyclic, Span
from formcheck.exercises.contract import PACE, Exercise, SetContext, View
from formcheck.frames import Observation
from formcheck.measurement.off_pace import off_pace
from formcheck.measurement.pace import pace
from formcheck.measurement.repetition import Estimator, RepWindow
from formcheck.results import Finding, Limits, Measurement, Rep, Side
from formcheck.signals import kinematics
from formcheck.tempo import Tempo

MEMORY_S = 30.0
"""How long observations are kept while the side is not known, or in a movement."""
UNSEEN_S = 1.0
"""A guarded quantity that was not measured for this long is an obstacle the person is told of."""


class Analyzer:
    """One set of one exercise. Feed it every observation in order; it returns a Snapshot after each."""

    def __init__(
        self,
        exercise: Exercise,
        *,
        side: Side | None = None,
        variant: str | None = None,
        view: View | None = None,
        limits: Mapping[str, Limits] | None = None,
        tempo: Tempo | None = None,
    ) -> None:
        """variant, view: the exercise's first where none is named; limits: fault -> limits in place of the exercise's own."""
        self.exercise = exercise
        self.variant = variant or exercise.variants[0].name
        self._given_view = view
        self._find_variant = exercise.find_variant if variant is None else None
        self.limits = {fault.name: fault.limits for fault in exercise.faults} | dict(limits or {})
        self.tempo = tempo or exercise.tempo
        self.side = side
        self._judged: tuple[Rep, ...] = ()
        self._false_starts = FalseStarts()
        self._other_movements = 0
        known = side is not None or exercise.find_side is None
        self._estimator: Estimator | None = self._new_estimator() if known else None
        self._segmenter = exercise.segmenter(exercise.movement)
        self._running = RunningValues({q.name for q in exercise.quantities if q.absolute})
        self._curve: Mapping[str, float] = {}
        self._gates = Gates(exercise, variant)
        self._recognition = Recognition(exercise, side, exercise.posture_of(variant))
        self._memory = Memory()
        self._guarded_seen_s = -math.inf

    def update(self, observation: Observation) -> Snapshot:
        observation = _finite(observation)
        failing = self._gates.update(observation)
        self._recognition.update(observation)
        state = self._position(observation)
        if state is not None:
            return self._snapshot(observation, state, {}, None)
        if self._estimator is None and self.exercise.find_side is not None:
            self._memory.add(observation, failing, {})
            self._forget(observation.timestamp_s - MEMORY_S)
            self.side = self.exercise.find_side([h.observation for h in self._memory.held])
            if self.side is None:
                return self._snapshot(observation, AnalysisState.FINDING_SIDE, {}, None)
            return self._replay()
        return self._measure(observation, failing)

    @property
    def reps(self) -> tuple[Rep, ...]:
        """All finished repetitions. Where another exercise or side was chosen than what is done, nothing in them is judged."""
        return self._recognition.judged(self._judged)

    @property
    def looks_like(self) -> Exercise | None:
        """The exercise that is done, where it is surely another one than was chosen."""
        return self._recognition.rather

    @property
    def view(self) -> View:
        """As chosen, or as the picture tells it, else the exercise's first."""
        seen: View | None = getattr(self._estimator, "seen_from", None)
        return self._given_view or seen or self.exercise.views[0]

    def finish(self) -> None:
        """Nothing more will come: `reps` then holds the repetitions that were about to complete as well."""
        while self._estimator is not None and (span := self._segmenter.finish()) is not None:
            self._finish(span)

    def summary(self) -> Mapping[str, Measurement]:
        """The exercise's figures of the whole set so far; empty where it has none."""
        return self.exercise.summary(self.reps) if self.exercise.summary is not None else {}

    def notices(self) -> tuple[str, ...]:
        """What stands at the top of the set: that nothing was found, or what kept much of it from being judged."""
        too_small = self._segmenter.attempts if isinstance(self._segmenter, MovementSegmenter) else []
        obstacle = getattr(self._estimator, "obstacle", None) or self._gates.usual_obstacle() or ""
        small = self._false_starts.found + len(too_small)
        if self._recognition.against is not None:
            return (f"{capital(self._recognition.against)}.",)
        return notices(self.exercise, self.reps, PassedOver(small, self._other_movements), obstacle)

    def _new_estimator(self) -> Estimator:
        view = self._given_view or self.exercise.views[0]
        return self.exercise.estimator(SetContext(self.side, self.variant, view, self._given_view))

    def _replay(self) -> Snapshot:
        """Measure all that was seen before the side was known."""
        self._estimator = self._new_estimator()
        waiting = self._memory.taken_out()
        return [self._measure(held.observation, held.failing) for held in waiting][-1]

    def _position(self, observation: Observation) -> AnalysisState | None:
        """What is in the way of measuring, if anything; a running repetition is given up then."""
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
        span = self._segmenter.update(observation, values)
        finished = None if span is None else self._finish(span)
        since_s = self._segmenter.moving_since_s
        self._curve = self._running.curve(moving=since_s is not None)
        change = self._running.since_start(since_s)
        self._forget((now_s if since_s is None else max(since_s, now_s - MEMORY_S)) - 2 * MARGIN_S - 2.0)
        return self._snapshot(observation, AnalysisState.READY if since_s is None else AnalysisState.MOVING, change, finished)

    def _finish(self, span: Span) -> Rep | None:
        """The repetition, or None where what moved cannot be one."""
        moved = self._memory.within(span.start_s, span.end_s)
        verdict = self._gates.verdict([h.failing for h in moved], [h.observation for h in moved])
        if not verdict.counts:
            return None
        window = self._memory.window(span, span.side or self.side)
        if self.exercise.belongs is not None and not self.exercise.belongs(window):
            self._other_movements += 1
            return None
        if self._find_variant is not None:
            self.variant = self._find_variant(window.observations) or self.variant
            self._find_variant = None
        measurements = self._unassessed(window, verdict.why_not) if verdict.why_not else self._evaluated(window)
        if not _surely_moved(measurements.get(self.exercise.movement)):
            self._other_movements += 1
            return None
        findings, unseen = judge(self.exercise.faults, self.limits, measurements, span.peak_s)
        rep = Rep(len(self._judged) + 1, window.side, span.start_s, span.peak_s, span.end_s, measurements, findings, unseen)
        if self.tempo is not None and not verdict.why_not:
            rep = replace(rep, off_pace=off_pace(window, self.exercise.movement, self.tempo))
        counted = [*self._judged, rep]
        kept = range(len(counted)) if self.exercise.uneven else self._false_starts.take(span.extent)
        self._judged = tuple(replace(counted[i], number=n) for n, i in enumerate(kept, 1))
        return self.reps[-1]

    def _evaluated(self, window: RepWindow) -> Mapping[str, Measurement]:
        assert self._estimator is not None
        measurements = dict(self._estimator.evaluate(window))
        if any(q.name == PACE for q in self.exercise.quantities):
            measurements[PACE] = pace(window, self.exercise.movement)
        return {name: believed(self.exercise.quantity(name), m) for name, m in measurements.items()}

    def _unassessed(self, window: RepWindow, why: str) -> Mapping[str, Measurement]:
        named = set(window.series) | {f.quantity for f in self.exercise.faults}
        return {q.name: Measurement(None, q.unit, why=why) for q in self.exercise.quantities if q.name in named}

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
        against = self._recognition.against
        barred = self._gates.obstacle(now_s) if against is None else capital(against)
        if barred is not None:  # counted, but not measured
            values, curve = self._counted_only(values), self._counted_only(curve)
        return Snapshot(
            timestamp_s=now_s,
            state=state,
            side=self.side,
            values=values,
            phase=self._phase(extent, now_s) if moving else 0.0,
            reps=self.reps,
            finished=finished,
            active=self._active(values, now_s, finished) if moving else (),
            people=observation.pose.people,
            obstacle=barred or (self._obstacle() if unseen else None),
            curve=curve,
        )

    def _phase(self, extent: float, now_s: float) -> float:
        """Of the gait cycle where the segmenter knows one, else how far the movement has gone; 0 where neither is known."""
        phase = self._segmenter.phase_at(now_s) if isinstance(self._segmenter, Cyclic) else float(np.clip(extent, 0.0, 1.0))
        return phase if math.isfinite(phase) else 0.0

    def _active(self, values: Mapping[str, float], now_s: float, finished: Rep | None) -> tuple[Finding, ...]:
        every = self.exercise.cue_every
        if every == 1:
            return passing_now(self.exercise, self.limits, values, now_s)
        due = finished is not None and finished.number % every == 0
        return recurring(self.exercise, self.reps[-every:]) if due else ()

    def _counted_only(self, values: Mapping[str, float]) -> Mapping[str, float]:
        return {name: value if name == self.exercise.movement else math.nan for name, value in values.items()}

    def _obstacle(self) -> str:
        own = getattr(self._estimator, "obstacle", "")
        if own:
            return capital(own)
        guarded = self.exercise.quantity(self.exercise.guarded).title
        return f"{guarded} cannot be seen from here: {self.exercise.camera.words}"


def _finite(observation: Observation) -> Observation:
    """The same with NaN for infinite coordinates, as everything beyond knows it."""
    pose = observation.pose
    if not (np.isinf(pose.image_xy).any() or np.isinf(pose.world_xyz).any()):
        return observation
    image_xy, world_xyz = (np.where(np.isinf(a), np.nan, a) for a in (pose.image_xy, pose.world_xyz))
    return replace(observation, pose=replace(pose, image_xy=image_xy, world_xyz=world_xyz))


def _surely_moved(movement: Measurement | None) -> bool:
    """Whether the measured movement is more than its uncertainty: else something else moved that was counted by."""
    return movement is None or movement.value is None or abs(movement.value) > (movement.uncertainty or 0.0)
