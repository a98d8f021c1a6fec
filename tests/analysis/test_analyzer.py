"""The engine on an exercise made for the test: a knee that opens, a pelvis that may roll."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis.analyzer import Analyzer
from formcheck.analysis.snapshot import AnalysisState, Snapshot
from formcheck.exercises.contract import CameraPlace, Exercise, Fault, Guide, Quantity
from formcheck.exercises.posture import Posture
from formcheck.frames import LANDMARKS, Landmark, Observation, PoseFrame
from formcheck.measurement.repetition import Estimator, RepWindow, extreme
from formcheck.results import Limits, Measurement, Severity, Side

FPS = 20


class OfNose(Estimator):
    """Reads the opening from the nose's x and the roll from its y."""

    def update(self, observation: Observation) -> Mapping[str, float]:
        x, y = observation.pose.image_xy[Landmark.NOSE]
        return {"opening": float(x), "roll": float(y)}

    def evaluate(self, rep: RepWindow) -> Mapping[str, Measurement]:
        unseen = "the pelvis was hidden"
        return {
            "opening": extreme(rep, "opening", uncertainty=lambda v: 2.0, why=unseen),
            "roll": extreme(rep, "roll", uncertainty=lambda v: 0.2 * v, why=unseen),
        }


def find_side(observations: Sequence[Observation]) -> Side | None:
    return Side.LEFT if len(observations) > FPS else None


EXERCISE = Exercise(
    id="test",
    title="Test",
    guide=Guide("", "", "", "", (), ""),
    camera=CameraPlace((-20, 20), (0, 1), (2, 3), "Put the camera in front."),
    quantities=(Quantity("opening", "Opening"), Quantity("roll", "Pelvic roll"), Quantity("pace_s", "Pace", "s")),
    movement="opening",
    guarded="roll",
    faults=(
        Fault("too_fast", "Too fast", "pace_s", Limits(0.8, 0.8, "s"), "", "Slower.", direction=-1, priority=9),
        Fault("roll", "Roll", "roll", Limits(10, 15), "", "Keep the hip stacked.", priority=1),
    ),
    estimator=lambda context: OfNose(),
    find_side=find_side,
    posture=Posture.LYING,
)


def pose(index: int, opening: float, roll: float, *, lies: bool = True) -> PoseFrame:
    xy = np.zeros((LANDMARKS, 2))
    xy[[Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]] = (100, 0) if lies else (0, -100)
    xy[Landmark.NOSE] = (opening, roll)
    return PoseFrame(index, index / FPS, (640, 480), xy, np.zeros((LANDMARKS, 3)), np.ones(LANDMARKS))


def play(rolls: Sequence[float], *, rep_s: float = 3.0, unseen: bool = False, analyzer: Analyzer | None = None) -> list[Snapshot]:
    analyzer = analyzer or Analyzer(EXERCISE)
    snapshots = []
    for i in range(int((2 + rep_s * len(rolls) + 1) * FPS)):
        phase = (i / FPS - 2) / rep_s
        k = min(max(int(phase), 0), len(rolls) - 1)
        share = math.sin(math.pi * (phase - k)) ** 2 if 0 <= phase < len(rolls) else 0.0
        roll = math.nan if unseen and 0 <= phase < len(rolls) else rolls[k] * share
        snapshots.append(analyzer.update(Observation(pose(i, 40 * share, roll), None)))
    return snapshots


def test_counts_measures_and_judges() -> None:
    reps = play([2.0, 12.0, 25.0])[-1].reps
    assert [r.number for r in reps] == [1, 2, 3]
    assert [r.measurements["roll"].value for r in reps] == pytest.approx([1.9, 11.4, 23.75], rel=0.05)  # from 5 % on
    assert [[(f.fault, f.severity) for f in r.findings] for r in reps] == [
        [],
        [("roll", Severity.CAUTION)],
        [("roll", Severity.FAULT)],
    ]
    assert [r.clean for r in reps] == [True, False, False]


def test_a_fault_needs_more_than_its_uncertainty() -> None:
    (rep,) = play([17.0])[-1].reps
    assert [f.severity for f in rep.findings] == [Severity.CAUTION]


def test_what_was_not_seen_is_not_clean() -> None:
    (rep,) = play([25.0], unseen=True)[-1].reps
    assert rep.measurements["roll"].value is None
    assert rep.not_assessable == {"roll": "the pelvis was hidden"}
    assert not rep.clean


