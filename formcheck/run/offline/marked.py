"""What was marked by hand in a set, measured by the usual analysis, each as a repetition of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from formcheck.analysis.analyzer import Analyzer
from formcheck.analysis.findings import judge
from formcheck.counting.marked import MarkedRepetitions
from formcheck.counting.movement import MovementSegmenter
from formcheck.exercises.contract import Exercise
from formcheck.results import Limits, Measurement, Rep, Session, Side, Stretch, View
from formcheck.session.signals import read_signals
from formcheck.system.language import to_translate

NOT_KEPT = to_translate(
    "neither the raw video nor the signals of this set were kept, so what was marked by hand cannot be measured"
)
NOT_SEEN = to_translate("the person was not seen well enough in what was marked by hand")


def measure_marked(
    session: Session, exercise: Exercise, stretches: Sequence[Stretch], signals: Path | None
) -> Mapping[Stretch, Rep]:
    """What was marked, each measured as a repetition of its own: not assessable where it cannot be."""
    if not stretches:
        return {}
    found: dict[tuple[float, float], Rep] = {}
    if signals is not None:
        for side in dict.fromkeys(_side(exercise, session, s) for s in stretches):
            own = [s for s in stretches if _side(exercise, session, s) is side]
            found |= _measured(session, exercise, side, own, signals)
    why = NOT_KEPT if signals is None else NOT_SEEN
    return {s: found.get((s.start_s, s.end_s)) or _not_assessable(exercise, session, s, why) for s in stretches}


def _side(exercise: Exercise, session: Session, stretch: Stretch) -> Side | None:
    """As whose it is measured."""
    return (stretch.side if exercise.may_change_sides else None) or session.side


def _measured(
    session: Session, exercise: Exercise, side: Side | None, stretches: Sequence[Stretch], signals: Path
) -> dict[tuple[float, float], Rep]:
    """(start, end) -> what could be measured of one side's stretches."""
    usual = exercise.segmenter(exercise.movement)
    movement = exercise.movement if isinstance(usual, MovementSegmenter) else ""
    as_marked = replace(
        exercise,
        segmenter=lambda _: MarkedRepetitions(movement, stretches),
        belongs=None,
        find_variant=None,
        uneven=True,
        keeps_side=False,
        turns_to_side=False,
    )
    analyzer = analyzer_of(as_marked, session, side, session.variant)
    for observation in read_signals(signals):
        analyzer.update(observation)
    analyzer.finish()
    return {(rep.start_s, rep.end_s): rep for rep in analyzer.reps}


def _not_assessable(exercise: Exercise, session: Session, stretch: Stretch, why: str) -> Rep:
    names = {f.quantity for f in exercise.faults} | {exercise.movement}
    measurements = {q.name: Measurement(None, q.unit, why=why) for q in exercise.quantities if q.name in names}
    findings, unseen = judge(exercise.faults, _limits(exercise, session), measurements, stretch.start_s)
    middle_s = (stretch.start_s + stretch.end_s) / 2
    side = stretch.side or session.side
    return Rep(0, side, stretch.start_s, middle_s, stretch.end_s, measurements, findings, unseen)


def analyzer_of(exercise: Exercise, before: Session, side: Side | None, variant: str) -> Analyzer:
    """A fresh one, by the limits that a session was judged by. exercise, side, variant: those of the session, or others."""
    view = View(before.view) if before.view and before.exercise == exercise.id else None
    tempo = before.tempo if before.exercise == exercise.id else None
    return Analyzer(exercise, side=side, variant=variant, view=view, limits=_limits(exercise, before), tempo=tempo)


def _limits(exercise: Exercise, before: Session) -> dict[str, Limits]:
    """Those the session was judged by; of another exercise, its own."""
    known = before.thresholds if before.exercise == exercise.id else {}
    return {fault.name: known.get(fault.name, fault.limits) for fault in exercise.faults}