def test_says_what_blocks_the_view() -> None:
    snapshots = play([25.0, 3.0], unseen=True)
    assert any("Put the camera in front." in (s.obstacle or "") for s in snapshots)
    assert all(s.obstacle is None for s in play([25.0]))


@pytest.mark.parametrize("after_s", [0.0, 2.0])
def test_what_is_only_known_after_a_while_is_not_missed_before(after_s: float) -> None:
    analyzer = Analyzer(replace(EXERCISE, guarded_after_s=after_s))
    seen = [analyzer.update(Observation(pose(i, 0.0, math.nan), None)) for i in range(round((after_s + 2.0) * FPS))]
    first_s = next(s.timestamp_s for s in seen if s.obstacle is not None)
    assert first_s == pytest.approx(after_s + 1.0, abs=0.1)


def test_a_cue_comes_while_it_happens() -> None:
    snapshots = play([25.0])
    first = next(s for s in snapshots if s.active)
    crossing_s = 2 + 3.0 * math.asin(math.sqrt(10 / 25)) / math.pi
    assert first.active[0].fault == "roll"
    assert 0 <= first.timestamp_s - crossing_s < 0.3


def test_what_only_the_whole_repetition_shows_is_told_at_its_end() -> None:
    snapshots = play([0.0], rep_s=1.2)
    told = [s.timestamp_s for s in snapshots if "too_fast" in {f.fault for f in s.active}]
    ended_s = next(s.timestamp_s for s in snapshots if s.finished is not None)
    assert told[0] == ended_s
    assert 0.5 < told[-1] - ended_s < 2.0


def test_what_was_told_during_a_repetition_is_not_told_again_at_its_end() -> None:
    ended_s = next(s.timestamp_s for s in play([25.0]) if s.finished is not None)
    assert not any(s.active for s in play([25.0]) if s.timestamp_s >= ended_s)


def test_pace() -> None:
    (rep,) = play([0.0], rep_s=1.2)[-1].reps
    assert [f.fault for f in rep.findings] == ["too_fast"]
    (rep,) = play([0.0], rep_s=3.0)[-1].reps
    assert rep.clean
    assert rep.measurements["pace_s"].value == pytest.approx(1.2, abs=0.2)


def test_waits_for_a_side_and_loses_nothing_meanwhile() -> None:
    snapshots = play([2.0])
    assert snapshots[0].state is AnalysisState.FINDING_SIDE
    assert snapshots[-1].side is Side.LEFT
    given = play([2.0], analyzer=Analyzer(EXERCISE, side=Side.RIGHT))
    assert given[0].state is AnalysisState.READY
    assert given[-1].reps[0].side is Side.RIGHT


def test_standing_up_is_not_a_repetition() -> None:
    analyzer = Analyzer(EXERCISE, side=Side.LEFT)
    snapshot = None
    for i in range(200):
        up = 80 <= i < 140
        snapshot = analyzer.update(Observation(pose(i, 60.0 if up else 0.0, 40.0 if up else 0.0, lies=not up), None))
        assert (snapshot.state is AnalysisState.WRONG_POSITION) == up
    assert snapshot is not None
    assert snapshot.reps == ()


def test_nobody() -> None:
    frame = pose(0, 0, 0)
    nobody = PoseFrame(0, 0.0, frame.image_size, frame.image_xy * np.nan, frame.world_xyz * np.nan, frame.visibility * np.nan, 0)
    analyzer = Analyzer(EXERCISE)
    assert analyzer.update(Observation(nobody, None)).state is AnalysisState.NOBODY
    assert "nobody was seen" in analyzer.notices()[0]


def test_who_never_lay_down_is_told_so() -> None:
    analyzer = Analyzer(EXERCISE)
    for i in range(40):
        analyzer.update(Observation(pose(i, 0.0, 0.0, lies=i < 10), None))
    assert "not in position. Lie down" in analyzer.notices()[0]


def test_own_limits() -> None:
    analyzer = Analyzer(EXERCISE, limits={"roll": Limits(5, 20)})
    (rep,) = play([7.0], analyzer=analyzer)[-1].reps
    assert [f.limit for f in rep.findings] == [5]
